import type { Paper, PaperId } from "../../corpus/paper.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import { wordsQuery } from "../../search/query/search-query.ts";
import { gatherCandidates } from "./candidates.ts";
import { rankPapers } from "./choose.ts";
import type { Had } from "./had.ts";
import { hadByPaper } from "./had.ts";
import type { LocalDate } from "../slots/local-date.ts";
import type { Obstacle } from "../obstacle.ts";
import { obstacleTo } from "../obstacle.ts";
import type { Scored } from "./score.ts";
import type { Place, Plan } from "../subscription.ts";
import type { Topic } from "./topics.ts";
import { readTopics } from "./topics.ts";

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
  readonly date: LocalDate;
  /** When the digest is due, which "3 months ago" in the topics counts from. */
  readonly at: Date;
  readonly had: readonly Had[];
}

/** The first excluded word or phrase that a paper has; undefined when it has none. */
async function excludedWord(
  index: PaperIndex,
  topics: readonly Topic[],
  id: PaperId,
): Promise<string | undefined> {
  const words = new Set(topics.flatMap(({ query }) => query.excluded));
  for (const word of words) {
    const without = await index.matching({ ...wordsQuery(""), excluded: [word] });
    if (!without.some(({ paper }) => paper.id === id)) return word;
  }
  return undefined;
}

async function whyRanked(index: PaperIndex, paper: Paper, asked: Asked): Promise<Why> {
  const { plan, had } = asked;
  const topics = readTopics(plan.topics, asked.at);
  const word = await excludedWord(index, topics, paper.id);
  if (word !== undefined) return { kind: "excluded", word };
  const candidates = await gatherCandidates(index, topics, had);
  const ranking = rankPapers({ ...asked, candidates });
  const papers = ranking.kind === "ranked" ? ranking.papers : [];
  const at = papers.findIndex(({ paper: { id } }) => id === paper.id);
  const [scored, first] = [papers[at], papers[0]];
  if (scored === undefined || first === undefined) {
    const onTopic = candidates.list.some((candidate) => candidate.paper.id === paper.id);
    return onTopic
      ? { kind: "not-new", paper, newer: papers.length }
      : { kind: "off-topic", topics: plan.topics };
  }
  const archive = ranking.kind === "ranked" && ranking.archive;
  return {
    kind: "ranked",
    rank: at + 1,
    of: papers.length,
    places: 1 + plan.runnersUp,
    archive,
    scored,
    first,
  };
}

/** Why a paper was posted, or the first rule that keeps it out: as a digest on that date would go through them. */
export async function explainPaper(index: PaperIndex, id: PaperId, asked: Asked): Promise<Why> {
  const had = hadByPaper(asked.had);
  const posted = had.get(id);
  if (posted !== undefined) return { kind: "posted", had: posted };
  const paper = await index.get(id);
  if (paper === undefined) return { kind: "unknown" };
  const obstacle = obstacleTo(paper, { plan: asked.plan, date: asked.date, had });
  if (obstacle !== undefined && obstacle.kind !== "had") return obstacle;
  return whyRanked(index, paper, asked);
}
