import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { FileItem } from "../files/read-file.ts";
import type { ParsedList } from "../source.ts";
import type { Block } from "./blocks.ts";
import { createBlockCutter } from "./blocks.ts";
import { createUtf8Stream, declaredEncoding, decodeBlock } from "./encoding.ts";
import { createEntryReader } from "./entries.ts";
import { openFields } from "./entry-fields.ts";
import type { BibEntry, Damage } from "./structure.ts";
import { unknownFields } from "./known-fields.ts";
import { readListing } from "./listing.ts";
import { isHolder, isKnownType } from "./types.ts";

/** Reads a file as its bytes come. */
interface BibtexReader {
  readonly push: (chunk: Uint8Array) => FileItem[];
  readonly end: () => FileItem[];
}

function createBibtexReader(file: string): BibtexReader {
  const bytes = createUtf8Stream();
  const blocks = createBlockCutter();
  const entries = createEntryReader();
  let declared: string | undefined;
  let isFirst = true;

  const problem = ({ line, expected, found }: Damage, kept: boolean): Problem => ({
    file,
    line,
    expected,
    found,
    ...(kept ? { kept: true } : {}),
  });
  const readEntry = (entry: BibEntry): FileItem[] => {
    const { type, key, line } = entry;
    const damages = [...entry.damages];
    const isPaper = type !== "string" && !isHolder(type);
    const listing = isPaper ? readListing(openFields(entry, damages), file) : undefined;
    const place = type === "string" ? "in an @string" : `of the entry “${key}”`;
    const told = damages.map((one) =>
      problem({ ...one, expected: `${one.expected} ${place}` }, listing !== undefined),
    );
    if (listing === undefined) {
      const lost = problem({ line, expected: "an entry with a title", found: quoteLine(key) }, false);
      return [...told, ...(isPaper ? [lost] : [])].map((one) => ({ kind: "problem", problem: one }));
    }
    const unknown = [...(isKnownType(type) ? [] : [`@${type}`]), ...unknownFields(entry.fields.keys())];
    return [
      { kind: "paper", listing, line, ...(told.length === 0 ? {} : { problems: told }) },
      ...unknown.map((name) => ({ kind: "field", name }) as const),
    ];
  };
  const readBlock = (block: Block): FileItem[] => {
    if (isFirst) declared = declaredEncoding(block.bytes.toString("latin1", 0, 4096));
    isFirst = false;
    const { text: written, misread } = decodeBlock(block.bytes, declared);
    const text = written.includes("\r") ? written.replace(/\r\n?/g, "\n") : written;
    const items = entries.read({ text, line: block.line }).flatMap(readEntry);
    const tell = (expected: string, found: string, line = block.line): void =>
      void items.push({ kind: "problem", problem: problem({ line, expected, found }, true) });
    if (misread !== undefined) {
      const line = block.line + (written.slice(0, misread).match(/\r\n?|\n/g)?.length ?? 0);
      tell("text in UTF-8", "bytes that are not UTF-8 and were read as Windows-1252", line);
    }
    if (block.cut)
      tell(`an entry of at most ${block.bytes.length} bytes`, "a longer one, whose end was cut off");
    return items;
  };
  return {
    push: (chunk) => blocks.push(bytes.push(chunk)).flatMap(readBlock),
    end: () => [...blocks.push(bytes.end()), ...blocks.end()].flatMap(readBlock),
  };
}

/**
 * Reads a BibTeX or biblatex file of any length; memory stays flat. Never throws: a damaged entry is read as far as it
 * goes and told with its line, and all others are read.
 */
export async function* readBibtex(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
): AsyncGenerator<FileItem> {
  const reader = createBibtexReader(file);
  for await (const chunk of chunks) yield* reader.push(chunk);
  yield* reader.end();
}

/** The same of a text. */
export function parseBibtex(file: string, text: string): ParsedList {
  const reader = createBibtexReader(file);
  const read = [...reader.push(Buffer.from(text)), ...reader.end()];
  const problems = read.flatMap((item) => {
    if (item.kind === "paper") return item.problems ?? [];
    return item.kind === "problem" ? [item.problem] : [];
  });
  return {
    items: read.flatMap((item) => (item.kind === "paper" ? [{ listing: item.listing }] : [])),
    problems,
    whole: problems.every(({ kept }) => kept === true),
  };
}
