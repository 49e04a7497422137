import sorted from "sorted-btree";
import { titleKey, titleKeyOf } from "../../../corpus/identifiers/paper-id.ts";
import type { PaperId } from "../../../corpus/paper.ts";
import type { Pace } from "../pace.ts";
import type { Saved, Sections } from "../saved/sections.ts";
import { NOTHING_SAVED } from "../saved/sections.ts";

/** The documents by the keys of their titles (`titleKey`), in the order of the keys. */
export interface TitleKeys {
  readonly add: (document: number, titles: readonly string[]) => void;
  /** Forgets a document that was added with these titles. */
  readonly remove: (document: number, titles: readonly string[]) => void;
  /** The documents whose whole title this is, but for case, accents, punctuation and spaces. */
  readonly titled: (title: string) => readonly number[];
  /** The documents whose titles may give this id, those that do among them. */
  readonly perhapsNamed: (id: PaperId) => readonly number[];
  /** The documents whose title has a key that begins with this one, each with the length of that key. */
  readonly startingWith: (key: string) => Iterable<readonly [document: number, length: number]>;
  /** The documents whose titles begin with a text, but for case, accents, punctuation and spaces; at most `limit`. */
  readonly beginning: (text: string, limit: number) => readonly number[];
  /** All keys, to be saved. Nothing may change meanwhile. */
  readonly pack: (pace: Pace) => Promise<Sections>;
}

type Documents = number[];

/** A title's key and the document that has it. */
type Entry = readonly [key: string, document: number];

const keysOf = (titles: readonly string[]): Set<string> => new Set(titles.map(titleKey));

/** Keys that were saved, in their order, and the document of each; the texts stay in the file, where they are read one by one. */
interface SavedKeys {
  /** All from the first key on that is not before this one. */
  readonly from: (key: string) => Generator<Entry>;
  /** Forgets that a document has a key. */
  readonly remove: (key: string, document: number) => void;
}

function openSavedKeys(saved: Saved): SavedKeys {
  const [ends, documents] = [saved.words("titles.ends"), saved.words("titles.documents")];
  const gone = new Set<number>();
  const keyAt = (place: number): string => {
    const start = place === 0 ? 0 : (ends[place - 1] ?? 0);
    return saved.piece("titles.keys", start, (ends[place] ?? 0) - start).toString("utf8");
  };
  const placeOf = (key: string): number => {
    let [low, high] = [0, documents.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keyAt(middle) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    *from(key) {
      for (let place = placeOf(key); place < documents.length; place++)
        if (!gone.has(place)) yield [keyAt(place), documents[place] ?? 0];
    },
    remove(key, document) {
      for (let place = placeOf(key); place < documents.length && keyAt(place) === key; place++)
        if (documents[place] === document) gone.add(place);
    },
  };
}

/** Two lists in the order of keys as one; of equal keys those of the first come first. */
function* merge(first: Iterator<Entry>, second: Iterator<Entry>): Generator<Entry> {
  let [a, b] = [first.next(), second.next()];
  while (a.done !== true || b.done !== true) {
    if (b.done === true || (a.done !== true && a.value[0] <= b.value[0])) {
      if (a.done !== true) yield a.value;
      a = first.next();
    } else {
      yield b.value;
      b = second.next();
    }
  }
}

/** Made to bytes at once. */
const PACKED = 1000;

/** Keys in their order as they are saved. */
async function packKeys(entries: Iterable<Entry>, pace: Pace): Promise<Sections> {
  const pieces: Buffer[] = [];
  const [ends, documents]: [number[], number[]] = [[], []];
  let [end, keys] = [0, ""];
  for (const [key, document] of entries) {
    keys += key;
    ends.push((end += Buffer.byteLength(key)));
    documents.push(document);
    pace.copied(KEY_LISTS);
    if (documents.length % PACKED > 0) continue;
    pieces.push(Buffer.from(keys));
    keys = "";
    await pace.pause();
  }
  pieces.push(Buffer.from(keys));
  return [
    ["titles.keys", pieces],
    ["titles.ends", Uint32Array.from(ends)],
    ["titles.documents", Uint32Array.from(documents)],
  ];
}

/** Lists that are copied as fast as one key is read. */
const KEY_LISTS = 10;

/**
 * The titles that were saved, or none. Those that come are kept in a B-tree, which finds beginnings as a radix tree does and
 * takes a tenth of its memory: titles have little in common.
 */
export function openTitleKeys(saved: Saved = NOTHING_SAVED): TitleKeys {
  const before = openSavedKeys(saved);
  const byKey = new sorted.default<string, Documents>(undefined, sorted.simpleComparator);
  const added = function* (start: string): Generator<Entry> {
    for (const [key, documents] of byKey.entries(start))
      for (const document of documents) yield [key, document];
  };
  const allFrom = (start: string): Generator<Entry> => merge(before.from(start), added(start));
  const startingWith = function* (start: string): Generator<readonly [number, number]> {
    for (const [key, document] of allFrom(start)) {
      if (!key.startsWith(start)) return;
      yield [document, key.length];
    }
  };
  const from = function* (start: string): Generator<number> {
    for (const [document] of startingWith(start)) yield document;
  };
  const having = (wanted: string): number[] => {
    const found: number[] = [];
    for (const [key, document] of allFrom(wanted)) {
      if (key !== wanted) break;
      found.push(document);
    }
    return found;
  };
  return {
    add(document, titles) {
      for (const key of keysOf(titles)) {
        const documents = byKey.get(key);
        if (documents === undefined) byKey.set(key, [document]);
        else documents.push(document);
      }
    },
    remove(document, titles) {
      for (const key of keysOf(titles)) {
        before.remove(key, document);
        const others = byKey.get(key)?.filter((one) => one !== document) ?? [];
        if (others.length > 0) byKey.set(key, others);
        else byKey.delete(key);
      }
    },
    titled: (title) => having(titleKey(title)),
    perhapsNamed(id) {
      const of = titleKeyOf(id);
      if (of === undefined) return [];
      return of.whole ? having(of.key) : [...from(of.key)];
    },
    startingWith,
    beginning(text, limit) {
      const found = new Set<number>();
      for (const document of from(titleKey(text))) {
        if (found.size >= limit) break;
        found.add(document);
      }
      return [...found];
    },
    pack: (pace) => packKeys(allFrom(""), pace),
  };
}
