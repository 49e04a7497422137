import { MAX_NESTING } from "../../corpus/merging/fields.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { textOfBytes } from "../files/encoding.ts";
import { MAX_LINE_BYTES } from "../files/lines.ts";

/** An object of a JSON file with its line, or what stood in the place of one. */
export type JsonRecord =
  | {
      readonly kind: "record";
      readonly value: unknown;
      readonly line: number;
      /** Whether bytes of it were not UTF-8, and were read as Windows-1252. */
      readonly misread?: true;
    }
  | { readonly kind: "damaged"; readonly line: number; readonly expected: string; readonly found: string };

/** Where the objects stand: in an array, in an array inside of an answer, or one after the other. */
export type JsonStyle = "array" | "answer" | "objects";

/** Under what names services put the papers of an answer: Crossref, OpenAlex, Semantic Scholar, DBLP, and others like these. */
export const HOLDER =
  /"(?:items|results|data|hit|papers|works|records|docs|entries|recommendedPapers|collection|notes|result)"\s{0,20}:\s{0,20}\[\s{0,100}(?=\{)/g;
const TOP_ARRAY = /\[/g;
/** No pattern of what is looked for is longer. */
const OVERLAP = 200;
const MAX_INDENT = 40;

const STRUCTURE = /["{}[\]]/g;
const IN_STRING = /["\\\n]/g;
const NEXT = /[^\s,]/g;
const JUNK_END = /[{\n]/g;

function find(pattern: RegExp, text: string, from: number): RegExpExecArray | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text) ?? undefined;
}

type Parsed =
  | Pick<Extract<JsonRecord, { kind: "record" }>, "value" | "misread">
  | { readonly expected: string; readonly found: string };

/** The first line of bytes, as a text of one character for each, as it is quoted. */
const firstLine = (bytes: string): string =>
  quoteLine(textOfBytes(Buffer.from(bytes.split("\n", 1)[0] ?? "", "latin1")).text.trim());

/** Bytes, as a text of one character for each, as JSON. */
function parse(bytes: string): Parsed {
  const { text, misread } = textOfBytes(Buffer.from(bytes, "latin1"));
  try {
    const value: unknown = JSON.parse(text);
    return misread === undefined ? { value } : { value, misread: true };
  } catch {
    return { expected: "one JSON object", found: firstLine(bytes) };
  }
}

/** The mark of UTF-8 at the beginning of a file, as bytes. */
const BOM = "\u00EF\u00BB\u00BF";

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

/** The first name of an object, in its quotes; undefined where it has none, or one of over 80 characters. */
const firstName = (text: string): string | undefined =>
  /^\{\s{0,40}("(?:[^"\\\n]|\\.){0,80}")\s{0,10}:/.exec(text.slice(0, 400))?.[1];

/**
 * Where behind its first character a damaged piece may have the next object: at a line that begins as the damaged one did, or
 * at a bracket behind which the same name stands first as in this one or in the first object of the file.
 */
function nextObject(piece: string, { indent, name }: Pick<Scan, "indent" | "name">): number | undefined {
  const names = [firstName(piece), name].flatMap((one) => (one === undefined ? [] : [escapePattern(one)]));
  const named = names.length === 0 ? "" : String.raw`|\{(?=\s{0,40}(?:${names.join("|")})\s{0,10}:)`;
  const found = find(new RegExp(String.raw`\n[ \t]{0,${indent}}\{${named}`, "g"), piece, 1);
  return found === undefined ? undefined : found.index + found[0].length - 1;
}

/** How far into an object its end was looked for. */
interface Course {
  at: number;
  depth: number;
  inString: boolean;
}

type Advance = "end" | "more" | "deep";

/** Looks for the end of an object; a string ends with its line at the latest, for none has a line's end in it. */
function advance(text: string, course: Course, deepest: number): Advance {
  for (;;) {
    const found = find(course.inString ? IN_STRING : STRUCTURE, text, course.at);
    if (found === undefined) {
      course.at = text.length;
      return "more";
    }
    const { 0: char, index } = found;
    if (char === "\\" && index + 1 >= text.length) {
      course.at = index;
      return "more";
    }
    course.at = index + (char === "\\" ? 2 : 1);
    if (char === '"' || char === "\n") course.inString = !course.inString && char === '"';
    else if (char === "{" || char === "[") {
      if (++course.depth > deepest) return "deep";
    } else if (char === "}" || char === "]") {
      if (--course.depth === 0) return "end";
    }
  }
}

/** Takes the objects out of pieces of a JSON file as they come. */
export interface JsonScanner {
  readonly push: (piece: Buffer) => Generator<JsonRecord>;
  readonly end: () => Generator<JsonRecord>;
}

interface Scan {
  state: "seek" | "between" | "object" | "skip";
  /** What is not used up: bytes, one character each. */
  text: string;
  line: number;
  indent: number;
  /** The first name of the first object, in its quotes. */
  name?: string | undefined;
  course: Course;
}

/** Uses up the first characters, and counts their lines. */
function consume(scan: Scan, count: number): void {
  const used = scan.text.slice(0, count);
  for (let at = used.indexOf("\n"); at >= 0; at = used.indexOf("\n", at + 1)) scan.line++;
  const blank = /(?:^|\n)([ \t]*)$/.exec(used.slice(-MAX_INDENT - 1))?.[1];
  if (blank !== undefined) scan.indent = Math.min(MAX_INDENT, blank.length);
  scan.text = scan.text.slice(count);
  scan.course = { at: 1, depth: 1, inString: false };
}

/** A holder, or an object that begins as the others do: a bracket that was lost or added must not hide them. */
const holderOrObject = (name: string | undefined): RegExp =>
  name === undefined
    ? HOLDER
    : new RegExp(String.raw`${HOLDER.source}|(?=\{\s{0,40}${escapePattern(name)}\s{0,10}:)`, "g");

/** What one state of a scan gives; true where more bytes are needed. */
type Step = Generator<JsonRecord, boolean>;

function seek(scan: Scan, style: JsonStyle, final: boolean): boolean {
  const found = find(style === "array" ? TOP_ARRAY : holderOrObject(scan.name), scan.text, 0);
  if (found === undefined) {
    if (!final) consume(scan, Math.max(0, scan.text.length - OVERLAP));
    return true;
  }
  consume(scan, found.index + found[0].length);
  scan.state = "between";
  return false;
}

/** Told with its line, and passed over. */
function* passOver(scan: Scan, final: boolean): Step {
  const end = find(JUNK_END, scan.text, 1);
  if (end === undefined && !final && scan.text.length <= MAX_LINE_BYTES) return true;
  const junk = scan.text.slice(0, end?.index ?? scan.text.length);
  // A bracket too many is of the object before, which was told.
  if (!/^[\s}\]]*$/.test(junk))
    yield { kind: "damaged", line: scan.line, expected: "a JSON object", found: firstLine(junk) };
  consume(scan, junk.length);
  return false;
}

function* between(scan: Scan, style: JsonStyle, final: boolean): Step {
  const next = find(NEXT, scan.text, 0);
  consume(scan, next?.index ?? scan.text.length);
  if (next === undefined) return true;
  if (next[0] === "{") {
    scan.state = "object";
    return false;
  }
  if (next[0] !== "]" && next[0] !== "[") return yield* passOver(scan, final);
  const behind = find(NEXT, scan.text, 1);
  if (behind === undefined && !final) return true;
  consume(scan, 1);
  // Nothing else than papers stands in a file of an array; and a bracket may be too many, where objects go on behind it.
  if (style === "answer" && next[0] === "]" && behind?.[0] !== "{") scan.state = "seek";
  return false;
}

/** Tells what is wrong with an object, and goes on with the next that is inside of what was taken for it. */
function* recover(scan: Scan, ended: boolean, wrong: { expected: string; found: string }): Step {
  yield { kind: "damaged", line: scan.line, ...wrong };
  const { at, depth, inString } = scan.course;
  const next = nextObject(scan.text.slice(0, at), scan);
  consume(scan, next ?? at);
  scan.state = next !== undefined || ended ? "between" : "skip";
  if (scan.state === "skip") scan.course = { at: 0, depth, inString };
  return false;
}

function* object(scan: Scan, final: boolean): Step {
  const state = advance(scan.text, scan.course, MAX_NESTING);
  const found = (): string => firstLine(scan.text.slice(0, 200));
  if (state === "deep")
    return yield* recover(scan, false, {
      expected: `an object nested at most ${MAX_NESTING} deep`,
      found: found(),
    });
  if (state === "end") {
    const parsed = parse(scan.text.slice(0, scan.course.at));
    if (!("value" in parsed)) return yield* recover(scan, true, parsed);
    scan.name ??= firstName(scan.text);
    yield { kind: "record", ...parsed, line: scan.line };
    consume(scan, scan.course.at);
    scan.state = "between";
    return false;
  }
  if (final) return yield* recover(scan, true, { expected: "one JSON object to its end", found: found() });
  if (scan.text.length <= MAX_LINE_BYTES) return true;
  return yield* recover(scan, false, {
    expected: `an object of at most ${MAX_LINE_BYTES} bytes`,
    found: found(),
  });
}

/** Passes over the rest of an object that cannot be read, up to its end or the next one. */
function skip(scan: Scan): boolean {
  const state = advance(scan.text, scan.course, Number.POSITIVE_INFINITY);
  const { at, depth, inString } = scan.course;
  const next = nextObject(scan.text.slice(0, at), scan);
  consume(scan, next ?? at);
  scan.course = { at: 0, depth, inString };
  if (next === undefined && state === "more") return true;
  scan.state = "between";
  scan.course = { at: 1, depth: 1, inString: false };
  return false;
}

/**
 * The objects of a JSON file, one by one. Holds one object of at most 4 MB and one piece. An object that is damaged is told
 * with its line, and reading goes on with the next.
 */
export function createJsonScanner(style: JsonStyle): JsonScanner {
  const scan: Scan = {
    state: style === "objects" ? "between" : "seek",
    text: "",
    line: 1,
    indent: 0,
    course: { at: 1, depth: 1, inString: false },
  };
  let isNew = true;
  function* run(final: boolean): Generator<JsonRecord> {
    for (let done = scan.text === ""; !done; done ||= scan.text === "") {
      switch (scan.state) {
        case "seek":
          done = seek(scan, style, final);
          break;
        case "between":
          done = yield* between(scan, style, final);
          break;
        case "object":
          done = yield* object(scan, final);
          break;
        case "skip":
          done = skip(scan);
          break;
      }
    }
  }
  return {
    *push(piece) {
      scan.text += piece.toString("latin1");
      // Told apart from junk by its place alone.
      if (isNew && scan.text.length >= BOM.length) {
        if (scan.text.startsWith(BOM)) scan.text = scan.text.slice(BOM.length);
        isNew = false;
      }
      yield* run(false);
    },
    end: () => run(true),
  };
}
