import type { Reader } from "./reader.ts";
import { argument, match, next, OPTIONAL, rawArgument, rawGroup, skipSpace } from "./reader.ts";
import {
  accent,
  ACCENTS,
  DROPPED,
  OPERATORS,
  script,
  SECOND_OF_TWO,
  SILENT,
  SPACES,
  symbol,
  WITH_ARGUMENT,
} from "./signs.ts";

/** Stands where a reference was, until it is known whether a space before it is left over. */
export const GONE = "\u0001";

const NAME = /[A-Za-z]+/y;
const ROUND = /\\\(((?:(?!\\\)).){0,400})\\\)/sy;
const SQUARE = /\\\[((?:(?!\\\]).){0,400})\\\]/sy;

/** What an accent stands on: a group, a command such as `\i`, or a letter; undefined where there is none. */
function readBase(reader: Reader): string | undefined {
  const { at } = reader;
  skipSpace(reader);
  if (next(reader) === "{") {
    const body = rawGroup(reader);
    if (body !== undefined) return reader.part(body, reader.math);
  } else if (next(reader) === "\\") {
    reader.at++;
    const name = match(reader, NAME)?.[0] ?? reader.text[reader.at++] ?? "";
    const inner = ACCENTS.get(name);
    const base =
      inner === undefined
        ? (symbol(name) ?? groups(reader) ?? readBase(reader))
        : accent(inner, readBase(reader) ?? "");
    if (base !== undefined && base !== "") return base;
  } else if (/\p{L}/u.test(next(reader))) {
    return reader.text[reader.at++];
  }
  reader.at = at;
  return undefined;
}

/** A side of a fraction, with brackets around a sum. */
const side = (text: string): string => (/[\s+−-]/.test(text.slice(1)) ? `(${text})` : text);

/** `a/b`. */
function fraction(over: string, under: string): string {
  return `${side(over)}/${side(under)}`;
}

/** A word of a formula, `log`, apart from the letters beside it. */
function operator(name: string, reader: Reader, before: string): string {
  const space = /[\p{L}\p{N})]$/u.test(before) ? " " : "";
  const behind =
    next(reader) === "{" || /^\s+[\p{L}\p{N}\\(]/u.test(reader.text.slice(reader.at, reader.at + 9));
  skipSpace(reader);
  return space + name + (behind ? " " : "");
}

/** Commands whose arguments are put together in a way of their own. */
const COMPOSED: Readonly<Record<string, (reader: Reader) => string>> = {
  frac: (reader) => fraction(argument(reader), argument(reader)),
  dfrac: (reader) => fraction(argument(reader), argument(reader)),
  tfrac: (reader) => fraction(argument(reader), argument(reader)),
  nicefrac: (reader) => fraction(argument(reader), argument(reader)),
  binom: (reader) => `(${argument(reader)} choose ${argument(reader)})`,
  // A space of its own where none follows that TeX would swallow.
  xspace: (reader) => (/\s/.test(next(reader)) ? (skipSpace(reader), " ") : ""),
  sqrt(reader) {
    const root = /\[(.*)\]/s.exec(match(reader, OPTIONAL)?.[0] ?? "")?.[1];
    const body = argument(reader);
    return `${root === undefined ? "" : script("^", root)}√${body.length > 1 ? `(${body})` : body}`;
  },
  url: (reader) => (rawArgument(reader) ?? "").replace(/\\([_%#&~])/g, "$1"),
  textsubscript: (reader) => small("_", argument(reader)),
  textsuperscript: (reader) => small("^", argument(reader)),
  ensuremath: (reader) => argument(reader, true),
  text: (reader) => argument(reader, false),
  mbox: (reader) => argument(reader, false),
  hbox: (reader) => argument(reader, false),
  not: (reader) => accent("\u0338", readBase(reader) ?? reader.text[reader.at++] ?? ""),
  begin(reader) {
    const name = rawArgument(reader) ?? "";
    match(reader, OPTIONAL);
    if (WITH_ARGUMENT.has(name)) rawArgument(reader);
    return " ";
  },
  end: (reader) => (rawArgument(reader), " "),
};

/** Raised or lowered text, which stays as it is where small characters lack. */
function small(mark: "^" | "_", body: string): string {
  const written = script(mark, body);
  return written.startsWith(mark) ? body : written;
}

/** The arguments of a command that nobody knows, or that only changes the type: the groups right behind it. */
function groups(reader: Reader): string | undefined {
  const { at } = reader;
  match(reader, OPTIONAL);
  const first = rawArgument(reader);
  if (first === undefined) {
    reader.at = at;
    return undefined;
  }
  let text = reader.part(first, reader.math);
  for (let body = rawGroup(reader); body !== undefined; body = rawGroup(reader))
    text += reader.part(body, reader.math);
  return text;
}

/** A command without an argument: its sign, or its name as a word. A space behind it ends its name, and parts words. */
function bare(reader: Reader, text: string): string {
  if (!/\s/.test(next(reader))) return text;
  skipSpace(reader);
  return `${text} `;
}

/** A command with a name, which was read; `before` is the text so far. */
function named(reader: Reader, name: string, before: string): string {
  const { text, at } = reader;
  if (next(reader) === "*") reader.at++;
  const mark = ACCENTS.get(name);
  const follows = name.length > 1 || /[\s{\\]/.test(text[at] ?? "");
  const base = mark === undefined || !follows ? undefined : readBase(reader);
  if (mark !== undefined && base !== undefined)
    return name.startsWith("wide") && base.length > 1 ? base : accent(mark, base);
  const compose = Object.hasOwn(COMPOSED, name) ? COMPOSED[name] : undefined;
  if (compose !== undefined) return compose(reader);
  if (DROPPED.test(name)) {
    while (match(reader, OPTIONAL) !== undefined);
    rawArgument(reader);
    return GONE;
  }
  if (OPERATORS.has(name)) return operator(name, reader, before);
  if (SPACES.has(name)) return " ";
  if (SILENT.has(name)) {
    skipSpace(reader);
    if ((name === "left" || name === "right") && next(reader) === ".") reader.at++;
    return "";
  }
  if (SECOND_OF_TWO.has(name)) {
    match(reader, OPTIONAL);
    rawArgument(reader);
    return argument(reader);
  }
  reader.at = at;
  const sign = symbol(name);
  if (sign !== undefined) return bare(reader, sign);
  if (next(reader) === "*" && /^\*\s*\{/.test(text.slice(at, at + 9))) reader.at++;
  return groups(reader) ?? bare(reader, name);
}

/** What a backslash begins. */
export function command(reader: Reader, before: string): string {
  const formula = match(reader, ROUND) ?? match(reader, SQUARE);
  if (formula !== undefined) return reader.part(formula[1] ?? "", true);
  reader.at++;
  const name = match(reader, NAME)?.[0];
  if (name !== undefined) return named(reader, name, before);
  const char = next(reader);
  reader.at++;
  const mark = reader.math ? undefined : ACCENTS.get(char);
  if (mark !== undefined) {
    const base = readBase(reader);
    return base === undefined ? char : accent(mark, base);
  }
  if (/[,;:> ]|\s/.test(char)) return " ";
  if (char === "\\") {
    match(reader, OPTIONAL);
    return " ";
  }
  if (/[!/@()[\]-]/.test(char)) return "";
  return char === "|" ? "‖" : char;
}
