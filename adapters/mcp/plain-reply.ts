import type { Block, Card, Reply, Span } from "../../src/bot/reply.ts";

/** Links keep their addresses: a program that reads the text may open them. */
const spanText = (span: Span): string =>
  span.kind === "link" && span.text !== span.url ? `${span.text} <${span.url}>` : span.text;

const spansText = (spans: readonly Span[]): string => spans.map(spanText).join("");

function blockText(block: Block): string {
  switch (block.kind) {
    case "prose":
      return spansText(block.text);
    case "facts":
      return block.facts.map(({ label, value }) => `${label}: ${spansText(value)}`).join("\n");
    case "list":
      return block.items.map((item) => `- ${spansText(item)}`).join("\n");
    case "code":
      return block.text;
    case "rule":
      return "---";
  }
}

function cardText({ heading, blocks }: Card): string {
  const first = heading === undefined ? [] : [spansText(heading)];
  return [...first, ...blocks.map(blockText)].join("\n");
}

/** A reply as text without markup; buttons are left out, since a program calls what it wants. */
export function replyText({ cards, document }: Reply): string {
  if (document !== undefined) return [document.text, ...document.notes].join("\n");
  return cards
    .map(cardText)
    .filter((text) => text !== "")
    .join("\n\n");
}
