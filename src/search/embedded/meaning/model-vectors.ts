import { setImmediate as nextTurn } from "node:timers/promises";
import type { Paper } from "../../../corpus/paper.ts";
import type { Encoder, EncoderFacts, MeaningVector } from "../../meaning/encoder.ts";
import type { VectorFile } from "../../meaning/vector-file.ts";
import { createVectorFile, textKey } from "../../meaning/vector-file.ts";
import type { VectorStore } from "../../meaning/vector-store.ts";
import { createVectorStore, quantise } from "../../meaning/vector-store.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";

/** An encoder, and the file that keeps what it made. */
export interface ModelSettings {
  readonly encoder: Encoder;
  readonly file: string;
  /** Is told, once, why the encoder takes no part. */
  readonly tell: (problem: string) => void;
}

/** How far the vectors of an encoder are. */
export interface Encoding {
  /** Absent until the encoder is open. */
  readonly encoder?: EncoderFacts;
  readonly papers: number;
  readonly encoded: number;
  /** Whether it takes part in searches. */
  readonly takesPart: boolean;
  /** Why it cannot, where something has to be mended. */
  readonly problem?: string;
}

/** What the papers of an index mean to a model of language. */
export interface ModelVectors {
  /** Notes that a paper is new, or has changed from what it was before: most changes are votes, and its text stays. */
  readonly changed: (document: number, before: Paper | undefined) => void;
  readonly removed: (document: number) => void;
  /** The vectors, where so many papers have one that they can be compared; an answer waits a moment for the first. */
  readonly space: () => Promise<VectorStore | undefined>;
  /** The vector of a question; undefined where it cannot be had in time: then the answer goes without. */
  readonly ask: (text: string) => Promise<MeaningVector | undefined>;
  /** Makes the vectors that lack, the newest papers first; resolves when none lacks, or it is told to stop. */
  readonly make: (signal: AbortSignal, progress?: () => void) => Promise<void>;
  readonly encoding: () => Encoding;
  /** How often vectors came, for whoever keeps what follows from them. */
  readonly settled: () => number;
}

/** Texts that are sent to the encoder at once: some 200 ms of work. */
const BATCH = 8;

/** Papers that are looked for among the kept vectors before other work has its turn: some 2 ms. */
const LOOKED_UP = 200;

/** An answer waits so long for the encoder to open, and for a vector, in milliseconds; platforms want one within 3,000. */
const PATIENCE = { open: 2000, ask: 500 } as const;

/** The share of papers that have a vector when the encoder takes part: what lacks one is ranked as the table says. */
const ENOUGH = 0.95;

/** What is encoded of a paper. */
const textOf = ({ title, abstract = "" }: Pick<Paper, "title" | "abstract">): string =>
  `${title}\n${abstract}`;

/** The value of a promise; undefined where it fails, or takes longer than one waits. */
async function inTime<T>(work: Promise<T>, patience: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, patience, undefined)));
  const value = await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
  return value;
}

/** Papers that have no vector yet. */
interface Queue {
  readonly waiting: Set<number>;
  readonly add: (document: number) => void;
  /** Some that wait, the newest first; each once until others are added. Empty where all had their turn. */
  readonly next: () => number[];
}

function createQueue(index: InvertedIndex): Queue {
  const waiting = new Set<number>(index.documents());
  /** Those still to come, the next one last; made when it is asked for. */
  let order: number[] | undefined;
  /** The latest date last; those without a date come first, and so have their turn last. */
  const inOrder = (): number[] =>
    Array.from(waiting, (document) => ({ document, date: index.paper(document)?.date ?? "" }))
      .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.document - b.document))
      .map(({ document }) => document);
  return {
    waiting,
    add(document) {
      waiting.add(document);
      order = undefined;
    },
    next() {
      order ??= inOrder();
      const batch: number[] = [];
      while (batch.length < BATCH && order.length > 0) {
        const document = order.pop() ?? 0;
        if (waiting.has(document)) batch.push(document);
      }
      if (batch.length === 0) order = undefined;
      return batch;
    },
  };
}

/** What an open encoder works with. */
interface Space {
  readonly facts: EncoderFacts;
  readonly vectors: VectorStore;
  readonly file: VectorFile;
}

/** What all of it works on. */
interface Work {
  readonly index: InvertedIndex;
  readonly queue: Queue;
  readonly settings: ModelSettings;
  /** Notes that a vector came. */
  readonly came: () => void;
}

function put({ queue, came }: Work, { vectors }: Space, document: number, bytes: Int8Array): void {
  vectors.put(document, Float32Array.from(bytes));
  queue.waiting.delete(document);
  came();
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Opens the encoder and takes what it made before. */
async function openSpace(work: Work): Promise<Space> {
  const { index, queue, settings } = work;
  const facts = await settings.encoder.open();
  const vectors = createVectorStore(facts.dimensions);
  const space = { facts, vectors, file: createVectorFile(settings.file, facts) };
  const kept = await space.file.read();
  let looked = 0;
  for (const document of kept.size === 0 ? [] : queue.waiting) {
    const paper = index.paper(document);
    const bytes = paper === undefined ? undefined : kept.get(textKey(textOf(paper)));
    if (bytes !== undefined) put(work, space, document, bytes);
    if (++looked % LOOKED_UP === 0) await nextTurn();
  }
  return space;
}

/** Encodes some papers. Their vectors are to be kept, whatever becomes of the papers meanwhile. */
async function encodeSome(work: Work, space: Space, documents: readonly number[]) {
  const { index, settings } = work;
  const texts = documents.map((document) => textOf(index.paper(document) ?? { title: "" }));
  const made = await settings.encoder.encodePapers(texts);
  const kept = new Map<string, Int8Array>();
  documents.forEach((document, i) => {
    const [vector, text = ""] = [made[i], texts[i]];
    if (vector === undefined) return;
    const bytes = quantise(vector);
    kept.set(textKey(text), bytes);
    const paper = index.paper(document);
    // One that has changed meanwhile waits on.
    if (paper !== undefined && textOf(paper) === text) put(work, space, document, bytes);
  });
  return kept;
}

/** The vectors that an encoder makes of the papers of an index. */
export function createModelVectors(index: InvertedIndex, settings: ModelSettings): ModelVectors {
  const { encoder, file, tell } = settings;
  const queue = createQueue(index);
  let opening: Promise<Space> | undefined;
  let opened: Space | undefined;
  let problem: string | undefined;
  let unkept = false;
  let settled = 0;
  const work: Work = { index, queue, settings, came: () => void settled++ };
  const open = async (): Promise<Space> => {
    try {
      return (opened = await openSpace(work));
    } catch (error) {
      problem = wordsOf(error);
      tell(problem);
      throw error;
    }
  };
  const ready = (): Promise<Space> => (opening ??= open());
  const takesPart = (): boolean => opened !== undefined && queue.waiting.size <= (1 - ENOUGH) * index.size();
  return {
    changed(document, before) {
      const paper = index.paper(document);
      if (paper === undefined || (before !== undefined && textOf(before) === textOf(paper))) return;
      opened?.vectors.remove(document);
      queue.add(document);
    },
    removed(document) {
      queue.waiting.delete(document);
      opened?.vectors.remove(document);
    },
    async space() {
      if (problem !== undefined) return undefined;
      const space = await inTime(ready(), PATIENCE.open);
      return space !== undefined && takesPart() ? space.vectors : undefined;
    },
    ask: (text) => inTime(encoder.encodeQuery(text), PATIENCE.ask),
    async make(signal, progress) {
      const space = await ready();
      while (!signal.aborted && queue.waiting.size > 0) {
        const batch = queue.next();
        const kept = await encodeSome(work, space, batch);
        await space.file.add(kept).catch((error: unknown) => {
          if (!unkept)
            tell(`its vectors cannot be kept in ${file}, so they are made again: ${wordsOf(error)}`);
          unkept = true;
        });
        progress?.();
      }
    },
    encoding: () => ({
      ...(opened === undefined ? {} : { encoder: opened.facts }),
      papers: index.size(),
      encoded: opened === undefined ? 0 : index.size() - queue.waiting.size,
      takesPart: takesPart(),
      ...(problem === undefined ? {} : { problem }),
    }),
    settled: () => settled,
  };
}
