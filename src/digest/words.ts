import type { NothingReason } from "./choice/nothing.ts";
import type { Scored, ScorePart } from "./ranking/score.ts";
import { NEW_DAYS, scoreOf, WEIGHTS } from "./ranking/score.ts";
import { MOST_REASONS, pointsOf, TASTE_WEIGHT } from "../taste/pull.ts";
import type { Damaged } from "../schedule/goods.ts";
import type { Row } from "./book.ts";
import { countVerb, countWords, heldWords, stateWords } from "../schedule/words.ts";
import type { HeldReason } from "../schedule/subscription.ts";

/** The rule of what is new, for sentences: `the last 14 days`. */
const NEW_WORDS = `the last ${NEW_DAYS} days`;

/** The place in a ranking: `1st`, `2nd`, `23rd`. */
export function ordinal(n: number): string {
  const teens = n % 100 >= 11 && n % 100 <= 13;
  const ending = teens ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}

function ageWords(days: number): string {
  if (days === 0) return "of today";
  return days === 1 ? "of yesterday" : `${days} days old`;
}

/** A number with its sign: `+0.027`, `−0.1`. */
const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value)}`;

/** By how much reactions move a paper, and the first of those because of which: `+0.033 by reactions here, to “X”`. */
function tasteWords({ value, because: [first, ...more] }: Extract<ScorePart, { kind: "taste" }>): string {
  const others = more.length === 0 ? "" : ` and ${countWords(more.length, "other")}`;
  const to = first === undefined ? "" : `, to “${first.title}”${others}`;
  return `${signed(pointsOf(value) / 1000)} by reactions here${to}`;
}

/** How reactions moved a paper, to be worked out by hand; undefined where they did not. */
export function reactionWords(parts: readonly ScorePart[]): string | undefined {
  const taste = parts.find((part) => part.kind === "taste");
  if (taste === undefined) return undefined;
  const sum = taste.because
    .map(({ title, weight, similarity }) => `${weight} × ${similarity} for “${title}”`)
    .join(" + ");
  return `Taste is ${taste.value} = ${sum}${taste.because.length === MOST_REASONS ? " (the strongest five)" : ""}: what people here said of each paper times how near it is.`;
}

/** What one part of a score says of a paper: `2 days old`, `85 votes and 3 comments`, `about “diffusion”`. */
export function partWords(part: ScorePart): string {
  switch (part.kind) {
    case "recency":
      return ageWords(part.ageDays);
    case "attention":
      if (part.votes + part.comments === 0) return "no votes or comments known";
      return [
        ...(part.votes === 0 ? [] : [countWords(part.votes, "vote")]),
        ...(part.comments === 0 ? [] : [countWords(part.comments, "comment")]),
      ].join(" and ");
    case "fit":
      return `about “${part.topic}”`;
    case "novelty":
      if (part.like === undefined) return "unlike the last papers of the day here";
      return `${Math.round((1 - part.value) * 100)} % like “${part.like}”`;
    case "taste":
      return tasteWords(part);
  }
}

/** Why a paper was chosen, in one line for its card. */
export function reasonWords({ parts }: Scored, archive: boolean): string {
  const reasons = parts.map(partWords).join(", ");
  return archive ? `from the archive, since no paper of ${NEW_WORDS} is left: ${reasons}` : reasons;
}

/** The sum behind a score, so that anybody can do it again: `0.71 = (0.4 × 0.63 recency + …) / 1`. */
export function formulaWords(parts: readonly ScorePart[]): string {
  const [taste] = parts.filter((part) => part.kind === "taste");
  const averaged = parts.filter((part) => part.kind !== "taste");
  const sum = averaged.map(({ kind, value }) => `${WEIGHTS[kind]} × ${value} ${kind}`).join(" + ");
  const weights = averaged.reduce((total, { kind }) => total + WEIGHTS[kind], 0);
  const mean = `(${sum}) / ${Number(weights.toFixed(1))}`;
  if (taste === undefined) return `${scoreOf(parts)} = ${mean}`;
  return `${scoreOf(parts)} = ${mean} ${taste.value < 0 ? "−" : "+"} ${TASTE_WEIGHT} × ${Math.abs(taste.value)} taste`;
}

/** Why there is no paper, for the one time a channel is told. */
export function nothingWords(reason: NothingReason): string {
  switch (reason.kind) {
    case "empty-corpus":
      return "There are no papers to choose from yet.";
    case "no-match":
      return "No paper matches the topics of this subscription. Fewer words, or commas between topics, find more.";
    case "below-minimum":
      return `${countVerb(reason.matching, "paper", "match")} the topics, but none has the comments or votes that are asked for.`;
    case "all-had":
      return reason.matching === 1
        ? "The only paper that passes the filters has been posted here."
        : `All ${reason.matching} papers that pass the filters have been posted here.`;
  }
}

/** What the maker of a digest is told, once, when the platform refuses it. */
export function heldNotice(reason: HeldReason): string {
  return `A digest that you set up cannot be posted: ${heldWords(reason)}. It goes on by itself once that is mended; “digest list” in the channel shows it, “digest stop” ends it.`;
}

/** That a subscription cannot be read, and what to do. */
export function damagedWords({ id, problem }: Damaged): string {
  return `The digest ${id} cannot be read: its ${problem}. Nothing is sent for it. “digest stop ${id}” in its channel ends it, or put a backup of the database in place.`;
}

/** What became of a slot, in words. */
export function rowWords({ state, dueAt, content }: Row): string {
  const words = stateWords(state, dueAt, nothingWords);
  const isThere = state.kind === "sent" || state.kind === "confirmed";
  return isThere && content?.kind === "chosen" && content.runnersUp.length > 0
    ? `${words}, with ${content.runnersUp.length} more`
    : words;
}
