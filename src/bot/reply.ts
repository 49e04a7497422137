import type { Picture } from "../charts/chart.ts";

/** A run of text. Only an adapter's `escape` knows a platform's markup; text from papers and people stays data. */
export type Span =
  | { readonly kind: "plain" | "strong" | "emphasis" | "code"; readonly text: string }
  /** Somebody or a channel, by the id of the platform that the reply is for. */
  | { readonly kind: "person" | "channel"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

/** A part of a card. */
export type Block =
  | { readonly kind: "prose"; readonly text: readonly Span[] }
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Span[])[] }
  /** Lines to copy, kept as they are. */
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "rule" };

export interface Fact {
  readonly label: string;
  readonly value: readonly Span[];
  /** Who says so, and since when: told where there is room for it. */
  readonly from?: string;
}

/** A command to run, with its arguments by option name. */
export interface Invocation {
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
}

/** Something to press: a web address, or a command whose reply takes the place of this one. */
export type Button =
  | { readonly kind: "open"; readonly label: string; readonly url: string }
  | {
      readonly kind: "run";
      readonly label: string;
      /** What to type where there is nothing to press: `1`, `2s`, `n`. One of its kind in a reply. */
      readonly key: string;
      readonly run: Invocation;
    };

export interface Card {
  readonly heading?: readonly Span[];
  readonly blocks: readonly Block[];
  readonly buttons: readonly Button[];
}

/** A fact for programs: what `--json` prints. */
export type DataRecord = Readonly<Record<string, unknown>>;

/**
 * How a command went: `plain` as asked; `mistake` the person can mend the call; `missing` what was named is not
 * here; `fault` the program failed and the log has the reference that the reply names.
 */
export type Tone = "plain" | "mistake" | "missing" | "fault";

/** A text to copy or to save: what a command line prints alone, and what a platform attaches where it is long. */
export interface Document {
  /** What it is called: `BibTeX`. */
  readonly title: string;
  /** The name of its file. */
  readonly name: string;
  readonly text: string;
  /** What is to be said of it, outside of it. */
  readonly notes: readonly string[];
  /** Whether it is wanted as a file, also where it would fit into a message. Default no. */
  readonly asFile?: boolean;
}

/** Which part of a list a reply has: the `page`-th, from 1, of pages of `limit` hits. */
export interface ListPart {
  readonly page: number;
  readonly limit: number;
  /** Hits of the whole list. */
  readonly total: number;
  /** What the list is called, where somebody gave it a name. */
  readonly title?: string;
}

/** What narrows a search down, or could. */
export interface Filter {
  readonly by: "year" | "organisation" | "source";
  readonly value: string;
  /** Papers that are left with it; absent where it is active. */
  readonly count?: number;
  readonly active: boolean;
  /** The search with it or, where it is active, without; absent where nothing would be left to search for. */
  readonly run?: Invocation;
}

/** What a command answers, for any platform. */
export interface Reply {
  /** The whole in a sentence: what a notification or a screen reader says. */
  readonly summary: string;
  readonly audience: "everyone" | "caller";
  readonly tone: Tone;
  readonly cards: readonly Card[];
  /** The same answer as data. */
  readonly data: readonly DataRecord[];
  /** Where `data` stands in a list that goes on; absent where it is all there is. */
  readonly list?: ListPart;
  /** What the list can be narrowed down by; absent where nobody asks for that. */
  readonly filters?: readonly Filter[];
  /** The answer as a text of its own; the cards show it in pieces. */
  readonly document?: Document;
  /** What the reply shows as a picture too. */
  readonly picture?: Picture;
  /** Whether it shows what the channel had before, so that it is no new posting of these papers. Default no. */
  readonly retells?: true;
  /** What gives this reply again, for somebody else; absent where nothing does. */
  readonly again?: Invocation;
}

export const plain = (text: string): Span => ({ kind: "plain", text });
export const strong = (text: string): Span => ({ kind: "strong", text });
export const emphasis = (text: string): Span => ({ kind: "emphasis", text });
export const code = (text: string): Span => ({ kind: "code", text });
export const personMention = (id: string): Span => ({ kind: "person", text: id });
export const channelMention = (id: string): Span => ({ kind: "channel", text: id });
export const link = (text: string, url: string): Span => ({ kind: "link", text, url });
export const prose = (...text: Span[]): Block => ({ kind: "prose", text });

export const codeBlock = (text: string): Block => ({ kind: "code", text });

/** A card of nothing but sentences, one a paragraph. */
export function textCard(...paragraphs: string[]): Card {
  return { blocks: paragraphs.map((text) => prose(plain(text))), buttons: [] };
}

/** A private answer; `data` is empty unless given. */
export function answer(reply: Pick<Reply, "summary" | "cards"> & Partial<Reply>): Reply {
  return { audience: "caller", tone: "plain", data: [], ...reply };
}

type RunButton = Extract<Button, { kind: "run" }>;

/** The buttons of a reply that run a command. */
export function runButtons(reply: Pick<Reply, "cards">): readonly RunButton[] {
  return reply.cards.flatMap(({ buttons }) => buttons.filter((button) => button.kind === "run"));
}
