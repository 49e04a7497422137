import { createBook } from "../digest/book.ts";
import { factWords } from "../digest/changes.ts";
import type { Change } from "../digest/portable/decide-import.ts";
import { createImports } from "../digest/portable/imports.ts";
import { createServerZones } from "../schedule/zone-of-server.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import { OPERATOR } from "../store/kept/audit.ts";
import type { Store } from "../store/store.ts";
import { importClub } from "./clubs.ts";
import { importFollows } from "./follows.ts";
import { importLists } from "./lists.ts";
import type { PortablePlace, Step } from "./place.ts";

/** What an import works with. */
export interface Importing {
  readonly store: Omit<Store, "together">;
  readonly index: Pick<PaperIndex, "get">;
  readonly now: () => Date;
  readonly newId: () => string;
  /** The number of the last paper that has come: what is followed newly begins behind it. */
  readonly latestArrival: number;
}

function stepOf(change: Change): Step {
  switch (change.kind) {
    case "new":
      return {
        kind: "new",
        what: `${change.id}: ${factWords(change.wanted.plan)}${change.wanted.paused ? "; paused" : ""}`,
      };
    case "changed":
      return { kind: "changed", what: `${change.before.id}: ${change.changes.join("; ")}` };
    case "same":
      return { kind: "same", what: change.id };
    case "left-out":
      return { kind: "refused", what: `${change.wanted.at}: ${change.why}` };
  }
}

async function importDigests(
  { store, now }: Importing,
  { place, digests: wanted }: PortablePlace,
): Promise<Step[]> {
  const book = createBook(store, now);
  const { decideImport, carryOut } = createImports({ store, book, now });
  const present = await book.inPlace(place);
  const changes = await decideImport(place, wanted);
  await carryOut(place, changes);
  const named = new Set(
    changes.flatMap((change) =>
      change.kind === "changed" ? change.before.id : change.kind === "same" ? change.id : [],
    ),
  );
  const kept = present.filter(({ id }) => !named.has(id));
  return [
    ...changes.map(stepOf),
    ...kept.map(({ id }): Step => ({ kind: "kept", what: `${id}, which the file does not have` })),
  ];
}

async function importZone({ store }: Importing, { place, zone }: PortablePlace): Promise<Step[]> {
  if (zone === undefined) return [];
  const zones = createServerZones(store.preferences);
  const known = await zones.zoneOf(place);
  if (known === zone) return [{ kind: "same", what: `zone ${zone}` }];
  if (known !== undefined)
    return [
      {
        kind: "left out",
        what: `zone ${zone}: this server has ${known}, which stays for what is new; digests, follows and clubs of the file name their own`,
      },
    ];
  await zones.setZone(place, zone, OPERATOR);
  return [{ kind: "new", what: `zone ${zone}` }];
}

/** A conversation with one person has digests, but nothing that people share. */
function importDirect(_parts: Importing, { place, follows, lists, club }: PortablePlace): Promise<Step[]> {
  const isShared = follows.length + lists.length > 0 || club !== undefined;
  const what = "a direct conversation takes digests alone; follows, lists and journal clubs are for channels";
  return Promise.resolve(place.direct === true && isShared ? [{ kind: "refused", what }] : []);
}

/** Carries the steps of a transaction that is to be taken back out of it. */
class TakenBack extends Error {
  readonly steps: readonly Step[];
  constructor(steps: readonly Step[]) {
    super("Nothing is kept of this");
    this.steps = steps;
  }
}

/**
 * Brings the settings of one place there, all of them or, where one is refused or it is tried alone, none; gives what was or
 * would be done. What is tried is what is done, but for its end.
 */
export async function importPlace(
  parts: Omit<Importing, "store"> & { readonly store: Pick<Store, "together"> },
  one: PortablePlace,
  dryRun: boolean,
): Promise<readonly Step[]> {
  try {
    return await parts.store.together(async (store) => {
      const within = { ...parts, store };
      const steps: Step[] = [];
      for (const bring of [importDirect, importZone, importDigests, importFollows, importLists, importClub])
        steps.push(...(await bring(within, one)));
      if (dryRun || steps.some(({ kind }) => kind === "refused")) throw new TakenBack(steps);
      return steps;
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.steps;
    throw error;
  }
}
