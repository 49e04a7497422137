import { lastDay } from "../../corpus/partial-date.ts";
import type { Candidates } from "./candidate.ts";
import type { Had } from "./had.ts";
import { hadByPaper } from "./had.ts";
import type { LocalDate } from "../slots/local-date.ts";
import type { NothingReason } from "./nothing.ts";
import type { Rules } from "../obstacle.ts";
import { obstacleTo } from "../obstacle.ts";
import type { Scored } from "./score.ts";
import { commentsOn, isFuture, isNew, scorePaper, votesOf } from "./score.ts";
import type { Place, Plan } from "../subscription.ts";
import { placeKey } from "../subscription.ts";

/** All that a choice depends on: the same values give the same choice, whatever the order of the candidates. */
export interface Choosing {
  /** The papers about the plan's topics. */
  readonly candidates: Candidates;
  readonly place: Place;
  readonly plan: Plan;
  /** Local date of the digest. */
  readonly date: LocalDate;
  /** All that the channel has had. */
  readonly had: readonly Had[];
}

/** All papers a digest could bring, the best first. */
export type Ranking =
  /** `archive` when no paper is new. There is at least one paper. */
  | { readonly kind: "ranked"; readonly archive: boolean; readonly papers: readonly Scored[] }
  | { readonly kind: "nothing"; readonly reason: NothingReason };

/** What a digest brings. `of` is how many papers there were to choose from. */
export type Choice =
  | {
      readonly kind: "chosen";
      readonly archive: boolean;
      readonly paper: Scored;
      readonly runnersUp: readonly Scored[];
      readonly of: number;
    }
  | { readonly kind: "nothing"; readonly reason: NothingReason };

/** FNV-1a with the last mixing step of MurmurHash3: spread evenly, the same everywhere, and fast for a whole corpus. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

interface Keyed {
  readonly scored: Scored;
  readonly votes: number;
  readonly comments: number;
  /** Last day its date can mean; empty where no date is known. */
  readonly day: string;
  readonly chance: number;
}

/** The stated order: score, votes, comments, newer date, then a draw that differs by place and day, then the id. */
function compare(a: Keyed, b: Keyed): number {
  const byNumbers = b.scored.score - a.scored.score || b.votes - a.votes || b.comments - a.comments;
  if (byNumbers !== 0) return byNumbers;
  if (a.day !== b.day) return a.day < b.day ? 1 : -1;
  return a.chance - b.chance || (a.scored.paper.id < b.scored.paper.id ? -1 : 1);
}

function rankPool(pool: Candidates["list"], { candidates, place, date }: Choosing): Scored[] {
  const key = `${placeKey(place)}\n${date}\n`;
  return pool
    .map((candidate): Keyed => {
      const scored = scorePaper(candidate, { today: date, remembered: candidates.remembered });
      const { paper } = scored;
      return {
        scored,
        votes: votesOf(paper),
        comments: commentsOn(paper),
        day: paper.date === undefined ? "" : lastDay(paper.date),
        chance: hash(key + paper.id),
      };
    })
    .toSorted(compare)
    .map(({ scored }) => scored);
}

/** Why none of the candidates may be in the digest. */
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

/**
 * Ranks the papers a digest could bring: those of the last 14 days that no rule keeps out, or, where there is none, all
 * others that no rule keeps out, from the archive.
 */
export function rankPapers(choosing: Choosing): Ranking {
  const { candidates, plan, date, had } = choosing;
  const rules: Rules = { plan, date, had: hadByPaper(had) };
  const allowed = candidates.list.filter(({ paper }) => obstacleTo(paper, rules) === undefined);
  if (allowed.length === 0) return { kind: "nothing", reason: whyNothing(choosing, rules) };
  const fresh = allowed.filter(({ paper }) => isNew(paper, date));
  const archive = fresh.length === 0;
  return { kind: "ranked", archive, papers: rankPool(archive ? allowed : fresh, choosing) };
}

/** The paper of the day and those that follow it: the first of the ranking. */
export function choosePapers(choosing: Choosing): Choice {
  const ranking = rankPapers(choosing);
  if (ranking.kind === "nothing") return ranking;
  const [paper, ...others] = ranking.papers;
  if (paper === undefined) throw new Error("A ranking without a paper");
  const runnersUp = others.slice(0, choosing.plan.runnersUp);
  return { kind: "chosen", archive: ranking.archive, paper, runnersUp, of: ranking.papers.length };
}
