import type { PaperId } from "../../corpus/paper.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import { wordsQuery } from "../../search/query/search-query.ts";
import type { Candidate, Candidates } from "./candidate.ts";
import type { Had } from "./had.ts";
import { latestPapersOfTheDay } from "./had.ts";
import type { Topic } from "./topics.ts";

/** Only so many neighbours of a paper are like it; what comes after them shares the words of its field and no more. */
const NEIGHBOURS = 20;

/** The papers about any of the topics, each with the topic it fits best; all papers where there are no topics. */
export async function matchTopics(index: PaperIndex, topics: readonly Topic[]): Promise<Candidate[]> {
  if (topics.length === 0) return (await index.matching(wordsQuery(""))).map(({ paper }) => ({ paper }));
  const found = new Map<PaperId, Candidate>();
  for (const { text, query } of topics) {
    const matches = await index.matching(query);
    // Scores of one search compare with each other only, so the best paper of the corpus is the measure.
    const best = matches.reduce((most, { score }) => Math.max(most, score), 0);
    for (const { paper, score } of matches) {
      const value = best > 0 ? score / best : 1;
      if (value > (found.get(paper.id)?.fit?.value ?? -1))
        found.set(paper.id, { paper, fit: { topic: text, value } });
    }
  }
  return [...found.values()];
}

/** For each paper that is near one of some papers, the nearest of them. */
async function findNearest(
  index: PaperIndex,
  papers: readonly PaperId[],
): Promise<Map<PaperId, NonNullable<Candidate["nearest"]>>> {
  const nearest = new Map<PaperId, NonNullable<Candidate["nearest"]>>();
  for (const id of papers) {
    const paper = await index.get(id);
    if (paper === undefined) continue;
    const { hits } = await index.similar({ like: [id], unlike: [] }, { offset: 0, limit: NEIGHBOURS });
    for (const { paper: neighbour, score } of hits) {
      const similarity = Math.min(1, score);
      if (similarity > (nearest.get(neighbour.id)?.similarity ?? 0))
        nearest.set(neighbour.id, { paper, similarity });
    }
  }
  return nearest;
}

/** All papers about the topics, with their fit and their nearness to what the channel has had lately. */
export async function gatherCandidates(
  index: PaperIndex,
  topics: readonly Topic[],
  had: readonly Had[],
): Promise<Candidates> {
  const latest = latestPapersOfTheDay(had);
  const nearest = await findNearest(index, latest);
  const list = (await matchTopics(index, topics)).map((candidate) => {
    const near = nearest.get(candidate.paper.id);
    return near === undefined ? candidate : { ...candidate, nearest: near };
  });
  return { corpus: index.size(), remembered: latest.length, list };
}
