import type { Abbreviations } from "./abbreviations.ts";
import { createAbbreviations } from "./abbreviations.ts";
import { quoteLine } from "../../../corpus/problem.ts";
import { isEntryStart } from "./entry-start.ts";
import type { Lines } from "./lines.ts";
import { createLines } from "./lines.ts";
import type { BibEntry } from "./bib-entry.ts";
import { COMMA, plainNameEnd } from "./plain-field.ts";
import { readAllFields } from "./structure.ts";
import { delimitedEnd } from "./values.ts";

/** A decoded part of a file, and the line of its first letter. */
interface TextBlock {
  readonly text: string;
  readonly line: number;
}

/** What stands in a file besides its entries. */
interface Besides {
  /** Definitions, comments and preambles. */
  commands: number;
  /** The first line that is none of these, of a file that has no entry yet. */
  text: string | undefined;
}

/** An entry whose bracket was opened. */
interface Opened {
  readonly text: string;
  readonly kind: string;
  readonly line: number;
  /** At its beginning. */
  readonly lines: Lines;
  /** Behind its bracket. */
  readonly from: number;
  readonly bracket: string;
}

/** Takes the blocks of one file apart, in their order. */
interface EntryReader {
  /** The entries of a block; of the type `string` only definitions that are damaged, and without a type what is left of an entry that lost its beginning. */
  readonly read: (block: TextBlock) => BibEntry[];
  readonly besides: Readonly<Besides>;
}

const START = /@[ \t]*([A-Za-z][\w-]*)\s*([{(])/y;
/** Lines between two entries that look like fields: those of an entry that lost its beginning. */
const LOST = /^[ \t]{0,40}[{(]?[ \t]{0,9}[A-Za-z][\w-]{0,40}[ \t]{0,20}=\s{0,9}["{]/m;

/** What stands before the first comma; a key with spaces is one too. */
const KEY =
  /\s*([^,={}"\n]*?)\s*(?:,|(?=[})]))|\s*([^\s,={}"]+)(?:[ \t]*(?=\n\s*[A-Za-z][\w-]*\s*=)|[ \t]+(?=[A-Za-z][\w-]*\s*=\s*["{\d]))/y;
/** Entries of one block that have no end: after so many nobody looks for the ends of the others. */
const HOPELESS = 20;

/** Whether this stands on a line that is commented out. */
function isCommentedOut(text: string, at: number): boolean {
  return /\n[ \t]*%[^\n]*$/.test(`\n${text.slice(Math.max(0, at - 100), at)}`);
}

/** The next entry at or behind `from`: the first of a block begins it, others must look like entries. */
function nextStart(text: string, from: number): number {
  for (let at = text.indexOf("@", from); at >= 0; at = text.indexOf("@", at + 1))
    if (isEntryStart(text.slice(at, at + 256)) && (at === 0 || !isCommentedOut(text, at))) return at;
  return -1;
}

/** Behind a comment or a preamble, which may hold anything; behind its bracket where it has no end. */
function skipGroup(text: string, at: number): number {
  const end = delimitedEnd(text, at, { limit: text.length, escapes: false });
  return end < 0 ? at + 1 : end + 1;
}

function readKey(text: string, from: number): { key: string; end: number } {
  const comma = plainNameEnd(text, from);
  if (comma > from && text.charCodeAt(comma) === COMMA)
    return { key: text.slice(from, comma), end: comma + 1 };
  KEY.lastIndex = from;
  const match = KEY.exec(text);
  return match === null
    ? { key: "", end: from }
    : { key: (match[1] ?? match[2] ?? "").trim(), end: from + match[0].length };
}

/** What is left between two entries of one that lost its beginning. */
function lostBetween(text: string, [from, to]: readonly [number, number], lines: Lines): BibEntry[] {
  // Most entries stand right behind each other.
  const found = to - from < 8 ? null : LOST.exec(text.slice(from, to));
  if (found === null) return [];
  const line = lines.at(from + found.index);
  const damage = { line, expected: "an entry around the field", found: quoteLine(found[0].trim()) };
  return [{ type: "", key: "", line, fields: new Map(), damages: [damage] }];
}

/** Reads the entries of a file block by block; abbreviations are replaced, comments and preambles passed over. */
export function createEntryReader(abbreviations: Abbreviations = createAbbreviations()): EntryReader {
  const besides: Besides = { commands: 0, text: undefined };
  const noteText = (text: string): void => {
    besides.text ??= text.split("\n").find((line) => /^\s*[^\s%]/.test(line));
  };
  const readOne = (
    block: Opened,
    hopeless: boolean,
  ): BibEntry & { readonly end: number; broken: boolean } => {
    const { text, kind, line, lines, from, bracket } = block;
    const { key, end } = kind === "string" ? { key: "", end: from } : readKey(text, from);
    const place = { text, from: end, bracket: bracket === "(" ? ")" : "}", lines } as const;
    return { type: kind, key, line, ...readAllFields(place, abbreviations, hopeless) };
  };
  const read = ({ text, line }: TextBlock): BibEntry[] => {
    const entries: BibEntry[] = [];
    const lines = createLines(text, line);
    let broken = 0;
    let at = nextStart(text, 0);
    if (at !== 0) noteText(text.slice(0, at < 0 ? 4096 : at));
    while (at >= 0) {
      START.lastIndex = at;
      const [all = "@", type = "", bracket = "{"] = START.exec(text) ?? [];
      const kind = type.toLowerCase();
      const start = lines.at(at);
      const from = at + all.length;
      if (kind === "comment" || kind === "preamble") {
        besides.commands++;
        at = nextStart(text, skipGroup(text, from - 1));
        continue;
      }
      const entry = readOne({ text, kind, line: start, lines, from, bracket }, broken > HOPELESS);
      if (entry.broken) broken++;
      if (kind === "string") {
        besides.commands++;
        for (const [name, { value }] of entry.fields) abbreviations.define(name, value);
      }
      if (kind !== "string" || entry.damages.length > 0) entries.push(entry);
      at = nextStart(text, entry.end);
      entries.push(...lostBetween(text, [entry.end, at < 0 ? text.length : at], lines.fork()));
    }
    return entries;
  };
  return { read, besides };
}
