import type { WordTable } from "../meaning/word-table.ts";
import type { IndexCounts, PaperIndex } from "../paper-index.ts";
import { matching } from "./asking/matching.ts";
import { createMind } from "./asking/mind.ts";
import { search } from "./asking/search.ts";
import { nearest, similar } from "./asking/similar.ts";
import type { TellRefused } from "./changing.ts";
import { createChanging } from "./changing.ts";
import type { Engine } from "./client/client.ts";
import { counting } from "./simple/counting.ts";
import { lookUps } from "./simple/look-ups.ts";
import { suggest } from "./simple/suggest.ts";
import type { Place } from "./stored/generations.ts";
import { namesOf } from "./stored/mapping.ts";
import { makePlace, openPlace } from "./stored/generations.ts";

/** What an index in OpenSearch is made with. */
export interface OpenSearchOptions {
  readonly engine: Engine;
  /** Lets meaning take part in searches; without one only words count. */
  readonly table?: WordTable;
  /** Told of papers that the engine does not take. */
  readonly tell: TellRefused;
}

/** Says whether an index that was made from some sources can be used; the reason where not (as of a saved index). */
export type SourceCheck = (sources: string) => Promise<string | undefined>;

const encoderOf = (table: WordTable | undefined): string =>
  table === undefined ? "none" : `${table.name} ${table.version} ${table.dimensions}`;

/** How often it is looked whether other programs changed papers, in milliseconds. */
const LOOK = 5000;

interface Indexing {
  readonly _all: {
    readonly primaries: {
      readonly indexing: { readonly index_total: number; readonly delete_total: number };
    };
  };
}

/** Counts changes: this program's at once, those of others some seconds later. */
function createVersion(
  engine: Engine,
  place: Place,
): { readonly changed: () => void; readonly version: () => number } {
  let version = 0;
  let looked = performance.now();
  let seen: number | undefined;
  const look = async (): Promise<void> => {
    const { _all: all } = await engine.ask<Indexing>({
      method: "GET",
      path: `/${place.papers}/_stats/indexing`,
    });
    const { index_total: indexed, delete_total: deleted } = all.primaries.indexing;
    if (seen !== undefined && seen !== indexed + deleted) version++;
    seen = indexed + deleted;
  };
  return {
    changed() {
      version++;
    },
    version() {
      if (performance.now() - looked > LOOK) {
        looked = performance.now();
        look().catch(() => undefined);
      }
      return version;
    },
  };
}

function indexAt(place: Place, { engine, table, tell }: OpenSearchOptions): PaperIndex {
  const mind = createMind(engine, place, table);
  const { version, changed } = createVersion(engine, place);
  const { add, remove } = createChanging(
    mind,
    () => {
      mind.forget();
      changed();
    },
    tell,
  );
  return {
    size: async () => (await mind.whole()).papers,
    version,
    ...lookUps(mind),
    ...counting(mind),
    add,
    remove,
    search: (query, window) => search(mind, query, window),
    matching: (query, among) => matching(mind, query, among),
    similar: (request, window) => similar(mind, request, window),
    nearest: (id, limit) => nearest(mind, id, limit),
    suggest: (text, limit) => suggest(mind, text, limit),
    save: place.save,
  };
}

/** An empty index beside the one in use, whose place it takes when it is saved first. */
export async function createOpenSearchIndex(options: OpenSearchOptions): Promise<PaperIndex> {
  return indexAt(await makePlace(options.engine, encoderOf(options.table)), options);
}

/** The index in use, where it was made from sources that pass the check; or why it cannot be used. */
export async function openOpenSearchIndex(
  check: SourceCheck,
  options: OpenSearchOptions,
): Promise<{ kind: "opened"; index: PaperIndex } | { kind: "unusable"; reason: string }> {
  const place = await openPlace(options.engine, encoderOf(options.table));
  if (typeof place === "string") return { kind: "unusable", reason: place };
  const sources = (await place.label())?.sources;
  const reason = sources === undefined ? "it does not say what it was made from" : await check(sources);
  if (reason !== undefined) return { kind: "unusable", reason };
  return { kind: "opened", index: indexAt(place, options) };
}

const unsaid = (): Promise<undefined> => Promise.resolve(undefined);

/** What is known of the papers in use, for whoever only looks. */
export async function countsIn(engine: Engine): Promise<IndexCounts> {
  const names = namesOf(engine.settings);
  const place: Place = { papers: names.papers, words: names.words, label: unsaid, save: unsaid };
  return counting(createMind(engine, place, undefined)).counts();
}
