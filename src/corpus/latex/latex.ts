import { command, GONE } from "./command.ts";
import type { Reader } from "./reader.ts";
import { findGroups, match, next, rawGroup } from "./reader.ts";
import { DROPPED, script } from "./signs.ts";

/**
 * LaTeX of titles, names and abstracts as readable text. Such texts are short and often broken or half plain (a price, a
 * path, a lost backslash), so nothing is rejected: a command that nobody knows loses its name and keeps its argument, and one
 * without an argument stays as a word. Parsers of whole documents were tried on the same texts: they take 0.4 to 2 ms for a
 * title, give a tree in which arguments of most commands are still to be found, and refuse what is broken.
 */

/** Deeper nesting is no formula of an abstract; its braces are passed over. */
const MAX_DEPTH = 40;

/** A longer run between two dollar signs is no formula but a text with two prices. */
const MAX_FORMULA = 400;

/** Saved pages have often lost the backslash: `textbf{F}ine`. */
const LOST_BACKSLASH =
  /(?<![\\A-Za-z])(?=(?:textbf|textit|texttt|textsc|emph|mathcal|mathbf|mathbb|mathrm)\{)/g;

/** What of a text, and of a formula, is not as it is read. */
const SPECIAL = /[\\{}$^_~`]|''|--|https?:\/\//g;
const SPECIAL_MATH = /[\\{}$^_~`'-]|https?:\/\//g;
const URL = /https?:\/\/[^\s{}\\$]+/y;
const DISPLAY = /\$\$([^$]+)\$\$/y;
const INLINE = /\$(?!\s)((?:[^$\\]|\\.)*?(?:[^\s\\$]|\\\S))\$(?!\d)/sy;
/** What stands for references that are gone, with the space before it where none is needed. */
const LEFT_OVER = new RegExp(String.raw`\s*${GONE}+(?=[\s.,;:!?)\]]|$)|${GONE}`, "g");
const DASHES = /---?(?!>)/y;

/** A part of a text on its own, in a formula or not. */
function readPart(text: string, depth: number, math: boolean): string {
  if (depth >= MAX_DEPTH) return text.replace(/[{}$\\]/g, "");
  const part = (inner: string, asMath: boolean): string => readPart(inner, depth + 1, asMath);
  return readAll({ text, at: 0, math, part, ends: findGroups(text), quoted: false });
}

/** A superscript or a subscript; outside formulas only where a group, a sign or a number makes it one. */
function raised(reader: Reader): string {
  const mark = next(reader) === "^" ? "^" : "_";
  reader.at++;
  const char = next(reader);
  if (char === "{") {
    const body = rawGroup(reader);
    return body === undefined ? mark : script(mark, reader.part(body, true).trim());
  }
  if (mark === "_" && !reader.math) return mark;
  if (char === "\\" && reader.math) return script(mark, command(reader, "").trim());
  const lone = /^(?:\d|[\p{L}+](?![\p{L}\p{N}]))/u.exec(reader.text.slice(reader.at, reader.at + 3));
  const inMath = reader.math ? /^[\p{L}\p{N}+*′'-]/u.exec(char) : null;
  if (lone === null && inMath === null) return mark;
  reader.at++;
  return script(mark, char === "'" ? "′" : char);
}

/** A formula between dollar signs; two prices keep theirs. */
function dollar(reader: Reader): string {
  const { at } = reader;
  const formula = match(reader, DISPLAY) ?? match(reader, INLINE);
  if (formula !== undefined && (formula[1]?.length ?? 0) <= MAX_FORMULA)
    return reader.part(formula[1] ?? "", true);
  reader.at = at + 1;
  return "$";
}

/** A tilde ties two words, except where it says "about" or stands in a path. */
function tie(reader: Reader, before: string): string {
  reader.at++;
  const behind = next(reader);
  if (
    behind === "\\" &&
    DROPPED.test(/^\\([A-Za-z]+)/.exec(reader.text.slice(reader.at, reader.at + 20))?.[1] ?? "")
  )
    return "";
  return /[\p{L}\p{N}.,;:)\]”"’]$/u.test(before) && behind !== "" && !/\s/.test(behind) ? " " : "~";
}

/** Two and three hyphens; two before a word are an option of a program. */
function dashes(reader: Reader, before: string): string {
  const found = reader.math ? undefined : match(reader, DASHES)?.[0];
  if (found === "---") return "—";
  if (found !== undefined && !(/(?:^|\s)$/.test(before) && /[A-Za-z]/.test(next(reader)))) return "–";
  if (found === undefined) reader.at++;
  return found ?? "-";
}

function quotes(reader: Reader): string {
  const char = next(reader);
  const double = !reader.math && reader.text[reader.at + 1] === char;
  reader.at++;
  if (!double || (char === "'" && !reader.quoted)) return char === "'" && reader.math ? "′" : char;
  reader.at++;
  reader.quoted = char === "`";
  return char === "`" ? "“" : "”";
}

function readNext(reader: Reader, before: string): string {
  switch (next(reader)) {
    case "\\":
      return command(reader, before);
    case "{": {
      const body = rawGroup(reader);
      if (body !== undefined) return reader.part(body, reader.math);
      reader.at++;
      return "";
    }
    case "}":
      reader.at++;
      return "";
    case "$":
      return dollar(reader);
    case "^":
    case "_":
      return raised(reader);
    case "~":
      return tie(reader, before);
    case "-":
      return dashes(reader, before);
    case "`":
    case "'":
      return quotes(reader);
    default: {
      // An address has no LaTeX.
      const url = match(reader, URL)?.[0];
      return url ?? reader.text[reader.at++] ?? "";
    }
  }
}

/** What is read as it stands, up to the next special sign. */
function plainRun(reader: Reader): string {
  const { text, at, math } = reader;
  const special = math ? SPECIAL_MATH : SPECIAL;
  special.lastIndex = at;
  const end = special.exec(text)?.index ?? text.length;
  reader.at = end;
  return text.slice(at, end);
}

function readAll(reader: Reader): string {
  const pieces: string[] = [];
  let tail = "";
  while (reader.at < reader.text.length) {
    const piece = plainRun(reader) || readNext(reader, tail);
    pieces.push(piece);
    tail = (tail + piece).slice(-2);
  }
  return pieces.join("");
}

/** The text with its LaTeX made readable: `$O(n^2 \log n)$` -> `O(n² log n)`. Text without LaTeX comes back as it is. */
export function latexToText(text: string): string {
  if (!/[\\$^{}~]|``|--/.test(text)) return text;
  const read = readPart(text.replace(LOST_BACKSLASH, "\\"), 0, false);
  return read.replace(LEFT_OVER, "");
}
