import { setImmediate as nextTurn } from "node:timers/promises";
import type { Paper } from "../../corpus/paper.ts";
import type { Encoder } from "../meaning/encoder.ts";
import type { PaperIndex } from "../paper-index.ts";
import { createAccess } from "./access.ts";
import { findMatching, searchIndex } from "./answer.ts";
import type { SourceCheck } from "./index-file.ts";
import { readIndexFile, writeIndexFile } from "./index-file.ts";
import type { IndexData, InvertedIndex } from "./inverted-index.ts";
import { createInvertedIndex } from "./inverted-index.ts";
import { createMeanings } from "./meaning/meanings.ts";
import type { IndexWork } from "./pace.ts";
import { createPace, noIndexWork } from "./pace.ts";
import { textLength } from "./phrase.ts";
import { createSettling, createShelf, indexTitles, paperOf } from "./shelf.ts";
import { createNeighbours } from "./similar.ts";

function* allPapers(index: InvertedIndex): Generator<Paper> {
  for (const document of index.documents()) {
    const paper = index.paper(document);
    if (paper !== undefined) yield paper;
  }
}

/** What an index may be made with. */
export interface IndexOptions {
  /** Counts what the index does. */
  readonly work?: IndexWork;
  /** Lets meaning take part in searches; without one only words count. */
  readonly encoder?: Encoder;
}

/** The index in memory, as a port. `file` is where `save` writes; without one `save` does nothing. */
function embed(
  file: string | undefined,
  start: IndexData | undefined,
  { work = noIndexWork(), encoder }: IndexOptions,
): PaperIndex {
  const index = createInvertedIndex(start);
  const titles = indexTitles(index);
  const meanings = encoder === undefined ? undefined : createMeanings(index, encoder, start?.meaning);
  const neighbours = createNeighbours(index, meanings);
  const settling = createSettling(index, titles, meanings);
  void settling.begin();
  const shelf = createShelf(index, titles, meanings);
  const access = createAccess();
  return {
    size: index.size,
    get: async (id) => paperOf(index, titles, id),
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
    titled: async (title) => titles.titled(title).flatMap((document) => index.paper(document) ?? []),
    search: (query, window) =>
      access.read(() => searchIndex(index, query, { window, meanings, pace: createPace(work) })),
    matching: (query) => access.hold(() => findMatching(index, query, createPace(work))),
    similar: (request, window) => access.read(() => neighbours.find(request, window, createPace(work))),
    async suggest(text, limit) {
      await settling.end();
      return titles.complete(text, limit).flatMap((document) => {
        const paper = index.paper(document);
        return paper === undefined ? [] : [{ id: paper.id, title: paper.title }];
      });
    },
    save: async (sources) => {
      if (file === undefined) return;
      const pace = createPace(work);
      const data = await access.hold(async () => {
        const copy = await index.snapshot(pace);
        if (meanings === undefined) return copy;
        while (await meanings.settle()) await nextTurn();
        return { ...copy, meaning: meanings.pack(copy.papers.length) };
      });
      await writeIndexFile(file, { data, sources, pace });
    },
  };
}

/** An empty index that lives in memory; `file` is where it is saved, and `work` counts what it does. */
export function createEmbeddedIndex(file?: string, options: IndexOptions = {}): PaperIndex {
  return embed(file, undefined, options);
}

/** The index saved in `file` from sources that pass the check, or why there is none that can be used. */
export async function openEmbeddedIndex(
  file: string,
  check: SourceCheck,
  options: IndexOptions = {},
): Promise<{ kind: "opened"; index: PaperIndex } | { kind: "unusable"; reason: string }> {
  const opened = await readIndexFile(file, check);
  return opened.kind === "opened" ? { kind: "opened", index: embed(file, opened.data, options) } : opened;
}
