import { openEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createWordTable } from "../../src/search/meaning/word-table.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { rounded } from "./statistics.ts";

/** Times opening a saved index up to its first answer, in seconds: `open FILE`. */
const [file = ""] = process.argv.slice(2);
const started = performance.now();
const opened = await openEmbeddedIndex(file, () => Promise.resolve(undefined), {
  table: createWordTable("data/meaning"),
});
if (opened.kind !== "opened") throw new Error(opened.reason);
await opened.index.search(wordsQuery("graph neural networks"), { offset: 0, limit: 5 });
process.stdout.write(`${rounded((performance.now() - started) / 1000)}\n`);
