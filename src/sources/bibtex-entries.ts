import type { Problem } from "../corpus/problem.ts";
import { quoteLine } from "../corpus/problem.ts";

/** An entry as it is written: names of fields in lower case, values with their LaTeX and inner braces. */
export interface BibEntry {
  readonly key: string;
  /** Line of the `@`, from 1. */
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

/** A damaged entry: where it could not be gone on with. */
type Damage = { readonly kind: "damage"; readonly expected: string; readonly at: number };
type Read<T> = { readonly kind: "read"; readonly value: T; readonly end: number } | Damage;

const damage = (expected: string, at: number): Damage => ({ kind: "damage", expected, at });
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const START = /@\s*([A-Za-z]+)\s*([{(])/y;
/** The one place where a lost entry surely ends: texts of entries have no line that begins like this. */
const NEXT_ENTRY = /^\n[ \t]{0,8}@[A-Za-z]{1,30}\s{0,8}[{(]/;
const SPACE = /\s*/y;
const NAME = /[^\s=,#{}"@%()]+/y;

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  return SPACE.lastIndex;
}

/** A value in braces or quotes that begins at `at`; braces nest in both. An `@` that begins a line ends a lost entry. */
function readDelimited(text: string, at: number): Read<string> {
  const quoted = text[at] === '"';
  let depth = 0;
  for (let i = at + 1; i < text.length; i++) {
    const char = text[i];
    if (char === "\\") i++;
    else if (char === "{") depth++;
    else if (char === "}" && depth > 0) depth--;
    else if (depth === 0 && char === (quoted ? '"' : "}")) {
      return { kind: "read", value: text.slice(at + 1, i), end: i + 1 };
    } else if (char === "\n" && NEXT_ENTRY.test(text.slice(i, i + 60))) break;
  }
  return damage(quoted ? "a closing quotation mark" : "a closing brace", at);
}

/** Pieces joined by `#`: texts, numbers and abbreviations. An abbreviation that is not known is its own name. */
function readValue(text: string, from: number, strings: ReadonlyMap<string, string>): Read<string> {
  let value = "";
  for (let at = skipSpace(text, from); ; at = skipSpace(text, at + 1)) {
    if (text[at] === "{" || text[at] === '"') {
      const piece = readDelimited(text, at);
      if (piece.kind === "damage") return piece;
      value += piece.value;
      at = piece.end;
    } else {
      NAME.lastIndex = at;
      const name = NAME.exec(text)?.[0];
      if (name === undefined) return damage("a value", at);
      value += strings.get(name.toLowerCase()) ?? name;
      at = NAME.lastIndex;
    }
    at = skipSpace(text, at);
    if (text[at] !== "#") return { kind: "read", value, end: at };
  }
}

/** `name = value` pairs up to the bracket that ends the entry. */
function readFields(
  text: string,
  from: number,
  { end, strings }: { end: string; strings: ReadonlyMap<string, string> },
): Read<Map<string, string>> {
  const fields = new Map<string, string>();
  for (let at = skipSpace(text, from); ; at = skipSpace(text, at)) {
    if (text[at] === ",") {
      at++;
      continue;
    }
    if (text[at] === end) return { kind: "read", value: fields, end: at + 1 };
    NAME.lastIndex = at;
    const name = NAME.exec(text)?.[0];
    const equals = skipSpace(text, at + (name?.length ?? 0));
    if (name === undefined || text[equals] !== "=") return damage(`“name = value” or “${end}”`, at);
    const value = readValue(text, equals + 1, strings);
    if (value.kind === "damage") return value;
    // The first of a repeated field, as BibTeX itself takes it.
    if (!fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.value);
    at = value.end;
    if (text[at] !== "," && text[at] !== end) return damage(`“,” or “${end}”`, at);
  }
}

/** The key is what stands before the first comma; an entry may have none. */
function readKey(text: string, from: number): { key: string; end: number } {
  const at = skipSpace(text, from);
  const match = /^([^,={}"\s]*)\s*(?=[,})])/.exec(text.slice(at, at + 500));
  return match === null ? { key: "", end: at } : { key: match[1] ?? "", end: at + match[0].length };
}

/** Counts lines as it goes forward, so that a file is gone through once. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let counted = 0;
  return (at) => {
    for (let i = text.indexOf("\n", counted); i >= 0 && i < at; i = text.indexOf("\n", counted)) {
      line++;
      counted = i + 1;
    }
    return line;
  };
}

/** Where the next entry begins that stands on a line of its own; the end of the text when there is none. */
function nextEntry(text: string, from: number): number {
  for (let at = text.indexOf("\n", from); at >= 0; at = text.indexOf("\n", at + 1)) {
    if (NEXT_ENTRY.test(text.slice(at, at + 60))) return at;
  }
  return text.length;
}

/** Takes a file apart into its entries; abbreviations are replaced, comments and preambles passed over. */
export function readBibEntries(file: string, text: string): { entries: BibEntry[]; problems: Problem[] } {
  const strings = new Map(MONTHS.map((month) => [month, month]));
  const entries: BibEntry[] = [];
  const problems: Problem[] = [];
  const lineAt = lineCounter(text);
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at)) {
    START.lastIndex = at;
    const [all, type = "", bracket] = START.exec(text) ?? [];
    const kind = type.toLowerCase();
    at += all?.length ?? 1;
    // Text between entries is a comment, an `@` in it too.
    if (all === undefined || kind === "comment" || kind === "preamble") continue;
    const line = lineAt(at - all.length + 1);
    const { key, end } = kind === "string" ? { key: "", end: at } : readKey(text, at);
    const fields = readFields(text, end, { end: bracket === "(" ? ")" : "}", strings });
    if (fields.kind === "damage") {
      const found =
        fields.at >= text.length
          ? "the end of the file"
          : quoteLine(text.slice(fields.at).split("\n", 1)[0] ?? "");
      at = nextEntry(text, at);
      problems.push({ file, line, expected: `${fields.expected} in the entry “${key}”`, found });
      continue;
    }
    at = fields.end;
    if (kind !== "string") entries.push({ key, line, fields: fields.value });
    else for (const [name, value] of fields.value) strings.set(name, value);
  }
  return { entries, problems };
}
