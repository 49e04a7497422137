import { setImmediate as nextTurn } from "node:timers/promises";
import { identityKeys, lookupKeys } from "../../corpus/identity.ts";
import type { Paper } from "../../corpus/paper.ts";
import type { WordTable } from "../meaning/word-table.ts";
import type { PaperIndex, Suggestion } from "../paper-index.ts";
import { createAccess } from "./access.ts";
import { findMatching, searchIndex } from "./answer.ts";
import type { SourceCheck } from "./index-file.ts";
import { readIndexFile, writeIndexFile } from "./index-file.ts";
import type { IndexData, InvertedIndex } from "./inverted-index.ts";
import { createInvertedIndex } from "./inverted-index.ts";
import type { Meanings } from "./meaning/meanings.ts";
import { createMeanings } from "./meaning/meanings.ts";
import type { ModelSettings, ModelVectors } from "./meaning/model-vectors.ts";
import { createModelVectors } from "./meaning/model-vectors.ts";
import type { IndexWork, Pace } from "./pace.ts";
import { createPace, noIndexWork } from "./pace.ts";
import { textLength } from "./phrase.ts";
import type { Registers } from "./shelf.ts";
import { createSettling, createShelf, indexIdentifiers, indexTitles, paperOf } from "./shelf.ts";
import { createNeighbours } from "./similar.ts";

function* allPapers(index: InvertedIndex): Generator<Paper> {
  for (const document of index.documents()) {
    const paper = index.paper(document);
    if (paper !== undefined) yield paper;
  }
}

/** What finds papers by their names: ids, titles and keys. */
function lookUps(
  index: InvertedIndex,
  { titles, identifiers }: Registers,
): Pick<PaperIndex, "get" | "titled" | "identified" | "known"> {
  const papersOf = (documents: readonly number[]): Paper[] =>
    documents.flatMap((document) => index.paper(document) ?? []);
  // Two keys may have one number in the register.
  const having = (
    documents: readonly number[],
    keys: readonly string[],
    keysOf: (paper: Paper) => readonly string[],
  ): Paper[] => papersOf(documents).filter((paper) => keysOf(paper).some((key) => keys.includes(key)));
  return {
    get: async (id) => paperOf(index, titles, id),
    titled: async (title) => papersOf(titles.titled(title)),
    identified: async (keys) => having(identifiers.identified(keys), keys, identityKeys),
    known: async (keys) => having(await identifiers.known(keys), keys, lookupKeys),
  };
}

const suggestionsOf = (index: InvertedIndex, documents: readonly number[]): Suggestion[] =>
  documents.flatMap((document) => {
    const paper = index.paper(document);
    return paper === undefined ? [] : [{ id: paper.id, title: paper.title }];
  });

/** The whole content, with what the papers mean. */
async function copyAll(index: InvertedIndex, meanings: Meanings | undefined, pace: Pace): Promise<IndexData> {
  const copy = await index.snapshot(pace);
  if (meanings === undefined) return copy;
  while (await meanings.settle()) await nextTurn();
  return { ...copy, meaning: meanings.pack(copy.papers.length) };
}

/** What an index may be made with. */
export interface IndexOptions {
  /** Counts what the index does. */
  readonly work?: IndexWork;
  /** Lets meaning take part in searches; without one only words count. */
  readonly table?: WordTable;
  /** A model of language that takes part beside the table. */
  readonly model?: ModelSettings;
}

/** The index with the vectors that a model of language makes of its papers, where it has one. */
export interface EmbeddedIndex extends PaperIndex {
  readonly model: ModelVectors | undefined;
}

/** What the papers of an index mean: by the table, and by a model of language beside it. */
function meaningOf(index: InvertedIndex, start: IndexData | undefined, options: IndexOptions) {
  const model = options.model === undefined ? undefined : createModelVectors(index, options.model);
  if (options.table === undefined) return { model, meanings: undefined };
  return { model, meanings: createMeanings(index, { table: options.table, start: start?.meaning, model }) };
}

/** The index in memory, as a port. `file` is where `save` writes; without one `save` does nothing. */
function embed(
  file: string | undefined,
  start: IndexData | undefined,
  { work = noIndexWork(), ...options }: IndexOptions,
): EmbeddedIndex {
  const index = createInvertedIndex(start);
  const titles = indexTitles(index);
  const identifiers = indexIdentifiers(index);
  const registers = { titles, identifiers };
  const { model, meanings } = meaningOf(index, start, options);
  const neighbours = createNeighbours(index, meanings);
  const settling = createSettling(registers, meanings);
  void settling.begin();
  const shelf = createShelf(index, registers, meanings);
  const access = createAccess();
  const asked = { meanings, named: titles.named };
  return {
    model,
    size: index.size,
    version: () => shelf.changes() + (meanings?.settled() ?? 0),
    ...lookUps(index, registers),
    async *papers() {
      yield* allPapers(index);
    },
    async add(papers) {
      const pace = createPace(work);
      for (const paper of papers) {
        const made = access.change(() => shelf.put(paper));
        if (made !== undefined) await made;
        pace.indexed(textLength(paper));
        if (pace.due()) await pace.pause();
      }
      void settling.begin();
    },
    async remove(ids) {
      await access.change(() => {
        for (const id of ids) shelf.drop(id);
      });
    },
    search: (query, window) =>
      access.read(() => searchIndex(index, query, { ...asked, window, pace: createPace(work) })),
    matching: (query) => access.hold(() => findMatching(index, query, createPace(work))),
    similar: (request, window) => access.read(() => neighbours.find(request, window, createPace(work))),
    nearest: (id, limit) => access.read(() => neighbours.nearest(id, limit, createPace(work))),
    async suggest(text, limit) {
      await settling.end();
      return access.read(async () =>
        suggestionsOf(index, await titles.complete(text, limit, createPace(work))),
      );
    },
    save: async (sources) => {
      if (file === undefined) return;
      const pace = createPace(work);
      const data = await access.hold(() => copyAll(index, meanings, pace));
      await writeIndexFile(file, { data, sources, pace });
    },
  };
}

/** An empty index that lives in memory; `file` is where it is saved, and `work` counts what it does. */
export function createEmbeddedIndex(file?: string, options: IndexOptions = {}): EmbeddedIndex {
  return embed(file, undefined, options);
}

/** The index saved in `file` from sources that pass the check, or why there is none that can be used. */
export async function openEmbeddedIndex(
  file: string,
  check: SourceCheck,
  options: IndexOptions = {},
): Promise<{ kind: "opened"; index: EmbeddedIndex } | { kind: "unusable"; reason: string }> {
  const opened = await readIndexFile(file, check);
  return opened.kind === "opened" ? { kind: "opened", index: embed(file, opened.data, options) } : opened;
}
