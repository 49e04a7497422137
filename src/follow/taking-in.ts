import type { PaperId } from "../corpus/paper.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Store } from "../store/store.ts";
import type { Follow } from "./follow.ts";
import type { MatchPapers } from "./matching.ts";

/** Arrivals that are matched in one step. */
const TOGETHER = 500;

interface TakingParts {
  readonly index: PaperIndex;
  readonly store: Pick<Store, "arrivals" | "matches">;
  readonly notice: () => Promise<void>;
  readonly match: MatchPapers;
  readonly follows: () => Promise<readonly Follow[]>;
}

/** Matches one piece of the arrivals; gives how far that goes. */
async function matchPiece(
  { index, store, match }: TakingParts,
  follows: readonly Follow[],
  { from, upTo }: { readonly from: number; readonly upTo: number },
): Promise<number> {
  const arrived = (await store.arrivals.after(from, TOGETHER)).filter(({ number }) => number <= upTo);
  const last = arrived.at(-1)?.number;
  const to = arrived.length < TOGETHER || last === undefined ? upTo : last;
  const numbers = new Map(arrived.map(({ paper, number }) => [paper, number]));
  const found = await Promise.all(arrived.map(({ paper }) => index.get(paper as PaperId)));
  const papers = found.filter((paper) => paper !== undefined && paper.status === undefined);
  const since = new Map(follows.map(({ id, plan }) => [id, plan.since]));
  const matches = (await match(follows, papers as NonNullable<(typeof papers)[number]>[])).flatMap(
    ({ follow, paper }) => {
      const number = numbers.get(paper) ?? 0;
      return number > (since.get(follow) ?? Infinity) ? [{ follow, paper, number }] : [];
    },
  );
  await store.matches.note(matches, to);
  return to;
}

/**
 * Notes which papers have come and finds whom they are for. The last arrival is read before the follows are: one that is
 * made meanwhile begins behind it, so that none is passed over. Two processes may do this at once: a match is noted once.
 */
export async function takeIn(parts: TakingParts): Promise<void> {
  const { store, notice } = parts;
  if ((await parts.follows()).length === 0) return;
  await notice();
  const upTo = await store.arrivals.last();
  const follows = (await parts.follows()).filter(({ state }) => state.kind !== "paused");
  const first = Math.min(...follows.map(({ plan }) => plan.since), upTo);
  let from = Math.max(await store.matches.last(), first);
  while (from < upTo) from = await matchPiece(parts, follows, { from, upTo });
}
