import { quoteLine } from "../../corpus/problem.ts";
import { MISREAD } from "../files/encoding.ts";
import type { FileItem } from "../files/file-item.ts";
import type { ParsedList } from "../source.ts";
import type { Block } from "./entries/blocks.ts";
import { createBlockCutter } from "./entries/blocks.ts";
import { declaredEncoding, decodeBlock } from "./entries/encoding.ts";
import { createEntryReader } from "./entries/entries.ts";
import { createFamilies } from "./entries/families/families.ts";
import { addItems, toldItem } from "./items.ts";
import type { BibEntry } from "./entries/bib-entry.ts";

/** Reads a file as its bytes come. */
interface BibtexReader {
  readonly push: (chunk: Uint8Array) => FileItem[];
  readonly end: () => FileItem[];
}

/** A block as text, and what is told of its bytes. */
interface ReadBlock {
  readonly text: string;
  readonly told: readonly FileItem[];
}

/** Decodes blocks; the first may declare the encoding of all. */
function createBlockDecoder(file: string): (block: Block) => ReadBlock {
  let declared: string | undefined;
  let isFirst = true;
  return ({ bytes, line, cut }) => {
    if (isFirst) declared = declaredEncoding(bytes.toString("latin1", 0, 4096));
    isFirst = false;
    const { text, misread } = decodeBlock(bytes, declared);
    const told: FileItem[] = [];
    const tell = (at: number, expected: string, found: string): void =>
      void told.push(toldItem(file, { line: at, expected, found }, true));
    if (misread !== undefined) {
      const at = line + (text.slice(0, misread).match(/\r\n?|\n/g)?.length ?? 0);
      tell(at, MISREAD.expected, MISREAD.found);
    }
    if (cut) tell(line, `an entry of at most ${bytes.length} bytes`, "a longer one, whose end was cut off");
    return { text: text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text, told };
  };
}

/** A file that has no entry says so: abbreviations alone are in order, and so is nothing; other texts are no BibTeX. */
function tellEmpty(
  file: string,
  besides: { readonly commands: number; readonly text: string | undefined },
): FileItem {
  const { commands, text } = besides;
  const found = commands > 0 ? "only abbreviations, comments and preambles" : quoteLine(text?.trim() ?? "");
  return toldItem(file, { expected: "entries of papers", found }, commands > 0 || text === undefined);
}

function createBibtexReader(file: string): BibtexReader {
  const blocks = createBlockCutter();
  const decode = createBlockDecoder(file);
  const entries = createEntryReader();
  const families = createFamilies();
  let isEmpty = true;
  const addEntry = (entry: BibEntry, items: FileItem[]): void => {
    isEmpty &&= entry.type === "string";
    addItems(entry, file, items);
  };
  const readBlocks = (given: readonly Block[]): FileItem[] => {
    const items: FileItem[] = [];
    for (const block of given) {
      const { text, told } = decode(block);
      for (const entry of entries.read({ text, line: block.line }))
        for (const settled of families.take(entry)) addEntry(settled, items);
      items.push(...told);
    }
    return items;
  };
  const tellBarren = ({ type, key, line }: BibEntry): FileItem =>
    toldItem(file, { line, expected: "a paper", found: `@${type} “${key}”, in which papers stand` }, true);
  return {
    push: (chunk) => readBlocks(blocks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))),
    end() {
      const items = readBlocks(blocks.end());
      for (const childless of families.end()) addEntry(childless, items);
      for (const barren of families.barren()) items.push(tellBarren(barren));
      return isEmpty ? [...items, tellEmpty(file, entries.besides)] : items;
    },
  };
}

/**
 * Reads a BibTeX or biblatex file of any length, whose bytes are no UTF-16; memory stays flat. Never throws: a damaged entry is read as far as it
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
