import { allMatching } from "../../src/search/matches.ts";
import type { Paper, PaperId } from "../../src/corpus/paper.ts";
import { lastDay } from "../../src/corpus/partial-date.ts";
import type { Choice } from "../../src/digest/choice/choose.ts";
import type { Had } from "../../src/digest/choice/had.ts";
import { hadByPaper, latestPapersOfTheDay } from "../../src/digest/choice/had.ts";
import type { NothingReason } from "../../src/digest/choice/nothing.ts";
import type { Topic } from "../../src/search/query/topics.ts";
import type { Rules } from "../../src/digest/choice/obstacle.ts";
import { obstacleTo } from "../../src/digest/choice/obstacle.ts";
import type { Candidate } from "../../src/digest/ranking/candidate.ts";
import type { Scored } from "../../src/digest/ranking/score.ts";
import { commentsOn, isFuture, isNew, scorePaper, votesOf } from "../../src/digest/ranking/score.ts";
import type { KnownChannel } from "../../src/digest/compose.ts";
import type { Lesson } from "../../src/taste/learn.ts";
import type { TasteReason } from "../../src/taste/pull.ts";
import type { LocalDate } from "../../src/schedule/slots/local-date.ts";
import type { Place } from "../../src/schedule/place.ts";
import type { Plan } from "../../src/digest/subscription.ts";
import { placeKey } from "../../src/schedule/place.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";

/**
 * The rule of DESIGN.md, written down once more as it stands there: every paper is looked at for every channel, all are
 * sorted, and nothing is kept. The program must choose as this does.
 */

/** What a choice is made among. */
export interface Candidates {
  /** Number of papers in the corpus. */
  readonly corpus: number;
  /** With how many of the latest papers of the day here the candidates were compared. */
  readonly remembered: number;
  readonly list: readonly Candidate[];
}

/** All that a choice depends on. */
export interface Choosing {
  readonly candidates: Candidates;
  readonly place: Place;
  readonly plan: Plan;
  readonly date: LocalDate;
  readonly had: readonly Had[];
}

/** All papers a digest could bring, the best first. */
export type PlainRanking =
  | { readonly kind: "ranked"; readonly archive: boolean; readonly papers: readonly Scored[] }
  | { readonly kind: "nothing"; readonly reason: NothingReason };

/** The papers about any of the topics, each with the topic it fits best; all papers where there are no topics. */
async function matchPlainly(index: PaperIndex, topics: readonly Topic[]): Promise<Candidate[]> {
  const papers = new Map<PaperId, Paper>();
  for await (const paper of index.papers()) papers.set(paper.id, paper);
  if (topics.length === 0) return Array.from(papers.values(), (paper) => ({ paper }));
  const found = new Map<PaperId, Candidate>();
  for (const { text, query } of topics) {
    const matches = await allMatching(index, query);
    const best = matches.reduce((most, { score }) => Math.max(most, score), 0);
    for (const { id, score } of matches) {
      const paper = papers.get(id);
      if (paper === undefined) throw new Error(`${id} is no paper`);
      const value = best > 0 ? score / best : 1;
      if (value > (found.get(paper.id)?.fit?.value ?? -1))
        found.set(paper.id, { paper, fit: { topic: text, value } });
    }
  }
  return [...found.values()];
}

/** For each paper that is near one of some papers, the nearest of them. */
async function nearPlainly(index: PaperIndex, papers: readonly PaperId[]) {
  const nearest = new Map<PaperId, NonNullable<Candidate["nearest"]>>();
  for (const id of papers) {
    const paper = await index.get(id);
    if (paper === undefined) continue;
    const { hits } = await index.similar({ like: [id], unlike: [] }, { offset: 0, limit: 20 });
    for (const { paper: neighbour, score } of hits) {
      const similarity = Math.min(1, score);
      if (similarity > (nearest.get(neighbour.id)?.similarity ?? 0))
        nearest.set(neighbour.id, { paper, similarity });
    }
  }
  return nearest;
}

/** For each paper that reactions move, by how much: the five strongest of what was said times how near it is. */
async function tastePlainly(index: PaperIndex, lessons: readonly Lesson[]) {
  const near = new Map<PaperId, TasteReason[]>();
  for (const { paper, title, weight } of lessons) {
    if ((await index.get(paper)) === undefined) continue;
    const { hits } = await index.similar({ like: [paper], unlike: [] }, { offset: 0, limit: 20 });
    const all = new Map(hits.map((hit) => [hit.paper.id, Math.round(Math.min(1, hit.score) * 1000) / 1000]));
    for (const [id, similarity] of [...all, [paper, 1] as const])
      near.set(id, [...(near.get(id) ?? []), { paper, title, weight, similarity }]);
  }
  const moved = new Map<PaperId, NonNullable<Candidate["taste"]>>();
  for (const [id, reasons] of near) {
    const by = (one: TasteReason): number => Math.abs(one.weight * one.similarity);
    const because = reasons
      .filter((one) => by(one) > 0)
      .toSorted((a, b) => by(b) - by(a) || (a.paper < b.paper ? -1 : 1))
      .slice(0, 5);
    const sum = because.reduce((total, { weight, similarity }) => total + weight * similarity, 0);
    const value = Math.round(Math.min(1, Math.max(-1, sum)) * 1000) / 1000;
    if (Math.round(value * 200) !== 0) moved.set(id, { value, because });
  }
  return moved;
}

/** All papers about the topics, with their fit and their nearness to what the channel has had lately. */
export async function gatherPlainly(
  index: PaperIndex,
  topics: readonly Topic[],
  { had, lessons }: KnownChannel,
): Promise<Candidates> {
  const latest = latestPapersOfTheDay(had);
  const nearest = await nearPlainly(index, latest);
  const tastes = await tastePlainly(index, lessons);
  const list = (await matchPlainly(index, topics)).map((candidate) => {
    const near = nearest.get(candidate.paper.id);
    const taste = tastes.get(candidate.paper.id);
    return {
      ...candidate,
      ...(near === undefined ? {} : { nearest: near }),
      ...(taste === undefined ? {} : { taste }),
    };
  });
  return { corpus: await index.size(), remembered: latest.length, list };
}

/** FNV-1a with the last mixing step of MurmurHash3. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const dayOf = ({ date }: Paper): string => (date === undefined ? "" : lastDay(date));

/** Score, votes, comments, newer date, the draw, the id. */
function sortPlainly(papers: readonly Scored[], { place, date }: Choosing): Scored[] {
  const chance = ({ id }: Paper): number => hash(`${placeKey(place)}\n${date}\n${id}`);
  return papers.toSorted((a, b) => {
    const [one, other] = [a.paper, b.paper];
    const byNumbers =
      b.score - a.score || votesOf(other) - votesOf(one) || commentsOn(other) - commentsOn(one);
    if (byNumbers !== 0) return byNumbers;
    if (dayOf(one) !== dayOf(other)) return dayOf(one) < dayOf(other) ? 1 : -1;
    return chance(one) - chance(other) || (one.id < other.id ? -1 : 1);
  });
}

function whyNothing({ candidates }: Choosing, rules: Rules): NothingReason {
  if (candidates.corpus === 0) return { kind: "empty-corpus" };
  const present = candidates.list.filter(
    ({ paper }) => paper.status === undefined && !isFuture(paper, rules.date),
  );
  if (present.length === 0) return { kind: "no-match" };
  const fresh = { ...rules, had: new Map() };
  const enough = present.filter(({ paper }) => obstacleTo(paper, fresh) === undefined);
  if (enough.length === 0) return { kind: "below-minimum", matching: present.length };
  return { kind: "all-had", matching: enough.length };
}

/** The new papers that no rule keeps out or, where there is none, all others of these. */
export function rankPlainly(choosing: Choosing): PlainRanking {
  const { candidates, plan, date, had } = choosing;
  const rules: Rules = { plan, date, had: hadByPaper(had) };
  const allowed = candidates.list.filter(({ paper }) => obstacleTo(paper, rules) === undefined);
  if (allowed.length === 0) return { kind: "nothing", reason: whyNothing(choosing, rules) };
  const fresh = allowed.filter(({ paper }) => isNew(paper, date));
  const archive = fresh.length === 0;
  const { remembered } = candidates;
  const scored = (archive ? allowed : fresh).map((one) => scorePaper(one, { today: date, remembered }));
  return { kind: "ranked", archive, papers: sortPlainly(scored, choosing) };
}

/** The first of the ranking. */
export function choosePlainly(choosing: Choosing): Choice {
  const ranking = rankPlainly(choosing);
  if (ranking.kind === "nothing") return ranking;
  const [paper, ...others] = ranking.papers;
  if (paper === undefined) throw new Error("A ranking without a paper");
  const runnersUp = others.slice(0, choosing.plan.runnersUp);
  return { kind: "chosen", archive: ranking.archive, paper, runnersUp, of: ranking.papers.length };
}
