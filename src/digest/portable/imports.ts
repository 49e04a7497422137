import { OPERATOR } from "../../store/kept/audit.ts";
import type { Store } from "../../store/store.ts";
import type { Book } from "../book.ts";
import { deedIn } from "../../schedule/place.ts";
import { factWords } from "../changes.ts";
import type { Place } from "../../schedule/place.ts";
import type { Subscription } from "../subscription.ts";
import { changePlan, pauseSubscription, resumeSubscription } from "../../schedule/subscription.ts";
import { placeKey } from "../../schedule/place.ts";
import type { Change, PortableDigest } from "./decide-import.ts";
import { decideImport } from "./decide-import.ts";

interface ImportParts {
  readonly store: Pick<Store, "subscriptions" | "slots">;
  readonly book: Book;
  readonly now: () => Date;
}

/** A far time: whatever a clock that was ahead has written counts. */
const EVER = new Date("9999-12-31T00:00:00Z");

/** Whether another place has, or has had, a digest of an id. */
async function isElsewhere({ store }: ImportParts, place: Place, id: string): Promise<boolean> {
  const key = placeKey(place);
  const record = await store.subscriptions.find(id);
  if (record !== undefined) return record.place !== key;
  return (await store.slots.latest(id, EVER, 1_000_000)).some((row) => row.place !== key);
}

/** The subscription that a change makes; undefined where it makes none. */
function subscriptionOf(change: Change, place: Place, now: Date): Subscription | undefined {
  switch (change.kind) {
    case "same":
    case "left-out":
      return undefined;
    case "new": {
      const { plan, paused } = change.wanted;
      const made = { id: change.id, place, createdBy: OPERATOR, createdAt: now, scheduledSince: now, plan };
      return { ...made, state: { kind: paused ? "paused" : "active" } };
    }
    case "changed": {
      const { before, wanted } = change;
      const changed = changePlan(before, wanted.plan, now);
      if (wanted.paused) return pauseSubscription(changed);
      return before.state.kind === "paused" ? resumeSubscription(changed, now) : changed;
    }
  }
}

const detailOf = (change: Change): string =>
  change.kind === "changed"
    ? change.changes.join("; ")
    : `${factWords(change.wanted.plan)}${change.wanted.paused ? "; paused" : ""}`;

/** The import of digests that a file of settings has. */
interface Imports {
  /** What an import would do about each digest of the file in a place; nothing is done. */
  readonly decideImport: (place: Place, wanted: readonly PortableDigest[]) => Promise<readonly Change[]>;
  /** Carries out what was decided, as the local operator's deeds. */
  readonly carryOut: (place: Place, changes: readonly Change[]) => Promise<void>;
}

/** The import over what a store holds. */
export function createImports(parts: ImportParts): Imports {
  const { book, now } = parts;
  return {
    decideImport: async (place, wanted) =>
      decideImport(wanted, {
        place,
        present: await book.inPlace(place),
        unreadable: (await book.damaged(place)).length,
        isElsewhere: (id) => isElsewhere(parts, place, id),
      }),
    async carryOut(place, changes) {
      for (const change of changes) {
        const subscription = subscriptionOf(change, place, now());
        if (subscription === undefined) continue;
        const deed = {
          by: OPERATOR,
          action: "settings import",
          subject: subscription.id,
          detail: detailOf(change),
        };
        await book.put(subscription, deedIn(place, deed));
      }
    },
  };
}
