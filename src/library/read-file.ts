import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { readFile } from "node:fs/promises";
import { parseJsonLine } from "../corpus/jsonl.ts";
import { parsePage } from "../corpus/pages/parse-page.ts";
import type { Listing } from "../corpus/paper.ts";
import type { Problem } from "../corpus/problem.ts";

/** What a file of papers gives, one by one: its papers, and what in it could not be read. */
export type FileItem =
  | { readonly kind: "paper"; readonly listing: Listing }
  | { readonly kind: "problem"; readonly problem: Problem };

/** JSON Lines are told from a page by their first character that is not white space. */
async function isJsonLines(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
    return buffer
      .toString("utf8", 0, bytesRead)
      .replace(/^\uFEFF/, "")
      .trimStart()
      .startsWith("{");
  } finally {
    await handle.close();
  }
}

async function* readJsonLines(file: string, name: string): AsyncGenerator<FileItem> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line++;
    const item = parseJsonLine(line === 1 ? text.replace(/^\uFEFF/, "") : text, { file: name, line });
    if (item !== undefined) yield item;
  }
}

/**
 * Reads a file of papers: a saved Hugging Face Papers page, or JSON Lines. Problems carry the file's name and line;
 * a file that cannot be read at all is one problem. Never throws.
 */
export async function* readPapersFile(file: string): AsyncGenerator<FileItem> {
  const name = path.basename(file);
  try {
    if (await isJsonLines(file)) {
      yield* readJsonLines(file, name);
      return;
    }
    const { items, problems } = parsePage(name, await readFile(file, "utf8"));
    for (const listing of items) yield { kind: "paper", listing };
    for (const problem of problems) yield { kind: "problem", problem };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    yield { kind: "problem", problem: { file, expected: "a file that can be read", found } };
  }
}
