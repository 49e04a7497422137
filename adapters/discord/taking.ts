import { waitAtMost } from "../platform/patience.ts";

/** Whether this program is the one that takes an event, by its id: Discord tells every connection of an app of each. */
export type Takes = (id: string) => Promise<boolean>;

/** An answer has to begin within three seconds, so that a database that does not answer is not waited for any longer, in milliseconds. */
const DECIDING = 1200;

/** Whether an event is taken here; where that cannot be found out in time it is: Discord takes the first answer alone. */
export async function isTaken(takes: Takes | undefined, id: string): Promise<boolean> {
  if (takes === undefined) return true;
  let mine = true;
  const decide = async (): Promise<void> => void (mine = await takes(id));
  await waitAtMost(
    decide().catch(() => undefined),
    DECIDING,
  );
  return mine;
}
