import sorted from "sorted-btree";
import { titleKey, titleKeyOf } from "../../../corpus/identifiers/paper-id.ts";
import type { PaperId } from "../../../corpus/paper.ts";

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
}

type Documents = number[];

const keysOf = (titles: readonly string[]): Set<string> => new Set(titles.map(titleKey));

/**
 * No titles yet. They are kept in a B-tree, which finds beginnings as a radix tree does and takes a tenth of its memory:
 * titles have little in common.
 */
export function createTitleKeys(): TitleKeys {
  const byKey = new sorted.default<string, Documents>(undefined, sorted.simpleComparator);
  const startingWith = function* (start: string): Generator<readonly [number, number]> {
    for (const [key, documents] of byKey.entries(start)) {
      if (!key.startsWith(start)) return;
      for (const document of documents) yield [document, key.length];
    }
  };
  const from = function* (start: string): Generator<number> {
    for (const [document] of startingWith(start)) yield document;
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
        const others = byKey.get(key)?.filter((one) => one !== document) ?? [];
        if (others.length > 0) byKey.set(key, others);
        else byKey.delete(key);
      }
    },
    titled: (title) => byKey.get(titleKey(title)) ?? [],
    perhapsNamed(id) {
      const of = titleKeyOf(id);
      if (of === undefined) return [];
      return of.whole ? (byKey.get(of.key) ?? []) : [...from(of.key)];
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
  };
}
