import { allMatching } from "../../search/matches.ts";
import type { Paper, PaperId } from "../../corpus/paper.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import { wordsQuery } from "../../search/query/search-query.ts";
import { rankPapers } from "./choose.ts";
import type { Lesson } from "../../taste/learn.ts";
import type { Had } from "./had.ts";
import { hadByPaper } from "./had.ts";
import { scoreAt } from "../ranking/in-order.ts";
import type { Slot } from "../../schedule/slots/slots.ts";
import type { Obstacle } from "./obstacle.ts";
import { obstacleTo } from "./obstacle.ts";
import type { Scored } from "../ranking/score.ts";
import type { Place } from "../../schedule/place.ts";
import type { Plan } from "../subscription.ts";
import type { Topic } from "../../search/query/topics.ts";
import { readTopics } from "../../search/query/topics.ts";
import type { View } from "./view.ts";

/** Why a paper was posted in a channel, or what keeps it out of the next digest of a subscription. */
export type Why =
  | { readonly kind: "unknown" }
  | { readonly kind: "posted"; readonly had: Had }
  /** One of the words nobody wants here. */
  | { readonly kind: "excluded"; readonly word: string }
  | { readonly kind: "off-topic"; readonly topics: string }
  | Exclude<Obstacle, { readonly kind: "had" }>
  /** It is not of the last 14 days, and `newer` papers are. */
  | { readonly kind: "not-new"; readonly paper: Paper; readonly newer: number }
  /** `rank` counts from 1; up to `places` the digest would bring it. */
  | {
      readonly kind: "ranked";
      readonly rank: number;
      readonly of: number;
      readonly places: number;
      readonly archive: boolean;
      readonly scored: Scored;
      readonly first: Scored;
    };

/** A digest that is asked about: that of a plan on a date, in a place that has had some papers. */
export interface Asked {
  readonly place: Place;
  readonly plan: Plan;
  /** “3 months ago” in the topics counts from when it is due. */
  readonly slot: Slot;
  /** By the ids that papers have now. */
  readonly had: readonly Had[];
  /** What the reactions there say, as far as that counts then. */
  readonly lessons: readonly Lesson[];
}

/** The papers, and how digests see them. */
interface Known {
  readonly index: PaperIndex;
  readonly view: View;
}

/** The first excluded word or phrase that a paper has; undefined when it has none. */
async function excludedWord(
  index: PaperIndex,
  topics: readonly Topic[],
  id: PaperId,
): Promise<string | undefined> {
  const words = new Set(topics.flatMap(({ query }) => query.excluded));
  for (const word of words) {
    const without = await allMatching(index, { ...wordsQuery(""), excluded: [word] }, [id]);
    if (without.length === 0) return word;
  }
  return undefined;
}

async function whyRanked({ index, view }: Known, paper: Paper, asked: Asked): Promise<Why> {
  const { place, plan, slot, had, lessons } = asked;
  const word = await excludedWord(index, readTopics(plan.topics, slot.dueAt), paper.id);
  if (word !== undefined) return { kind: "excluded", word };
  const pools = await view.pools(plan, slot);
  const channel = await view.channel(place, slot.date, had, lessons);
  const row = pools.table.rowOf(paper.id);
  if (row === undefined || !pools.isOnTopic(row)) return { kind: "off-topic", topics: plan.topics };
  const ranking = rankPapers(pools, channel);
  if (ranking.kind === "nothing") return { kind: "not-new", paper, newer: 0 };
  const { archive, pool, of, positions } = ranking;
  const wanted = pool.find(row);
  if (wanted === undefined) return { kind: "not-new", paper, newer: of };
  let [rank, first] = [0, wanted];
  for (const position of positions) {
    if (rank++ === 0) first = position;
    if (position === wanted) break;
  }
  const scored = (position: number): Promise<Scored> => view.whole(scoreAt(pool, channel, position));
  const places = 1 + plan.runnersUp;
  return {
    kind: "ranked",
    rank,
    of,
    places,
    archive,
    scored: await scored(wanted),
    first: await scored(first),
  };
}

/** Why a paper was posted, or the first rule that keeps it out: as a digest on that date would go through them. */
export async function explainPaper(known: Known, id: PaperId, asked: Asked): Promise<Why> {
  const had = hadByPaper(asked.had);
  const posted = had.get(id);
  if (posted !== undefined) return { kind: "posted", had: posted };
  const paper = await known.index.get(id);
  if (paper === undefined) return { kind: "unknown" };
  const obstacle = obstacleTo(paper, { plan: asked.plan, date: asked.slot.date, had });
  if (obstacle !== undefined && obstacle.kind !== "had") return obstacle;
  return whyRanked(known, paper, asked);
}
