import type { Shapes } from "../schedule/stored/stored.ts";
import { check, factsOf, isCount, isOneOf, isText, Unreadable } from "../schedule/stored/shapes.ts";
import { UserError } from "../user-error.ts";
import { readTopics } from "../search/query/topics.ts";

function checkTopics(topics: unknown, at: Date): void {
  check(isText(topics), "topics", topics);
  try {
    readTopics(topics as string, at);
  } catch (error) {
    if (error instanceof UserError) throw new Unreadable(`topics cannot be read: ${error.message}`);
    throw error;
  }
}

const isNothing = isOneOf("empty-corpus", "no-match", "below-minimum", "all-had");

function isReason(reason: unknown): boolean {
  const { paper, title, weight, similarity } = factsOf(reason, "taste");
  return isText(paper) && isText(title) && typeof weight === "number" && typeof similarity === "number";
}

function isPart(part: unknown): boolean {
  const { kind, value, because } = factsOf(part, "score");
  if (kind === "taste" && !(Array.isArray(because) && because.every(isReason))) return false;
  return isOneOf("recency", "attention", "fit", "novelty", "taste")(kind) && typeof value === "number";
}

function isKept(value: unknown): boolean {
  const { id, parts, score } = factsOf(value, "paper");
  return isText(id) && typeof score === "number" && Array.isArray(parts) && parts.every(isPart);
}

function isContent(value: unknown): boolean {
  const content = factsOf(value, "content");
  if (content["kind"] === "nothing") return isNothing(factsOf(content["reason"], "reason")["kind"]);
  const { runnersUp } = content;
  return isKept(content["paper"]) && Array.isArray(runnersUp) && runnersUp.every(isKept);
}

/** How the parts of a digest are stored. */
export const DIGEST_SHAPES: Shapes = {
  checkPlan(plan, createdAt) {
    check(isCount(10)(plan["runnersUp"]), "number of runners-up", plan["runnersUp"]);
    for (const name of ["minimumComments", "minimumVotes"])
      check(isCount(Number.MAX_SAFE_INTEGER)(plan[name]), name, plan[name]);
    check(isOneOf("thread", "channel")(plan["delivery"]), "delivery", plan["delivery"]);
    checkTopics(plan["topics"], createdAt);
  },
  isContent,
  isNothing: (reason) => isNothing(factsOf(reason, "reason")["kind"]),
};
