import type { Bot } from "../../src/bot/bot.ts";
import type { Button, Card, Invocation, Reply } from "../../src/bot/reply.ts";
import { textCard } from "../../src/bot/reply.ts";
import type { Markup } from "./markup.ts";
import { renderBlock, renderSpans } from "./markup.ts";

/** How much cards may say, measured by the markup's `cost`. */
export interface Room {
  /** All cards together. */
  readonly message: number;
  /** One card. */
  readonly card: number;
}

/** Room that the first line of a card may take. */
const HEADING = 900;

/** Room that each later part of a card keeps where not all of it fits. */
const KEPT = 60;

export type RunButton = Extract<Button, { kind: "run" }>;

/** The words of a card in at most `room`; each block leaves `kept` for every block after it. */
function writeCard(card: Card, room: number, kept: number, markup: Markup): string {
  const heading = renderSpans(card.heading ?? [], Math.min(room, HEADING) - 6, markup).trim();
  const parts = heading === "" ? [] : [markup.heading(heading)];
  card.blocks.forEach((block, i) => {
    const after = (card.blocks.length - 1 - i) * kept;
    const left = room - markup.cost(parts.join("\n")) - after - 1;
    const text = left > 0 ? renderBlock(block, left, markup) : "";
    if (text.trim() !== "") parts.push(text);
  });
  return parts.join("\n");
}

/** How much each card may take: a fair share, and what shorter cards leave over for the longer ones. */
function shares(wanted: readonly number[], room: number): number[] {
  const order = [...wanted.keys()].toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const given: number[] = [];
  let left = room;
  order.forEach((card, i) => {
    const share = Math.min(wanted[card] ?? 0, Math.floor(left / (order.length - i)));
    given[card] = share;
    left -= share;
  });
  return given;
}

/**
 * The words of each card, in their order: all of them where they fit, else the beginning of every part. Empty where a
 * card shows nothing.
 */
export function writeCards(cards: readonly Card[], room: Room, markup: Markup): string[] {
  const whole = cards.map((card) => writeCard(card, room.card, 0, markup));
  const given = shares(whole.map(markup.cost), room.message);
  return cards.map((card, i) => {
    const text = whole[i] ?? "";
    const share = Math.min(given[i] ?? 0, room.card);
    return markup.cost(text) <= share ? text : writeCard(card, share, KEPT, markup);
  });
}

const hasCode = ({ blocks }: Card): boolean => blocks.some(({ kind }) => kind === "code");

/** The cards without lines to copy, for where these are attached as a file. */
export function withoutCode(cards: readonly Card[]): readonly Card[] {
  return cards
    .map((card) => ({ ...card, blocks: card.blocks.filter(({ kind }) => kind !== "code") }))
    .filter(({ heading, blocks, buttons }) => heading !== undefined || blocks.length + buttons.length > 0);
}

/**
 * The cards of a document: those with lines to copy that fit in whole, for half an entry is none, and a line that says where
 * some do not. Of other replies all cards. `kept` is what is left for all else.
 */
export function wholeCards(
  { cards, document }: Pick<Reply, "cards" | "document">,
  { room, kept }: { readonly room: Room; readonly kept: number },
  markup: Markup,
): readonly Card[] {
  if (document === undefined) return cards;
  let left = room.message - kept;
  const shown = cards.filter((card) => {
    if (!hasCode(card)) return true;
    const cost = markup.cost(writeCard(card, Infinity, 0, markup));
    left -= cost;
    return left >= 0 && cost <= room.card;
  });
  if (shown.length === cards.length) return cards;
  const note = textCard(
    "Not all of it fits into a message here. Ask for fewer papers at once, or on the command line, which prints it whole.",
  );
  return [...shown.filter(hasCode), note, ...shown.filter((card) => !hasCode(card))];
}

/** The hits of a list: cards with a heading, when there are several. */
export function listedCards(cards: readonly Card[]): readonly Card[] {
  const headed = cards.filter(({ heading }) => heading !== undefined);
  return headed.length > 1 ? headed : [];
}

/** The cards with at most `most` hits of a list, and a line that says how many are left out. */
export function firstCards(cards: readonly Card[], most: number): readonly Card[] {
  const left = new Set(listedCards(cards).slice(most));
  if (left.size === 0) return cards;
  return [...cards.filter((card) => !left.has(card)), textCard(`and ${left.size} more`)];
}

const runButtons = ({ buttons }: Card): RunButton[] => buttons.filter((one) => one.kind === "run");

/** What stands beside a hit of a list: its first command. */
export function firstButton(card: Card): RunButton | undefined {
  return runButtons(card)[0];
}

/** What can be done with one of several hits, beside the first command of each: a label, and the titles to choose from. */
export interface Choice {
  readonly label: string;
  readonly options: readonly { readonly title: string; readonly run: Invocation }[];
}

/** The choices that a list offers: the same button of each hit as one menu. */
export function choicesOf(listed: readonly Card[]): Choice[] {
  const labels = new Set(
    listed.flatMap((card) =>
      runButtons(card)
        .slice(1)
        .map(({ label }) => label),
    ),
  );
  return Array.from(labels, (label) => ({
    label,
    options: listed.flatMap((card) => {
      const button = runButtons(card).find((one) => one.label === label);
      const title = (card.heading ?? []).map(({ text }) => text).join("");
      return button === undefined ? [] : [{ title, run: button.run }];
    }),
  }));
}

/** The invocations in a reply, for making their short texts ahead of drawing. */
export function invocationsOf(reply: Reply): Invocation[] {
  return reply.cards.flatMap((card) => runButtons(card).map(({ run }) => run));
}

/** Whether the answer to a press leaves the message of the button as it is. */
export function standsBeside({ commands }: Pick<Bot, "commands">, { command }: Invocation): boolean {
  return commands.some(({ name, beside }) => beside && name === command);
}

/** What a share button repeats in the open: an answer with papers. None for mistakes and where there is nothing to show. */
export function shareOf({ tone, data, again }: Reply): { readonly share?: Invocation } {
  return tone === "plain" && data.length > 0 && again !== undefined ? { share: again } : {};
}
