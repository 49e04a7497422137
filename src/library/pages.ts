import type { Hash } from "node:crypto";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { withinLengths } from "../corpus/long-texts.ts";
import type { Listing } from "../corpus/paper.ts";
import type { Problem } from "../corpus/problem.ts";
import { UserError } from "../user-error.ts";

interface Page {
  readonly name: string;
  readonly text: string;
}

/** The bundled pages. */
export interface Pages {
  readonly pages: readonly Page[];
  /** Of those that cannot be read. */
  readonly problems: readonly Problem[];
  /** Over every byte of the pages, open for what is stored beside them. */
  readonly hash: Hash;
}

async function readPage(folder: string, name: string): Promise<Page | Problem> {
  const file = path.join(folder, name);
  try {
    return { name, text: await readFile(file, "utf8") };
  } catch (error) {
    return {
      file,
      expected: "a page that can be read",
      found: error instanceof Error ? error.message : String(error),
    };
  }
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The folder of saved pages, ${folder}, cannot be read: ${found}. Set PAPERBOY_PAGES to another one.`,
    );
  }
}

/** The bundled pages, not parsed yet: a saved index has what they say. */
export async function readPages(folder: string): Promise<Pages> {
  const names = (await listFolder(folder)).filter((name) => name.endsWith(".txt")).toSorted();
  const read = await Promise.all(names.map((name) => readPage(folder, name)));
  const hash = createHash("sha256");
  const pages: Page[] = [];
  const problems: Problem[] = [];
  for (const page of read) {
    if (!("text" in page)) {
      problems.push(page);
      continue;
    }
    hash.update(`${page.name}\0${page.text}\0`);
    pages.push(page);
  }
  return { pages, problems, hash };
}

/** What the pages say, and what in them cannot be read. */
export async function parsePages(pages: Pages): Promise<{ listings: Listing[]; problems: Problem[] }> {
  const { parsePage } = await import("../corpus/pages/parse-page.ts");
  const parsed = pages.pages.map(({ name, text }) => parsePage(name, text));
  const checked = parsed.flatMap(({ items }, i) =>
    items.map((item) => withinLengths(item, { file: pages.pages[i]?.name ?? "" })),
  );
  return {
    listings: checked.map(({ listing }) => listing),
    problems: [...pages.problems, ...[...parsed, ...checked].flatMap((read) => read.problems)],
  };
}
