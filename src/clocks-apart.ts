/** How far the clocks of machines that share a database may be apart, in milliseconds: a minute, as in `Posting.since`. */
export const CLOCKS_APART_MS = 60_000;

/** The latest time that another machine's clock may show now. */
export const lately = (now: Date): Date => new Date(now.getTime() + CLOCKS_APART_MS);

/** Whether something that has been written down at a time was so by a clock that is ahead of this one. */
export function isAhead(time: Date, now: Date): boolean {
  return time > lately(now);
}
