import { readableText } from "../../../corpus/readable-text.ts";
import { keptText } from "../kept-text.ts";
import { readCommonLatex } from "./common-latex.ts";
import type { BibEntry, Damage } from "../entries/bib-entry.ts";

/** A group of fields that are asked for together, and that most entries have none of. */
export interface FieldGroup {
  readonly names: readonly string[];
  /** A bit of its own. */
  readonly bit: number;
}

const bitsOfNames = new Map<string, number>();
let nextBit = 1;

/** A group of these fields; there may be thirty. */
export function fieldGroup(...names: readonly string[]): FieldGroup {
  const bit = nextBit;
  nextBit *= 2;
  for (const name of names) bitsOfNames.set(name, (bitsOfNames.get(name) ?? 0) | bit);
  return { names, bit };
}

/** The fields of an entry as they are asked for. */
export interface EntryFields {
  readonly type: string;
  /** The value of the first of these fields that is there and not empty, as it is written. */
  readonly raw: (...names: readonly string[]) => string | undefined;
  /** The same as people read it: no LaTeX, no braces; undefined where it says nothing. */
  readonly text: (...names: readonly string[]) => string | undefined;
  /** Whether one of these fields is there. */
  readonly hasAny: (group: FieldGroup) => boolean;
  /** Notes what of a field is not as it should be, and goes on. */
  readonly tell: (name: string, expected: string, found: string) => void;
}

/**
 * Letters and signs that are read as they stand: no LaTeX, no entity, no line's end, and nothing that composes or turns round.
 * Beyond ASCII those of Latin scripts and of typesetting.
 */
const LETTER = String.raw`!-#%'-@A-Z[\]_a-z|\u00A1-\u00AC\u00AE-\u02AF\u2010-\u2015\u2018-\u2022\u2026`;
const SIMPLE = new RegExp(`^[${LETTER}][ ${LETTER}]*$`);

/** What in a text of such letters is not read as it stands. */
const DOUBLED = /  |--|''/;

/** Spaces that are not one between two words. */
const SPACES = /[^\S ]\s*| \s+/g;

/** Whether a text, as most are, is read as it stands; spaces at its ends are gone. */
const isSimple = (text: string): boolean => SIMPLE.test(text) && !DOUBLED.test(text);

/** A formula that a program took for text, `\\${O}(n {\\textbackslash}log n)\\$`, as it was written in that program. */
function withFormulas(text: string): string {
  if (!/\\\$.*\\textbackslash.*\\\$/s.test(text)) return text;
  return text
    .replace(/\{\\textbackslash\s*\}|\\textbackslash(?:\{\}|\s+)/g, "\\")
    .replace(/\\([$_{}])/g, "$1")
    .replace(/\\textasciicircum\s*(?:\{\})?/g, "^");
}

/** Readable, and free of the braces that only keep capitals. */
export function plain(text: string): string | undefined {
  const trimmed = text.trim();
  if (isSimple(trimmed)) return trimmed;
  // `{{Title}}` and a title over several lines are the commonest of the others.
  if (trimmed.startsWith("{") && trimmed.endsWith("}")) {
    const bare = trimmed.slice(1, -1);
    if (isSimple(bare) && !bare.endsWith(" ")) return bare;
  }
  const folded = readCommonLatex(trimmed.replace(SPACES, " "));
  const inner = folded.startsWith("{") ? folded.replace(/^\{([^{}]*)\}$/, "$1").trim() : folded;
  if (isSimple(inner)) return inner;
  const readable = readableText(withFormulas(text)).replace(/[{}]/g, "").trim();
  return readable === "" ? undefined : readable;
}

/** Short texts with LaTeX that were read, such as the names of journals, which come again and again. */
const readBefore = new Map<string, string | undefined>();
const MAX_READ = 500;
const MAX_SHORT = 120;

/** The same, of texts that may come again. */
function plainAgain(text: string): string | undefined {
  if (text.length > MAX_SHORT || isSimple(text)) return plain(text);
  if (readBefore.has(text)) return readBefore.get(text);
  const read = plain(text);
  if (readBefore.size >= MAX_READ) readBefore.clear();
  readBefore.set(keptText(text), read === undefined ? read : keptText(read));
  return read;
}

/** The fields of an entry; what is told of them is added to `damages`. */
export function openFields({ type, line, fields }: BibEntry, damages: Damage[]): EntryFields {
  const raw = (...names: readonly string[]): string | undefined => {
    for (const name of names) {
      const value = fields.get(name)?.value;
      // Most begin with a letter.
      if (value !== undefined && (value.charCodeAt(0) > 32 || value.trim() !== "")) return value;
    }
    return undefined;
  };
  let bits = 0;
  for (const name of fields.keys()) bits |= bitsOfNames.get(name) ?? 0;
  return {
    type,
    raw,
    hasAny: ({ bit }) => (bits & bit) !== 0,
    text(...names) {
      for (const name of names) {
        const value = fields.get(name)?.value;
        const text = value === undefined ? undefined : plainAgain(value);
        if (text !== undefined) return text;
      }
      return undefined;
    },
    tell(name, expected, found) {
      damages.push({ line: fields.get(name)?.line ?? line, expected: `${expected} in “${name}”`, found });
    },
  };
}
