import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { parsePage } from "../../corpus/pages/parse-page.ts";
import type { Listing } from "../../corpus/paper.ts";
import type { Problem } from "../../corpus/problem.ts";
import { checkListing } from "../believable.ts";
import { readBibtex } from "../bibtex/read-bibtex.ts";
import { htmlTitle } from "../fetch/body.ts";
import { decodeText } from "../fetch/decode.ts";
import { parseHtmlPage } from "../huggingface/html-page.ts";
import { readJsonLines } from "../json/read-json.ts";
import { streamReaderOf } from "./streamed-forms.ts";

/** What a file of papers gives, one by one: its papers, and what in it could not be read. */
export type FileItem =
  | {
      readonly kind: "paper";
      readonly listing: Listing;
      /** In JSON Lines and BibTeX. */
      readonly line?: number;
      /** What was said of the paper beside and could not be read. */
      readonly problems?: readonly Problem[];
      /** Fields of it that were not understood, by their names in the file. */
      readonly unknown?: readonly string[];
    }
  | { readonly kind: "problem"; readonly problem: Problem }
  /** A field of a paper that was not understood, by its name in the file; once for every paper that has it. */
  | { readonly kind: "field"; readonly name: string };

/** Files that are read as a whole may be this large; JSON Lines and BibTeX are read piece by piece and may have any size. */
const MAX_WHOLE_BYTES = 64 * 1024 * 1024;

/** A file's form shows in its beginning. */
const HEAD_BYTES = 16 * 1024;

type Form = "json-lines" | "bibtex" | "html" | "page";

/** What a file is that does not begin as its form does. */
const BY_ENDING: ReadonlyMap<string, Form> = new Map([
  [".jsonl", "json-lines"],
  [".ndjson", "json-lines"],
  [".html", "html"],
  [".htm", "html"],
]);

/** What a file is, by its beginning, and by its name where that says nothing. */
function formOf(head: string, name: string): Form {
  const start = head.replace(/^\uFEFF/, "").trimStart();
  if (start.startsWith("{")) return "json-lines";
  if (htmlTitle(start) !== undefined) return "html";
  const ending = path.extname(name).toLowerCase();
  if (ending === ".bib" || /^@\s*[A-Za-z]+\s*[{(]/.test(start)) return "bibtex";
  // Such as a part of a snapshot that begins in the middle of a line. UTF-16 shows as two bytes that are not UTF-8.
  const tells = start !== "" && !start.startsWith("\uFFFD\uFFFD");
  return (tells ? BY_ENDING.get(ending) : undefined) ?? "page";
}

async function* readWhole(name: string, file: WholeFile): AsyncGenerator<FileItem> {
  const decoded = decodeText(file.bytes);
  if (decoded.kind === "undecodable") {
    yield { kind: "problem", problem: { file: name, expected: "text in UTF-8", found: decoded.found } };
    return;
  }
  const { text } = decoded;
  const streamed = streamReaderOf(text.slice(0, HEAD_BYTES), name);
  if (streamed !== undefined) {
    yield* streamed([Buffer.from(text)], name);
    return;
  }
  const form = formOf(text.slice(0, HEAD_BYTES), name);
  // Such as JSON Lines in UTF-16, which show what they are only now.
  if (form === "json-lines") return yield* readJsonLines([Buffer.from(text)], name);
  if (form === "bibtex") return yield* readBibtex([Buffer.from(text)], name);
  const { items, problems } = parseWhole(form, name, { text, savedAt: file.savedAt });
  for (const listing of items) yield { kind: "paper", listing };
  for (const problem of problems) yield { kind: "problem", problem };
}

interface WholeFile {
  readonly bytes: Uint8Array;
  readonly savedAt: Date;
}

function parseWhole(
  form: "html" | "page",
  name: string,
  { text, savedAt }: { text: string; savedAt: Date },
): { items: readonly Listing[]; problems: readonly Problem[] } {
  switch (form) {
    case "html": {
      // The votes are those of the hour at which the page was saved.
      const { items, problems } = parseHtmlPage(text, { file: name, readAt: savedAt });
      return { items: items.map(({ listing }) => ({ ...listing, listedOn: name })), problems };
    }
    case "page":
      return parsePage(name, text);
  }
}

async function readHead(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The bytes of a file, counted as they are read. */
async function* countedBytes(file: string, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
    count(chunk.byteLength);
    yield chunk;
  }
}

async function* readForm(
  file: string,
  name: string,
  count: (bytes: number) => void,
): AsyncGenerator<FileItem> {
  const refuse = (expected: string, found: string): FileItem => ({
    kind: "problem",
    problem: { file: name, expected, found },
  });
  const stats = await stat(file);
  if (!stats.isFile()) {
    // A device or a pipe might never end.
    yield refuse("a file", stats.isDirectory() ? "a folder" : "a device or pipe");
    return;
  }
  const head = await readHead(file);
  const streamed = streamReaderOf(head, name);
  if (streamed !== undefined) {
    yield* streamed(countedBytes(file, count), name);
    return;
  }
  const form = formOf(head, name);
  if (form === "json-lines") {
    yield* readJsonLines(countedBytes(file, count), name);
  } else if (form === "bibtex") {
    yield* readBibtex(countedBytes(file, count), name);
  } else if (stats.size > MAX_WHOLE_BYTES) {
    yield refuse(`a page of at most ${MAX_WHOLE_BYTES} bytes, BibTeX or JSON Lines`, `${stats.size} bytes`);
  } else {
    yield* readWhole(name, { bytes: await readFile(file), savedAt: stats.mtime });
    count(stats.size);
  }
}

/**
 * When a file was written, now at the latest, is when its papers were read: it says no more today than it said then. Two
 * files that contradict each other would otherwise each be the later one every time they are read.
 */
async function writtenAt(file: string, now: Date): Promise<string> {
  const { mtime } = await stat(file);
  return (mtime < now ? mtime : now).toISOString();
}

/**
 * Reads a file of papers: JSON Lines (arXiv's metadata snapshot too), BibTeX, or a saved Hugging Face Papers page as
 * HTML or as text, told apart by their beginning. Problems carry the file's name and line; a file that cannot be read
 * at all is one problem, and a date in the future is taken out and told. `count` is called with the bytes read. Never
 * throws.
 */
export async function* readPapersFile(
  file: string,
  now: () => Date = () => new Date(),
  count: (bytes: number) => void = () => undefined,
): AsyncGenerator<FileItem> {
  const name = path.basename(file);
  try {
    const readAt = await writtenAt(file, now());
    for await (const item of readForm(file, name, count)) {
      if (item.kind !== "paper") {
        yield item;
        continue;
      }
      const { line } = item;
      const place = line === undefined ? { file: name } : { file: name, line };
      const { listing, problems } = checkListing(item.listing, place, now());
      yield { kind: "paper", listing: { ...listing, readAt } };
      for (const problem of [...problems, ...(item.problems ?? [])]) yield { kind: "problem", problem };
      for (const field of item.unknown ?? []) yield { kind: "field", name: field };
    }
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    yield { kind: "problem", problem: { file, expected: "a file that can be read", found } };
  }
}
