import { quoteLine } from "../../corpus/problem.ts";
import { isEntryStart } from "./entry-start.ts";
import type { Abbreviations } from "./abbreviations.ts";
import type { Lines } from "./lines.ts";
import { createCuts, readDelimited } from "./values.ts";

/** A value as it is written, with its LaTeX and inner braces, and the line of its field. */
interface BibField {
  readonly value: string;
  readonly line: number;
}

/** Something in an entry that could not be read as it is. */
export interface Damage {
  readonly line: number;
  readonly expected: string;
  readonly found: string;
}

/** An entry as it is written. Names of types and fields are in lower case. */
export interface BibEntry {
  readonly type: string;
  readonly key: string;
  /** Line of the `@`, from 1. */
  readonly line: number;
  /** Of a repeated field the first, as BibTeX takes it. */
  readonly fields: ReadonlyMap<string, BibField>;
  readonly damages: readonly Damage[];
}

type Bracket = "}" | ")";

/** An entry under way. */
interface Reader {
  readonly text: string;
  at: number;
  /** What ends the entry. */
  readonly bracket: Bracket;
  /** Whether a brace behind a backslash is text. */
  readonly escapes: boolean;
  /** Where values without an end stop; absent as long as every value is believed to have one. */
  readonly cuts?: (from: number) => number;
  readonly abbreviations: Abbreviations;
  readonly fields: Map<string, BibField>;
  readonly damages: Damage[];
  /** So many characters may abbreviations still add. */
  growth: number;
  readonly lines: Lines;
}

/** That an entry cannot be read without cutting its values. */
const BROKEN = null;
type Outcome = null | undefined;

/** Of an entry that is all damage, so much is told. */
const MAX_DAMAGES = 5;

/** Abbreviations stand for each other, so that a few lines could mean gigabytes. */
const MAX_GROWTH = 1_000_000;

const NAME = /[^\s=,#{}"@%()]+/y;
/** A value without braces that is a number, an abbreviation, or a word of what should have had some. */
const BARE = { "}": /[^\s,#{}"%=]+/y, ")": /[^\s,#{}"%=)]+/y } as const;
const FIELD = /\s*[A-Za-z][\w:.+-]{0,60}\s*=/y;
/** What follows a bracket that did not end its entry. */
const GOES_ON = /\s*,\s*[A-Za-z][\w:.+-]{0,60}\s*=|\s*\n\s*[A-Za-z][\w:.+-]{0,60}\s*=\s*[{"]/y;
const TO_COMMA = /[^,\n{}]*/y;

function skipSpace(text: string, at: number): number {
  let to = at;
  for (let code = text.charCodeAt(to); code === 32 || (code >= 9 && code <= 13); code = text.charCodeAt(to))
    to++;
  return to;
}

const matches = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

/** Where the last letter before a place stands. */
function lastLetter(text: string, at: number): number {
  let to = at;
  while (to > 0 && text.charCodeAt(to - 1) <= 32) to--;
  return to;
}

/** The rest of a line, as it is quoted. */
function restOfLine(text: string, at: number): string {
  const from = skipSpace(text, at);
  if (from >= text.length) return "the end of the entry";
  const end = text.indexOf("\n", from);
  return quoteLine(text.slice(from, end < 0 ? undefined : end).trimEnd());
}

function tell(reader: Reader, at: number, expected: string, found?: string): void {
  if (reader.damages.length >= MAX_DAMAGES) return;
  reader.damages.push({
    line: reader.lines.at(at < reader.text.length ? at : lastLetter(reader.text, at)),
    expected,
    found: found ?? restOfLine(reader.text, at),
  });
}

/** A text in braces or quotation marks; one without an end goes to where the next field or entry begins. */
function readText(reader: Reader, name: string): string | null {
  const { text, at, escapes, cuts } = reader;
  const limit = cuts?.(at) ?? text.length;
  const read = readDelimited(text, at, { limit, escapes });
  if (read !== undefined) {
    reader.at = read.end;
    return read.text;
  }
  if (cuts === undefined) return BROKEN;
  tell(
    reader,
    at,
    `${text[at] === '"' ? "a closing quotation mark" : "a closing brace"}${name === "" ? "" : ` of “${name}”`}`,
    restOfLine(text, limit),
  );
  reader.at = limit;
  return text
    .slice(at + 1, limit)
    .replace(/[\s,]+$/, "")
    .replace(/[\s}]+$/, "");
}

/** What a word without braces stands for: itself where it is a number, or nothing that is defined. */
function expand(reader: Reader, name: string, word: string): string {
  if (/^\d+$/.test(word)) return word;
  const meaning = reader.abbreviations.find(word);
  if (meaning !== undefined && meaning.length <= reader.growth) {
    reader.growth -= meaning.length;
    return meaning;
  }
  if (name.toLowerCase() !== "month" && /^[A-Za-z]/.test(word) && reader.abbreviations.isNews(word))
    tell(reader, reader.at, `an @string that defines “${word}”`, "none before it");
  return word;
}

/** A value without braces: a number, an abbreviation, or words that should have had braces. */
function readBare(reader: Reader, name: string): string | undefined {
  const { text, at } = reader;
  const word = matches(BARE[reader.bracket], text, at);
  const behind = skipSpace(text, at + (word?.length ?? 0));
  if (word === undefined || text[behind] === "=") {
    tell(reader, at, `a value of “${name}”`);
    return undefined;
  }
  reader.at = behind;
  const next = text[behind];
  const isOver =
    next === undefined || next === "," || next === "#" || next === "}" || next === "%" || next === "@";
  if (isOver || (next === ")" && reader.bracket === ")") || matches(FIELD, text, behind) !== undefined)
    return expand(reader, name, word);
  const more = matches(TO_COMMA, text, at) ?? word;
  tell(reader, at, `braces around the value of “${name}”`, quoteLine(more.trim()));
  reader.at = at + more.length;
  return more.trim();
}

/** Pieces joined by `#`. */
function readValue(reader: Reader, name: string): string | null | undefined {
  let value: string | undefined;
  for (;;) {
    reader.at = skipSpace(reader.text, reader.at);
    const char = reader.text[reader.at];
    const piece = char === "{" || char === '"' ? readText(reader, name) : readBare(reader, name);
    if (piece === BROKEN) return BROKEN;
    if (piece === undefined) return value;
    value = value === undefined ? piece : value + piece;
    const at = skipSpace(reader.text, reader.at);
    if (reader.text[at] !== "#") return value;
    reader.at = at + 1;
  }
}

/** `= value` of a field whose name was read. */
function readField(reader: Reader, name: string, at: number): Outcome {
  const line = reader.lines.at(at);
  const told = reader.damages.length;
  const value = readValue(reader, name);
  if (value === BROKEN) return BROKEN;
  const lower = name.toLowerCase();
  if (value !== undefined && !reader.fields.has(lower)) reader.fields.set(lower, { value, line });
  const next = skipSpace(reader.text, reader.at);
  const char = reader.text[next];
  if (char === "," || char === reader.bracket || char === undefined) return undefined;
  if (matches(FIELD, reader.text, next) === undefined) return undefined;
  // A value that has no end has no comma either.
  if (reader.damages.length === told) tell(reader, next, `a comma behind “${name}”`);
  return undefined;
}

/** Passes over what is no field. */
function skipJunk(reader: Reader, at: number): Outcome {
  if (reader.cuts === undefined) return BROKEN;
  tell(reader, at, `“name = value” or “${reader.bracket}”`);
  const group = reader.text[at] === "{" || reader.text[at] === '"' ? readText(reader, "") : undefined;
  if (group !== undefined) return undefined;
  reader.at = at + Math.max(1, matches(TO_COMMA, reader.text, at)?.length ?? 0);
  return undefined;
}

/** What begins with a name, or with nothing that is known. */
function readNamed(reader: Reader, at: number): Outcome {
  const { text } = reader;
  const name = matches(NAME, text, at);
  if (name === undefined) return skipJunk(reader, at);
  const behind = skipSpace(text, at + name.length);
  const char = text[behind];
  if (char === "=") {
    reader.at = behind + 1;
    return readField(reader, name, at);
  }
  if (char !== undefined && /[{"\d]/.test(char)) {
    tell(reader, at, `“=” behind “${name}”`);
    reader.at = behind;
    return readField(reader, name, at);
  }
  if (char !== "," && char !== reader.bracket && char !== undefined) return skipJunk(reader, at);
  tell(reader, at, `a value of “${name}”`);
  reader.at = behind;
  return undefined;
}

/** Whether a bracket at this place ends the entry, right or wrong. */
function ends(reader: Reader, at: number): boolean {
  const { text, bracket } = reader;
  const char = text[at];
  if (char !== "}" && char !== ")") return false;
  const other = char !== bracket;
  if (other && !/^\s*(?:@|$)/.test(text.slice(at + 1, at + 60))) return false;
  if (matches(GOES_ON, text, at + 1) !== undefined) {
    tell(reader, at, "no further bracket");
    reader.at = at + 1;
    return false;
  }
  if (other) tell(reader, at, `“${bracket}”`);
  return true;
}

/** Fields up to the bracket that ends the entry. */
function readFields(reader: Reader): Outcome {
  const { text } = reader;
  for (;;) {
    const at = skipSpace(text, reader.at);
    const char = text[at];
    reader.at = at;
    if (char === undefined || (char === "@" && isEntryStart(text.slice(at, at + 256)))) {
      if (reader.cuts === undefined) return BROKEN;
      tell(reader, lastLetter(text, at), `“${reader.bracket}”`, restOfLine(text, at));
      return undefined;
    }
    if (char === ",") reader.at++;
    else if (char === "%") {
      tell(reader, at, "a field and no comment");
      const end = text.indexOf("\n", at);
      reader.at = end < 0 ? text.length : end;
    } else if (ends(reader, at)) {
      reader.at = at + 1;
      return undefined;
    } else if (reader.at === at && readNamed(reader, at) === BROKEN) return BROKEN;
  }
}

/** Where an entry stands, and how it begins. */
export interface EntryPlace {
  readonly text: string;
  /** Behind its opening bracket. */
  readonly from: number;
  readonly bracket: Bracket;
  /** At its beginning. */
  readonly lines: Lines;
}

/** Fields as far as they go. */
export interface ReadFields {
  readonly fields: ReadonlyMap<string, BibField>;
  readonly damages: readonly Damage[];
  readonly end: number;
  /** Whether values were cut. */
  readonly broken: boolean;
}

/**
 * Reads fields to their end: as BibTeX does, then with braces behind a backslash as text, and at last with values that end
 * where the next field begins. `hopeless` leaves the first two out.
 */
export function readAllFields(
  place: EntryPlace,
  abbreviations: Abbreviations,
  hopeless: boolean,
): ReadFields {
  const { text, from, bracket } = place;
  const read = (escapes: boolean, cuts?: (at: number) => number): ReadFields | null => {
    const reader: Reader = {
      text,
      at: from,
      bracket,
      escapes,
      abbreviations,
      fields: new Map(),
      damages: [],
      growth: MAX_GROWTH,
      lines: place.lines.fork(),
      ...(cuts === undefined ? {} : { cuts }),
    };
    if (readFields(reader) === BROKEN) return BROKEN;
    const { fields, damages, at } = reader;
    return { fields, damages, end: at, broken: cuts !== undefined };
  };
  const whole = hopeless ? BROKEN : (read(false) ?? read(true));
  return whole ?? read(true, createCuts(text)) ?? { fields: new Map(), damages: [], end: from, broken: true };
}
