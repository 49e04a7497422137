import type { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";
import type { Block, Card, Reply, Span } from "../../src/bot/reply.ts";
import { runButtons } from "../../src/bot/reply.ts";
import { excerpt } from "../../src/bot/cards/excerpt.ts";
import { escapeLines, escapeTerminal } from "./escape.ts";

/** How a terminal shows things. */
export interface Look {
  readonly colors: ReturnType<typeof createColors>;
  /** Columns to fill at most. */
  readonly width: number;
  /** Rows of the window; absent where nobody looks at one. */
  readonly rows?: number;
}

/** Cards with a heading set their text in by this much, under the heading's first word. */
const INDENT = "   ";

/** Without colour, strong words stand between asterisks, so that marks are never lost. */
function renderSpan(span: Span, { colors }: Look): string {
  const text = escapeTerminal(span.text);
  switch (span.kind) {
    case "plain":
    case "code":
    case "person":
    case "channel":
    case "link":
      return text;
    case "strong":
      return colors.isColorSupported ? colors.bold(colors.yellow(text)) : `*${text}*`;
    case "emphasis":
      return colors.italic(text);
  }
}

function renderSpans(spans: readonly Span[], look: Look): string {
  return spans.map((span) => renderSpan(span, look)).join("");
}

/** Breaks a paragraph into lines of the width, all of them set in, the first one by `first`. */
function paragraph(text: string, indent: string, { width }: Look, first = indent): string {
  const lines = wrapAnsi(text, Math.max(20, width - indent.length), { hard: true }).split("\n");
  return lines.map((line, i) => (i === 0 ? first : indent) + line).join("\n");
}

function renderBlock(block: Block, indent: string, look: Look): string {
  switch (block.kind) {
    case "prose":
      return paragraph(renderSpans(block.text, look), indent, look);
    case "facts":
      return block.facts
        .map(({ label, value }) =>
          paragraph(
            `${look.colors.dim(`${escapeTerminal(label)}:`)} ${renderSpans(value, look)}`,
            indent,
            look,
          ),
        )
        .join("\n");
    case "list":
      return block.items
        .map((item) => paragraph(renderSpans(item, look), `${indent}    `, look, `${indent}  `))
        .join("\n");
    case "code":
      return block.text
        .split("\n")
        .map((line) => indent + " ".repeat(line.search(/\S|$/)) + escapeLines(line.trim()))
        .join("\n");
    case "rule":
      return indent + "─".repeat(Math.max(1, Math.min(40, look.width - indent.length)));
  }
}

/** The addresses behind a card, each on a line of its own, where a terminal makes them links; never broken. */
function renderLinks(card: Card, indent: string, { colors }: Look): string[] {
  const heading = (card.heading ?? []).flatMap((span) => (span.kind === "link" ? [span.url] : []));
  const opened = card.buttons.flatMap((button) => (button.kind === "open" ? [button.url] : []));
  return [...new Set([...heading, ...opened])].map((url) => indent + colors.dim(escapeTerminal(url)));
}

function renderCard(card: Card, look: Look, withLinks: boolean): string {
  const indent = card.heading === undefined ? "" : INDENT;
  const heading =
    card.heading === undefined
      ? []
      : [paragraph(look.colors.bold(renderSpans(card.heading, look)), indent, look, "")];
  const blocks = card.blocks.map((block) => renderBlock(block, indent, look));
  return [...heading, ...(withLinks ? renderLinks(card, indent, look) : []), ...blocks].join("\n");
}

/** What can be typed next: `Details: 1 2 3 · Similar: 1s 2s 3s · Next: n`. */
function renderKeys(reply: Reply, look: Look): string[] {
  const byLabel = new Map<string, string[]>();
  for (const { label, key } of runButtons(reply)) byLabel.set(label, [...(byLabel.get(label) ?? []), key]);
  if (byLabel.size === 0) return [];
  const keys = Array.from(byLabel, ([label, typed]) => `${label}: ${look.colors.bold(typed.join(" "))}`);
  return [paragraph(keys.join(" · "), "", look)];
}

/** The part of a text around its first marked word that fits into one line. */
function oneLine(spans: readonly Span[], width: number): Span[] {
  const text = spans.map((span) => span.text).join("");
  let at = 0;
  const marks = spans.flatMap((span): [number, number][] => {
    at += span.text.length;
    return span.kind === "strong" ? [[at - span.text.length, at]] : [];
  });
  // Ellipses, and the asterisks of the marks, take room too.
  return excerpt({ text, marks }, Math.max(1, width - 4 - 2 * marks.length));
}

/** A hit in short: its title, and one line of whatever else it says. */
function renderHit(card: Card, look: Look): string {
  const blocks = card.blocks.map((block): Block =>
    block.kind === "prose" ? { ...block, text: oneLine(block.text, look.width - INDENT.length) } : block,
  );
  return renderCard({ ...card, blocks }, look, false);
}

/** A list with one line of each excerpt, and with or without empty lines between its hits. */
export function renderList(reply: Reply, look: Look, spaced: boolean): string {
  const cards = reply.cards.map((card) =>
    card.heading === undefined ? renderCard(card, look, false) : renderHit(card, look),
  );
  return [...cards.filter((text) => text !== ""), ...renderKeys(reply, look)].join(spaced ? "\n\n" : "\n");
}

/** A text of the program's own in lines of the width. */
export function renderText(text: string, look: Look): string {
  return paragraph(text, "", look);
}

/** The whole reply as text, without a line end. `withKeys` adds what can be typed next, for a chat. */
export function renderReply(reply: Reply, look: Look, withKeys: boolean): string {
  // In a list the addresses would drown the titles; each is shown with the paper's details.
  const withLinks = reply.cards.filter(({ heading }) => heading !== undefined).length === 1;
  const cards = reply.cards.map((card) => renderCard(card, look, withLinks)).filter((text) => text !== "");
  return [...cards, ...(withKeys ? renderKeys(reply, look) : [])].join("\n\n");
}
