import type { Abbreviations } from "./abbreviations.ts";
import type { BibField, Damage } from "./bib-entry.ts";
import { isEntryStart } from "./entry-start.ts";
import { readText, readValue } from "./field-value.ts";
import type { Lines } from "./lines.ts";
import type { Bracket, EntryReading, Outcome } from "./reading.ts";
import { BROKEN, FIELD, lastLetter, matches, restOfLine, skipSpace, tell, TO_COMMA } from "./reading.ts";
import { readPlainFields } from "./plain-field.ts";
import { createCuts } from "./values.ts";

/** Abbreviations stand for each other, so that a few lines could mean gigabytes. */
const MAX_GROWTH = 1_000_000;

const NAME = /[^\s=,#{}"@%()]+/y;
/** `"title" =` and `'title' =`, as JSON and other languages write names. */
const QUOTED_NAME = /"([A-Za-z][\w:.+-]{0,60})"(?=\s*[=:])|'([A-Za-z][\w:.+-]{0,60})'(?=\s*[=:])/y;
/** What follows a bracket that did not end its entry. */
const GOES_ON = /\s*,\s*[A-Za-z][\w:.+-]{0,60}\s*=|\s*\n\s*[A-Za-z][\w:.+-]{0,60}\s*=\s*[{"]/y;

/** `= value` of a field whose name was read. */
function readField(reader: EntryReading, name: string, at: number): Outcome {
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
function skipJunk(reader: EntryReading, at: number): Outcome {
  if (reader.cuts === undefined) return BROKEN;
  tell(reader, at, `“name = value” or “${reader.bracket}”`);
  const group = reader.text[at] === "{" || reader.text[at] === '"' ? readText(reader, "") : undefined;
  if (group !== undefined) return undefined;
  reader.at = at + Math.max(1, matches(TO_COMMA, reader.text, at)?.length ?? 0);
  return undefined;
}

/** A field whose name stands in quotes; a colon serves as its equals sign. */
function readQuoted(reader: EntryReading, quoted: string, at: number): Outcome {
  const name = quoted.slice(1, -1);
  tell(reader, at, `the name “${name}” without quotes`);
  reader.at = skipSpace(reader.text, at + quoted.length) + 1;
  return readField(reader, name, at);
}

/** What begins with a name, or with nothing that is known. */
function readNamed(reader: EntryReading, at: number): Outcome {
  const { text } = reader;
  const quoted = matches(QUOTED_NAME, text, at);
  if (quoted !== undefined) return readQuoted(reader, quoted, at);
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
    return readField(reader, name.replace(/:$/, ""), at);
  }
  if (char !== "," && char !== reader.bracket && char !== undefined) return skipJunk(reader, at);
  tell(reader, at, `a value of “${name}”`);
  reader.at = behind;
  return undefined;
}

/** Whether a bracket at this place ends the entry, right or wrong. */
function ends(reader: EntryReading, at: number): boolean {
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
function readFields(reader: EntryReading): Outcome {
  const { text } = reader;
  for (;;) {
    const at = readPlainFields(reader);
    const char = text[at];
    reader.at = at;
    if (char === undefined || (char === "@" && isEntryStart(text.slice(at, at + 256)))) {
      if (reader.cuts === undefined) return BROKEN;
      tell(reader, lastLetter(text, at), `“${reader.bracket}”`, restOfLine(text, at));
      return undefined;
    }
    if (char === ",") reader.at++;
    else if (char === ";") {
      tell(reader, at, "a comma and no “;”");
      reader.at++;
    } else if (char === "%") {
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
    const reader: EntryReading = {
      text,
      at: from,
      bracket,
      escapes,
      abbreviations,
      fields: new Map(),
      damages: [],
      growth: MAX_GROWTH,
      lines: place.lines.fork(),
      cuts,
    };
    if (readFields(reader) === BROKEN) return BROKEN;
    const { fields, damages, at } = reader;
    return { fields, damages, end: at, broken: cuts !== undefined };
  };
  const whole = hopeless ? BROKEN : (read(false) ?? read(true));
  return whole ?? read(true, createCuts(text)) ?? { fields: new Map(), damages: [], end: from, broken: true };
}
