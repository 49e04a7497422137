import { createRequire } from "node:module";
import * as orama from "@orama/orama";
import Database from "libsql";
import MiniSearch from "minisearch";
import type { Paper } from "../../src/corpus/paper.ts";
import type { IndexOptions } from "../../src/search/embedded/embedded-index.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createWordTable } from "../../src/search/meaning/word-table.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";

/** FlexSearch without its types, which do not pass the compiler's checks of libraries. */
const flexsearch = createRequire(import.meta.url)("flexsearch") as {
  Document: new (options: object) => {
    add: (document: object) => void;
    search: (text: string, options: object) => unknown;
  };
};

/** An engine with the papers in it. What it has nothing like is absent. */
export interface Engine {
  readonly search: (text: string) => unknown;
  readonly similar?: (paper: number) => unknown;
  readonly suggest?: (text: string) => unknown;
  readonly save?: (file: string) => Promise<void>;
  /** Where it is saved, if not where it was told to be. */
  readonly file?: string;
}

/** Hits asked of every engine. */
const LIMIT = 10;

/** Where the program's word vectors lie; benchmarks are started in the project's folder. */
const MEANING = "data/meaning";

async function embedded(papers: readonly Paper[], file: string, options: IndexOptions): Promise<Engine> {
  const index = createEmbeddedIndex(file, options);
  await index.add(papers);
  return {
    file,
    search: (text) => index.search(wordsQuery(text), { offset: 0, limit: LIMIT }),
    similar: (at) => {
      const paper = papers[at];
      return paper && index.similar({ like: [paper.id], unlike: [] }, { offset: 0, limit: LIMIT });
    },
    suggest: (text) => index.suggest(text, 25),
    save: () => index.save("bench"),
  };
}

/** MiniSearch as most people set it up: prefixes and fuzzy matching for every word, the title twice as strong. */
function miniSearch(papers: readonly Paper[]): Engine {
  const index = new MiniSearch<Paper>({
    fields: ["title", "abstract"],
    searchOptions: { prefix: true, fuzzy: 0.2, boost: { title: 2 } },
  });
  index.addAll(papers);
  return {
    search: (text) => index.search(text).slice(0, LIMIT),
    suggest: (text) => index.autoSuggest(text).slice(0, 25),
  };
}

async function oramaEngine(papers: readonly Paper[]): Promise<Engine> {
  const index = orama.create({ schema: { title: "string", abstract: "string" } as const });
  await orama.insertMultiple(
    index,
    papers.map(({ title, abstract = "" }) => ({ title, abstract })),
    500,
  );
  return { search: (term) => orama.search(index, { term, tolerance: 1, boost: { title: 2 }, limit: LIMIT }) };
}

function flexSearch(papers: readonly Paper[]): Engine {
  const index = new flexsearch.Document({
    tokenize: "forward",
    document: { id: "id", index: ["title", "abstract"] },
  });
  papers.forEach(({ title, abstract = "" }, id) => index.add({ id, title, abstract }));
  return { search: (text) => index.search(text, { limit: LIMIT }) };
}

/** SQLite's full-text index, asked for any of the words, the best 101 by BM25. */
function sqlite(papers: readonly Paper[]): Engine {
  const db = new Database(":memory:");
  db.exec("CREATE VIRTUAL TABLE papers USING fts5(title, abstract, tokenize = 'porter unicode61')");
  const insert = db.prepare("INSERT INTO papers (title, abstract) VALUES (?, ?)");
  db.transaction(() => {
    for (const { title, abstract = "" } of papers) insert.run(title, abstract);
  })();
  const select = db.prepare(
    "SELECT rowid, title, bm25(papers, 2, 1) AS score FROM papers WHERE papers MATCH ? ORDER BY score LIMIT 101",
  );
  return {
    search(text) {
      const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
      return select.all(words.map((word) => `"${word}"`).join(" OR "));
    },
  };
}

/** The engines by name, ours first. */
export const engines: Readonly<
  Record<string, (papers: readonly Paper[], file: string) => Engine | Promise<Engine>>
> = {
  paperboy: (papers, file) => embedded(papers, file, { table: createWordTable(MEANING) }),
  "paperboy, words alone": (papers, file) => embedded(papers, `${file}.words`, {}),
  "minisearch, prefix and fuzzy 0.2": miniSearch,
  "orama, tolerance 1": oramaEngine,
  "flexsearch, forward": flexSearch,
  "sqlite fts5": sqlite,
};
