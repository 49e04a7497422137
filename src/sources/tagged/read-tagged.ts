import type { Problem } from "../../corpus/problem.ts";
import type { Citation } from "../citation/citation.ts";
import { listingOf } from "../citation/citation.ts";
import type { FileItem } from "../files/file-item.ts";
import { readLines } from "../files/lines.ts";
import type { Damage, Dialect, TaggedRecord } from "./records.ts";
import { readTagged } from "./records.ts";

/** A format of lines with tags: how it is written, and what its tags mean. */
export interface TaggedFormat {
  readonly dialect: Dialect;
  /** The reference that a record is, with what in it could not be read and the tags that have no meaning here. */
  readonly read: (record: Texts) => TaggedCitation;
}

/** What a record's tags come to. */
interface TaggedCitation {
  readonly citation: Citation;
  readonly damage?: readonly Damage[];
  /** Tags that are read, or are known to say nothing of the paper; all others are told. */
  readonly known: ReadonlySet<string>;
}

/** A record's texts by their tags; empty ones are left out. */
export interface Texts {
  readonly record: TaggedRecord;
  /** All texts under the tags, in the order of the tags. */
  readonly all: (...tags: readonly string[]) => readonly string[];
  /** The first of them. */
  readonly first: (...tags: readonly string[]) => string | undefined;
  readonly lineOf: (tag: string) => number;
}

function textsOf(record: TaggedRecord): Texts {
  const all = (...tags: readonly string[]): readonly string[] =>
    tags.flatMap((tag) =>
      record.fields.flatMap((field) => (field.tag === tag && field.text !== "" ? [field.text] : [])),
    );
  return {
    record,
    all,
    first: (...tags) => all(...tags)[0],
    lineOf: (tag) => record.fields.find((field) => field.tag === tag)?.line ?? record.line,
  };
}

function readRecord(record: TaggedRecord, file: string, format: TaggedFormat): FileItem[] {
  const { citation, damage = [], known } = format.read(textsOf(record));
  const { line } = record;
  const read = listingOf(citation, { file, line });
  const told = [...record.damage, ...damage].map((one): Problem => ({ file, ...one }));
  if (!("listing" in read)) {
    // What was wrong with it says more than that it has no title.
    const problems = told.length === 0 ? [read] : told;
    return problems.map((problem) => ({ kind: "problem", problem }));
  }
  const unknown = new Set(
    record.fields.flatMap(({ tag, text }) => (known.has(tag) || text === "" ? [] : [tag])),
  );
  const problems = [...told.map((one): Problem => ({ ...one, kept: true })), ...read.problems];
  return [{ kind: "paper", listing: read.listing, line, problems, unknown: [...unknown] }];
}

/** So many records are remembered until it is known whether the file's records have a usual end. */
const MAX_EARLY = 1000;

/** Finds the records that lack the field with which all others of their file end; gives their lines. */
function createEndWatch({ usualEnd }: Dialect): (record: TaggedRecord) => readonly number[] {
  let early: number[] = [];
  let isUsual = false;
  return ({ fields, line }) => {
    if (usualEnd === undefined || fields.some(({ tag }) => tag === usualEnd.unless)) return [];
    if (fields.some(({ tag }) => tag === usualEnd.tag)) {
      isUsual = true;
      const lines = early;
      early = [];
      return lines;
    }
    if (isUsual) return [line];
    if (early.length < MAX_EARLY) early.push(line);
    return [];
  };
}

/**
 * Reads references in a format of tagged lines out of a stream of bytes, one at a time. A record that is damaged is kept
 * where it has a title, and told with its line in any case.
 */
export async function* readTaggedFile(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  format: TaggedFormat,
): AsyncGenerator<FileItem> {
  const unended = createEndWatch(format.dialect);
  for await (const record of readTagged(readLines(chunks), format.dialect)) {
    yield* readRecord(record, file, format);
    for (const line of unended(record)) {
      const expected = `a record that ends with “${format.dialect.usualEnd?.tag ?? ""}”`;
      yield { kind: "problem", problem: { file, line, expected, found: "its end without it", kept: true } };
    }
  }
}

/** Two titles that differ are of two papers: what parted them is lost. */
export function titleDamage({ record }: Texts, tags: readonly string[]): Damage[] {
  for (const tag of tags) {
    const titles = record.fields.filter((field) => field.tag === tag && field.text !== "");
    const [first] = titles;
    const other = titles.find(({ text }) => text !== first?.text);
    if (other !== undefined)
      return [
        {
          line: other.line,
          expected: "one title in a record",
          found: `another, “${other.text.slice(0, 200)}”`,
        },
      ];
  }
  return [];
}
