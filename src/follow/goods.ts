import type { Count } from "../figures.ts";
import { countDue } from "../figures.ts";
import type { Book } from "../schedule/book.ts";
import type { Goods, Wording } from "../schedule/goods.ts";
import type { LocalDate } from "../schedule/slots/local-date.ts";
import type { Slot } from "../schedule/slots/slots.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import { papersNamed } from "../search/papers-named.ts";
import type { Arrival } from "../store/kept/arrivals.ts";
import type { Store } from "../store/store.ts";
import type { Paper, PaperId } from "../corpus/paper.ts";
import type { Follow, Following, FollowNews } from "./follow.ts";
import { GAP_MS, MOST_TOLD } from "./follow.ts";
import { waitingFor } from "./waiting.ts";
import { damagedFollow, heldFollow } from "./words.ts";

interface GoodsParts {
  readonly book: Book<Following>;
  readonly index: PaperIndex;
  readonly matches: Store["matches"];
  /** The follows that something waits for. */
  readonly awaited: ReadonlySet<string>;
}

const NOTHING: FollowNews = { kind: "nothing" };

/**
 * The slot of what is told at once: named by the first arrival that it tells, so that two processes that look at once mean
 * the same one, whatever their clocks say. Padded, since rows are sorted by this name.
 */
function slotOfArrival({ number }: Arrival, now: Date): Slot {
  return { date: `n${String(number).padStart(12, "0")}` as LocalDate, dueAt: now };
}

/** The papers that are still there and stand, of those that wait; the others are told to nobody. */
async function present(
  { index, matches }: GoodsParts,
  follow: string,
  waiting: readonly Arrival[],
): Promise<readonly Paper[]> {
  const found = await Promise.all(
    waiting.map(async ({ paper }) => ({ id: paper, paper: await index.get(paper as PaperId) })),
  );
  const gone = found.filter(({ paper }) => paper === undefined || paper.status !== undefined);
  await matches.told(
    follow,
    gone.map(({ id }) => id),
  );
  return found.flatMap(({ id, paper }) =>
    // The ledger keeps the id under which it arrived.
    paper === undefined || paper.status !== undefined ? [] : [{ ...paper, id: id as PaperId }],
  );
}

/** What waits is told in the order of arrival; what does not fit into one message waits for the next. */
async function chooseNews(parts: GoodsParts, follow: Follow): Promise<FollowNews> {
  const waiting = await waitingFor(parts, follow);
  const papers = await present(parts, follow.id, waiting);
  if (papers.length === 0) return NOTHING;
  const told = papers.slice(0, MOST_TOLD);
  return { kind: "papers", papers: told, more: papers.length - told.length };
}

/** The slot of a follow that is told at once, where something waits and the last message is some minutes old. */
async function happeningOf(parts: GoodsParts, follow: Follow, now: Date): Promise<readonly Slot[]> {
  const [newest] = await parts.book.latest(follow.id, 1);
  if (newest !== undefined && now.getTime() - newest.dueAt.getTime() < GAP_MS) return [];
  const [first] = await waitingFor(parts, follow);
  return first === undefined ? [] : [slotOfArrival(first, now)];
}

/** Follows, as things that are sent on a schedule. */
export function followGoods(parts: GoodsParts): Goods<Following> {
  const { index, awaited } = parts;
  return {
    choose: (follow) => chooseNews(parts, follow),
    keep: (news) => (news.kind === "nothing" ? news : { ...news, papers: news.papers.map(({ id }) => id) }),
    async recall(content) {
      if (content.kind === "nothing") return NOTHING;
      const papers = (await Promise.all(content.papers.map(index.get))).filter((one) => one !== undefined);
      return papers.length === 0 ? undefined : { kind: "papers", papers, more: content.more };
    },
    nothingIn: (news) => (news.kind === "nothing" ? { reason: { kind: "none-new" } } : undefined),
    // Nobody wants to be told that nothing has come.
    isWorthSaying: () => false,
    isInTwo: () => false,
    mayBeInTwo: () => false,
    async recognise(texts) {
      const papers = await papersNamed(index, texts);
      return papers.length === 0 ? undefined : { kind: "papers", papers, more: 0 };
    },
    async slots(follow, rows, now) {
      if (follow.plan.when !== "at once") return undefined;
      if (rows.length > 0) return rows.map(({ date, dueAt }) => ({ date, dueAt }));
      return happeningOf(parts, follow, now);
    },
    isAsleep({ id, plan, state }) {
      if (plan.when !== "at once") return undefined;
      return state.kind === "paused" || !awaited.has(id);
    },
  };
}

/** How follows are spoken of. */
export const followWording = (count: Count): Wording => ({
  noun: "follow",
  held: heldFollow,
  damaged: damagedFollow,
  count: countDue(count, "follow"),
});
