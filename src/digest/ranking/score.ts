import type { Paper, Upvotes } from "../../corpus/paper.ts";
import { firstDay } from "../../corpus/partial-date.ts";
import type { TasteReason } from "../../taste/pull.ts";
import { pointsOf } from "../../taste/pull.ts";
import type { Candidate } from "./candidate.ts";
import type { LocalDate } from "../../schedule/slots/local-date.ts";
import { daysBetween } from "../../schedule/slots/local-date.ts";

/**
 * What each part counts. Recency leads, since a daily digest is news; attention is next, since what other readers found
 * is the best judgement at hand; both together outvote the fit, because every candidate is about the topics already;
 * novelty only decides between papers that are about as good.
 */
export const WEIGHTS = { recency: 0.4, attention: 0.3, fit: 0.2, novelty: 0.1 } as const;

/** Recency halves in so many days: votes settle within two or three, so a loved paper of three days ago beats a fresh one nobody has read. */
export const HALF_LIFE_DAYS = 3;

/** So many votes and comments together are full attention; on the scale of logarithms the first ten are half of it. */
export const FULL_ATTENTION = 100;

/** A paper is new for so many days: a weekly digest then sees every paper twice, the second time with its votes settled. */
export const NEW_DAYS = 14;

/** One part of a score. `value` is from 0 to 1 and rounded to thousandths, so that what is shown is what was reckoned. */
export type ScorePart =
  | { readonly kind: "recency"; readonly value: number; readonly ageDays: number }
  | { readonly kind: "attention"; readonly value: number; readonly votes: number; readonly comments: number }
  | { readonly kind: "fit"; readonly value: number; readonly topic: string }
  /** `like` is the title of the nearest of the latest papers of the day; absent where none is near. */
  | { readonly kind: "novelty"; readonly value: number; readonly like?: string }
  /** What reactions here say, from -1 to 1; it is added to the mean of all others. `because` has the papers, the strongest first. */
  | { readonly kind: "taste"; readonly value: number; readonly because: readonly TasteReason[] };

/** What a score and the rules look at; papers have it, and so have their records. */
export interface Judged extends Pick<Paper, "id" | "date" | "comments" | "status"> {
  readonly upvotes?: Pick<Upvotes, "count">;
}

/** A paper with its score. */
export interface Scored<Known extends Judged = Paper> {
  readonly paper: Known;
  /** 0 to 1, in thousandths; with taste from -0.2 to 1.2. */
  readonly score: number;
  readonly parts: readonly ScorePart[];
}

/** To thousandths: differences below come from the last digits of a logarithm and mean nothing. */
export const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Votes of a paper; 0 where they are not known. */
export function votesOf({ upvotes }: Judged): number {
  return upvotes?.count ?? 0;
}

/** Comments on a paper; 0 where they are not known. */
export function commentsOn({ comments }: Judged): number {
  return comments ?? 0;
}

/**
 * Days from a paper's date to a day; undefined where the date is not known. Of a date without a day or month the
 * earliest day counts, so that no paper passes for newer than it is known to be.
 */
function ageInDays({ date }: Judged, today: LocalDate): number | undefined {
  return date === undefined ? undefined : daysBetween(firstDay(date), today);
}

/** Whether a paper is surely dated after a day. */
export function isFuture(paper: Judged, today: LocalDate): boolean {
  return (ageInDays(paper, today) ?? 0) < 0;
}

/** Whether a paper is known to be of the 14 days up to a day, that day included. */
export function isNew(paper: Judged, today: LocalDate): boolean {
  const age = ageInDays(paper, today);
  return age !== undefined && age >= 0 && age < NEW_DAYS;
}

/** The value of recency at an age in days. */
export const recencyAt = (ageDays: number): number => round(2 ** (-ageDays / HALF_LIFE_DAYS));

/** The value of so many votes and comments together. */
export const attentionOf = (voices: number): number =>
  round(Math.min(1, Math.log1p(voices) / Math.log1p(FULL_ATTENTION)));

/** The value of being so similar, from 0 to 1, to the nearest of the latest papers of the day. */
export const noveltyOf = (similarity: number): number => round(1 - similarity);

function attention(paper: Judged): ScorePart {
  const [votes, comments] = [votesOf(paper), commentsOn(paper)];
  return { kind: "attention", value: attentionOf(votes + comments), votes, comments };
}

function novelty({ nearest }: Candidate<Judged>): ScorePart {
  if (nearest === undefined) return { kind: "novelty", value: 1 };
  return { kind: "novelty", value: noveltyOf(nearest.similarity), like: nearest.paper.title };
}

/** The day a score is for, and with how many of the latest papers of the day candidates were compared. */
export interface ScoredFor {
  readonly today: LocalDate;
  readonly remembered: number;
}

function partsOf(candidate: Candidate<Judged>, { today, remembered }: ScoredFor): ScorePart[] {
  const { paper, fit, taste } = candidate;
  const ageDays = ageInDays(paper, today) ?? 0;
  const recency: ScorePart = { kind: "recency", value: recencyAt(ageDays), ageDays };
  return [
    // In the archive no paper is news, and days more or less do not matter.
    ...(isNew(paper, today) ? [recency] : []),
    attention(paper),
    ...(fit === undefined ? [] : [{ kind: "fit", value: round(fit.value), topic: fit.topic } as const]),
    // Where nothing has been posted yet, everything is new.
    ...(remembered === 0 ? [] : [novelty(candidate)]),
    ...(taste === undefined ? [] : [{ kind: "taste", ...taste } as const]),
  ];
}

/** The values of the parts of a score, each rounded; NaN for one that does not apply. */
export interface PartValues {
  readonly recency: number;
  readonly attention: number;
  readonly fit: number;
  readonly novelty: number;
}

/** The order in which parts are added: another could round otherwise. */
const ADDED = ["recency", "attention", "fit", "novelty"] as const;

/**
 * The mean of the parts by their weights, in thousandths, a whole number. Parts that do not apply are left out of the sum
 * and of the weights.
 */
export function thousandthsOf(values: PartValues): number {
  let weights = 0;
  let sum = 0;
  for (const kind of ADDED) {
    const value = values[kind];
    if (Number.isNaN(value)) continue;
    weights += WEIGHTS[kind];
    sum += WEIGHTS[kind] * value;
  }
  return Math.round((sum / weights) * 1000);
}

/** The mean of the parts by their weights, and what taste adds, each rounded to thousandths. */
export function scoreOf(parts: readonly ScorePart[]): number {
  const of = (kind: ScorePart["kind"]): number => parts.find((part) => part.kind === kind)?.value ?? NaN;
  const mean = thousandthsOf({
    recency: of("recency"),
    attention: of("attention"),
    fit: of("fit"),
    novelty: of("novelty"),
  });
  const taste = of("taste");
  return (mean + (Number.isNaN(taste) ? 0 : pointsOf(taste))) / 1000;
}

/** The score of a paper: recency where it is new, attention, fit where there are topics, novelty where anything was posted; and taste. */
export function scorePaper<Known extends Judged>(
  candidate: Candidate<Known>,
  scoredFor: ScoredFor,
): Scored<Known> {
  const parts = partsOf(candidate, scoredFor);
  return { paper: candidate.paper, score: scoreOf(parts), parts };
}
