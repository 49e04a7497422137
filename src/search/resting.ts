import { UserError } from "../user-error.ts";

/** An engine of its own answers a question within this, in milliseconds, or counts as away, where its settings say no other. */
export const ANSWER_TIME = 1500;

/** What people are told while an engine in another process does not answer. `why` is for the log. */
export function searchRests(why: unknown): UserError {
  return new UserError(
    "Search is resting: its engine does not answer at the moment. Your lists, follows and digests are safe; try again in a minute.",
    { cause: why },
  );
}
