import type { Deed } from "../store/kept/audit.ts";
import type { RemovalRecord, Removed } from "../store/kept/reading.ts";
import type { Store } from "../store/store.ts";
import { UserError } from "../user-error.ts";
import type { Reader } from "./reader.ts";

/** How long what was removed can be brought back, in milliseconds: a minute. */
export const UNDO_MS = 60_000;

/** What removals are kept with. */
interface RemovalParts {
  readonly store: Pick<Store, "removals">;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** Something to remove, and what it is in words. */
export interface Removing {
  readonly removed: Removed;
  readonly what: string;
  readonly deed?: Deed;
}

/** Whether a removal can be brought back; one of a clock that was ahead can. */
const isFresh = ({ removedAt }: RemovalRecord, now: Date): boolean =>
  now.getTime() - removedAt.getTime() <= UNDO_MS;

const tooLate = (): UserError =>
  new UserError(
    "That cannot be brought back: it was removed more than a minute ago, or was brought back already.",
  );

const forgetLate = ({ store, now }: RemovalParts): Promise<void> =>
  store.removals.forgetBefore(new Date(now().getTime() - UNDO_MS));

/** Removes something for a minute, then for good; gives the removal. Throws a UserError where nothing is left to remove. */
export async function remove(
  parts: RemovalParts,
  { person }: Reader,
  { removed, what, deed }: Removing,
): Promise<RemovalRecord> {
  const { store, now, newId } = parts;
  await forgetLate(parts);
  const removal: RemovalRecord = { id: newId(), person, what, removedAt: now() };
  if ((await store.removals.remove(removal, removed, deed)) === 0)
    throw new UserError("That is gone already. “list undo” brings back what you removed in the last minute.");
  return removal;
}

/**
 * Brings back what a person removed, by its id, or the last of it. Throws a UserError where that is more than a minute
 * ago, and where a list took the name meanwhile.
 */
export async function undo(
  parts: RemovalParts,
  { person }: Reader,
  id: string | undefined,
): Promise<RemovalRecord> {
  const { removals } = parts.store;
  const found = await (id === undefined ? removals.latest(person) : removals.find(id));
  if (found === undefined && id === undefined)
    throw new UserError("There is nothing to bring back: what you remove can be brought back for a minute.");
  if (found?.person !== person) throw tooLate();
  if (!isFresh(found, parts.now())) {
    await forgetLate(parts);
    throw tooLate();
  }
  if (!(await removals.undo(found.id)))
    throw new UserError(
      `${found.what} cannot come back: a list of that name was made meanwhile. Rename that one, and try again within the minute.`,
    );
  return found;
}
