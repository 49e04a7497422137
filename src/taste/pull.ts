import type { PaperId } from "../corpus/paper.ts";
import { round } from "./learn.ts";

/** What taste counts at most, either way: as much as the fit to the topics, and half of what being of today counts. */
export const TASTE_WEIGHT = 0.2;

/** So many papers at most move another: what can be told in a sentence, and worked out by hand. */
export const MOST_REASONS = 5;

/** On days of the month that this divides digests are chosen without taste, so that a channel still sees what it never said. */
export const EXPLORING_EVERY = 4;

/** Whether a day, `YYYY-MM-DD`, is one on which reactions do not count. */
export const isForExploring = (date: string): boolean => Number(date.slice(8, 10)) % EXPLORING_EVERY === 0;

/** A paper that people reacted to, and how near another is to it. */
export interface TasteReason {
  readonly paper: PaperId;
  readonly title: string;
  /** From -1 to 1, in thousandths. */
  readonly weight: number;
  /** From 0 to 1, in thousandths; 1 for the paper itself. */
  readonly similarity: number;
}

/** By how much taste moves a paper, and because of which. */
export interface Pull {
  /** From -1 to 1, in thousandths, and not 0. */
  readonly value: number;
  /** Those that count, the strongest first. */
  readonly because: readonly TasteReason[];
}

const strengthOf = ({ weight, similarity }: TasteReason): number => Math.abs(weight * similarity);

/** The sum of the strongest reasons, each its weight times its similarity; undefined where that moves nothing. */
export function pullOf(reasons: readonly TasteReason[]): Pull | undefined {
  const because = reasons
    .filter((reason) => strengthOf(reason) > 0)
    .toSorted((a, b) => strengthOf(b) - strengthOf(a) || (a.paper < b.paper ? -1 : 1))
    .slice(0, MOST_REASONS);
  const sum = because.reduce((total, { weight, similarity }) => total + weight * similarity, 0);
  const value = round(Math.max(-1, Math.min(1, sum)));
  return pointsOf(value) === 0 ? undefined : { value, because };
}

/** What a pull adds to a score, in thousandths, a whole number. */
export const pointsOf = (value: number): number => Math.round(value * TASTE_WEIGHT * 1000) || 0;
