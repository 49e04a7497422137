import type { Saved, Sections } from "../saved/sections.ts";
import { ENDIANNESS } from "../saved/index-layout.ts";

/** Documents by keys, as numbers of 32 bits; two keys may have one number, so that what is found has to be looked at. */
export interface KeyMap {
  readonly add: (key: string, document: number) => void;
  readonly remove: (key: string, document: number) => void;
  readonly find: (keys: readonly string[]) => number[];
  /** All of it, to be saved. */
  readonly pack: () => Sections;
}

/** FNV-1a in 32 bits: keys are long and many, their numbers take a tenth of the memory. */
function numberOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The first place of ascending numbers that has this one or a larger one. */
function placeOf(numbers: Uint32Array, wanted: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What was saved: numbers in ascending order, and a document for each. */
interface SavedKeys {
  readonly documents: (number: number) => number[];
  readonly remove: (number: number, document: number) => void;
  /** All that are left. */
  readonly pairs: () => Generator<readonly [number: number, document: number]>;
}

/** The keys that were saved under a name. They are read when they are asked for first. */
function openSavedKeys(saved: Saved, name: string): SavedKeys {
  let read: readonly [numbers: Uint32Array, documents: Uint32Array] | undefined;
  const base = (): NonNullable<typeof read> =>
    (read ??= [saved.words(`${name}.numbers`), saved.words(`${name}.documents`)]);
  const gone = new Set<number>();
  const placesOf = (number: number): number[] => {
    const [numbers] = base();
    const places: number[] = [];
    for (let place = placeOf(numbers, number); numbers[place] === number; place++)
      if (!gone.has(place)) places.push(place);
    return places;
  };
  return {
    documents: (number) => placesOf(number).map((place) => base()[1][place] ?? 0),
    remove(number, document) {
      for (const place of placesOf(number)) if (base()[1][place] === document) gone.add(place);
    },
    *pairs() {
      const [numbers, documents] = base();
      for (const [place, number] of numbers.entries())
        if (!gone.has(place)) yield [number, documents[place] ?? 0];
    },
  };
}

/** Pairs in ascending order, by the number and then by the document. */
function sortPairs(
  pairs: readonly (readonly [number: number, document: number])[],
): [Uint32Array, Uint32Array] {
  const [high, low] = ENDIANNESS === "little" ? [1, 0] : [0, 1];
  const words = new Uint32Array(2 * pairs.length);
  pairs.forEach(([number, document], i) => {
    words[2 * i + high] = number;
    words[2 * i + low] = document;
  });
  // Two words are one number of 64 bits.
  new BigUint64Array(words.buffer).sort();
  return [words.filter((_, i) => i % 2 === high), words.filter((_, i) => i % 2 === low)];
}

/** The map that was saved under a name. */
export function openKeyMap(saved: Saved, name: string): KeyMap {
  const before = openSavedKeys(saved, name);
  const added = new Map<number, number | readonly number[]>();
  const newest = (number: number): readonly number[] => {
    const list = added.get(number);
    return list === undefined ? [] : typeof list === "number" ? [list] : list;
  };
  const put = (number: number, list: readonly number[]): void => {
    const [only, ...more] = list;
    if (only === undefined) added.delete(number);
    else added.set(number, more.length === 0 ? only : list);
  };
  const get = (number: number): number[] => [...before.documents(number), ...newest(number)];
  return {
    add(key, document) {
      const number = numberOf(key);
      if (!get(number).includes(document)) put(number, [...newest(number), document]);
    },
    remove(key, document) {
      const number = numberOf(key);
      before.remove(number, document);
      const others = newest(number).filter((one) => one !== document);
      put(number, others);
    },
    find: (keys) => [...new Set(keys.flatMap((key) => get(numberOf(key))))],
    pack() {
      const pairs = [...before.pairs()];
      for (const number of added.keys())
        for (const document of newest(number)) pairs.push([number, document]);
      const [numbers, documents] = sortPairs(pairs);
      return [
        [`${name}.numbers`, numbers],
        [`${name}.documents`, documents],
      ];
    },
  };
}
