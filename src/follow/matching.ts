import type { Paper, PaperId } from "../corpus/paper.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import { percolate } from "../search/standing/percolate.ts";
import type { StandingQuery } from "../search/standing/standing-query.ts";
import { standingQuery } from "../search/standing/standing-query.ts";
import { createTurns } from "../turns.ts";
import type { Follow } from "./follow.ts";
import type { Wish } from "./wish.ts";
import { queriesOf } from "./wish.ts";

/** A new paper is like another when that is among so many that are nearest to it: what comes after shares a field and no more. */
const NEAR = 20;

/** What is matched of a follow. */
export type Matched = Pick<Follow, "id" | "createdAt"> & { readonly plan: { readonly wish: Wish } };

/** A standing query and the follows that have it. */
interface Asked extends StandingQuery {
  readonly follows: readonly string[];
}

/** The queries of follows, each once however many have it. */
function queriesIn(follows: readonly Matched[], standing: Standing): Asked[] {
  const byText = new Map<string, { readonly query: StandingQuery; readonly follows: string[] }>();
  for (const follow of follows)
    for (const { text, query } of standing(follow)) {
      const there = byText.get(text);
      if (there === undefined) byText.set(text, { query, follows: [follow.id] });
      else there.follows.push(follow.id);
    }
  return Array.from(byText.values(), ({ query, follows: ids }) => ({ ...query, follows: ids }));
}

type Standing = (follow: Matched) => readonly { readonly text: string; readonly query: StandingQuery }[];

/** Reads the queries of follows; those of one that has not changed are known. */
function createStanding(): Standing {
  const known = new WeakMap<Matched, ReturnType<Standing>>();
  return (follow) => {
    const before = known.get(follow);
    if (before !== undefined) return before;
    const read = queriesOf(follow.plan.wish, follow.createdAt).map((query) => ({
      text: JSON.stringify(query),
      query: standingQuery(query),
    }));
    known.set(follow, read);
    return read;
  };
}

/** The follows of papers that others are compared with. */
async function likedIn(
  index: PaperIndex,
  follows: readonly Matched[],
): Promise<ReadonlyMap<PaperId, readonly string[]>> {
  const liked = new Map<PaperId, string[]>();
  for (const { id, plan } of follows) {
    if (plan.wish.kind !== "like") continue;
    // It may have got another id since.
    const paper = (await index.get(plan.wish.paper))?.id ?? plan.wish.paper;
    const there = liked.get(paper);
    if (there === undefined) liked.set(paper, [id]);
    else there.push(id);
  }
  return liked;
}

/** A paper that a follow wants. */
interface Match {
  readonly follow: string;
  readonly paper: PaperId;
}

/** Finds which follows want which papers, each pair once. */
export type MatchPapers = (
  follows: readonly Matched[],
  papers: readonly Paper[],
) => Promise<readonly Match[]>;

/** Matches by words, authors and organisations alone among the papers given, and by likeness among those of an index. */
export function createMatching(index: PaperIndex): MatchPapers {
  const standing = createStanding();
  return async (follows, papers) => {
    const turns = createTurns();
    const found = new Map<string, Match>();
    const note = (ids: readonly string[], paper: PaperId): void => {
      for (const follow of ids) found.set(`${follow} ${paper}`, { follow, paper });
    };
    for (const { query, paper } of await percolate(queriesIn(follows, standing), papers, turns))
      note(query.follows, paper.id);
    const liked = await likedIn(index, follows);
    if (liked.size > 0)
      for (const { id } of papers)
        for (const near of await index.nearest(id, NEAR)) note(liked.get(near.id) ?? [], id);
    return [...found.values()];
  };
}
