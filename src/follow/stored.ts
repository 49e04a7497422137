import type { Facts } from "../schedule/stored/shapes.ts";
import { check, factsOf, isCount, isOneOf, isText, Unreadable } from "../schedule/stored/shapes.ts";
import type { Shapes } from "../schedule/stored/stored.ts";
import { UserError } from "../user-error.ts";
import { RHYTHMS } from "./follow.ts";
import { queriesOf } from "./wish.ts";
import type { Wish } from "./wish.ts";

const WISH_TEXTS: Readonly<Record<string, readonly string[]>> = {
  author: ["name"],
  org: ["name"],
  search: ["words"],
  like: ["paper", "title"],
};

function checkWish(value: unknown, createdAt: Date): void {
  const wish = factsOf(value, "wish");
  const texts = WISH_TEXTS[String(wish["kind"])];
  check(texts?.every((name) => isText(wish[name])) === true, "wish", value);
  try {
    queriesOf(value as Wish, createdAt);
  } catch (error) {
    if (error instanceof UserError) throw new Unreadable(`wish cannot be read: ${error.message}`);
    throw error;
  }
}

function isContent(value: unknown): boolean {
  const content: Facts = factsOf(value, "content");
  if (content["kind"] === "nothing") return true;
  const { papers } = content;
  return content["kind"] === "papers" && Array.isArray(papers) && papers.every(isText);
}

/** How the parts of a follow are stored. */
export const FOLLOW_SHAPES: Shapes = {
  checkPlan(plan, createdAt) {
    check(isOneOf(...RHYTHMS)(plan["when"]), "rhythm", plan["when"]);
    check(isCount(Number.MAX_SAFE_INTEGER)(plan["since"]), "beginning", plan["since"]);
    checkWish(plan["wish"], createdAt);
  },
  isContent,
  isNothing: (reason) => factsOf(reason, "reason")["kind"] === "none-new",
};
