import { keptText } from "../kept-text.ts";
import type { EntryReading } from "./reading.ts";
import { skipSpace } from "./reading.ts";
import { delimitedEnd } from "./values.ts";

/**
 * The short way through an entry that is in order: `name = {value},` and `name = 2017,`, letter by letter and without patterns. It
 * stops in front of whatever is written otherwise, where the long way goes on; both give the same (a test holds that).
 */
export const COMMA = 0x2c;
const [OPEN, QUOTE, EQUALS] = [0x7b, 0x22, 0x3d];

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Letters, digits, hyphens, colons and underscores, of which most names and keys are. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) => Number(/[\w:-]/.test(String.fromCharCode(code))));

/** Where a name or key of plain letters ends that begins at `at`; `at` where none does. */
export function plainNameEnd(text: string, at: number): number {
  let to = at;
  while (PLAIN[text.charCodeAt(to)] === 1) to++;
  return to;
}

/** So many names of fields are kept, by how they are written, in lower case. */
const MAX_NAMES = 1000;
const names = new Map<string, string>();

/** A field's name in lower case; of names that come again and again it is the same text. */
function lowerName(written: string): string {
  const known = names.get(written);
  if (known !== undefined) return known;
  const lower = written.toLowerCase();
  if (names.size < MAX_NAMES && written.length < 40) names.set(keptText(written), lower);
  return lower;
}

/** Where the value ends that begins at `at`, behind its last letter; -1 where it is of another kind, or has no end. */
function valueEnd(reader: EntryReading, at: number): number {
  const { text } = reader;
  const first = text.charCodeAt(at);
  if (first === OPEN || first === QUOTE)
    return delimitedEnd(text, at, { limit: text.length, escapes: false }) + 1 || -1;
  let to = at;
  while (isDigit(text.charCodeAt(to))) to++;
  return to === at ? -1 : to;
}

/** Reads a field; false, and nothing is read, where it is not as most are. */
function readPlainField(reader: EntryReading, at: number): boolean {
  const { text, fields } = reader;
  const behind = plainNameEnd(text, at);
  if (behind === at) return false;
  const equals = skipSpace(text, behind);
  if (text.charCodeAt(equals) !== EQUALS) return false;
  const from = skipSpace(text, equals + 1);
  const to = valueEnd(reader, from);
  if (to < 0) return false;
  const next = skipSpace(text, to);
  const isLast = text[next] === reader.bracket;
  if (!isLast && text.charCodeAt(next) !== COMMA) return false;
  const name = lowerName(text.slice(at, behind));
  if (!fields.has(name)) {
    const isNumber = isDigit(text.charCodeAt(from));
    const value = isNumber ? text.slice(from, to) : text.slice(from + 1, to - 1);
    fields.set(name, { value, line: reader.lines.at(at) });
  }
  reader.at = isLast ? next : next + 1;
  return true;
}

/** Reads fields as long as they are as most are; gives where the next letter stands that is no space. */
export function readPlainFields(reader: EntryReading): number {
  const isWhole = reader.cuts === undefined && !reader.escapes;
  for (;;) {
    const at = skipSpace(reader.text, reader.at);
    if (!isWhole || !readPlainField(reader, at)) return at;
  }
}
