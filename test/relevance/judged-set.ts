import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper, PaperId } from "../../src/corpus/paper.ts";
import { readableText } from "../../src/corpus/readable-text.ts";
import type { Encoder } from "../../src/search/meaning/encoder.ts";
import type { WordTable } from "../../src/search/meaning/word-table.ts";
import { createWordTable } from "../../src/search/meaning/word-table.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { ModelSettings } from "../../src/search/embedded/meaning/model-vectors.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import type { Judgements, Measures } from "./metrics.ts";
import { mean, measure } from "./metrics.ts";

/** The table that the program has (from `test/` as from `dist/test/`). */
const meaningFolder = path.resolve(
  import.meta.dirname,
  import.meta.dirname.includes(`${path.sep}dist${path.sep}`) ? "../../../data/meaning" : "../../data/meaning",
);

/** A query in words, or "papers like this one". */
interface JudgedQuery {
  readonly id: string;
  readonly kind?: string;
  readonly text?: string;
  readonly paper_id?: string;
}

interface JudgedDocument {
  readonly id: string;
  readonly title: string;
  readonly abstract?: string;
  readonly authors?: readonly string[];
}

/** The measures of a set, or of the queries of one kind in it. */
export interface Score extends Measures {
  readonly set: string;
  readonly kind: string;
  readonly queries: number;
}

const DEPTH = 100;

async function readLines(folder: string, file: string): Promise<string[]> {
  const text = await readFile(path.join(folder, file), "utf8");
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** The id under which a document of a set is indexed. Sets name documents as they like and list no one twice. */
function indexId(document: string): PaperId {
  return titlePaperId(`document ${document}`);
}

async function readCorpus(folder: string): Promise<Map<PaperId, { document: string; paper: Paper }>> {
  const corpus = new Map<PaperId, { document: string; paper: Paper }>();
  // A second set of judgements may be of the papers of the first.
  const lines = await readLines(folder, "corpus.jsonl").catch(() =>
    readLines(path.join(folder, "../seed"), "corpus.jsonl"),
  );
  for (const line of lines) {
    const { id: document, title, abstract, authors } = JSON.parse(line) as JudgedDocument;
    const id = indexId(document);
    // Some documents of the classic sets have no title, and some nothing else.
    const paper: Paper = {
      id,
      title: readableText(title),
      abstract: readableText(abstract ?? ""),
      ...(authors === undefined ? {} : { authors: { kind: "named", names: authors } }),
      listedOn: [folder],
      origins: [],
    };
    corpus.set(id, { document, paper });
  }
  return corpus;
}

async function readJudgements(folder: string): Promise<Map<string, Map<string, number>>> {
  const all = new Map<string, Map<string, number>>();
  for (const line of await readLines(folder, "qrels.tsv")) {
    const [query = "", document = "", grade = "0"] = line.split(/\s+/);
    const judgements = all.get(query) ?? new Map<string, number>();
    all.set(query, judgements.set(document, Number(grade)));
  }
  return all;
}

async function rank(index: PaperIndex, query: JudgedQuery): Promise<readonly PaperId[]> {
  const window = { offset: 0, limit: DEPTH };
  if (query.paper_id === undefined) {
    const found = await index.search(wordsQuery(query.text ?? ""), window);
    return found.hits.map(({ paper }) => paper.id);
  }
  const found = await index.similar({ like: [indexId(query.paper_id)], unlike: [] }, window);
  return found.hits.map(({ paper }) => paper.id);
}

/** An encoder whose vectors are kept, since making those of a set takes minutes. */
function modelFor(folder: string, encoder: Encoder | undefined): { model?: ModelSettings } {
  const file = path.join(tmpdir(), `paperboy-relevance-${path.basename(path.resolve(folder))}.vectors`);
  const tell = (problem: string): never => {
    throw new Error(problem);
  };
  return encoder === undefined ? {} : { model: { encoder, file, tell } };
}

/** Gives an index of the papers of a folder. */
export type OpenEngine = (papers: readonly Paper[], folder: string) => Promise<PaperIndex>;

/** The table that the program has. */
export const wordTable = (): WordTable => createWordTable(meaningFolder);

/** The engine of this program, with an encoder where one is given. */
export const embedded =
  (encoder?: Encoder): OpenEngine =>
  async (papers, folder) => {
    const saved = await mkdtemp(path.join(tmpdir(), "paperboy-relevance-"));
    const options = { table: wordTable(), ...modelFor(folder, encoder) };
    const index = createEmbeddedIndex(path.join(saved, "index"), options);
    await index.add(papers);
    // What is saved has all vectors of the table; without them the first questions would go by words alone.
    await index.save("");
    await rm(saved, { recursive: true });
    await index.model?.make(new AbortController().signal);
    return index;
  };

/**
 * Measures the default configuration, or that with an encoder, on a folder with `corpus.jsonl` {id, title, abstract, …}, `queries.jsonl`
 * {id, text | paper_id, kind?} and `qrels.tsv` (query, document, grade). The first score is over all queries, the
 * others over each kind. Queries without judgements are passed over.
 */
export async function scoreFolder(folder: string, open: OpenEngine = embedded()): Promise<Score[]> {
  const [corpus, judgements, queries] = await Promise.all([
    readCorpus(folder),
    readJudgements(folder),
    readLines(folder, "queries.jsonl").then((lines) => lines.map((line) => JSON.parse(line) as JudgedQuery)),
  ]);
  const papers = Array.from(corpus.values(), ({ paper }) => paper);
  const index = await open(papers, folder);
  const measured: { kind: string | undefined; measures: Measures }[] = [];
  for (const query of queries) {
    const judged: Judgements | undefined = judgements.get(query.id);
    if (judged === undefined) continue;
    const ranking = (await rank(index, query)).map((id) => corpus.get(id)?.document ?? "");
    measured.push({ kind: query.kind, measures: measure(ranking, judged) });
  }
  const set = path.basename(path.resolve(folder));
  const score = (kind: string, of: typeof measured): Score => ({
    set,
    kind,
    ...mean(of.map(({ measures }) => measures)),
    queries: of.length,
  });
  const kinds = [...new Set(measured.flatMap(({ kind }) => kind ?? []))];
  return [
    score("all", measured),
    ...kinds.map((kind) =>
      score(
        kind,
        measured.filter((one) => one.kind === kind),
      ),
    ),
  ];
}
