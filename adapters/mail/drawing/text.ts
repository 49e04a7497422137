import type { Block, Button, Card, Span } from "../../../src/bot/reply.ts";
import { cleanText } from "../../platform/plain-text.ts";
import type { Footer, PageOf } from "./html.ts";
import { addressOf } from "./html.ts";
import { openable } from "./escape.ts";

/** Columns that a line of text takes (RFC 5322, 2.1.1, recommends 78 at most; quotes of it need some). */
const WIDTH = 72;

/** Breaks a paragraph into lines at its spaces; an address stays whole. */
const wrap = (text: string): string => {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join("\n");
};

const words = (spans: readonly Span[]): string => cleanText(spans.map(({ text }) => text).join("")).trim();

function drawBlock(block: Block): string {
  switch (block.kind) {
    case "prose":
      return wrap(words(block.text));
    case "facts":
      return block.facts.map(({ label, value }) => wrap(`${cleanText(label)}: ${words(value)}`)).join("\n");
    case "list":
      return block.items.map((item) => wrap(`- ${words(item)}`)).join("\n");
    case "code":
      return block.text.split("\n").map(cleanText).join("\n");
    case "rule":
      return "";
  }
}

const linksOf = (heading: readonly Span[]): string[] =>
  heading.flatMap((span) => (span.kind === "link" ? (openable(span.url) ?? []) : []));

function drawButton(button: Button, pageOf: PageOf): string[] {
  const url = addressOf(button, pageOf);
  return url === undefined ? [] : [`${cleanText(button.label)}: ${url}`];
}

function drawCard({ heading, blocks, buttons }: Card, pageOf: PageOf): string {
  const title = heading === undefined ? [] : [[wrap(words(heading)), ...linksOf(heading)].join("\n")];
  const links = buttons.flatMap((button) => drawButton(button, pageOf)).join("\n");
  return [...title, ...blocks.map(drawBlock), links].filter((part) => part !== "").join("\n\n");
}

/** Cards as plain text, with every address that the HTML has. */
export function drawText(
  cards: readonly Card[],
  { pageOf, footer }: { readonly pageOf: PageOf; readonly footer: Footer },
): string {
  const parts = cards.map((card) => drawCard(card, pageOf)).filter((part) => part !== "");
  // What is below this line is no part of the text (RFC 3676, 4.3).
  const last = `-- \n${wrap(footer.text)}\n${footer.link.label}: ${footer.link.url}`;
  return `${[...parts, last].join("\n\n\n")}\n`;
}

/** A short letter with one address in it. */
export function drawLetterText(paragraphs: readonly string[], url: string, after: string): string {
  return `${[...paragraphs.map((text) => wrap(cleanText(text))), url, wrap(cleanText(after))].join("\n\n")}\n`;
}
