import { setImmediate as nextTurn } from "node:timers/promises";
import { identityKeys, lookupKeys } from "../../../corpus/identifiers/identity.ts";
import type { Paper } from "../../../corpus/paper.ts";
import type { Saved, Sections } from "../saved/sections.ts";
import { openKeyMap } from "./key-map.ts";

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
  /** All of them, to be saved; only when all are settled. */
  readonly pack: () => Sections;
}

/** Addresses read before other work gets its turn: some milliseconds. */
const SETTLED = 200;

/**
 * The papers that were saved. What makes two mentions one paper is there at once, for whoever takes papers in; addresses of
 * papers that came since take longer to read and are waited for where somebody looks one up. `paperOf` gives the paper of a
 * document.
 */
export function openIdentifiers(saved: Saved, paperOf: (document: number) => Paper | undefined): Identifiers {
  const own = openKeyMap(saved, "keys.own");
  const all = openKeyMap(saved, "keys.all");
  const waiting = new Set<number>();
  const settle = (count: number): boolean => {
    let left = count;
    for (const document of waiting) {
      if (left-- <= 0) break;
      const paper = paperOf(document);
      for (const key of paper === undefined ? [] : lookupKeys(paper)) all.add(key, document);
      waiting.delete(document);
    }
    return waiting.size > 0;
  };
  return {
    settle,
    put(document, paper) {
      for (const key of identityKeys(paper)) own.add(key, document);
      waiting.add(document);
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
    pack: () => [...own.pack(), ...all.pack()],
  };
}
