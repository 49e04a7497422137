import type { Range, Snippet } from "../../search/paper-index.ts";
import type { Span } from "../reply.ts";
import { plain, strong } from "../reply.ts";

/** What is shown before the first marked word of an excerpt that begins inside its text, in characters. */
const LEAD = 30;

/** The text with its marked ranges strong. */
function markedSpans(text: string, marks: readonly Range[]): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start > at) spans.push(plain(text.slice(at, start)));
    spans.push(strong(text.slice(start, end)));
    at = end;
  }
  if (at < text.length) spans.push(plain(text.slice(at)));
  return spans;
}

/** A place in a text, or the one before it where it would cut a character in two. */
function whole(text: string, at: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
}

/** Where the first word begins in `[from, to]`; `to` where none does. */
function wordStart(text: string, from: number, to: number): number {
  if (from <= 0) return 0;
  const space = text.indexOf(" ", from - 1);
  return space < 0 || space >= to ? to : space + 1;
}

/** The range of at most `length` characters from `start` on, to the end of a word where there is one. */
function rangeFrom(text: string, start: number, length: number): Range {
  if (text.length - start <= length) return [start, text.length];
  const space = text.lastIndexOf(" ", start + length);
  return [start, space > start ? space : whole(text, start + length)];
}

/** The parts of the marks that lie in a range, as they lie in it. */
function marksIn(marks: readonly Range[], [start, end]: Range): Range[] {
  return marks
    .map(([from, to]): Range => [Math.max(from, start) - start, Math.min(to, end) - start])
    .filter(([from, to]) => from < to);
}

/** How many different words are marked in a range. */
function markedWords(text: string, marks: readonly Range[], range: Range): number {
  const part = text.slice(...range);
  const words = marksIn(marks, range).flatMap((mark) =>
    part
      .slice(...mark)
      .toLowerCase()
      .split(/\s+/),
  );
  return new Set(words).size;
}

/**
 * A text in at most `length` characters and the ellipses around them: all of it, or the part with the most of the
 * words that are marked, the first of equals. Words are cut only where one is longer than that.
 */
export function excerpt({ text, marks }: Snippet, length: number): Span[] {
  if (text.length <= length) return markedSpans(text, marks);
  // Close to the end, all of the end.
  const latest = wordStart(text, text.length - length, whole(text, text.length - length + LEAD));
  const starts = marks.map(([from]) => Math.min(wordStart(text, from - LEAD, from), latest));
  let best: { range: Range; worth: number } = { range: rangeFrom(text, 0, length), worth: -1 };
  for (const start of [0, ...starts]) {
    const range = rangeFrom(text, start, length);
    const worth = markedWords(text, marks, range);
    if (worth > best.worth) best = { range, worth };
  }
  const [start, end] = best.range;
  return [
    ...(start > 0 ? [plain("… ")] : []),
    ...markedSpans(text.slice(start, end), marksIn(marks, best.range)),
    ...(end < text.length ? [plain(" …")] : []),
  ];
}
