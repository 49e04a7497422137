import { createHash } from "node:crypto";
import { factWords, planChanges } from "../changes.ts";
import type { Place } from "../../schedule/place.ts";
import type { Plan, Subscription } from "../subscription.ts";
import { MOST_DIGESTS } from "../subscription.ts";
import { placeKey } from "../../schedule/place.ts";

/** A digest as a file of settings has it. */
export interface PortableDigest {
  /** As the place that it comes from knows it; absent where somebody wrote it by hand. */
  readonly id?: string;
  readonly plan: Plan;
  readonly paused: boolean;
  /** Where it stands in the file, for messages: `line 12`. */
  readonly at: string;
}

/** What an import does about a digest of the file. */
export type Change =
  | { readonly kind: "new"; readonly id: string; readonly wanted: PortableDigest }
  | {
      readonly kind: "changed";
      readonly before: Subscription;
      readonly wanted: PortableDigest;
      /** Fact by fact: `time 09:00 → 08:30`. */
      readonly changes: readonly string[];
    }
  | { readonly kind: "same"; readonly id: string; readonly wanted: PortableDigest }
  | { readonly kind: "left-out"; readonly wanted: PortableDigest; readonly why: string };

/** What is known of the place that an import goes to. */
export interface Target {
  readonly place: Place;
  /** Its digests. */
  readonly present: readonly Subscription[];
  /** Digests of it that cannot be read: they count, too. */
  readonly unreadable: number;
  /** Whether another place has, or has had, a digest of this id. */
  readonly isElsewhere: (id: string) => Promise<boolean>;
}

/**
 * The id of a digest in another place than the one that it comes from: the same each time, so that a second import finds
 * the first one's, and a digest that was ended and comes back finds what it sent today.
 */
function idIn(place: Place, { id, plan }: PortableDigest): string {
  const origin = id ?? factWords(plan);
  return createHash("sha256")
    .update(JSON.stringify([placeKey(place), origin]))
    .digest("hex")
    .slice(0, 8);
}

const isPaused = ({ state }: Subscription): boolean => state.kind === "paused";

function changesOf(before: Subscription, { plan, paused }: PortableDigest): readonly string[] {
  const state = paused ? "paused" : "active";
  return [
    ...planChanges(before.plan, plan),
    ...(isPaused(before) === paused ? [] : [`${isPaused(before) ? "paused" : "active"} → ${state}`]),
  ];
}

/** The digest of the place that one of the file is: by its id there, by the id that an import gave it, or as the same plan. */
function counterpart(
  { place }: Target,
  free: readonly Subscription[],
  wanted: PortableDigest,
): Subscription | undefined {
  const ids = [wanted.id, idIn(place, wanted)];
  return (
    free.find(({ id }) => ids.includes(id)) ??
    (wanted.id === undefined
      ? free.find(({ plan }) => planChanges(plan, wanted.plan).length === 0)
      : undefined)
  );
}

/**
 * What an import changes, digest by digest of the file; nothing is done. A digest keeps its id in its own place, and where no
 * other place has had it, since the ledger has one row for an id and a day: what was sent on a day is not sent again.
 */
export async function decideImport(
  wanted: readonly PortableDigest[],
  target: Target,
): Promise<readonly Change[]> {
  const { place, present, unreadable, isElsewhere } = target;
  const taken = new Set<string>();
  const given = new Set<string>();
  let count = present.length + unreadable;
  const decide = async (one: PortableDigest): Promise<Change> => {
    const before = counterpart(
      target,
      present.filter(({ id }) => !taken.has(id)),
      one,
    );
    if (before !== undefined) {
      taken.add(before.id);
      const changes = changesOf(before, one);
      return changes.length === 0
        ? { kind: "same", id: before.id, wanted: one }
        : { kind: "changed", before, wanted: one, changes };
    }
    const own = one.id !== undefined && !(await isElsewhere(one.id)) ? one.id : idIn(place, one);
    if (taken.has(own) || given.has(own))
      return { kind: "left-out", wanted: one, why: "it stands in the file twice" };
    if (count >= MOST_DIGESTS)
      return {
        kind: "left-out",
        wanted: one,
        why: `the channel would have more than ${MOST_DIGESTS} digests, which is the most`,
      };
    count += 1;
    given.add(own);
    return { kind: "new", id: own, wanted: one };
  };
  const changes: Change[] = [];
  for (const one of wanted) changes.push(await decide(one));
  return changes;
}
