import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { createCatalogue } from "../../src/corpus/merging/catalogue.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { readJsonLine } from "../../src/sources/json/read-json.ts";

const FILE = process.env["PAPERBOY_BENCH_CORPUS"] ?? "../shared/bench/arxiv-cs-100k.jsonl.gz";

/** Why there is nothing to measure; undefined when there is. */
export function missingCorpus(): string | undefined {
  if (existsSync(FILE)) return undefined;
  return `There is no ${FILE}. Set PAPERBOY_BENCH_CORPUS to a gzipped JSON Lines file of papers, as “paperboy ingest” takes them.`;
}

/** The first lines of the corpus, each with its end. */
export async function* corpusLines(count: number): AsyncGenerator<string> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(FILE).pipe(createGunzip()) })) {
    yield `${text}\n`;
    if (++line === count) break;
  }
}

/** The first papers of the corpus, made as taking in a file makes them. */
export async function readCorpus(count: number): Promise<Paper[]> {
  const catalogue = createCatalogue();
  let line = 0;
  let papers = 0;
  for await (const text of createInterface({ input: createReadStream(FILE).pipe(createGunzip()) })) {
    const [item] = readJsonLine(text, { file: FILE, line: ++line });
    if (item?.kind === "paper" && catalogue.file(item.listing).kind === "new") papers++;
    if (papers === count) break;
  }
  return catalogue.papers();
}
