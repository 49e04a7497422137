import type { Json } from "../fakes/slack/json.ts";
import { isRecord, recordOf, recordsOf, textOf } from "../fakes/slack/json.ts";
import type { Part } from "./parts.ts";
import type { Syntax } from "./read-markup.ts";
import { readMarkup } from "./read-markup.ts";

const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

const SYNTAX: Syntax = {
  forms: [
    { look: "strong", pattern: /(?<![\p{L}\p{N}])\*(?<text>[^*\n]+)\*/uy },
    { look: "emphasis", pattern: /(?<![\p{L}\p{N}])_(?<text>[^_\n]+)_(?![\p{L}\p{N}])/uy },
    { look: "link", pattern: /<[^|>]+\|(?<text>[^>]+)>/y },
    { look: "link", pattern: /<(?<text>[^|>]+)>/y },
    { look: "code", pattern: /`(?<text>[^`]+)`/y },
  ],
  sign(text, at) {
    const entity = /&(?:amp|lt|gt);/y;
    entity.lastIndex = at;
    const [found] = entity.exec(text) ?? [];
    if (found !== undefined) return { shown: ENTITIES[found] ?? found, length: found.length };
    return { shown: text.charAt(at).replace("\u200B", ""), length: 1 };
  },
  lineOf: (text) => ({ size: "body", text }),
};

const wordsOf = (value: unknown): string => textOf(recordOf(value)["text"]);

/** What Slack draws of a message's blocks. Throws for one that it does not know. */
export function readSlack(blocks: readonly Json[]): Part[] {
  return blocks.flatMap((block): Part[] => {
    const elements = recordsOf(block["elements"]);
    switch (block["type"]) {
      case "section": {
        const lines = readMarkup(wordsOf(block["text"]), SYNTAX);
        const { accessory } = block;
        return [
          { kind: "text", lines, ...(isRecord(accessory) ? { beside: wordsOf(accessory["text"]) } : {}) },
        ];
      }
      case "context": {
        const lines = elements.flatMap((one) => readMarkup(wordsOf(one), SYNTAX));
        return [{ kind: "text", lines: lines.map((line) => ({ ...line, size: "small" })) }];
      }
      case "actions": {
        const menus = elements.filter(({ type }) => type === "static_select");
        const buttons = elements.filter(({ type }) => type === "button");
        const labels = buttons.map(({ text, style }) => ({
          text: wordsOf(text),
          primary: style === "primary",
        }));
        return [
          ...menus.map(({ placeholder }): Part => ({ kind: "menu", label: wordsOf(placeholder) })),
          ...(labels.length === 0 ? [] : [{ kind: "buttons" as const, labels }]),
        ];
      }
      default:
        throw new Error(`No picture of a block ${String(block["type"])} is known`);
    }
  });
}
