/** Counts of 255 and more are all kept as 255. */
const MAX_COUNT = 255;
/** Numbers must stay below 2^24, so that number and count share 32 bits. */
const MAX_NUMBER = 2 ** 24 - 1;

/** The number in a packed entry: a document of a term's list, or a term of a document's. */
export const numberOf = (entry: number): number => entry >>> 8;
/** The count in a packed entry: how often the term stands in the document. */
export const countOf = (entry: number): number => entry & MAX_COUNT;

/** Lists one after the other: those of key k are the entries from `offsets[k]` up to `offsets[k + 1]`. */
export interface Packed {
  readonly offsets: Uint32Array;
  readonly entries: Uint32Array;
}

/** Lists of (number, count) entries, one list a key, each entry packed into 32 bits. */
export interface PackedLists {
  /** The entries of a key, as a view that holds until the next change. */
  readonly get: (key: number) => Uint32Array;
  readonly append: (key: number, number: number, count: number) => void;
  /** Takes the entry of `number` out of a key's list, keeping the order; nothing happens when there is none. */
  readonly remove: (key: number, number: number) => void;
  readonly clear: (key: number) => void;
  /** A copy of the lists of the keys 0 to `keys - 1`. */
  readonly pack: (keys: number) => Packed;
}

interface GrowingList {
  items: Uint32Array;
  length: number;
}

const EMPTY = new Uint32Array(0);

/** Adds an entry; the array grows by half where it is full. */
function push(list: GrowingList, entry: number): void {
  if (list.length === list.items.length) {
    const grown = new Uint32Array(Math.max(2, Math.ceil(list.length * 1.5)));
    grown.set(list.items);
    list.items = grown;
  }
  list.items[list.length++] = entry;
}

/** The lists of the keys 0 to `keys - 1`, one after the other. */
function packLists(keys: number, get: PackedLists["get"]): Packed {
  const offsets = new Uint32Array(keys + 1);
  for (let key = 0; key < keys; key++) offsets[key + 1] = (offsets[key] ?? 0) + get(key).length;
  const entries = new Uint32Array(offsets[keys] ?? 0);
  for (let key = 0; key < keys; key++) entries.set(get(key), offsets[key]);
  return { offsets, entries };
}

/** Lists in memory. Packed lists given at the start are used where they lie and copied only when they grow. */
export function createPackedLists(start?: Packed): PackedLists {
  const lists: (GrowingList | undefined)[] = [];
  const packed = (key: number): Uint32Array =>
    start === undefined || key + 1 >= start.offsets.length
      ? EMPTY
      : start.entries.subarray(start.offsets[key], start.offsets[key + 1]);
  const open = (key: number): GrowingList => {
    let list = lists[key];
    if (list === undefined) {
      const items = packed(key);
      list = { items, length: items.length };
      lists[key] = list;
    }
    return list;
  };
  const get = (key: number): Uint32Array => {
    const list = lists[key];
    if (list === undefined) return packed(key);
    return list.length === list.items.length ? list.items : list.items.subarray(0, list.length);
  };
  return {
    get,
    append(key, number, count) {
      if (number > MAX_NUMBER)
        throw new RangeError(`${number} is above ${MAX_NUMBER}, the largest number of a list`);
      push(open(key), (number << 8) | Math.min(count, MAX_COUNT));
    },
    remove(key, number) {
      const at = get(key).findIndex((entry) => numberOf(entry) === number);
      if (at < 0) return;
      const kept = get(key).filter((_entry, i) => i !== at);
      lists[key] = { items: kept, length: kept.length };
    },
    clear(key) {
      lists[key] = { items: EMPTY, length: 0 };
    },
    pack: (keys) => packLists(keys, get),
  };
}
