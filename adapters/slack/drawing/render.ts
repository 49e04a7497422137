import type { types } from "@slack/bolt";
import type { Card, Invocation, Reply } from "../../../src/bot/reply.ts";
import type { Choice, RunButton } from "../../platform/cards.ts";
import {
  choicesOf,
  firstButton,
  firstCards,
  listedCards,
  wholeCards,
  writeCards,
} from "../../platform/cards.ts";
import { plainText } from "../../platform/plain-text.ts";
import { escapeSlack } from "./escape.ts";
import { LIMITS } from "./limits.ts";
import { slackMarkup } from "./markup.ts";

/** How a reply is shown beside what it says. */
export interface Showing {
  /** What a button or option says of its invocation: short text for a button's value, shorter for an option's. */
  readonly textOf: (invocation: Invocation, place: "button" | "option") => string;
  /** The invocation that a share button repeats in the open; none where there is nothing to share. */
  readonly share?: Invocation;
  /** Somebody who shows this to the others. */
  readonly sharedBy?: string;
  /** Whether the message stays as it is when its buttons are pressed: nobody asked for it just now. */
  readonly stays?: boolean;
}

/** What action ids begin with: a command to run, one of a choice, share, a link. A number makes each one of its kind. */
export const ACTIONS = { run: "run", choose: "choose", share: "share", open: "open" } as const;

/** What action ids of a message end with that stays as it is. */
export const STAYS = ":stays";

/** The text of all blocks together, with room left for the labels of buttons and options. */
const BUDGET = LIMITS.messageText - 2500;

/** Text that a document leaves for what is said of it. */
const KEPT = 1500;

/** Hits of one message; more would be a wall of text. */
const LISTED = 20;

/** Buttons beside each other before the line breaks on a phone. */
const ROW = 5;

interface Drawing {
  readonly showing: Showing;
  /** Counts the action ids. */
  next: number;
}

const words = (text: string, length: number): types.PlainTextElement => ({
  type: "plain_text",
  text: plainText(text, length),
  emoji: false,
});

/** A block of text in which Slack looks for no mentions or links of its own. */
export function section(text: string, accessory?: types.Button): types.SectionBlock {
  return {
    type: "section",
    text: { type: "mrkdwn", text, verbatim: true },
    expand: true,
    ...(accessory === undefined ? {} : { accessory }),
  };
}

function runButton(drawing: Drawing, { label, run }: RunButton): types.Button {
  return {
    type: "button",
    text: words(label, LIMITS.buttonText),
    action_id: `${ACTIONS.run}:${drawing.next++}${drawing.showing.stays === true ? STAYS : ""}`,
    value: drawing.showing.textOf(run, "button"),
  };
}

function drawButtons(drawing: Drawing, { buttons }: Card): types.Button[] {
  return buttons.flatMap((button): types.Button[] => {
    if (button.kind === "run") return [runButton(drawing, button)];
    if (button.url.length > LIMITS.buttonUrl) return [];
    const action_id = `${ACTIONS.open}:${drawing.next++}`;
    return [{ type: "button", text: words(button.label, LIMITS.buttonText), action_id, url: button.url }];
  });
}

/** One choice among the hits of a list as a menu. */
function menu(drawing: Drawing, { label, options }: Choice): types.StaticSelect {
  const drawn = options.map(({ title, run }) => ({
    text: words(title, LIMITS.optionText),
    value: drawing.showing.textOf(run, "option"),
  }));
  const unique = [...new Map(drawn.map((option) => [option.value, option])).values()];
  return {
    type: "static_select",
    action_id: `${ACTIONS.choose}:${drawing.next++}${drawing.showing.stays === true ? STAYS : ""}`,
    placeholder: words(`${label}: choose a paper`, LIMITS.placeholder),
    options: unique.slice(0, LIMITS.selectOptions),
  };
}

function shareButton({ showing }: Drawing): types.Button[] {
  if (showing.share === undefined) return [];
  return [
    {
      type: "button",
      text: words("Share to channel", LIMITS.buttonText),
      style: "primary",
      action_id: ACTIONS.share,
      value: showing.textOf(showing.share, "button"),
    },
  ];
}

function rows(elements: readonly (types.Button | types.StaticSelect)[]): types.ActionsBlock[] {
  const all: types.ActionsBlock[] = [];
  for (let at = 0; at < elements.length; at += ROW) {
    all.push({ type: "actions", elements: elements.slice(at, at + ROW) });
  }
  return all;
}

/** Words and hits in their order; below them the menus, what turns pages, and the share button. */
function drawCards(drawing: Drawing, reply: Reply): types.KnownBlock[] {
  const room = { message: BUDGET, card: LIMITS.sectionText };
  const cards = firstCards(wholeCards(reply, { room, kept: KEPT }, slackMarkup), LISTED);
  const listed = new Set(listedCards(cards));
  const texts = writeCards(cards, room, slackMarkup);
  const drawn = cards.flatMap((card, i): types.KnownBlock[] => {
    const text = texts[i] ?? "";
    if (text === "") return [];
    const first = listed.has(card) ? firstButton(card) : undefined;
    return [section(text, first && runButton(drawing, first))];
  });
  const menus = choicesOf([...listed]).map((choice) => menu(drawing, choice));
  const buttons = cards.filter((card) => !listed.has(card)).flatMap((card) => drawButtons(drawing, card));
  return [...drawn, ...rows(menus), ...rows([...buttons, ...shareButton(drawing)])];
}

/** A reply as blocks of a message, modal or Home tab. Always within Slack's limits; what is left out is said. */
export function renderReply(reply: Reply, showing: Showing): types.KnownBlock[] {
  const blocks = drawCards({ showing, next: 0 }, reply);
  const shared: types.KnownBlock[] =
    showing.sharedBy === undefined
      ? []
      : [{ type: "context", elements: [{ type: "mrkdwn", text: `Shared by <@${showing.sharedBy}>` }] }];
  return [...shared, ...(blocks.length === 0 ? [section(fallbackText(reply))] : blocks)];
}

/** What a notification or a screen reader says of a reply. */
export function fallbackText(reply: Reply): string {
  const text = escapeSlack(plainText(reply.summary, LIMITS.fallbackText / 6));
  return text.trim() === "" ? "…" : text;
}
