/** What words may look like; several at once, as a link in a heading. */
export type Look = "strong" | "emphasis" | "link" | "code";

/** Words that look alike. */
export interface Piece {
  readonly text: string;
  readonly looks: readonly Look[];
}

/** A line of text as it was sent; a screen breaks it where it ends. */
export interface Line {
  readonly size: "heading" | "body" | "small";
  readonly pieces: readonly Piece[];
}

/** What a platform draws of a message, one below the other. */
export type Part =
  /** `beside` is the label of the button to the right of the text. */
  | { readonly kind: "text"; readonly lines: readonly Line[]; readonly beside?: string }
  | {
      readonly kind: "buttons";
      readonly labels: readonly { readonly text: string; readonly primary: boolean }[];
    }
  | { readonly kind: "menu"; readonly label: string };

/** Characters of a line on a phone, and what a button beside a text takes of them more than its label has, as it is drawn. */
const PHONE = 40;
const BESIDE = 2;

/** Lines that a button or a menu is high. */
const CONTROL = 2;

/** How many lines a text takes whose words are not broken, unless one is longer than a line. */
function wrappedLines(text: string, width: number): number {
  let lines = 1;
  let used = 0;
  for (const { length } of text.split(/\s+/)) {
    const needed = used === 0 ? length : used + 1 + length;
    if (needed <= width) used = needed;
    else {
      lines += (used === 0 ? 0 : 1) + Math.ceil(length / width) - 1;
      used = length % width;
    }
  }
  return lines;
}

function phoneLinesOf(part: Part): number {
  if (part.kind !== "text") return CONTROL;
  const width = part.beside === undefined ? PHONE : PHONE - part.beside.length - BESIDE;
  const texts = part.lines.map(({ pieces }) => pieces.map(({ text }) => text).join(""));
  const lines = texts.reduce((sum, text) => sum + wrappedLines(text, width), 0);
  return Math.max(lines, part.beside === undefined ? 0 : CONTROL);
}

/** How many lines a message takes on a phone: 40 characters each, fewer beside a button. */
export function phoneLines(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + phoneLinesOf(part), 0);
}
