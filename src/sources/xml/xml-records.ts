import { Parser } from "htmlparser2";
import type { Problem } from "../../corpus/problem.ts";
import type { XmlNode } from "./xml-tree.ts";
import { createTreeBuilder, MAX_LETTERS } from "./xml-tree.ts";

/** What a file of records gives, in its order. */
export type XmlItem =
  /** An element around records begins. */
  | { readonly kind: "open"; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: "record"; readonly node: XmlNode; readonly line: number }
  | { readonly kind: "problem"; readonly problem: Problem };

/** What is looked for in a file. */
export interface XmlForm {
  /** The outermost element. */
  readonly root: string;
  /** Elements around records that are told of, the root among them. */
  readonly around: ReadonlySet<string>;
  readonly records: ReadonlySet<string>;
  /** What a file of this form is called, in problems. */
  readonly name: string;
}

/** Records nest some ten deep; the parser's time grows with the square of the depth. */
const MAX_DEPTH = 200;
/** Letters between two tags: more are a tag or a comment that never ends, which the parser would keep. */
const MAX_SILENCE = 4 * 1024 * 1024;
/** Letters that are given to the parser at once. */
const PIECE = 16 * 1024;
const HEAD = 512;

type Decoder = InstanceType<typeof TextDecoder>;

/** The decoder for a file by what it declares in its first bytes, by default UTF-8; undefined for an unknown encoding. */
function decoderOf(head: Uint8Array): Decoder | undefined {
  const text = Buffer.from(head.subarray(0, HEAD)).toString("latin1");
  const declared = /^(?:\xEF\xBB\xBF)?\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(text)?.[1];
  try {
    // A declaration that can be read here is not in UTF-16, whatever it says.
    const encoding = declared === undefined || /^utf-?16/i.test(declared) ? "utf-8" : declared;
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    return undefined;
  }
}

/** The text of bytes, piece by piece; a problem where the bytes are not of the encoding that is declared. */
async function* decoded(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  refuse: (expected: string, found: string) => XmlItem,
): AsyncGenerator<string | XmlItem> {
  let decoder: Decoder | undefined;
  try {
    for await (const chunk of chunks) {
      decoder ??= decoderOf(chunk);
      if (decoder === undefined) return yield refuse("text in UTF-8", "an unknown encoding");
      const text = decoder.decode(chunk, { stream: true });
      for (let from = 0; from < text.length; from += PIECE) yield text.slice(from, from + PIECE);
    }
    yield decoder?.decode() ?? "";
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const encoding = decoder?.encoding.toUpperCase() ?? "UTF-8";
    yield refuse(`text in ${encoding} to its end`, `bytes that are not ${encoding}`);
  }
}

const linesIn = (text: string): number => text.split("\n").length - 1;

interface Found {
  readonly items: XmlItem[];
  readonly tell: (expected: string, found: string, line: number) => void;
}

/** Where in the file the parser is. */
interface Place {
  line: number;
  /** Letters that were read before the piece under way, and at the last element. */
  consumed: number;
  lastEvent: number;
  piece: string;
}

/** What ends the reading before the file does. */
interface Limits {
  depth: number;
  root?: string;
  stop?: string;
}

/** The parser of records, which puts what it finds among the items. */
function createParser(form: XmlForm, { items, tell }: Found, at: Place, limits: Limits): Parser {
  const builder = createTreeBuilder();
  let startLine = 1;
  const parser: Parser = new Parser(
    {
      onopentag(name, attributes) {
        at.lastEvent = at.consumed;
        limits.root ??= name;
        if (limits.root !== form.root) limits.stop = `<${limits.root}>`;
        if (++limits.depth > MAX_DEPTH) limits.stop = `elements in each other more than ${MAX_DEPTH} deep`;
        const isOutside = !builder.isBuilding();
        if (isOutside && form.around.has(name)) items.push({ kind: "open", name, attributes });
        if (isOutside && !form.records.has(name)) return;
        if (isOutside)
          startLine = at.line + linesIn(at.piece.slice(0, Math.max(0, parser.startIndex - at.consumed)));
        builder.open(name, attributes);
      },
      ontext(text) {
        at.lastEvent = at.consumed;
        builder.text(text);
      },
      onclosetag(name, implied) {
        at.lastEvent = at.consumed;
        limits.depth--;
        const built = builder.close();
        if (built === undefined) return;
        const { node, letters } = built;
        if (letters > MAX_LETTERS)
          tell(`a record of at most ${MAX_LETTERS} letters`, `one of ${letters}`, startLine);
        else if (implied) tell("a record to its end", `<${name}> that is cut off`, startLine);
        else items.push({ kind: "record", node, line: startLine });
      },
      oncomment: () => void (at.lastEvent = at.consumed),
      onprocessinginstruction: () => void (at.lastEvent = at.consumed),
    },
    { xmlMode: true },
  );
  return parser;
}

/** Takes the text piece by piece and gives what was found in it. */
function createRecordReader(form: XmlForm, file: string) {
  const items: XmlItem[] = [];
  const at: Place = { line: 1, consumed: 0, lastEvent: 0, piece: "" };
  const limits: Limits = { depth: 0 };
  const tell = (expected: string, found: string, line: number): void =>
    void items.push({ kind: "problem", problem: { file, line, expected, found } });
  const parser = createParser(form, { items, tell }, at, limits);
  return {
    /** `goesOn` is false where no more is to be read. */
    take(text: string): { readonly found: readonly XmlItem[]; readonly goesOn: boolean } {
      at.piece = text;
      parser.write(text);
      at.consumed += text.length;
      at.line += linesIn(text);
      if (at.consumed - at.lastEvent > MAX_SILENCE)
        limits.stop ??= `more than ${MAX_SILENCE} letters without an element`;
      if (limits.stop !== undefined) tell(form.name, limits.stop, at.line);
      return { found: items.splice(0), goesOn: limits.stop === undefined };
    },
    end(): readonly XmlItem[] {
      const isWhole = limits.depth === 0;
      parser.end();
      if (limits.root === undefined) tell(form.name, "none", 1);
      else if (!isWhole) tell(`<${form.root}> to its end`, "a file that is cut off", at.line);
      return items.splice(0);
    },
  };
}

/**
 * The records of an XML file of any length, one by one, in memory that stays flat. Of entities the parser knows the five
 * of XML and numbers; a document type is passed over, so that nothing outside the file is read and no entity grows. Never
 * throws but for what reading the bytes throws.
 */
export async function* readXmlRecords(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  form: XmlForm,
  file: string,
): AsyncGenerator<XmlItem> {
  const reader = createRecordReader(form, file);
  const refuse = (expected: string, found: string): XmlItem => ({
    kind: "problem",
    problem: { file, expected, found },
  });
  for await (const text of decoded(chunks, refuse)) {
    if (typeof text !== "string") {
      yield text;
      return;
    }
    const { found, goesOn } = reader.take(text);
    yield* found;
    if (!goesOn) return;
  }
  yield* reader.end();
}
