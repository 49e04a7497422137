import { quoteLine } from "../../../../corpus/problem.ts";
import type { FindParent } from "./inheritance.ts";
import { isPossibleParent, missingParent, withInherited } from "./inheritance.ts";
import { keptText } from "../../kept-text.ts";
import type { BibEntry } from "../bib-entry.ts";
import { isHolder } from "../../fields/types.ts";

/** Gives the entries of a file with what they inherit, in the order in which that is known. */
interface Families {
  readonly take: (entry: BibEntry) => BibEntry[];
  /** Those whose parents did not come. */
  readonly end: () => BibEntry[];
  /** Entries that are no papers and that no paper named, of the first so many. */
  readonly barren: () => BibEntry[];
}

/** Characters of the parents that are kept, and of the children that wait: some ten thousand of each. */
const MAX_KEPT = 8_000_000;
const MAX_BARREN = 1000;

const sizeOf = (entry: BibEntry): number => {
  let size = 100;
  for (const [name, { value }] of entry.fields) size += name.length + value.length;
  return size;
};

/** Copies, so that the rest of the file is let go. */
function kept(entry: BibEntry): BibEntry {
  const fields = [...entry.fields].map(
    ([name, { value, line }]) => [keptText(name), { value: keptText(value), line }] as const,
  );
  return { ...entry, key: keptText(entry.key), type: keptText(entry.type), fields: new Map(fields) };
}

/** Entries that others may take fields from, by their keys in lower case; the oldest are forgotten. */
function createParents(): {
  readonly find: FindParent;
  readonly keep: (entry: BibEntry) => void;
  readonly barren: () => BibEntry[];
} {
  const parents = new Map<string, BibEntry>();
  const barren = new Map<string, BibEntry>();
  let size = 0;
  return {
    find(key) {
      barren.delete(key);
      return parents.get(key);
    },
    keep(entry) {
      const key = entry.key.toLowerCase();
      if (parents.has(key)) return;
      parents.set(key, entry);
      if (isHolder(entry.type) && barren.size < MAX_BARREN) barren.set(key, entry);
      size += sizeOf(entry);
      for (const [oldest, old] of parents) {
        if (size <= MAX_KEPT) break;
        parents.delete(oldest);
        size -= sizeOf(old);
      }
    },
    barren: () => [...barren.values()],
  };
}

/** An entry and the key of the one that it waits for. */
interface Waiting {
  readonly entry: BibEntry;
  readonly missing: string;
}

/** Entries that wait for a parent. */
function createWaiting(): {
  readonly add: (child: Waiting) => void;
  /** Those that wait for this one; they are waiting no longer. */
  readonly take: (key: string) => BibEntry[];
  /** The oldest where they are too many, which is waiting no longer; of `all`, also where they are not. */
  readonly surplus: (all: boolean) => Waiting | undefined;
} {
  const byKey = new Map<string, Set<Waiting>>();
  const inOrder = new Set<Waiting>();
  let size = 0;
  const remove = (child: Waiting): void => {
    inOrder.delete(child);
    size -= sizeOf(child.entry);
    const others = byKey.get(child.missing);
    others?.delete(child);
    if (others?.size === 0) byKey.delete(child.missing);
  };
  return {
    add(child) {
      inOrder.add(child);
      byKey.set(child.missing, (byKey.get(child.missing) ?? new Set()).add(child));
      size += sizeOf(child.entry);
    },
    take(key) {
      const children = [...(byKey.get(key) ?? [])];
      children.forEach(remove);
      return children.map(({ entry }) => entry);
    },
    surplus(all) {
      const [oldest] = size > MAX_KEPT || all ? inOrder : [];
      if (oldest !== undefined) remove(oldest);
      return oldest;
    },
  };
}

/**
 * Parents may stand before their children, as biblatex allows, or behind, as BibTeX wants it. Memory stays flat: of more
 * parents than fit the oldest are forgotten, and of more children the oldest go without what they would have inherited.
 */
export function createFamilies(): Families {
  const parents = createParents();
  const waiting = createWaiting();
  /** Gives children without what does not come. */
  const release = (all: boolean): BibEntry[] => {
    const released: BibEntry[] = [];
    for (let child = waiting.surplus(all); child !== undefined; child = waiting.surplus(all)) {
      const { entry, missing } = child;
      const line = (entry.fields.get("crossref") ?? entry.fields.get("xdata"))?.line ?? entry.line;
      const damage = { line, expected: `an entry ${quoteLine(missing)} to take fields from`, found: "none" };
      released.push(withInherited({ ...entry, damages: [...entry.damages, damage] }, parents.find));
    }
    return released;
  };
  const settle = (entry: BibEntry): BibEntry[] => {
    const missing = missingParent(entry, parents.find);
    if (missing === undefined) return [withInherited(entry, parents.find)];
    waiting.add({ entry: kept(entry), missing });
    return release(false);
  };
  return {
    take(entry) {
      if (!isPossibleParent(entry)) return settle(entry);
      parents.keep(kept(entry));
      return [entry, ...waiting.take(entry.key.toLowerCase())].flatMap(settle);
    },
    end: () => release(true),
    barren: parents.barren,
  };
}
