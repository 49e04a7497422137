import type { Block, Span } from "../../src/bot/reply.ts";
import { cutWhole, escapeCode, escapeDiscord, escapeLabel, escapeUrl } from "./escape.ts";
import { LINK_LENGTH, textCost, TITLE_LENGTH } from "./limits.ts";

/** What stands where something was left out. */
const MORE = "…";

/** The least room in which a text is begun. */
const LEAST = 12;

/** The longest beginning of `text` whose rendered form takes at most `room`; with an ellipsis where it was cut. */
function fit(text: string, room: number, render: (part: string) => string): string {
  const whole = render(text);
  if (textCost(whole) <= room) return whole;
  let [fits, fails] = [0, text.length];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (textCost(render(cutWhole(text, middle) + MORE)) <= room) fits = middle;
    else fails = middle;
  }
  return fits === 0 ? "" : render(cutWhole(text, fits).trimEnd() + MORE);
}

function renderSpan(span: Span, room: number): string {
  switch (span.kind) {
    case "plain":
      return fit(span.text, room, escapeDiscord);
    case "strong":
      return fit(span.text, room, (text) => `**${escapeLabel(text)}**`);
    case "emphasis":
      return fit(span.text, room, (text) => `*${escapeLabel(text)}*`);
    case "code":
      return fit(span.text, room, (text) => `\`${escapeCode(text).replace(/\n/g, " ")}\``);
    case "link": {
      const url = escapeUrl(span.url);
      const label =
        span.text.length > TITLE_LENGTH ? `${cutWhole(span.text, TITLE_LENGTH)}${MORE}` : span.text;
      if (url.length > LINK_LENGTH || url.length + LEAST > room)
        return fit(label, room, (text) => `**${escapeLabel(text)}**`);
      return fit(label, room, (text) => `[${escapeLabel(text)}](${url})`);
    }
  }
}

/** Spans as Discord's markdown in at most `room`; what does not fit is cut with an ellipsis. */
export function renderSpans(spans: readonly Span[], room: number): string {
  let text = "";
  for (const span of spans) {
    const left = room - textCost(text);
    if (left < LEAST) return text;
    text += renderSpan(span, left);
  }
  return text;
}

/** Lines that fit into `room`, and how many did not. */
function fitLines(lines: readonly ((room: number) => string)[], room: number): string {
  const shown: string[] = [];
  for (const [i, line] of lines.entries()) {
    const left = room - textCost(shown.join("\n")) - 20;
    if (left < LEAST) {
      shown.push(`and ${lines.length - i} more`);
      break;
    }
    shown.push(line(left));
  }
  return shown.join("\n");
}

/** A block as Discord's markdown in at most `room`. */
export function renderBlock(block: Block, room: number): string {
  switch (block.kind) {
    case "prose":
      return renderSpans(block.text, room);
    case "facts":
      return fitLines(
        block.facts.map(
          ({ label, value }) =>
            (left) =>
              renderSpans(
                [{ kind: "strong", text: `${label}:` }, { kind: "plain", text: " " }, ...value],
                left,
              ),
        ),
        room,
      );
    case "list":
      return fitLines(
        block.items.map((item) => (left) => `- ${renderSpans(item, left - 2)}`),
        room,
      );
    case "code":
      return fit(block.text, room, (text) => `\`\`\`\n${escapeCode(text)}\n\`\`\``);
    case "rule":
      return "";
  }
}
