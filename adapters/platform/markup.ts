import type { Block, Span } from "../../src/bot/reply.ts";
import { cutWhole } from "./plain-text.ts";

/** A platform's signs for text. Every function escapes what it is given; `room` is measured by `cost`. */
export interface Markup {
  /** What a rendered text takes of a room: at least its length in UTF-16 units. */
  readonly cost: (rendered: string) => number;
  readonly plain: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly emphasis: (text: string) => string;
  readonly code: (text: string) => string;
  /** Somebody, and a channel, by their ids; what is no id is plain text. */
  readonly person: (id: string) => string;
  readonly channel: (id: string) => string;
  readonly codeBlock: (text: string) => string;
  readonly heading: (rendered: string) => string;
  /** An address as it stands in a link. */
  readonly address: (url: string) => string;
  readonly link: (label: string, address: string) => string;
  /** What an item of a list begins with. */
  readonly bullet: string;
}

/** What stands where something was left out. */
const MORE = "…";

/** The least room in which a text is begun. */
const LEAST = 12;

/** A title longer than this says no more to a reader. */
const LABEL_LENGTH = 240;

/** A link's address longer than this would take the room of the text; the title stands without it then. */
const ADDRESS_LENGTH = 600;

/** The longest beginning of `text` whose rendered form takes at most `room`; with an ellipsis where it was cut. */
function fit(text: string, room: number, { cost }: Markup, render: (part: string) => string): string {
  const whole = render(text);
  if (cost(whole) <= room) return whole;
  let [fits, fails] = [0, text.length];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (cost(render(cutWhole(text, middle) + MORE)) <= room) fits = middle;
    else fails = middle;
  }
  return fits === 0 ? "" : render(cutWhole(text, fits).trimEnd() + MORE);
}

function renderSpan(span: Span, room: number, markup: Markup): string {
  if (span.kind !== "link") return fit(span.text, room, markup, markup[span.kind]);
  const address = markup.address(span.url);
  const label = span.text.length > LABEL_LENGTH ? `${cutWhole(span.text, LABEL_LENGTH)}${MORE}` : span.text;
  const fits = address.length <= ADDRESS_LENGTH && address.length + LEAST <= room;
  return fit(label, room, markup, fits ? (text) => markup.link(text, address) : markup.strong);
}

/** Spans in a platform's markup in at most `room`; what does not fit is cut with an ellipsis. */
export function renderSpans(spans: readonly Span[], room: number, markup: Markup): string {
  let text = "";
  for (const span of spans) {
    const left = room - markup.cost(text);
    if (left < LEAST) return text;
    text += renderSpan(span, left, markup);
  }
  return text;
}

/** Lines that fit into `room`, and how many did not. */
function fitLines(lines: readonly ((room: number) => string)[], room: number, { cost }: Markup): string {
  const shown: string[] = [];
  for (const [i, line] of lines.entries()) {
    const left = room - cost(shown.join("\n")) - 20;
    if (left < LEAST) {
      shown.push(`and ${lines.length - i} more`);
      break;
    }
    shown.push(line(left));
  }
  return shown.join("\n");
}

/** A block in a platform's markup in at most `room`. */
export function renderBlock(block: Block, room: number, markup: Markup): string {
  switch (block.kind) {
    case "prose":
      return renderSpans(block.text, room, markup);
    case "facts":
      return fitLines(
        block.facts.map(({ label, value }) => (left) => {
          const named: Span[] = [
            { kind: "strong", text: `${label}:` },
            { kind: "plain", text: " " },
          ];
          return renderSpans([...named, ...value], left, markup);
        }),
        room,
        markup,
      );
    case "list":
      return fitLines(
        block.items.map((item) => (left) => {
          return markup.bullet + renderSpans(item, left - markup.bullet.length, markup);
        }),
        room,
        markup,
      );
    case "code":
      return fit(block.text, room, markup, markup.codeBlock);
    case "rule":
      return "";
  }
}
