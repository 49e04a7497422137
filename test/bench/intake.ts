import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { corpusLines } from "./corpus.ts";

/** Lines of the corpus that are taken in, one size after the other. */
const SIZES = [10_000, 50_000, 100_000];
/** What indexes as many papers without storing, merging or answering meanwhile. */
const PEERS = ["minisearch, prefix and fuzzy 0.2", "sqlite fts5"];

/**
 * How fast papers are taken in, how much memory that takes at most, and how fast questions are answered meanwhile; then
 * how the library opens again, and how fast other engines index the largest number of papers. `node` runs a script.
 */
export async function* measureIntake(
  node: (args: readonly string[]) => Promise<string>,
): AsyncGenerator<object> {
  const app = fileURLToPath(new URL("intake-app.js", import.meta.url));
  const pages = fileURLToPath(new URL("../../../data/pages", import.meta.url));
  const folder = await mkdtemp(path.join(tmpdir(), "paperboy-intake-"));
  const run = async (...args: string[]): Promise<object> =>
    JSON.parse(await node(["--expose-gc", app, ...args])) as object;
  try {
    for (const size of SIZES) {
      const file = path.join(folder, `${size}.jsonl`);
      const state = path.join(folder, `state-${size}`);
      await pipeline(Readable.from(corpusLines(size)), createWriteStream(file));
      yield { intake: "taken in", ...(await run("take", file, pages, state)) };
      yield { intake: "opened again", ...(await run("open", pages, state)) };
      // Nothing is new now: what memory grows by beyond opening is what reading, merging and answering take.
      yield { intake: "taken in again", ...(await run("take", file, pages, state)) };
    }
    for (const peer of PEERS)
      yield { intake: "indexed by", ...(await run("peer", peer, String(SIZES.at(-1)))) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
