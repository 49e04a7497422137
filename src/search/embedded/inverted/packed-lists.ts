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
  /** The number of a key's entries. */
  readonly lengthOf: (key: number) => number;
  readonly append: (key: number, number: number, count: number) => void;
  /** Takes the entry (number, count) out of a key's list, keeping the order; nothing happens when there is none. */
  readonly remove: (key: number, number: number, count: number) => void;
  readonly clear: (key: number) => void;
  /** A copy of the lists of the keys 0 to `keys - 1`; nothing may change before it is made. */
  readonly pack: (keys: number, pace: Pace) => Promise<Packed>;
}

const EMPTY = new Uint32Array(0);

/** Entries that are copied as fast as one list is found. */
const ENTRIES_A_LIST = 50;

/** The lists of the keys 0 to `keys - 1`, one after the other. */
async function packLists(keys: number, get: PackedLists["get"], pace: Pace): Promise<Packed> {
  const offsets = new Uint32Array(keys + 1);
  for (let key = 0; key < keys; key++) {
    offsets[key + 1] = (offsets[key] ?? 0) + get(key).length;
    pace.copied(1);
    if (pace.due()) await pace.pause();
  }
  const entries = new Uint32Array(offsets[keys] ?? 0);
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

/** Lists that were packed, and how some of their entries are read. */
interface Start {
  readonly offsets: Uint32Array;
  readonly entries: (from: number, to: number) => Uint32Array;
}

/** Where the lists that were saved lie: in memory, or in the file, where each is read when it is asked for. */
export type Lying = "in memory" | "in the file";

/** The lists that were saved under a name. */
export function openPackedLists(saved: Saved, name: string, lying: Lying): PackedLists {
  const offsets = saved.words(`${name}.offsets`);
  if (lying === "in the file")
    return listsOn({ offsets, entries: (from, to) => saved.some(`${name}.entries`, from, to) });
  const entries = saved.words(`${name}.entries`);
  return listsOn({ offsets, entries: (from, to) => entries.subarray(from, to) });
}

/** Lists to be saved under a name. */
export const packedSections = (name: string, { offsets, entries }: Packed): Sections => [
  [`${name}.offsets`, offsets],
  [`${name}.entries`, entries],
];

/** Lists in memory. Packed lists given at the start are used where they lie and copied only when they change. */
export const createPackedLists = (start?: Packed): PackedLists =>
  listsOn({
    offsets: start?.offsets ?? EMPTY,
    entries: (from, to) => start?.entries.subarray(from, to) ?? EMPTY,
  });

function listsOn({ offsets, entries }: Start): PackedLists {
  const own = createOwnLists();
  const packed = (key: number): Uint32Array =>
    key + 1 >= offsets.length ? EMPTY : entries(offsets[key] ?? 0, offsets[key + 1] ?? 0);
  const get = (key: number): Uint32Array => (own.has(key) ? own.get(key) : packed(key));
  const open = (key: number): void => {
    if (!own.has(key)) own.put(key, packed(key));
  };
  const packedLength = (key: number): number =>
    key + 1 >= offsets.length ? 0 : (offsets[key + 1] ?? 0) - (offsets[key] ?? 0);
  return {
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
    pack: (keys, pace) => packLists(keys, get, pace),
  };
}
