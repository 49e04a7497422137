import { setImmediate as nextTurn } from "node:timers/promises";
import type { Paper } from "../../corpus/paper.ts";
import type { PaperIndex } from "../paper-index.ts";
import { findMatching, searchIndex } from "./answer.ts";
import { createCopies } from "./copies.ts";
import type { SourceCheck } from "./index-file.ts";
import { readIndexFile, writeIndexFile } from "./index-file.ts";
import type { IndexData, InvertedIndex } from "./inverted-index.ts";
import { createInvertedIndex } from "./inverted-index.ts";
import type { Work } from "./pace.ts";
import { createPace, noWork } from "./pace.ts";
import { createSettling, createShelf, indexTitles, paperOf } from "./shelf.ts";
import { createNeighbours } from "./similar.ts";

/** Papers indexed before other work gets its turn: some 5 ms. */
const BATCH = 20;

/** Attempts at an answer while papers come in; the last one is given as it is. */
const ATTEMPTS = 3;

/** Work that gives way to others, done anew when the index has changed meanwhile, so that an answer is of one moment. */
async function ofOneMoment<T>(index: InvertedIndex, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const version = index.version();
    const result = await work();
    if (index.version() === version || attempt === ATTEMPTS) return result;
  }
}

function* allPapers(index: InvertedIndex): Generator<Paper> {
  for (const document of index.documents()) {
    const paper = index.paper(document);
    if (paper !== undefined) yield paper;
  }
}

/** The index in memory, as a port. `file` is where `save` writes; without one `save` does nothing. */
function embed(file: string | undefined, start: IndexData | undefined, work: Work): PaperIndex {
  const index = createInvertedIndex(start);
  const titles = indexTitles(index);
  const neighbours = createNeighbours(index);
  const settling = createSettling(index, titles);
  void settling.begin();
  const shelf = createShelf(index, titles);
  const copies = createCopies();
  return {
    size: index.size,
    get: async (id) => paperOf(index, titles, id),
    async *papers() {
      yield* allPapers(index);
    },
    async add(papers) {
      let count = 0;
      for (const paper of papers) {
        if (copies.underWay()) await copies.finished();
        shelf.put(paper);
        if (++count % BATCH === 0) await nextTurn();
      }
      void settling.begin();
    },
    async remove(ids) {
      if (copies.underWay()) await copies.finished();
      for (const id of ids) shelf.drop(id);
    },
    titled: async (title) => titles.titled(title).flatMap((document) => index.paper(document) ?? []),
    search: (query, window) => ofOneMoment(index, () => searchIndex(index, query, window, createPace(work))),
    matching: (query) => ofOneMoment(index, () => findMatching(index, query, createPace(work))),
    similar: async (request, window) => neighbours.find(request, window),
    async suggest(text, limit) {
      await settling.end();
      return titles.complete(text, limit).flatMap((document) => {
        const paper = index.paper(document);
        return paper === undefined ? [] : [{ id: paper.id, title: paper.title }];
      });
    },
    save: async (sources) => {
      if (file !== undefined) await writeIndexFile(file, await copies.make(index.snapshot), sources);
    },
  };
}

/** An empty index that lives in memory; `file` is where it is saved, and `work` counts what its queries cost. */
export function createEmbeddedIndex(file?: string, work: Work = noWork()): PaperIndex {
  return embed(file, undefined, work);
}

/** The index saved in `file` from sources that pass the check, or why there is none that can be used. */
export async function openEmbeddedIndex(
  file: string,
  check: SourceCheck,
): Promise<{ kind: "opened"; index: PaperIndex } | { kind: "unusable"; reason: string }> {
  const opened = await readIndexFile(file, check);
  return opened.kind === "opened" ? { kind: "opened", index: embed(file, opened.data, noWork()) } : opened;
}
