import { quoteLine } from "../../../corpus/problem.ts";
import type { Abbreviations } from "./abbreviations.ts";
import type { BibField, Damage } from "./bib-entry.ts";
import type { Lines } from "./lines.ts";

/** What ends an entry. */
export type Bracket = "}" | ")";

/** An entry under way. */
export interface EntryReading {
  readonly text: string;
  at: number;
  /** What ends the entry. */
  readonly bracket: Bracket;
  /** Whether a brace behind a backslash is text. */
  readonly escapes: boolean;
  /** Where values without an end stop; undefined as long as every value is believed to have one. */
  readonly cuts: ((from: number) => number) | undefined;
  readonly abbreviations: Abbreviations;
  readonly fields: Map<string, BibField>;
  readonly damages: Damage[];
  /** So many characters may abbreviations still add. */
  growth: number;
  readonly lines: Lines;
}

/** That an entry cannot be read without cutting its values. */
export const BROKEN = null;
export type Outcome = null | undefined;

/** Of an entry that is all damage, so much is told. */
const MAX_DAMAGES = 5;

/** The name of a field and its equals sign. */
export const FIELD = /\s*[A-Za-z][\w:.+-]{0,60}\s*=/y;
/** What is passed over to the next comma or line. */
export const TO_COMMA = /[^,\n{}]*/y;

/** Where the next letter that is no space stands. */
export function skipSpace(text: string, at: number): number {
  let to = at;
  for (let code = text.charCodeAt(to); code === 32 || (code >= 9 && code <= 13); code = text.charCodeAt(to))
    to++;
  return to;
}

/** What a sticky pattern finds at a place. */
export const matches = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

/** Where the last letter before a place stands. */
export function lastLetter(text: string, at: number): number {
  let to = at;
  while (to > 0 && text.charCodeAt(to - 1) <= 32) to--;
  return to;
}

/** The rest of a line, as it is quoted. */
export function restOfLine(text: string, at: number): string {
  const from = skipSpace(text, at);
  if (from >= text.length) return "the end of the entry";
  const end = text.indexOf("\n", from);
  return quoteLine(text.slice(from, end < 0 ? undefined : end).trimEnd());
}

/** Notes what is not as it should be. */
export function tell(reader: EntryReading, at: number, expected: string, found?: string): void {
  if (reader.damages.length >= MAX_DAMAGES) return;
  reader.damages.push({
    line: reader.lines.at(at < reader.text.length ? at : lastLetter(reader.text, at)),
    expected,
    found: found ?? restOfLine(reader.text, at),
  });
}
