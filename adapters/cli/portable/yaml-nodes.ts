import type { Node, ParsedNode } from "yaml";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { quoteLine } from "../../../src/corpus/problem.ts";
import { UserError } from "../../../src/user-error.ts";

/** No file of settings is as large, in characters. */
const LARGEST = 1_000_000;

/** A value of a file and where it stands. */
export interface Found {
  readonly node: Node;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** What is wrong, and where. */
interface FoundProblem extends Pick<Found, "line" | "column"> {
  readonly words: string;
}

/** A file that is read: what is wrong with it is noted with its place, so that all is told at once. */
export interface Reading {
  readonly problems: FoundProblem[];
  readonly note: (found: Found, what: string) => undefined;
  readonly found: (node: Node) => Found;
}

/** A value as it stands in the file, in one line. */
export const saidOf = ({ node }: Found): string => {
  if (isScalar(node)) {
    const text = typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
    return text === "" ? "an empty text" : quoteLine(text);
  }
  return isMap(node) ? "keys with values" : isSeq(node) ? "a list" : "a reference (*name)";
};

/** The library goes down into what is nested, and its stack ends. */
function parseWhole(file: string, text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false });
  } catch (error) {
    const said = error instanceof RangeError ? "it is nested too deep" : String(error);
    throw new UserError(`${file}: this is no YAML: ${said}.`);
  }
}

/** Opens YAML. Throws a UserError with line and column where it is none. */
export function openYaml(
  file: string,
  text: string,
): { readonly root: Found | undefined; readonly reading: Reading } {
  if (text.length > LARGEST)
    throw new UserError(`${file} has ${text.length} characters; a file of settings has at most ${LARGEST}.`);
  const lines = new LineCounter();
  const document = parseWhole(file, text, lines);
  const found = (node: Node, offset = (node as ParsedNode).range?.[0] ?? 0): Found => {
    const { line, col: column } = lines.linePos(offset);
    return { node, line, column };
  };
  const [wrong] = document.errors;
  if (wrong !== undefined) {
    const { line, col } = lines.linePos(wrong.pos[0]);
    throw new UserError(`${file}, line ${line}, column ${col}: this is no YAML: ${wrong.message}.`);
  }
  const problems: FoundProblem[] = [];
  const reading: Reading = {
    problems,
    found: (node) => found(node),
    note({ line, column }, what) {
      problems.push({ line, column, words: `${file}, line ${line}, column ${column}: ${what}` });
      return undefined;
    },
  };
  const { contents } = document;
  return { root: contents === null ? undefined : found(contents), reading };
}

/** The values of keys; notes keys that are not known. Undefined, and noted, where it is something else. */
export function keysOf(
  found: Found,
  known: readonly string[],
  { note, found: foundOf }: Reading,
): ReadonlyMap<string, Found> | undefined {
  const { node } = found;
  if (!isMap<Node, Node | null>(node))
    return note(found, `here stands ${saidOf(found)}, where keys are wanted: ${known.join(", ")}.`);
  const values = new Map<string, Found>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : "";
    if (!known.includes(name))
      note(foundOf(key), `${quoteLine(name)} is no key here. The keys are ${known.join(", ")}.`);
    // A key without a value is one that is left out.
    else if (value !== null && !(isScalar(value) && value.value === null)) values.set(name, foundOf(value));
  }
  return values;
}

/** The items of a list. Undefined, and noted, where it is something else. */
export function itemsOf(found: Found, { note, found: foundOf }: Reading): readonly Found[] | undefined {
  const { node } = found;
  if (!isSeq<Node>(node))
    return note(found, `here stands ${saidOf(found)}, where a list is wanted: lines that begin with “- ”.`);
  return node.items.map(foundOf);
}

/** A text or a number as it is written. Undefined, and noted, where it is something else. */
export function textOf(found: Found, { note }: Reading): string | undefined {
  const { node } = found;
  if (isScalar(node) && typeof node.value === "string") return node.value;
  if (isScalar(node) && typeof node.value === "number") return node.source ?? String(node.value);
  return note(found, `here stands ${saidOf(found)}, where a text is wanted.`);
}

/** A value as a function reads it, whose UserErrors are noted. */
export function readWith<T>(found: Found, reading: Reading, read: (text: string) => T): T | undefined {
  const text = textOf(found, reading);
  if (text === undefined) return undefined;
  try {
    return read(text);
  } catch (error) {
    if (error instanceof UserError) return reading.note(found, error.message);
    throw error;
  }
}
