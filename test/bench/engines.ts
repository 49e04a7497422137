import { createRequire } from "node:module";
import * as orama from "@orama/orama";
import Database from "libsql";
import MiniSearch from "minisearch";
import type { Paper } from "../../src/corpus/paper.ts";
import type { IndexOptions } from "../../src/search/embedded/embedded-index.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createWordTable } from "../../src/search/meaning/word-table.ts";
import { STOP_WORDS } from "../../src/search/text/stop-words.ts";
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

/** MiniSearch: as its documentation begins, or with prefixes and fuzzy matching for every word, the title twice as strong. */
function miniSearch(searchOptions: object) {
  return (papers: readonly Paper[]): Engine => {
    const index = new MiniSearch<Paper>({ fields: ["title", "abstract"], searchOptions });
    index.addAll(papers);
    return {
      search: (text) => index.search(text).slice(0, LIMIT),
      suggest: (text) => index.autoSuggest(text).slice(0, 25),
    };
  };
}

/** Orama, with so many typing errors allowed in a word; 0 is its default. */
function oramaEngine(tolerance: number) {
  return async (papers: readonly Paper[]): Promise<Engine> => {
    const index = orama.create({ schema: { title: "string", abstract: "string" } as const });
    await orama.insertMultiple(
      index,
      papers.map(({ title, abstract = "" }) => ({ title, abstract })),
      500,
    );
    const asked = { tolerance, boost: { title: 2 }, limit: LIMIT };
    return { search: (term) => orama.search(index, { ...asked, term }) };
  };
}

/** FlexSearch, with words as they are, its default, or any beginning of them. */
function flexSearch(tokenize: "strict" | "forward") {
  return (papers: readonly Paper[]): Engine => {
    const index = new flexsearch.Document({ tokenize, document: { id: "id", index: ["title", "abstract"] } });
    papers.forEach(({ title, abstract = "" }, id) => index.add({ id, title, abstract }));
    return { search: (text) => index.search(text, { limit: LIMIT }) };
  };
}

/** How SQLite's full-text index is asked for any of the words. */
interface Fts5 {
  /** The statement, in which the words are the parameter. */
  readonly select: string;
  readonly stopWords: "asked" | "left out";
}

/** What is shown of a hit, the best 101 by BM25, as a search with pages needs them. */
const ALL_WORDS: Fts5 = {
  select:
    "SELECT rowid, title, bm25(papers, 2, 1) AS score FROM papers WHERE papers MATCH ? ORDER BY score LIMIT 101",
  stopWords: "asked",
};
/** As its documentation recommends: by the column `rank`, which sorts nothing that is not shown, and without common words. */
const RECOMMENDED: Fts5 = {
  select: `SELECT rowid, title FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT ${LIMIT}`,
  stopWords: "left out",
};

function sqlite({ select, stopWords }: Fts5) {
  return (papers: readonly Paper[]): Engine => {
    const db = new Database(":memory:");
    db.exec("CREATE VIRTUAL TABLE papers USING fts5(title, abstract, tokenize = 'porter unicode61')");
    db.exec("INSERT INTO papers (papers, rank) VALUES ('rank', 'bm25(2.0, 1.0)')");
    const insert = db.prepare("INSERT INTO papers (title, abstract) VALUES (?, ?)");
    db.transaction(() => {
      for (const { title, abstract = "" } of papers) insert.run(title, abstract);
    })();
    const prepared = db.prepare(select);
    return {
      search(text) {
        const words: string[] = text.match(/[\p{L}\p{N}]+/gu) ?? [];
        const telling = words.filter((word) => !STOP_WORDS.has(word.toLowerCase()));
        const asked = stopWords === "asked" || telling.length === 0 ? words : telling;
        return prepared.all(asked.map((word) => `"${word}"`).join(" OR "));
      },
    };
  };
}

/** The engines by name, ours first. */
export const engines: Readonly<
  Record<string, (papers: readonly Paper[], file: string) => Engine | Promise<Engine>>
> = {
  paperboy: (papers, file) => embedded(papers, file, { table: createWordTable(MEANING) }),
  "paperboy, words alone": (papers, file) => embedded(papers, `${file}.words`, {}),
  "minisearch, defaults": miniSearch({ boost: { title: 2 } }),
  "minisearch, prefix and fuzzy 0.2": miniSearch({ prefix: true, fuzzy: 0.2, boost: { title: 2 } }),
  "orama, defaults": oramaEngine(0),
  "orama, tolerance 1": oramaEngine(1),
  "flexsearch, defaults": flexSearch("strict"),
  "flexsearch, forward": flexSearch("forward"),
  "sqlite fts5, all words, 101 rows": sqlite(ALL_WORDS),
  "sqlite fts5, no stop words, 10 by rank": sqlite(RECOMMENDED),
};
