import type { Piece } from "./parts.ts";

/** Widths of Helvetica's signs from U+0020 to U+007E in thousandths of the size, as Adobe's metrics list them. */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/** Other signs: as wide as the widest of the Latin ones. */
const OTHER = 1000;

/** Bold signs are at most this much wider; a little room is for fonts that are like Helvetica. */
const BOLD = 1.09;
const SLACK = 1.02;

/** How wide a text is drawn, in pixels; rather too wide than too narrow. */
export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const sign of text)
    sum += WIDTHS[(sign.codePointAt(0) ?? 0) - 32] ?? (/[–’‘“”·…]/.test(sign) ? 556 : OTHER);
  return (sum / 1000) * size * SLACK * (bold ? BOLD : 1);
}

/** How words are set: the size, and whether all of them are bold. */
export interface Setting {
  readonly size: number;
  readonly bold: boolean;
}

function widthOf({ text, looks }: Piece, { size, bold }: Setting): number {
  return textWidth(text, size, bold || looks.includes("strong"));
}

/** A line without the white space at its ends, and neighbours of one look as one piece. */
function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (last?.looks === piece.looks) all[all.length - 1] = { ...last, text: last.text + piece.text };
    else all.push(piece);
  }
  const end = all.at(-1);
  if (end !== undefined) all[all.length - 1] = { ...end, text: end.text.trimEnd() };
  return all;
}

/** Words broken into lines of a width in pixels, only at white space. */
export function wrap(pieces: readonly Piece[], width: number, setting: Setting): Piece[][] {
  const lines: Piece[][] = [[]];
  let used = 0;
  // A word may consist of several pieces: “self-*supervised*”.
  let word: Piece[] = [];
  const place = (): void => {
    const needed = word.reduce((sum, piece) => sum + widthOf(piece, setting), 0);
    if (used > 0 && used + needed > width) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(...word);
    used += needed;
    word = [];
  };
  for (const { text, looks } of pieces)
    for (const part of text.split(/(\s+)/)) {
      if (part === "") continue;
      if (part.trim() !== "") {
        word.push({ text: part, looks });
        continue;
      }
      place();
      if (used > 0) {
        lines.at(-1)?.push({ text: " ", looks });
        used += textWidth(" ", setting.size);
      }
    }
  place();
  return lines.map(joined);
}
