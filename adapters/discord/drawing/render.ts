import type {
  APIButtonComponentWithCustomId,
  APIComponentInContainer,
  APIComponentInMessageActionRow,
  APIContainerComponent,
  APIMessageTopLevelComponent,
} from "discord.js";
import { ButtonStyle, ComponentType } from "discord.js";
import type { Button, Card, Invocation, Reply } from "../../../src/bot/reply.ts";
import type { Choice, RunButton } from "../../platform/cards.ts";
import {
  choicesOf,
  firstButton,
  firstCards,
  listedCards,
  wholeCards,
  withoutCode,
  writeCards,
} from "../../platform/cards.ts";
import { plainText } from "../../platform/plain-text.ts";
import { LIMITS } from "./limits.ts";
import { discordMarkup } from "./markup.ts";

/** What a component runs, by the text of its custom id after the mark. */
type IdOf = (invocation: Invocation) => string;

/** How a reply is shown beside what it says. */
export interface Showing {
  readonly idOf: IdOf;
  /** The invocation that a share button repeats in the open; none where there is nothing to share. */
  readonly share?: Invocation;
  /** Somebody who shows this to the others. */
  readonly sharedBy?: string;
  /** The name of the file that is attached to it, which has the lines to copy. */
  readonly file?: string;
  /** The name of the picture that is attached to it, and what it shows. */
  readonly picture?: { readonly name: string; readonly alt: string };
  /** A number by which the message can be found again. */
  readonly mark?: number;
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

type Row = Extract<APIComponentInContainer, { type: ComponentType.ActionRow }>;

/** Text that all displays of a message may take together, with room for the line that says who shared it. */
const BUDGET = LIMITS.text - 150;

/** Text that a document leaves for its title and what is said of it. */
const KEPT = 1000;

/** Whether the lines to copy of a document fit into a message. */
export function fits({ cards, document }: Pick<Reply, "cards" | "document">): boolean {
  const room = { message: BUDGET, card: BUDGET };
  return (
    document === undefined || wholeCards({ cards, document }, { room, kept: KEPT }, discordMarkup) === cards
  );
}

/** How a list is drawn: its hits, each with a button, which takes three components, and whether one menu has all choices. */
interface Plan {
  readonly hits: number;
  readonly oneMenu: boolean;
}

/**
 * The ways to draw a list, the first that fits into 40 components is taken: a paper of the day with ten others, ten hits, then
 * fewer. A menu for each kind of choice takes two components, so that they become one where there is no room for them.
 */
const PLANS: readonly Plan[] = [11, 10, 9, 8, 7, 6].flatMap((hits) => [
  { hits, oneMenu: false },
  { hits, oneMenu: true },
]);

interface Drawing {
  readonly showing: Showing;
  readonly plan: Plan;
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

/** One choice among the hits of a list as a menu. */
function menu(drawing: Drawing, { label, options }: Choice): Row {
  const drawn = options.map(({ title, run }) => ({
    label: plainText(title, LIMITS.optionLabel),
    value: drawing.showing.idOf(run),
  }));
  const unique = [...new Map(drawn.map((option) => [option.value, option])).values()];
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: `o${drawing.next++}`,
        placeholder: plainText(`${label}: choose a paper`, LIMITS.placeholder),
        options: unique.slice(0, LIMITS.selectOptions),
      },
    ],
  };
}

/** All choices as one, whose options say what each does; as many as a menu takes. */
function inOne(choices: readonly Choice[]): readonly Choice[] {
  const options = choices.flatMap(({ label, options: each }) =>
    each.map(({ title, run }) => ({ title: `${label}: ${title}`, run })),
  );
  if (choices.length < 2 || options.length > LIMITS.selectOptions) return choices;
  return [{ label: choices.map(({ label }) => label).join(", "), options }];
}

/** A hit of a list: its words, and beside them its first button. */
function drawListed(drawing: Drawing, card: Card, text: string): APIComponentInContainer {
  const first = firstButton(card);
  const display = { type: ComponentType.TextDisplay as const, content: text };
  if (first === undefined) return display;
  return { type: ComponentType.Section, components: [display], accessory: runButton(drawing, first) };
}

/** Words and hits in their order; what turns pages comes with the menus below them, beside the share button. */
function drawCards(drawing: Drawing, reply: Reply): APIComponentInContainer[] {
  const room = { message: BUDGET, card: BUDGET };
  const { file } = drawing.showing;
  const whole =
    file === undefined ? wholeCards(reply, { room, kept: KEPT }, discordMarkup) : withoutCode(reply.cards);
  const cards = firstCards(whole, drawing.plan.hits);
  const listed = new Set(listedCards(cards));
  const texts = writeCards(cards, room, discordMarkup);
  const drawn = cards.flatMap((card, i): APIComponentInContainer[] => {
    const text = texts[i] ?? "";
    if (text === "") return [];
    if (listed.has(card)) return [drawListed(drawing, card, text)];
    return [{ type: ComponentType.TextDisplay, content: text }];
  });
  const choices = choicesOf([...listed]);
  const menus = (drawing.plan.oneMenu ? inOne(choices) : choices).map((choice) => menu(drawing, choice));
  const below = cards.filter((card) => !listed.has(card));
  const buttons = below.flatMap((card) => card.buttons.flatMap((button) => drawButton(drawing, button)));
  const attached: APIComponentInContainer[] =
    file === undefined ? [] : [{ type: ComponentType.File, file: { url: `attachment://${file}` } }];
  return [
    ...drawn,
    ...gallery(drawing),
    ...attached,
    ...menus,
    ...rows([...buttons, ...shareButton(drawing)]),
  ];
}

/** The attached picture. */
function gallery({ showing: { picture } }: Drawing): APIComponentInContainer[] {
  if (picture === undefined) return [];
  const media = { url: `attachment://${picture.name}` };
  return [{ type: ComponentType.MediaGallery, items: [{ media, description: picture.alt }] }];
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

/** Components, nested ones included. */
function sizeOf(component: unknown): number {
  if (Array.isArray(component)) return component.reduce((sum: number, one) => sum + sizeOf(one), 0);
  if (typeof component !== "object" || component === null || !("type" in component)) return 0;
  const { components = [], accessory } = component as { components?: unknown; accessory?: unknown };
  return 1 + sizeOf(components) + sizeOf(accessory);
}

/** A reply as components of a message (version 2). Always within Discord's limits; what is left out is said. */
export function renderReply(reply: Reply, showing: Showing): APIMessageTopLevelComponent[] {
  let drawn = drawReply(reply, { showing, plan: PLANS[0] ?? { hits: 6, oneMenu: true }, next: 0 });
  for (const plan of PLANS.slice(1)) {
    if (sizeOf(drawn) <= LIMITS.components) return drawn;
    drawn = drawReply(reply, { showing, plan, next: 0 });
  }
  return drawn;
}

function drawReply(reply: Reply, drawing: Drawing): APIMessageTopLevelComponent[] {
  const { showing } = drawing;
  const cards = drawCards(drawing, reply);
  const shared =
    showing.sharedBy === undefined
      ? []
      : [{ type: ComponentType.TextDisplay as const, content: `-# Shared by <@${showing.sharedBy}>` }];
  const container: APIContainerComponent = {
    type: ComponentType.Container,
    ...(showing.mark === undefined ? {} : { id: showing.mark }),
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
