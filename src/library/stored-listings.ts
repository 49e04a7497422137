import { open, readFile } from "node:fs/promises";
import path from "node:path";
import { isMissing, writeAtomically } from "../atomic-file.ts";
import type { Listing } from "../corpus/paper.ts";
import type { Parsed, Problem } from "../corpus/problem.ts";
import { quoteLine } from "../corpus/problem.ts";

/**
 * The papers that were taken in besides the bundled pages: one JSON object a line, as they were read, already
 * readable. This file is the record; the index is made from it and can be thrown away. It only grows.
 */
const FILE = "papers.jsonl";
const LINE_END = 10;

/** Where the stored papers of a state folder lie; their lock is named after it. */
export const storedFile = (folder: string): string => path.join(folder, FILE);

function parseStored(line: string): Listing | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const whole =
      typeof value === "object" &&
      value !== null &&
      "title" in value &&
      typeof value.title === "string" &&
      "listedOn" in value &&
      typeof value.listedOn === "string";
    return whole ? (value as unknown as Listing) : undefined;
  } catch {
    return undefined;
  }
}

/** A part of the stored papers, up to the end of their file. */
export interface StoredPart extends Parsed<Listing> {
  /** The part itself, its last line ended. */
  readonly text: string;
  /** Bytes of the whole file, its last line ended. */
  readonly end: number;
}

function parsePart(bytes: Buffer, from: number, file: string): StoredPart {
  const content = bytes.toString("utf8");
  const text = content === "" || content.endsWith("\n") ? content : `${content}\n`;
  const items: Listing[] = [];
  const problems: Problem[] = [];
  text.split("\n").forEach((line, i) => {
    if (line === "") return;
    const listing = parseStored(line);
    const place = from === 0 ? { file, line: i + 1 } : { file };
    if (listing !== undefined) items.push(listing);
    else problems.push({ ...place, expected: "a paper this program stored", found: quoteLine(line) });
  });
  return { items, problems, text, end: from + bytes.length + (text.length - content.length) };
}

/** The stored papers; none where nothing was stored yet. */
export async function readStoredListings(folder: string): Promise<StoredPart> {
  const file = storedFile(folder);
  const bytes = await readFile(file).catch((error: unknown) => {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  });
  return parsePart(bytes, 0, file);
}

/** What was stored after the first `from` bytes; undefined where the file is shorter, so that it is another one. */
export async function readStoredSince(folder: string, from: number): Promise<StoredPart | undefined> {
  const file = storedFile(folder);
  const handle = await open(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  const nothing = { items: [], problems: [], text: "", end: from };
  if (handle === undefined) return from === 0 ? nothing : undefined;
  try {
    const { size } = await handle.stat();
    // The end of the last line may have been added in reading.
    if (size < from - 1) return undefined;
    if (size <= from) return nothing;
    const { buffer } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return parsePart(buffer, from, file);
  } finally {
    await handle.close();
  }
}

/** Adds papers to the stored ones, all of them or, after a crash, none; gives what was added. Call it under the lock. */
export async function storeListings(folder: string, listings: readonly Listing[]): Promise<string> {
  const file = storedFile(folder);
  const before = await readFile(file).catch((error: unknown) => {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  });
  const text = listings.map((listing) => `${JSON.stringify(listing)}\n`).join("");
  await writeAtomically(file, async (handle) => {
    await handle.writeFile(before);
    if (before.length > 0 && before.at(-1) !== LINE_END) await handle.writeFile("\n");
    await handle.writeFile(text);
  });
  return text;
}
