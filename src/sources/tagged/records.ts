import { quoteLine } from "../../corpus/problem.ts";
import { MISREAD } from "../files/encoding.ts";
import type { FileLine } from "../files/lines.ts";
import { MAX_LINE_BYTES } from "../files/lines.ts";

/** A field of a record with its line. */
interface TaggedField {
  readonly tag: string;
  readonly text: string;
  readonly line: number;
}

/** Something in a record that is not as it should be; the rest of the record is there. */
export interface Damage {
  readonly line: number;
  readonly expected: string;
  readonly found: string;
  /** That no record is lost by it, for all that is known. */
  readonly kept?: true;
}

/** A reference as lines of tags and texts. */
export interface TaggedRecord {
  /** Of its first field, from 1. */
  readonly line: number;
  readonly fields: readonly TaggedField[];
  readonly damage: readonly Damage[];
}

/** How a format of tags is written. */
export interface Dialect {
  /** A field's tag and text; undefined for a line that is none. */
  readonly field: (line: string) => readonly [tag: string, text: string] | undefined;
  /** Whether a line without a tag goes on with the field before. */
  readonly goesOn: (line: string) => boolean;
  /** The tag that a record begins with; absent where records are parted by `parts`. */
  readonly begin?: string;
  /** The tag that ends a record. */
  readonly end?: string;
  /** Whether a line, such as a blank one, parts two records. */
  readonly parts: (line: string) => boolean;
  /** What stands between the lines of a text. Default a space. */
  readonly joint?: string;
  /**
   * After how many characters (UTF-16) of a text some programs begin a new line, in the middle of a word: where all lines
   * of a text but the last are that long, nothing stands between them.
   */
  readonly cutAfter?: number;
  /** Lines between two records that say nothing. */
  readonly numbers?: RegExp;
  /** Tags of the file as a whole. */
  readonly passes?: ReadonlySet<string>;
  /** A field that is the last of every record, save of those that have another; a file without it says nothing. */
  readonly usualEnd?: { readonly tag: string; readonly unless: string };
  /** Where a record begins in the middle of a line: what stands before it lost its end, such as that of a file to which another was added. */
  readonly begins?: RegExp;
}

/** No reference has more fields, or a longer text, than these; what does is no reference. */
const MAX_FIELDS = 20_000;
const MAX_TEXT = 1_000_000;

interface Growing {
  readonly line: number;
  /** With their lines apart: putting them together each time would take the square of their number. */
  readonly fields: { tag: string; texts: string[]; line: number }[];
  readonly damage: Damage[];
  size: number;
  full: boolean;
}

const tooLong = ({ number, bytes }: Extract<FileLine, { kind: "too-long" }>): Damage => ({
  line: number,
  expected: `a line of at most ${MAX_LINE_BYTES} bytes`,
  found: `one of ${bytes}`,
});

/** Text between two records: the rest of one of which the tags are lost, or words of the program that wrote the file. */
const strayText = (line: number, text: string): TaggedRecord => ({
  line,
  fields: [],
  damage: [{ line, expected: "nothing between two records", found: quoteLine(text.trim()), kept: true }],
});

/** The end of a record of which nothing else is there. */
const headless = (line: number, end: string): TaggedRecord => ({
  line,
  fields: [],
  damage: [{ line, expected: "a record", found: `its end, “${end}”, alone` }],
});

interface Parts {
  readonly dialect: Dialect;
  readonly assembly: Assembly;
}

/** Records under construction, one at a time; each step gives those that it ends. */
interface Assembly {
  readonly field: (tag: string, text: string, line: number) => TaggedRecord[];
  /** More of the field before. */
  readonly more: (text: string, line: number) => TaggedRecord[];
  /** A line that is neither a field nor more of one. */
  readonly stray: (text: string, line: number) => TaggedRecord[];
  readonly damage: (damage: Damage) => void;
  /** A line whose bytes are not UTF-8; of a record the first is told. */
  readonly misread: (line: number) => void;
  readonly end: () => TaggedRecord[];
}

/** Adds a field to a record, or says that it has too much. */
function grow(record: Growing, field: TaggedField): void {
  record.size += field.text.length;
  if (record.size <= MAX_TEXT && record.fields.length < MAX_FIELDS)
    record.fields.push({ tag: field.tag, texts: [field.text], line: field.line });
  else if (!record.full) {
    record.full = true;
    record.damage.push({
      line: field.line,
      expected: `a record of at most ${MAX_TEXT} characters in ${MAX_FIELDS} fields`,
      found: "more, which is left out",
    });
  }
}

/** The text of lines that belong together. */
function joined(texts: readonly string[], { joint = " ", cutAfter }: Dialect): string {
  const isCut = texts.length > 1 && texts.slice(0, -1).every(({ length }) => length === cutAfter);
  return (isCut ? texts.join("") : texts.map((text) => text.trim()).join(joint)).trim();
}

function createAssembly(dialect: Dialect): Assembly {
  const { begin, end: last, numbers } = dialect;
  let record: Growing | undefined;
  /** Whether a record ended just before. */
  let isBehind = false;
  const open = (line: number): Growing => (record ??= { line, fields: [], damage: [], size: 0, full: false });
  const take = (isEnded: boolean): TaggedRecord[] => {
    const done = record;
    record = undefined;
    if (done === undefined) return [];
    isBehind = true;
    if (last !== undefined && !isEnded && done.fields.length > 0)
      done.damage.push({
        line: done.line,
        expected: `a record that ends with “${last}”`,
        found: "its end without it",
      });
    const fields = done.fields.map(({ tag, texts, line }) => ({ tag, text: joined(texts, dialect), line }));
    return [{ line: done.line, fields, damage: done.damage }];
  };
  const stray = (text: string, line: number): TaggedRecord[] => {
    record?.damage.push({ line, expected: "a line with a tag", found: quoteLine(text.trim()) });
    // Of several lines between two records the first is told; before the first record programs say their names.
    const isTold = record === undefined && isBehind && numbers?.test(text) !== true;
    if (isTold) isBehind = false;
    return isTold ? [strayText(line, text)] : [];
  };
  return {
    field(tag, text, line) {
      if (tag === last) return record === undefined ? [headless(line, last)] : take(true);
      const before = tag === begin ? take(false) : [];
      if (tag !== begin && begin !== undefined && record === undefined)
        open(line).damage.push({
          line,
          expected: `a record that begins with “${begin}”`,
          found: quoteLine(`${tag} ${text}`),
        });
      grow(open(line), { tag, text, line });
      return before;
    },
    more(text, line) {
      const field = record?.fields.at(-1);
      if (record === undefined || field === undefined) return stray(text, line);
      if (record.size + text.length > MAX_TEXT) return [];
      record.size += text.length;
      field.texts.push(text);
      return [];
    },
    stray,
    damage: (damage) => void open(damage.line).damage.push(damage),
    misread(line) {
      if (record?.damage.some(({ expected }) => expected === MISREAD.expected) === false)
        record.damage.push({ line, ...MISREAD });
    },
    end: () => take(false),
  };
}

/** What a line of text adds to the records. */
function* takeLine(text: string, number: number, { dialect, assembly }: Parts): Generator<TaggedRecord> {
  const [tag, said = ""] = dialect.field(text) ?? [];
  if (tag !== undefined)
    yield* dialect.passes?.has(tag) === true ? assembly.end() : assembly.field(tag, said, number);
  else if (dialect.parts(text)) yield* assembly.end();
  else if (dialect.goesOn(text)) yield* assembly.more(text, number);
  else if (text.trim() !== "") yield* assembly.stray(text, number);
}

/** Takes a stream of lines apart into records; holds one record at a time. */
export async function* readTagged(
  lines: AsyncIterable<FileLine>,
  dialect: Dialect,
): AsyncGenerator<TaggedRecord> {
  const assembly = createAssembly(dialect);
  for await (const line of lines) {
    if (line.kind === "too-long") {
      assembly.damage(tooLong(line));
      continue;
    }
    const { text, number } = line;
    const at = dialect.begins?.exec(text)?.index ?? 0;
    if (at > 0) yield* takeLine(text.slice(0, at), number, { dialect, assembly });
    yield* takeLine(text.slice(at), number, { dialect, assembly });
    if (line.misread === true) assembly.misread(number);
  }
  yield* assembly.end();
}
