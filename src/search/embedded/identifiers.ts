import { setImmediate as nextTurn } from "node:timers/promises";
import { identityKeys, lookupKeys } from "../../corpus/identifiers/identity.ts";
import type { Paper } from "../../corpus/paper.ts";

/** Finds documents by DOIs, addresses and the like, as keys (identity.ts). */
export interface Identifiers {
  readonly put: (document: number, paper: Paper) => void;
  /** Forgets a document that was put as this paper. */
  readonly remove: (document: number, paper: Paper) => void;
  /** Takes in the addresses of up to `count` papers ahead of the first look-up; false when none is left. */
  readonly settle: (count: number) => boolean;
  /** Documents that have one of these keys among those that make two mentions one paper, and perhaps others. */
  readonly identified: (keys: readonly string[]) => readonly number[];
  /** Documents that have one of these keys among all that they are known by, and perhaps others. Other work has its turn meanwhile. */
  readonly known: (keys: readonly string[]) => Promise<readonly number[]>;
}

/** FNV-1a in 32 bits: keys are long and many, their numbers take a tenth of the memory. */
function numberOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash;
}

/** Documents by keys; two keys may have one number, so that what is found has to be looked at. */
function createKeyMap() {
  const lists = new Map<number, number | readonly number[]>();
  const get = (number: number): readonly number[] => {
    const list = lists.get(number);
    return list === undefined ? [] : typeof list === "number" ? [list] : list;
  };
  return {
    add(key: string, document: number): void {
      const number = numberOf(key);
      const others = get(number);
      if (!others.includes(document))
        lists.set(number, others.length === 0 ? document : [...others, document]);
    },
    remove(key: string, document: number): void {
      const number = numberOf(key);
      const [only, ...more] = get(number).filter((one) => one !== document);
      if (only === undefined) lists.delete(number);
      else lists.set(number, more.length === 0 ? only : [only, ...more]);
    },
    find: (keys: readonly string[]): number[] => [...new Set(keys.flatMap((key) => get(numberOf(key))))],
  };
}

/** Addresses read before other work gets its turn: some milliseconds. */
const SETTLED = 200;

/**
 * No papers yet. What makes two mentions one paper is there at once, for whoever takes papers in; addresses take longer to
 * read and are waited for where somebody looks one up.
 */
export function createIdentifiers(): Identifiers {
  const own = createKeyMap();
  const all = createKeyMap();
  const waiting = new Map<number, Paper>();
  const settle = (count: number): boolean => {
    let left = count;
    for (const [document, paper] of waiting) {
      if (left-- <= 0) break;
      for (const key of lookupKeys(paper)) all.add(key, document);
      waiting.delete(document);
    }
    return waiting.size > 0;
  };
  return {
    settle,
    put(document, paper) {
      for (const key of identityKeys(paper)) own.add(key, document);
      waiting.set(document, paper);
    },
    remove(document, paper) {
      for (const key of identityKeys(paper)) own.remove(key, document);
      if (!waiting.delete(document)) for (const key of lookupKeys(paper)) all.remove(key, document);
    },
    identified: own.find,
    async known(keys) {
      while (settle(SETTLED)) await nextTurn();
      return all.find(keys);
    },
  };
}
