import { formatDate } from "../../corpus/partial-date.ts";
import type { Had } from "./had.ts";
import type { ScorePart } from "../ranking/score.ts";
import { NEW_DAYS } from "../ranking/score.ts";
import type { Why } from "./why.ts";
import { countVerb, countWords, dayWords } from "../../schedule/words.ts";
import { formulaWords, ordinal, partWords, reactionWords } from "../words.ts";

/** The sentence about reactions behind another one; nothing where they moved nothing. */
function reactionsIn(parts: readonly ScorePart[]): string {
  const words = reactionWords(parts);
  return words === undefined ? "" : ` ${words}`;
}

function postedWords({ date, role, parts = [] }: Had): string {
  const as = role === "paper-of-the-day" ? "as the paper of the day" : "as a runner-up";
  const reasons =
    parts.length === 0
      ? "."
      : `: ${parts.map(partWords).join(", ")}. ${formulaWords(parts)}.${reactionsIn(parts)}`;
  return `It was posted here on ${dayWords(date)} ${as}${reasons}`;
}

function fewWords(has: number | undefined, asked: number, noun: string): string {
  const known = has === undefined ? `Its ${noun}s are not known` : `It has ${countWords(has, noun)}`;
  return `${known}; the subscription asks for ${asked}.`;
}

function notNewWords({ paper, newer }: Extract<Why, { readonly kind: "not-new" }>): string {
  const date =
    paper.date === undefined
      ? "Its date is not known, so it belongs to the archive"
      : `Its date, ${formatDate(paper.date)}, lies more than ${NEW_DAYS} days back`;
  return `${date}, and ${countVerb(newer, "new paper", "come")} first.`;
}

function rankedWords({
  rank,
  of,
  places,
  archive,
  scored,
  first,
}: Extract<Why, { readonly kind: "ranked" }>): string {
  const among = `${ordinal(rank)} of ${countWords(of, archive ? "paper" : "new paper")}${archive ? " of the archive, since none is new" : ""}`;
  const fate =
    rank === 1
      ? "It would be the paper of the day"
      : rank <= places
        ? "It would be a runner-up"
        : "It would not be posted";
  const ahead = rank === 1 ? "" : ` First is “${first.paper.title}” with ${first.score}.`;
  return `${fate}: it ranks ${among} (${scored.parts.map(partWords).join(", ")}). ${formulaWords(scored.parts)}.${reactionsIn(scored.parts)}${ahead}`;
}

/** The answer to "why this paper?" or "why not that one?", in whole sentences. */
export function whyWords(why: Why): string {
  switch (why.kind) {
    case "unknown":
      return "The corpus does not have this paper.";
    case "posted":
      return postedWords(why.had);
    case "excluded":
      return `The topics leave it out: -${why.word}.`;
    case "off-topic":
      return `It does not match the topics: ${why.topics}.`;
    case "no-longer-stands":
      return `It was ${why.status.kind}, and digests leave such papers out: ${why.status.words}`;
    case "future":
      return `Its date, ${formatDate(why.date)}, is still to come.`;
    case "few-comments":
      return fewWords(why.has, why.asked, "comment");
    case "few-votes":
      return fewWords(why.has, why.asked, "vote");
    case "not-new":
      return notNewWords(why);
    case "ranked":
      return rankedWords(why);
  }
}
