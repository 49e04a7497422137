import type { MeaningVector } from "./encoder.ts";

/**
 * Vectors by document, a byte for each number. The nearest are found in two steps: by the signs of the numbers, one bit
 * each, of which near vectors have most in common (Charikar, 2002), and among so many candidates by the numbers.
 */
export interface VectorStore {
  readonly has: (document: number) => boolean;
  readonly put: (document: number, vector: MeaningVector) => void;
  readonly remove: (document: number) => void;
  /** The cosine of a document's vector with another, from -1 to 1; undefined for a document without one. */
  readonly similarity: (document: number, vector: MeaningVector) => number | undefined;
  /** The nearest `count` documents, the nearest first. */
  readonly nearest: (vector: MeaningVector, count: number) => number[];
  /** The vector of a document; undefined where it has none. */
  readonly vector: (document: number) => MeaningVector | undefined;
  /** The mean of a vector's cosines with all documents that have one; 0 where none has. */
  readonly average: (vector: MeaningVector) => number;
  /** One more than the highest document with a vector. */
  readonly slots: () => number;
  /** The bytes of so many documents, those without a vector all zeros. */
  readonly pack: (slots: number) => Int8Array;
  /** All of it for so many documents, to be opened again. */
  readonly copy: (slots: number) => PackedVectors;
}

/** A store as plain data. */
interface PackedVectors {
  readonly bytes: Int8Array;
  readonly signs: Uint32Array;
  readonly inverse: Float32Array;
  /** The sum of all vectors at length 1. */
  readonly sum: Float64Array;
}

/** Candidates by their signs for each document that is wanted. */
const CANDIDATES = 10;

const BITS = 32;

interface Space {
  readonly dimensions: number;
  bytes: Int8Array;
  signs: Uint32Array;
  /** 1 / length of the bytes; 0 for a document without a vector. */
  inverse: Float32Array;
  slots: number;
  /** The sum of all vectors at length 1, and how many these are. */
  sum: Float64Array;
  count: number;
  /** Reads what is not here yet. */
  read: (() => Partial<Space>) | undefined;
}

/** A space with all that belongs to it. */
function whole(space: Space): Space {
  const { read } = space;
  space.read = undefined;
  return read === undefined ? space : Object.assign(space, read());
}

/** The number of ones of a 32-bit word (Warren, Hacker's Delight, 5-1). */
function ones(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  count = (count + (count >>> 4)) & 0x0f0f0f0f;
  return Math.imul(count, 0x01010101) >>> 24;
}

/** Makes room for a document. */
function grow(space: Space, document: number): void {
  const { dimensions } = space;
  space.slots = Math.max(space.slots, document + 1);
  if (document < space.inverse.length) return;
  const slots = Math.max(64, Math.ceil(space.slots * 1.2));
  const bytes = new Int8Array(slots * dimensions);
  const signs = new Uint32Array((slots * dimensions) / BITS);
  const inverse = new Float32Array(slots);
  bytes.set(space.bytes);
  signs.set(space.signs);
  inverse.set(space.inverse);
  Object.assign(space, { bytes, signs, inverse });
}

/** Writes the signs of `count` numbers from `from` on, 32 to a word, into `into` from `at` on. */
function writeSigns(numbers: ArrayLike<number>, from: number, into: Uint32Array, at: number): void {
  for (let word = at; word < into.length; word++) {
    const first = from + (word - at) * BITS;
    let bits = 0;
    for (let bit = 0; bit < BITS; bit++) if ((numbers[first + bit] ?? 0) > 0) bits |= 1 << bit;
    into[word] = bits;
  }
}

/** The signs of a vector. */
function signsOf(vector: MeaningVector): Uint32Array {
  const signs = new Uint32Array(vector.length / BITS);
  writeSigns(vector, 0, signs, 0);
  return signs;
}

/** Takes the vector of a document into the sum of all, or out of it. */
function takeIn(space: Space, document: number, sign: 1 | -1): void {
  const { bytes, dimensions, inverse, sum } = space;
  const factor = sign * (inverse[document] ?? 0);
  if (factor === 0) return;
  const from = document * dimensions;
  for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] ?? 0) + factor * (bytes[from + i] ?? 0);
  space.count += sign;
}

/** What follows from the bytes of a document. */
function measure(space: Space, document: number): void {
  const { bytes, dimensions, signs } = space;
  const from = document * dimensions;
  let squares = 0;
  for (let i = from; i < from + dimensions; i++) squares += (bytes[i] ?? 0) ** 2;
  space.inverse[document] = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  const width = dimensions / BITS;
  writeSigns(bytes, from, signs.subarray(document * width, (document + 1) * width), 0);
  takeIn(space, document, 1);
}

function similarity({ bytes, dimensions, inverse }: Space, document: number, vector: MeaningVector): number {
  const from = document * dimensions;
  let product = 0;
  for (let i = 0; i < dimensions; i++) product += (bytes[from + i] ?? 0) * (vector[i] ?? 0);
  return product * (inverse[document] ?? 0);
}

/** At least `count` documents, those whose signs have the most in common with a vector. */
function bySigns(space: Space, vector: MeaningVector, count: number): number[] {
  const { dimensions, inverse, signs, slots } = space;
  const width = dimensions / BITS;
  const asked = signsOf(vector);
  const distances = new Uint16Array(slots);
  const histogram = new Uint32Array(dimensions + 1);
  for (let document = 0, at = 0; document < slots; document++, at += width) {
    let distance = 0;
    for (let word = 0; word < width; word++) distance += ones((signs[at + word] ?? 0) ^ (asked[word] ?? 0));
    distances[document] = distance;
    if (inverse[document] !== 0) histogram[distance] = (histogram[distance] ?? 0) + 1;
  }
  let limit = 0;
  for (let found = histogram[0] ?? 0; found < count && limit < dimensions;) found += histogram[++limit] ?? 0;
  const documents: number[] = [];
  for (let document = 0; document < slots; document++)
    if (inverse[document] !== 0 && (distances[document] ?? 0) <= limit) documents.push(document);
  return documents;
}

function findNearest(space: Space, vector: MeaningVector, count: number): number[] {
  const candidates = bySigns(space, vector, count * CANDIDATES);
  const similarities = Float64Array.from(candidates, (document) => similarity(space, document, vector));
  // A number beside each, so that what is far is not sorted.
  const least = similarities.toSorted().at(-count) ?? -1;
  const near = candidates.flatMap((document, i) =>
    (similarities[i] ?? -1) >= least ? [{ document, similarity: similarities[i] ?? -1 }] : [],
  );
  return near
    .toSorted((a, b) => b.similarity - a.similarity || a.document - b.document)
    .slice(0, count)
    .map(({ document }) => document);
}

/** A vector as bytes, the largest number of which is 127 or -127. */
export function quantise(vector: MeaningVector): Int8Array {
  const largest = vector.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  const factor = largest === 0 ? 0 : 127 / largest;
  return Int8Array.from(vector, (number) => Math.round(number * factor));
}

const emptySpace = (dimensions: number): Space => ({
  dimensions,
  bytes: new Int8Array(0),
  signs: new Uint32Array(0),
  inverse: new Float32Array(0),
  slots: 0,
  sum: new Float64Array(dimensions),
  count: 0,
  read: undefined,
});

/** What was copied, used as it lies; all but `inverse` is read when it is asked for first. */
export interface LyingVectors extends Pick<PackedVectors, "inverse"> {
  readonly read: () => Omit<PackedVectors, "inverse">;
}

/** The store that was copied. */
export function openVectorStore(dimensions: number, { inverse, read }: LyingVectors): VectorStore {
  const space: Space = { ...emptySpace(dimensions), inverse, slots: inverse.length, read };
  for (const one of inverse) if (one !== 0) space.count++;
  return storeOf(space);
}

/** A store of vectors of so many numbers; `packed` is what one gave. */
export function createVectorStore(dimensions: number, packed?: Int8Array): VectorStore {
  const space = emptySpace(dimensions);
  if (packed !== undefined && packed.length > 0) {
    grow(space, packed.length / dimensions - 1);
    space.bytes.set(packed);
    for (let document = 0; document < space.slots; document++) measure(space, document);
  }
  return storeOf(space);
}

function storeOf(space: Space): VectorStore {
  const { dimensions } = space;
  const has = (document: number): boolean => (space.inverse[document] ?? 0) !== 0;
  const pack = (slots: number): Int8Array => {
    const bytes = new Int8Array(slots * dimensions);
    bytes.set(whole(space).bytes.subarray(0, Math.min(slots, space.slots) * dimensions));
    return bytes;
  };
  return {
    has,
    put(document, vector) {
      grow(whole(space), document);
      takeIn(space, document, -1);
      space.bytes.set(quantise(vector), document * dimensions);
      measure(space, document);
    },
    remove(document) {
      if (document >= space.slots) return;
      takeIn(whole(space), document, -1);
      space.bytes.fill(0, document * dimensions, (document + 1) * dimensions);
      space.inverse[document] = 0;
    },
    similarity: (document, vector) =>
      has(document) ? similarity(whole(space), document, vector) : undefined,
    nearest: (vector, count) => findNearest(whole(space), vector, count),
    vector(document) {
      if (!has(document)) return undefined;
      const factor = space.inverse[document] ?? 0;
      const bytes = whole(space).bytes.subarray(document * dimensions, (document + 1) * dimensions);
      return Float32Array.from(bytes, (number) => number * factor);
    },
    average(vector) {
      const product = whole(space).sum.reduce((total, number, i) => total + number * (vector[i] ?? 0), 0);
      return space.count === 0 ? 0 : product / space.count;
    },
    slots: () => space.slots,
    pack,
    copy(slots) {
      const signs = new Uint32Array((slots * dimensions) / BITS);
      const inverse = new Float32Array(slots);
      const count = Math.min(slots, whole(space).slots);
      signs.set(space.signs.subarray(0, (count * dimensions) / BITS));
      inverse.set(space.inverse.subarray(0, count));
      return { bytes: pack(slots), signs, inverse, sum: space.sum.slice() };
    },
  };
}
