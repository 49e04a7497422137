import type { PaperId } from "../../../corpus/paper.ts";
import type { Pace } from "../../embedded/pace.ts";
import { createPace, noIndexWork } from "../../embedded/pace.ts";
import type { Neighbours } from "../../embedded/similar/similar.ts";
import { createNeighbours, directionsOf } from "../../embedded/similar/similar.ts";
import type { Match, SimilarRequest, SimilarResult, Window } from "../../paper-index.ts";
import type { Candidate } from "../candidates/paper-cache.ts";
import type { Whole } from "../candidates/view.ts";
import { meaningsOf, viewOf } from "../candidates/view.ts";
import { documentId } from "../stored/keys.ts";
import type { Mind } from "./mind.ts";
import type { Question } from "./questions.ts";
import { best, CANDIDATES, nearClause, weighed } from "./questions.ts";
import type { Answer } from "./search.ts";
import { knowing } from "./search.ts";

/** The terms that papers near others are looked for by: those that tell most. */
const TELLING = 100;

/** An index over candidates with the meanings of these. */
const indexOf = (mind: Mind, candidates: readonly Candidate[], whole: Whole) => {
  const index = viewOf(candidates, whole);
  return {
    index,
    meanings: mind.table === undefined ? undefined : meaningsOf(candidates, index, mind.table),
  };
};

/** Candidates near the papers asked for, with these. */
async function candidatesFor(
  mind: Mind,
  whole: Whole,
  request: SimilarRequest,
): Promise<readonly Candidate[] | undefined> {
  const ids = [...new Set([...request.like, ...request.unlike])].map((id) => ({
    _id: documentId(id),
    _score: null,
  }));
  const named = ids.length === 0 ? [] : await mind.cache.fetch(ids);
  if (!named.some(({ paper }) => request.like.includes(paper.id))) return undefined;
  const pace = createPace(noIndexWork());
  const { asked, near } = await knowing(whole, false, async () => {
    const { index, meanings } = indexOf(mind, named, whole);
    return directionsOf(index, meanings, request, pace);
  });
  const telling = Array.from(asked)
    .filter(([term, value]) => value > 0 && whole.knowledge.frequency(term) > 1)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, TELLING);
  const others = [{ bool: { must_not: [{ ids: { values: ids.map(({ _id }) => _id) } }] } }];
  const questions: Question[] = [
    best(weighed(whole.terms, telling), others, CANDIDATES.words),
    ...(near === undefined ? [] : [best(nearClause(near.vector), others, CANDIDATES.near)]),
  ];
  const answers = await mind.searchAll<Answer>(questions);
  const found = await mind.cache.fetch(answers.flatMap(({ hits }) => hits.hits));
  return [...named, ...found];
}

/** Works with the neighbours among candidates; undefined where no paper asked for is known. */
async function withNeighbours<T>(
  mind: Mind,
  request: SimilarRequest,
  work: (neighbours: Neighbours, pace: Pace) => Promise<T>,
): Promise<T | undefined> {
  const whole = await mind.whole();
  const isThere = await mind.table?.ready().then(
    () => true,
    () => false,
  );
  const able = isThere === true ? mind : { ...mind, table: undefined };
  const candidates = await candidatesFor(able, whole, request);
  if (candidates === undefined) return undefined;
  return knowing(whole, false, () => {
    const { index, meanings } = indexOf(able, candidates, whole);
    return work(createNeighbours(index, meanings), createPace(noIndexWork()));
  });
}

/** Papers near others. */
export async function similar(mind: Mind, request: SimilarRequest, window: Window): Promise<SimilarResult> {
  const found = await withNeighbours(mind, request, (neighbours, pace) =>
    neighbours.find(request, window, pace),
  );
  return found ?? { total: 0, hits: [] };
}

/** The papers nearest to one. */
export async function nearest(mind: Mind, id: PaperId, limit: number): Promise<readonly Match[]> {
  const request = { like: [id], unlike: [] };
  return (
    (await withNeighbours(mind, request, (neighbours, pace) => neighbours.nearest(id, limit, pace))) ?? []
  );
}
