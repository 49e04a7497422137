import { quoteLine } from "../../../corpus/problem.ts";
import type { EntryReading } from "./reading.ts";
import { BROKEN, FIELD, matches, restOfLine, skipSpace, tell, TO_COMMA } from "./reading.ts";
import { delimitedEnd } from "./values.ts";

/** A value without braces that is a number, an abbreviation, or a word of what should have had some. */
const BARE = { "}": /[^\s,#{}"%=]+/y, ")": /[^\s,#{}"%=)]+/y } as const;

/** A text in braces or quotation marks; one without an end goes to where the next field or entry begins. */
export function readText(reader: EntryReading, name: string): string | null {
  const { text, at, escapes, cuts } = reader;
  const limit = cuts?.(at) ?? text.length;
  const end = delimitedEnd(text, at, { limit, escapes });
  if (end >= 0) {
    reader.at = end + 1;
    return text.slice(at + 1, end);
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
function expand(reader: EntryReading, name: string, word: string): string {
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
function readBare(reader: EntryReading, name: string): string | undefined {
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
export function readValue(reader: EntryReading, name: string): string | null | undefined {
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
