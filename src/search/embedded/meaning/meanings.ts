import type { EncoderFacts, MeaningVector } from "../../meaning/encoder.ts";
import type { VectorStore } from "../../meaning/vector-store.ts";
import { createVectorStore, openVectorStore } from "../../meaning/vector-store.ts";
import type { Saved, Sections } from "../saved/sections.ts";
import { jsonBytes } from "../saved/sections.ts";
import type { WordTable } from "../../meaning/word-table.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import { countOf, numberOf } from "../inverted/packed-lists.ts";
import type { Paper } from "../../../corpus/paper.ts";
import type { ModelVectors } from "./model-vectors.ts";

/** Papers that are encoded before other work gets its turn: some 2 ms. */
const ENCODED = 30;

/** Encoding a paper costs as much as reading so many entries of a list: some 50 µs. */
const ENCODING = 5000;

/** Papers whose encoding an answer waits for. */
const FEW = 1000;

/** What the papers of an index mean, as vectors that are made after the papers came. */
export interface Meanings {
  readonly table: WordTable;
  readonly vectors: VectorStore;
  /** What a model of language makes of the papers; absent where there is none. */
  readonly model: ModelVectors | undefined;
  /** Notes that a paper is new or has changed from what it was before. */
  readonly changed: (document: number, before: Paper | undefined) => void;
  readonly removed: (document: number) => void;
  /** Encodes some papers; false where none is left, or the encoder cannot be read: then words alone answer. */
  readonly settle: () => Promise<boolean>;
  /** Encodes what is left where that takes no longer than a moment, so that the first answer is as the second. */
  readonly settleFew: (pace: Pace) => Promise<void>;
  /** Whether vectors can be asked; waits until the encoder is read. */
  readonly able: () => Promise<boolean>;
  /** Papers without a vector yet. */
  readonly left: () => number;
  /** How often papers were encoded, for whoever keeps what follows from the vectors. */
  readonly settled: () => number;
  /** The vector of a query's stems; undefined where nothing of them is known. */
  readonly ask: (stems: readonly string[]) => Promise<MeaningVector | undefined>;
  /** How much the vector of a paper tells, from 0 to 1: that of a title alone is of few words and near to much. */
  readonly trust: (document: number) => number;
  /** All vectors, to be saved. */
  readonly pack: (slots: number) => Sections;
}

/** What is written into a saved index: another encoder's vectors are of no use. */
const encoderLabel = ({ name, version, dimensions }: EncoderFacts): string =>
  `${name} ${version} ${dimensions}`;

/** Words of a paper, those of its title counted twice, whose vector tells as much as that of any longer one. */
const ENOUGH_WORDS = 100;

/** The stems of a paper as it is indexed, each with its count; the words of its title count twice there too. */
function* stemsOf(index: InvertedIndex, document: number): Generator<[string, number]> {
  for (const entry of index.termsOf(document)) {
    const term = numberOf(entry);
    if (!index.isNameTerm(term)) yield [index.termText(term), countOf(entry)];
  }
}

/** What meanings are made with: the table, what it made of the papers before, and a model of language beside it. */
export interface MeaningParts {
  readonly table: WordTable;
  readonly saved: Saved;
  readonly model: ModelVectors | undefined;
}

/** The vectors that were saved, where the table is the one that made them. */
function openVectors(table: WordTable, saved: Saved): VectorStore {
  if (saved.json("meaning.encoder") !== encoderLabel(table)) return createVectorStore(table.dimensions);
  return openVectorStore(table.dimensions, {
    inverse: new Float32Array(saved.words("meaning.inverse").buffer),
    read: () => ({
      bytes: new Int8Array(saved.words("meaning.bytes").buffer),
      signs: saved.words("meaning.signs"),
      sum: saved.doubles("meaning.sum"),
    }),
  });
}

/** The vectors of so many documents as they are saved. */
function packVectors(table: WordTable, vectors: VectorStore, slots: number): Sections {
  const { bytes, signs, inverse, sum } = vectors.copy(slots);
  return [
    ["meaning.encoder", jsonBytes(encoderLabel(table))],
    ["meaning.bytes", bytes],
    ["meaning.signs", signs],
    ["meaning.inverse", inverse],
    ["meaning.sum", sum],
  ];
}

/** How much the vector of a paper of so many words tells. */
export const trustIn = (words: number): number => Math.min(1, words / ENOUGH_WORDS);

/** The vector of stems by a table that is read; undefined where nothing of them is known. */
export function encodeStems(table: WordTable, stems: readonly string[]): MeaningVector | undefined {
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const vector = table.encode(counts);
  return vector.some((number) => number !== 0) ? vector : undefined;
}

/** The meanings of the papers of an index. */
export function createMeanings(index: InvertedIndex, { table, saved, model }: MeaningParts): Meanings {
  const vectors = openVectors(table, saved);
  const waiting = new Set<number>();
  for (const document of index.documents()) if (!vectors.has(document)) waiting.add(document);
  let broken = false;
  let settled = 0;
  const settle = async (): Promise<boolean> => {
    if (broken || waiting.size === 0) return false;
    await table.ready().catch(() => (broken = true));
    if (broken) return false;
    let count = 0;
    settled++;
    for (const document of waiting) {
      waiting.delete(document);
      vectors.put(document, table.encode(stemsOf(index, document)));
      if (++count === ENCODED) break;
    }
    return waiting.size > 0;
  };
  return {
    table,
    vectors,
    model,
    changed(document, before) {
      waiting.add(document);
      model?.changed(document, before);
    },
    removed(document) {
      model?.removed(document);
      waiting.delete(document);
      vectors.remove(document);
    },
    settle,
    left: () => waiting.size,
    settled: () => settled + (model?.settled() ?? 0),
    async able() {
      await table.ready().catch(() => (broken = true));
      return !broken;
    },
    async settleFew(pace) {
      if (waiting.size > FEW) return;
      while (await settle()) {
        pace.entries(ENCODED * ENCODING);
        await pace.pause();
      }
    },
    async ask(stems) {
      if (broken || stems.length === 0 || vectors.slots() === 0) return undefined;
      await table.ready().catch(() => (broken = true));
      if (broken) return undefined;
      return encodeStems(table, stems);
    },
    trust: (document) => trustIn(index.wordsOf(document)),
    pack: (slots) => packVectors(table, vectors, slots),
  };
}
