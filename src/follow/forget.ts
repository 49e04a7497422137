import type { Book } from "../schedule/book.ts";
import { OPERATOR } from "../store/audit.ts";
import type { Store } from "../store/store.ts";
import type { Following } from "./follow.ts";

/**
 * Removes what is kept of a person, by the platform's id: follows in direct conversations with all they told. One of a
 * channel is the channel's and stays, without its maker. Gives how many were changed. It is nobody's deed: a note of it
 * would keep what is to be forgotten.
 */
export async function forgetFollower(
  book: Book<Following>,
  matches: Store["matches"],
  platform: string,
  user: string,
): Promise<number> {
  const mine = (await book.subscriptions()).filter(
    ({ place, createdBy }) => place.platform === platform && createdBy === user,
  );
  for (const follow of mine) {
    if (follow.place.direct === true) {
      await book.forget(follow.id);
      await matches.forget(follow.id);
    } else await book.put({ ...follow, createdBy: OPERATOR });
  }
  return mine.length;
}
