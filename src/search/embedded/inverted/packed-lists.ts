import type { Saved, Sections } from "../saved/sections.ts";
import { createBlockStore } from "./block-store.ts";
import type { Pace } from "../pace.ts";

/** Counts of 255 and more are all kept as 255. */
const MAX_COUNT = 255;
/** Numbers must stay below 2^24, so that number and count share 32 bits. */
const MAX_NUMBER = 2 ** 24 - 1;

/** The number in a packed entry: a document of a term's list, or a term of a document's. */
export const numberOf = (entry: number): number => entry >>> 8;
/** The count in a packed entry: how often the term stands in the document. */
export const countOf = (entry: number): number => entry & MAX_COUNT;

const packEntry = (number: number, count: number): number =>
  ((number << 8) | Math.min(count, MAX_COUNT)) >>> 0;

/** Lists one after the other: those of key k are the entries from `offsets[k]` up to `offsets[k + 1]`. */
export interface Packed {
  readonly offsets: Uint32Array;
  readonly entries: Uint32Array;
}

/** Lists of (number, count) entries, one list a key, each entry packed into 32 bits. */
export interface PackedLists {
  /** The entries of a key, as a view that holds until the next change. */
  readonly get: (key: number) => Uint32Array;
  /** The same for keys that are asked for in ascending order, which is faster. */
  readonly inOrder: () => (key: number) => Uint32Array;
  /** The number of a key's entries. */
  readonly lengthOf: (key: number) => number;
  readonly append: (key: number, number: number, count: number) => void;
  /** Takes the entry (number, count) out of a key's list, keeping the order; nothing happens when there is none. */
  readonly remove: (key: number, number: number, count: number) => void;
  readonly clear: (key: number) => void;
  /** A copy of the lists of the keys 0 to `keys - 1`; nothing may change before it is made. */
  readonly pack: (keys: number, pace: Pace) => Promise<Packed>;
}

const EMPTY: Uint32Array = new Uint32Array(0);

/** Entries that are copied as fast as one list is found. */
const ENTRIES_A_LIST = 50;

/** The lists of the keys 0 to `keys - 1`, one after the other. */
async function packLists(keys: number, { lengthOf, inOrder }: PackedLists, pace: Pace): Promise<Packed> {
  const offsets = new Uint32Array(keys + 1);
  for (let key = 0; key < keys; key++) {
    offsets[key + 1] = (offsets[key] ?? 0) + lengthOf(key);
    pace.copied(1);
    if (pace.due()) await pace.pause();
  }
  const entries = new Uint32Array(offsets[keys] ?? 0);
  const get = inOrder();
  for (let key = 0; key < keys; key++) {
    const list = get(key);
    entries.set(list, offsets[key]);
    pace.copied(1 + list.length / ENTRIES_A_LIST);
    if (pace.due()) await pace.pause();
  }
  return { offsets, entries };
}

/** The exponent of the smallest block: two entries. */
const SMALLEST = 1;
/** What stands in the place of an exponent where a list has no block of its own. */
const NO_BLOCK = 0;

/** The lists that were changed, each at the beginning of a block that is at most doubled when it is full. */
interface OwnLists {
  readonly has: (key: number) => boolean;
  readonly get: (key: number) => Uint32Array;
  readonly lengthOf: (key: number) => number;
  /** Gives a key a list with these entries. */
  readonly put: (key: number, entries: Uint32Array) => void;
  readonly push: (key: number, entry: number) => void;
  readonly removeAt: (key: number, at: number) => void;
}

/** Where the lists are, by key. */
interface Places {
  addresses: Uint32Array;
  lengths: Uint32Array;
  exponents: Uint8Array;
}

function makeRoom(places: Places, key: number): void {
  if (key < places.exponents.length) return;
  const { addresses, lengths, exponents } = places;
  const keys = Math.ceil((key + 1) * 1.25) + 64;
  places.addresses = new Uint32Array(keys);
  places.lengths = new Uint32Array(keys);
  places.exponents = new Uint8Array(keys);
  places.addresses.set(addresses);
  places.lengths.set(lengths);
  places.exponents.set(exponents);
}

function createOwnLists(): OwnLists {
  const blocks = createBlockStore();
  const places: Places = {
    addresses: new Uint32Array(0),
    lengths: new Uint32Array(0),
    exponents: new Uint8Array(0),
  };
  const lengthOf = (key: number): number => places.lengths[key] ?? 0;
  const get = (key: number): Uint32Array => blocks.view(places.addresses[key] ?? 0, lengthOf(key));
  /** Moves the entries into a block of this size. */
  const move = (key: number, entries: Uint32Array, exponent: number): void => {
    makeRoom(places, key);
    const address = blocks.allocate(exponent);
    blocks.view(address, entries.length).set(entries);
    const before = places.exponents[key] ?? NO_BLOCK;
    if (before !== NO_BLOCK) blocks.free(places.addresses[key] ?? 0, before);
    places.addresses[key] = address;
    places.exponents[key] = exponent;
    places.lengths[key] = entries.length;
  };
  return {
    has: (key) => (places.exponents[key] ?? NO_BLOCK) !== NO_BLOCK,
    get,
    lengthOf,
    put: (key, entries) =>
      move(key, entries, Math.max(SMALLEST, Math.ceil(Math.log2(Math.max(1, entries.length))))),
    push(key, entry) {
      const length = lengthOf(key);
      const exponent = places.exponents[key] ?? NO_BLOCK;
      if (length === 1 << exponent) move(key, get(key), exponent + 1);
      blocks.write(places.addresses[key] ?? 0, length, entry);
      places.lengths[key] = length + 1;
    },
    removeAt(key, at) {
      get(key).copyWithin(at, at + 1);
      places.lengths[key] = lengthOf(key) - 1;
    },
  };
}

/** Lists that were packed, by key. */
interface Start {
  readonly keys: number;
  readonly lengthOf: (key: number) => number;
  readonly get: (key: number) => Uint32Array;
  /** The same for keys that are asked for in ascending order, which is faster. */
  readonly inOrder: () => (key: number) => Uint32Array;
}

/**
 * Lists of fewer entries lie in the file, where each is read when it is asked for: that takes a microsecond or three, and they
 * are half of all entries. The longer ones, some hundred, are in memory.
 */
const LONG = 4096;

/** Words that are read at once where all lists are gone through. */
const WINDOW = 2 ** 16;

/** Reads lists that lie one behind the other, in their order, many at once. */
function createWindow(saved: Saved, name: string): (from: number, to: number) => Uint32Array {
  const end = saved.count(name);
  let [start, words] = [0, EMPTY];
  return (from, to) => {
    if (from < start || to > start + words.length) {
      start = from;
      words = saved.some(name, from, Math.min(end, Math.max(to, from + WINDOW)));
    }
    return words.subarray(from - start, to - start);
  };
}

function openStart(saved: Saved, name: string): Start {
  const [lengths, long] = [saved.words(`${name}.lengths`), saved.words(`${name}.long`)];
  const short = `${name}.short`;
  /** Where each list begins, among the long ones or among the others. */
  const places = new Uint32Array(lengths.length);
  let [longEnd, shortEnd] = [0, 0];
  for (let key = 0; key < lengths.length; key++) {
    const length = lengths[key] ?? 0;
    places[key] = length < LONG ? shortEnd : longEnd;
    if (length < LONG) shortEnd += length;
    else longEnd += length;
  }
  const reading =
    (read: (from: number, to: number) => Uint32Array) =>
    (key: number): Uint32Array => {
      const [from, length] = [places[key] ?? 0, lengths[key] ?? 0];
      if (length === 0) return EMPTY;
      return length < LONG ? read(from, from + length) : long.subarray(from, from + length);
    };
  return {
    keys: lengths.length,
    lengthOf: (key) => lengths[key] ?? 0,
    get: reading((from, to) => saved.some(short, from, to)),
    inOrder: () => reading(createWindow(saved, short)),
  };
}

/** The lists that were saved under a name. */
export const openPackedLists = (saved: Saved, name: string): PackedLists => listsOn(openStart(saved, name));

/** Lists to be saved under a name. */
export function packedSections(name: string, { offsets, entries }: Packed): Sections {
  const keys = Math.max(0, offsets.length - 1);
  const lengths = Uint32Array.from(
    { length: keys },
    (_, key) => (offsets[key + 1] ?? 0) - (offsets[key] ?? 0),
  );
  const pick = function* (isLong: boolean): Generator<Uint8Array> {
    for (let key = 0; key < keys; key++) {
      const length = lengths[key] ?? 0;
      if (length > 0 && length < LONG !== isLong) yield bytesOf(entries, offsets[key] ?? 0, length);
    }
  };
  return [
    [`${name}.lengths`, lengths],
    [`${name}.long`, { [Symbol.iterator]: () => pick(true) }],
    [`${name}.short`, { [Symbol.iterator]: () => pick(false) }],
  ];
}

const bytesOf = (words: Uint32Array, from: number, length: number): Uint8Array =>
  new Uint8Array(words.buffer, words.byteOffset + 4 * from, 4 * length);

/** Lists in memory. Packed lists given at the start are used where they lie and copied only when they change. */
export function createPackedLists(start?: Packed): PackedLists {
  const { offsets, entries } = start ?? { offsets: EMPTY, entries: EMPTY };
  const get = (key: number): Uint32Array => entries.subarray(offsets[key], offsets[key + 1]);
  const lengthOf = (key: number): number => (offsets[key + 1] ?? 0) - (offsets[key] ?? 0);
  return listsOn({ keys: Math.max(0, offsets.length - 1), lengthOf, get, inOrder: () => get });
}

function listsOn(start: Start): PackedLists {
  const own = createOwnLists();
  const packed = (key: number): Uint32Array => (key < start.keys ? start.get(key) : EMPTY);
  const get = (key: number): Uint32Array => (own.has(key) ? own.get(key) : packed(key));
  const open = (key: number): void => {
    if (!own.has(key)) own.put(key, packed(key));
  };
  const packedLength = (key: number): number => (key < start.keys ? start.lengthOf(key) : 0);
  const inOrder = (): PackedLists["get"] => {
    const next = start.inOrder();
    return (key) => (own.has(key) ? own.get(key) : key < start.keys ? next(key) : EMPTY);
  };
  const lists: PackedLists = {
    get,
    lengthOf: (key) => (own.has(key) ? own.lengthOf(key) : packedLength(key)),
    append(key, number, count) {
      if (number > MAX_NUMBER)
        throw new RangeError(`${number} is above ${MAX_NUMBER}, the largest number of a list`);
      open(key);
      own.push(key, packEntry(number, count));
    },
    remove(key, number, count) {
      // Lists may be long, and what changes is mostly new: whole entries are compared, from the end.
      const at = get(key).lastIndexOf(packEntry(number, count));
      if (at < 0) return;
      open(key);
      own.removeAt(key, at);
    },
    clear: (key) => own.put(key, EMPTY),
    inOrder,
    pack: (keys, pace) => packLists(keys, lists, pace),
  };
  return lists;
}
