import type { Json } from "../fakes/discord/json.ts";
import { recordOf, recordsOf, textOf } from "../fakes/discord/json.ts";
import type { Line, Part } from "./parts.ts";
import type { Syntax } from "./read-markup.ts";
import { readMarkup } from "./read-markup.ts";

const SYNTAX: Syntax = {
  forms: [
    { look: "strong", pattern: /\*\*(?<text>(?:\\.|[^*\\])+)\*\*/y },
    { look: "emphasis", pattern: /\*(?<text>(?:\\.|[^*\\])+)\*/y },
    { look: "link", pattern: /\[(?<text>(?:\\.|[^\]\\])+)\]\([^)]*\)/y },
    { look: "link", pattern: /<(?<text>https?:[^>]+)>/y },
    { look: "code", pattern: /`(?<text>[^`]+)`/y },
  ],
  sign: (text, at) =>
    text[at] === "\\" && at + 1 < text.length
      ? { shown: text.charAt(at + 1), length: 2 }
      : { shown: text.charAt(at).replace("\u200B", ""), length: 1 },
  lineOf(text) {
    if (text.startsWith("### ")) return { size: "heading", text: text.slice(4) };
    if (text.startsWith("-# ")) return { size: "small", text: text.slice(3) };
    return { size: "body", text: text.replace(/^- /, "• ") };
  },
};

/** Kinds of components that the bot sends, by Discord's numbers. */
const [ROW, BUTTON, MENU, SECTION, DISPLAY, CONTAINER] = [1, 2, 3, 9, 10, 17];
const PRIMARY = 1;

function readText(components: readonly Json[]): Line[] {
  return components.flatMap(({ content }) => readMarkup(textOf(content), SYNTAX));
}

function readRow(components: readonly Json[]): Part[] {
  const menus = components.filter(({ type }) => type === MENU);
  const buttons = components.filter(({ type }) => type === BUTTON);
  const labels = buttons.map(({ label, style }) => ({ text: textOf(label), primary: style === PRIMARY }));
  return [
    ...menus.map(({ placeholder }): Part => ({ kind: "menu", label: textOf(placeholder) })),
    ...(labels.length === 0 ? [] : [{ kind: "buttons" as const, labels }]),
  ];
}

/** What Discord draws of a message's components. Throws for one that it does not know. */
export function readDiscord(components: readonly Json[]): Part[] {
  return components.flatMap((component): Part[] => {
    const inside = recordsOf(component["components"]);
    switch (component["type"]) {
      case CONTAINER:
        return readDiscord(inside);
      case DISPLAY:
        return [{ kind: "text", lines: readText([component]) }];
      case SECTION: {
        const { label } = recordOf(component["accessory"]);
        return [{ kind: "text", lines: readText(inside), beside: textOf(label) }];
      }
      case ROW:
        return readRow(inside);
      default:
        throw new Error(`No picture of a component ${String(component["type"])} is known`);
    }
  });
}
