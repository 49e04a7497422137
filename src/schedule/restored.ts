import type { Preferences } from "../store/store.ts";

/**
 * A database that was restored knows nothing of what was sent after its backup. Until the first look after the restore,
 * somebody else may have sent what was due: so for everything that was due in that time the channel is looked through first.
 */
const KEY = "restored";

/** Marks a database as restored. Whoever looks after digests first then settles until when others may have sent some. */
export const markRestored = (preferences: Preferences): Promise<void> => preferences.set(KEY, "unseen");

/** Until when digests may have been sent by somebody whose ledger is not this one; undefined where none was restored. */
export async function sentElsewhereUntil(preferences: Preferences, now: Date): Promise<Date | undefined> {
  const kept = await preferences.get(KEY);
  if (kept === undefined) return undefined;
  const until = new Date(kept);
  if (!Number.isNaN(until.getTime())) return until;
  await preferences.set(KEY, now.toISOString());
  return now;
}
