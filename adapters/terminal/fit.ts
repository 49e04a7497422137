import { PAGE_SIZE } from "../../src/bot/cards/pages.ts";
import type { Card, Invocation, Reply } from "../../src/bot/reply.ts";
import type { Look } from "./render.ts";
import { renderList, renderReply } from "./render.ts";

/** Rows below an answer: an empty one, and the prompt. */
const BELOW = 2;

/** The row that says why there are fewer hits. */
const NOTE = 1;

/** A reply as a text, and how many of its hits fit, where that is not all of them. */
export interface Fitted {
  readonly text: string;
  /** The same list with as many hits on a page as fit; absent where all fit, or nothing helps. */
  readonly shorter?: Invocation;
}

const isHit = ({ heading }: Card): boolean => heading !== undefined;

const fits = (text: string, { rows }: Look, more = 0): boolean =>
  rows === undefined || text.split("\n").length + BELOW + more <= rows;

/** Whether a list can be asked for with fewer hits. */
const isPaged = ({ tone, again }: Reply): boolean =>
  tone === "plain" && (again?.command === "search" || again?.command === "similar");

/** A list with its first hits alone. */
function firstHits(reply: Reply, count: number): Reply {
  const hits = new Set(reply.cards.filter(isHit).slice(count));
  return { ...reply, cards: reply.cards.filter((card) => !hits.has(card)) };
}

/** The page of a list that begins at or before the same hit and has `limit` hits. */
function pageOf({ command, args }: Invocation, limit: number): Invocation {
  const first = (Number(args["page"] ?? 1) - 1) * Number(args["limit"] ?? PAGE_SIZE);
  return { command, args: { ...args, page: String(Math.floor(first / limit) + 1), limit: String(limit) } };
}

/** Why a list that was asked for in short has so few hits, on a row of its own. */
const noteOf = ({ again }: Reply): string =>
  again?.args["limit"] === undefined ? "" : "\nFewer on a page, so that they fit into the window.";

/**
 * A reply as text for a window: in full where its rows are enough or not known; a list that is too long with one line of
 * each excerpt, then without empty lines, then with fewer hits. What is no list is left to scroll.
 */
export function fitReply(reply: Reply, look: Look): Fitted {
  const note = noteOf(reply);
  const whole = renderReply(reply, look, true) + note;
  const hits = reply.cards.filter(isHit).length;
  const isList = hits > 1 || (hits === 1 && isPaged(reply));
  if (!isList || fits(whole, look)) return { text: whole };
  const tight = renderList(reply, look, false) + note;
  const text = [renderList(reply, look, true) + note, tight].find((one) => fits(one, look)) ?? tight;
  const { again } = reply;
  if (fits(text, look) || hits === 1 || again === undefined || !isPaged(reply)) return { text };
  let limit = hits - 1;
  while (limit > 1 && !fits(renderList(firstHits(reply, limit), look, false), look, NOTE)) limit--;
  return { text, shorter: pageOf(again, limit) };
}
