import { fstatSync, openSync, readSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { EncoderFacts, MeaningVector } from "./encoder.ts";

/** The stems of a text and how often each counts. */
type StemCounts = Iterable<readonly [stem: string, count: number]>;

/** Vectors of stems, of which a text's vector is made at once. */
export interface WordTable extends EncoderFacts {
  /** Resolves when texts can be encoded; rejects where the table's files cannot be read. */
  readonly ready: () => Promise<void>;
  /** The vector of a text; only when it is ready. */
  readonly encode: (stems: StemCounts) => MeaningVector;
  /** The vector of one stem; of zeros where it has none; only when it is ready. */
  readonly vectorOf: (stem: string) => MeaningVector;
  /** Whether it has a vector of a stem; only when it is ready. */
  readonly knows: (stem: string) => boolean;
  /** How near a stem is to a vector: the cosine, 0 for an unknown stem; only when it is ready. */
  readonly nearness: (stem: string, vector: MeaningVector) => number;
}

/** Numbers of a row of the table in data/meaning. */
const DIMENSIONS = 256;

/** Grows when the table or the sum over it changes. */
const VERSION = "1";

/** What the files of a table say. */
interface Table {
  readonly rows: ReadonlyMap<string, number>;
  /** The numbers of a row, each to be multiplied by the row's scale; they hold until the next row is asked for. */
  readonly numbers: (row: number) => Int8Array;
  readonly scales: Float32Array;
}

/** Rows of questions are read one by one; whoever asks for more than this makes vectors of many papers, and all are read. */
const READ_ALONE = 5000;

/** The rows of a file of so many. It stays open as long as the program runs. */
function openRows(file: string, count: number): Table["numbers"] {
  const descriptor = openSync(file, "r");
  if (fstatSync(descriptor).size !== count * DIMENSIONS)
    throw new RangeError(`${file} has not ${count} rows of ${DIMENSIONS} bytes`);
  const one = new Int8Array(DIMENSIONS);
  let all: Int8Array | undefined;
  let reads = 0;
  const read = (into: Int8Array, at: number): Int8Array => {
    for (let done = 0; done < into.length;) {
      const bytes = readSync(descriptor, into, done, into.length - done, at + done);
      if (bytes === 0) throw new RangeError(`${file} has become shorter`);
      done += bytes;
    }
    return into;
  };
  return (row) => {
    if (all === undefined && ++reads > READ_ALONE) all = read(new Int8Array(count * DIMENSIONS), 0);
    const from = row * DIMENSIONS;
    return all === undefined ? read(one, from) : all.subarray(from, from + DIMENSIONS);
  };
}

/** Reads `vocab.json` [[stem, papers], …], `table.i8` and `scales.f32` (little-endian); rejects where they do not fit. */
async function readTable(folder: string): Promise<Table> {
  const [vocabulary, scales] = await Promise.all([
    readFile(path.join(folder, "vocab.json"), "utf8"),
    readFile(path.join(folder, "scales.f32")),
  ]);
  const stems = JSON.parse(vocabulary) as readonly (readonly [string, number])[];
  if (scales.length !== stems.length * 4)
    throw new RangeError(`the table of word vectors in ${folder} has files of different lengths`);
  return {
    rows: new Map(stems.map(([stem], row) => [stem, row])),
    numbers: openRows(path.join(folder, "table.i8"), stems.length),
    scales: Float32Array.from(stems, (_stem, row) => scales.readFloatLE(row * 4)),
  };
}

/** Makes a vector one of length 1; one of zeros stays. */
function normalise(vector: MeaningVector): MeaningVector {
  let squares = 0;
  for (const number of vector) squares += number * number;
  const factor = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  return vector.map((number) => number * factor);
}

function encode({ rows, numbers, scales }: Table, stems: StemCounts): MeaningVector {
  const sum = new Float32Array(DIMENSIONS);
  for (const [stem, count] of stems) {
    const row = rows.get(stem);
    if (row === undefined) continue;
    const factor = Math.sqrt(count) * (scales[row] ?? 0);
    const own = numbers(row);
    for (let i = 0; i < DIMENSIONS; i++) sum[i] = (sum[i] ?? 0) + factor * (own[i] ?? 0);
  }
  return normalise(sum);
}

function nearness({ rows, numbers }: Table, stem: string, vector: MeaningVector): number {
  const row = rows.get(stem);
  if (row === undefined) return 0;
  let [product, squares] = [0, 0];
  const own = numbers(row);
  for (let i = 0; i < DIMENSIONS; i++) {
    const number = own[i] ?? 0;
    product += number * (vector[i] ?? 0);
    squares += number * number;
  }
  return squares === 0 ? 0 : product / Math.sqrt(squares);
}

/**
 * The table of data/meaning: a vector for each stem, and for a text the normalised sum of √count · row (its README says
 * how it was made). It needs no network; its stems are read when it is asked for first, some 5 MB, and of its
 * 10 MB of numbers those that are asked for, until vectors are made of many papers.
 */
export function createWordTable(folder: string): WordTable {
  let reading: Promise<void> | undefined;
  let table: Table | undefined;
  const loaded = (): Table => {
    if (table === undefined) throw new Error("the table of word vectors is not read yet");
    return table;
  };
  return {
    name: "words",
    version: VERSION,
    dimensions: DIMENSIONS,
    ready: () => (reading ??= readTable(folder).then((read) => void (table = read))),
    encode: (stems) => encode(loaded(), stems),
    vectorOf: (stem) => encode(loaded(), [[stem, 1]]),
    knows: (stem) => loaded().rows.has(stem),
    nearness: (stem, vector) => nearness(loaded(), stem, vector),
  };
}
