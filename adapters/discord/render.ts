import type {
  APIButtonComponentWithCustomId,
  APIComponentInContainer,
  APIComponentInMessageActionRow,
  APIContainerComponent,
  APIMessageTopLevelComponent,
} from "discord.js";
import { ButtonStyle, ComponentType } from "discord.js";
import type { Button, Card, Invocation, Reply } from "../../src/bot/reply.ts";
import { textCard } from "../../src/bot/reply.ts";
import { plainText } from "./escape.ts";
import { LIMITS, textCost } from "./limits.ts";
import { renderBlock, renderSpans } from "./text.ts";

/** What a component runs, by the text of its custom id after the mark. */
type IdOf = (invocation: Invocation) => string;

/** How a reply is shown beside what it says. */
export interface Showing {
  readonly idOf: IdOf;
  /** The invocation that a share button repeats in the open; none where there is nothing to share. */
  readonly share?: Invocation;
  /** Somebody who shows this to the others. */
  readonly sharedBy?: string;
}

/** Marks at the beginning of custom ids: a command to run, with a number that makes it one of its kind; a choice; share. */
export const MARKS = { run: /^r\d+:/, choose: /^o\d+$/, share: /^s:/ } as const;

/** The accent of a card with a mistake or a fault, and of others. */
const COLOURS: Readonly<Record<Reply["tone"], number>> = {
  plain: 0x4f8cc9,
  missing: 0xd9a441,
  mistake: 0xd9a441,
  fault: 0xc94f4f,
};

type RunButton = Extract<Button, { kind: "run" }>;
type Row = Extract<APIComponentInContainer, { type: ComponentType.ActionRow }>;

/** Text that all displays of a message may take together, with room for the line that says who shared it. */
const BUDGET = LIMITS.text - 150;

/** Hits of one message: with a button each, a menu, and the rows below, they stay within 40 components. */
const LISTED = 8;

/** Room that the first line of a card may take. */
const HEADING = 900;

interface Drawing {
  readonly showing: Showing;
  /** Counts the custom ids. */
  next: number;
}

function runButton(drawing: Drawing, { label, run }: RunButton): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: plainText(label, LIMITS.buttonLabel),
    custom_id: `r${drawing.next++}:${drawing.showing.idOf(run)}`,
  };
}

function drawButton(drawing: Drawing, button: Button): APIComponentInMessageActionRow[] {
  if (button.kind === "run") return [runButton(drawing, button)];
  if (button.url.length > LIMITS.buttonUrl) return [];
  return [
    {
      type: ComponentType.Button,
      style: ButtonStyle.Link,
      label: plainText(button.label, LIMITS.buttonLabel),
      url: button.url,
    },
  ];
}

function rows(buttons: readonly APIComponentInMessageActionRow[]): Row[] {
  const all: Row[] = [];
  for (let at = 0; at < buttons.length; at += LIMITS.rowButtons) {
    all.push({ type: ComponentType.ActionRow, components: buttons.slice(at, at + LIMITS.rowButtons) });
  }
  return all;
}

/** The words of a card in at most `room`; each block leaves `kept` for every block after it. */
function writeCard(card: Card, room: number, kept: number): string {
  const heading =
    card.heading === undefined ? "" : renderSpans(card.heading, Math.min(room, HEADING) - 4).trim();
  const parts = heading === "" ? [] : [`### ${heading}`];
  card.blocks.forEach((block, i) => {
    const after = (card.blocks.length - 1 - i) * kept;
    const left = room - textCost(parts.join("\n")) - after - 1;
    const text = left > 0 ? renderBlock(block, left) : "";
    if (text.trim() !== "") parts.push(text);
  });
  return parts.join("\n");
}

/** The words of a card: all of them where they fit into `room`, else the beginning of every part. */
function cardText(card: Card, room: number): string {
  const whole = writeCard(card, BUDGET, 0);
  return textCost(whole) <= room ? whole : writeCard(card, room, 60);
}

/** One choice among the hits of a list: the same button of each of them as one menu. */
function menu(drawing: Drawing, label: string, cards: readonly Card[]): Row[] {
  const options = cards.flatMap((card) => {
    const button = card.buttons.find((one): one is RunButton => one.kind === "run" && one.label === label);
    const title = (card.heading ?? []).map(({ text }) => text).join("");
    return button === undefined
      ? []
      : [{ label: plainText(title, LIMITS.optionLabel), value: drawing.showing.idOf(button.run) }];
  });
  const unique = [...new Map(options.map((option) => [option.value, option])).values()];
  if (unique.length === 0) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: `o${drawing.next++}`,
          placeholder: plainText(`${label}: choose a paper`, LIMITS.placeholder),
          options: unique.slice(0, LIMITS.selectOptions),
        },
      ],
    },
  ];
}

/** A hit of a list: its words, and beside them its first button. */
function drawListed(drawing: Drawing, card: Card, text: string): APIComponentInContainer {
  const first = card.buttons.find((button): button is RunButton => button.kind === "run");
  const display = { type: ComponentType.TextDisplay as const, content: text };
  if (first === undefined) return display;
  return { type: ComponentType.Section, components: [display], accessory: runButton(drawing, first) };
}

function labels(cards: readonly Card[]): string[] {
  return [
    ...new Set(
      cards.flatMap(({ buttons }) =>
        buttons
          .filter((one) => one.kind === "run")
          .slice(1)
          .map(({ label }) => label),
      ),
    ),
  ];
}

/** How much each card may say: a fair share, and what shorter cards leave over for the longer ones. */
function shares(cards: readonly Card[]): number[] {
  const wanted = cards.map((card) => textCost(cardText(card, BUDGET)));
  const order = [...cards.keys()].toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const given: number[] = [];
  let left = BUDGET;
  order.forEach((card, i) => {
    const share = Math.min(wanted[card] ?? 0, Math.floor(left / (order.length - i)));
    given[card] = share;
    left -= share;
  });
  return given;
}

/** The cards that are shown, and a line that says how many are not. */
function firstCards(cards: readonly Card[]): readonly Card[] {
  const listed = cards.filter(({ heading }) => heading !== undefined);
  if (listed.length <= LISTED) return cards;
  const left = new Set(listed.slice(LISTED));
  return [...cards.filter((card) => !left.has(card)), textCard(`and ${left.size} more`)];
}

/** Words and hits in their order; what turns pages comes with the menus below them, beside the share button. */
function drawCards(drawing: Drawing, reply: Reply): APIComponentInContainer[] {
  const cards = firstCards(reply.cards);
  const listed = cards.filter(({ heading }) => heading !== undefined);
  const isList = listed.length > 1;
  const room = shares(cards);
  const drawn = cards.flatMap((card, i): APIComponentInContainer[] => {
    const text = cardText(card, room[i] ?? 0);
    if (text === "") return [];
    if (isList && card.heading !== undefined) return [drawListed(drawing, card, text)];
    return [{ type: ComponentType.TextDisplay, content: text }];
  });
  const menus = isList ? labels(listed).flatMap((label) => menu(drawing, label, listed)) : [];
  const below = isList ? cards.filter(({ heading }) => heading === undefined) : cards;
  const buttons = below.flatMap((card) => card.buttons.flatMap((button) => drawButton(drawing, button)));
  return [...drawn, ...menus, ...rows([...buttons, ...shareButton(drawing)])];
}

function shareButton({ showing }: Drawing): APIComponentInMessageActionRow[] {
  if (showing.share === undefined) return [];
  return [
    {
      type: ComponentType.Button,
      style: ButtonStyle.Primary,
      label: "Share to channel",
      custom_id: `s:${showing.idOf(showing.share)}`,
    },
  ];
}

/** The invocations in a reply, for finding their custom ids ahead of drawing. */
export function invocationsOf(reply: Reply): Invocation[] {
  return reply.cards.flatMap(({ buttons }) =>
    buttons.flatMap((button) => (button.kind === "run" ? [button.run] : [])),
  );
}

/** A reply as components of a message (version 2). Always within Discord's limits; what is left out is said. */
export function renderReply(reply: Reply, showing: Showing): APIMessageTopLevelComponent[] {
  const drawing: Drawing = { showing, next: 0 };
  const cards = drawCards(drawing, reply);
  const shared =
    showing.sharedBy === undefined
      ? []
      : [{ type: ComponentType.TextDisplay as const, content: `-# Shared by <@${showing.sharedBy}>` }];
  const container: APIContainerComponent = {
    type: ComponentType.Container,
    accent_color: COLOURS[reply.tone],
    components: [
      ...shared,
      ...(cards.length === 0
        ? [{ type: ComponentType.TextDisplay as const, content: plainText(reply.summary, 500) }]
        : cards),
    ],
  };
  return [container];
}
