import type { SearchQuery } from "./search-query.ts";
import { parseQuery } from "./parse-query.ts";
import { UserError } from "../../user-error.ts";

/** One of the topics of a digest or a follow; a paper that has all of its words and meets its conditions is about it. */
export interface Topic {
  readonly text: string;
  readonly query: SearchQuery;
}

/** A run without commas, semicolons and line ends, except inside quotes. */
const PART = /(?:"[^"]*"|“[^”]*”|[^,;\n])+/gu;

function readTopic(text: string, now: Date): Topic {
  const parsed = parseQuery(text, now);
  if (parsed.kind === "reference") {
    throw new UserError(
      `“${text}” names one paper, not a topic. Write what the papers are about, such as: diffusion models, org:nvidia, -survey`,
    );
  }
  if (parsed.query.sort !== "relevance") {
    throw new UserError(
      `“sort:${parsed.query.sort}” has no meaning here: papers that come by themselves have an order of their own. Leave it out.`,
    );
  }
  return { text, query: parsed.query };
}

/** Whether a topic names anything but words it does not want. */
function asksForSomething({ query }: Topic): boolean {
  const { text, organisations, authors, from, before } = query;
  return (
    text !== "" || organisations.length + authors.length > 0 || from !== undefined || before !== undefined
  );
}

/**
 * Reads topics in the query language, separated by commas: one of them is enough, and within one all words count. A
 * `-word` anywhere holds for all topics. No topics mean all papers. `now` is what "3 months ago" counts from. Throws
 * a UserError for what the query language refuses, `sort:` and pasted links.
 */
export function readTopics(text: string, now: Date): Topic[] {
  const parts = Array.from(text.matchAll(PART), ([part]) => part.trim()).filter((part) => part !== "");
  const topics = parts.map((part) => readTopic(part, now));
  const excluded = [...new Set(topics.flatMap(({ query }) => query.excluded))];
  const wanted = topics.filter(asksForSomething);
  const [first] = topics;
  const kept = wanted.length === 0 && first !== undefined ? [first] : wanted;
  return kept.map((topic) => ({ ...topic, query: { ...topic.query, excluded } }));
}
