import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { isMissing, writeAtomically } from "../atomic-file.ts";
import type { Listing } from "../corpus/paper.ts";
import type { Parsed, Problem } from "../corpus/problem.ts";
import { withFileLock } from "../file-lock.ts";
import { quoteLine } from "../corpus/problem.ts";

/**
 * The papers that were taken in besides the bundled pages: one JSON object a line, as they were read, already
 * readable. This file is the record; the index is made from it and can be thrown away.
 */
const FILE = "papers.jsonl";

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

/** A paper as it is stored, with its line end. */
export function storedLine(listing: Listing): string {
  return `${JSON.stringify(listing)}\n`;
}

/** The stored papers and, as `text`, the file's content, its last line ended; empty where nothing was stored yet. */
export async function readStoredListings(
  folder: string,
): Promise<Parsed<Listing> & { readonly text: string }> {
  const file = path.join(folder, FILE);
  const content = await readFile(file, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return "";
    throw error;
  });
  const text = content === "" || content.endsWith("\n") ? content : `${content}\n`;
  const items: Listing[] = [];
  const problems: Problem[] = [];
  text.split("\n").forEach((line, i) => {
    if (line === "") return;
    const listing = parseStored(line);
    if (listing !== undefined) items.push(listing);
    else
      problems.push({ file, line: i + 1, expected: "a paper this program stored", found: quoteLine(line) });
  });
  return { items, problems, text };
}

/** Adds papers to the stored ones, all of them or, after a crash, none; one program after the other. */
export async function storeListings(folder: string, listings: readonly Listing[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, FILE);
  await withFileLock(file, async () => {
    const { text } = await readStoredListings(folder);
    await writeAtomically(file, async (handle) => {
      await handle.writeFile(text);
      for (const listing of listings) await handle.writeFile(storedLine(listing));
    });
  });
}
