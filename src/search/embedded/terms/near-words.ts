import type { Saved, Sections } from "../saved/sections.ts";
import { NOTHING_SAVED } from "../saved/sections.ts";

/** A word near another, by its number. */
interface NearWord {
  readonly word: number;
  /** Letters to insert, delete or replace. */
  readonly distance: number;
}

/**
 * Words by their number, for what is near a misspelt one and what begins with some letters. All words are gone through: a
 * look at the letters a word has leaves a hundredth of them to be compared letter by letter, and takes a millisecond for
 * 300,000. Refused: a radix tree, whose walk for two letters takes thirty times as long, and lists by deletions
 * (SymSpell), which hold twenty entries a word.
 */
export interface NearWords {
  /** Adds the next word: 0, 1, 2, … */
  readonly add: (word: string) => void;
  /** Those at the smallest distance from a word, none beyond `allowed`, of those that count. */
  readonly nearest: (word: string, allowed: number, counts?: (word: number) => boolean) => NearWord[];
  /** Those that begin with some letters, two at least. */
  readonly beginning: (letters: string) => number[];
  /** What is known of the words, to be saved under a name. */
  readonly pack: (name: string) => Sections;
}

const LETTERS = 26;
/** Other characters share the last six bits. */
const OTHERS = 32 - LETTERS;

/** Which letters a word has, one bit each. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    const letter = code - 97;
    letters |= 1 << (letter >= 0 && letter < LETTERS ? letter : LETTERS + (code % OTHERS));
  }
  return letters >>> 0;
}

/** Whether a word has more than two ones. */
const moreThan = (bits: number, allowed: number): boolean => {
  let left = bits;
  for (let i = 0; i < allowed; i++) left &= left - 1;
  return left !== 0;
};

/**
 * The edits between two words (Levenshtein) where they are at most `allowed`, more otherwise. Row by row, of each row what
 * can still lead to a result.
 */
export function editDistance(a: string, b: string, allowed: number): number {
  let start = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const [lengthA, lengthB] = [endA - start, endB - start];
  if (Math.abs(lengthA - lengthB) > allowed) return allowed + 1;
  if (lengthA === 0 || lengthB === 0) return Math.max(lengthA, lengthB);
  let row = Array.from({ length: lengthB + 1 }, (_, i) => i);
  for (let i = 1; i <= lengthA; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= lengthB; j++) {
      const same = a.charCodeAt(start + i - 1) === b.charCodeAt(start + j - 1);
      const cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > allowed) return allowed + 1;
    row = next;
  }
  return row[lengthB] ?? 0;
}

/** Numbers in the order they were added. */
interface Growing {
  values: Uint32Array;
  count: number;
}

function push(list: Growing, value: number): void {
  if (list.count === list.values.length) {
    const before = list.values;
    list.values = new Uint32Array(Math.ceil(list.count * 1.5) + 4);
    list.values.set(before);
  }
  list.values[list.count++] = value;
}

/** Words of one length with the letters they have. */
interface Bucket {
  readonly letters: Growing;
  readonly words: Growing;
}

/** The words of a bucket whose letters are those of another but for so many at most on either side. */
function alike(bucket: Bucket, own: number, allowed: number): number[] {
  const [letters, words] = [bucket.letters.values, bucket.words.values];
  const { count } = bucket.words;
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const other = letters[i] ?? 0;
    if (!moreThan(own & ~other, allowed) && !moreThan(other & ~own, allowed)) found.push(words[i] ?? 0);
  }
  return found;
}

const growing = (values: Uint32Array = new Uint32Array(0)): Growing => ({ values, count: values.length });

/** The first two characters of a word as a number. */
const startOf = (word: string): number => word.charCodeAt(0) * 0x10000 + (word.charCodeAt(1) || 0);

/** Words by their lengths and by their first two characters. */
interface Groups {
  readonly byLength: Bucket[];
  readonly byStart: Map<number, Growing>;
}

/** Groups that were saved under a name: each a part of one long array. */
function openGroups(saved: Saved, name: string): Groups {
  const [letters, words] = [saved.words(`${name}.letters`), saved.words(`${name}.byLength`)];
  const [ends, starting] = [saved.words(`${name}.lengthEnds`), saved.words(`${name}.byStart`)];
  const byLength: Bucket[] = [];
  ends.forEach((end, length) => {
    const from = length === 0 ? 0 : (ends[length - 1] ?? 0);
    if (end === from) return;
    byLength[length] = {
      letters: growing(letters.subarray(from, end)),
      words: growing(words.subarray(from, end)),
    };
  });
  const [starts, startEnds] = [saved.words(`${name}.starts`), saved.words(`${name}.startEnds`)];
  const byStart = new Map<number, Growing>();
  starts.forEach((start, i) => {
    byStart.set(start, growing(starting.subarray(i === 0 ? 0 : startEnds[i - 1], startEnds[i])));
  });
  return { byLength, byStart };
}

/** Lists one behind the other, and where each ends. */
function join(lists: readonly (Growing | undefined)[]): { values: Uint32Array; ends: Uint32Array } {
  const ends = new Uint32Array(lists.length);
  let end = 0;
  for (let i = 0; i < lists.length; i++) ends[i] = end += lists[i]?.count ?? 0;
  const values = new Uint32Array(end);
  lists.forEach((list, i) => {
    if (list !== undefined) values.set(list.values.subarray(0, list.count), (ends[i] ?? 0) - list.count);
  });
  return { values, ends };
}

function packGroups({ byLength, byStart }: Groups, name: string): Sections {
  const lengths = Array.from({ length: byLength.length }, (_, length) => byLength[length]);
  const letters = join(lengths.map((bucket) => bucket?.letters));
  const words = join(lengths.map((bucket) => bucket?.words));
  const starts = [...byStart.keys()];
  const starting = join(starts.map((start) => byStart.get(start)));
  return [
    [`${name}.letters`, letters.values],
    [`${name}.byLength`, words.values],
    [`${name}.lengthEnds`, words.ends],
    [`${name}.starts`, Uint32Array.from(starts)],
    [`${name}.byStart`, starting.values],
    [`${name}.startEnds`, starting.ends],
  ];
}

function addTo({ byLength, byStart }: Groups, word: string, number: number): void {
  const same = (byLength[word.length] ??= { letters: growing(), words: growing() });
  push(same.letters, lettersOf(word));
  push(same.words, number);
  const start = startOf(word);
  let starting = byStart.get(start);
  if (starting === undefined) byStart.set(start, (starting = growing()));
  push(starting, number);
}

/**
 * The words that were saved under a name, `known` of them; `textOf` gives the text of a word by its number. What was saved is
 * read when something near is asked for, and words that are added before wait for that.
 */
export function openNearWords(
  textOf: (word: number) => string,
  { saved, name, known }: { readonly saved: Saved; readonly name: string; readonly known: number },
): NearWords {
  let groups: Groups | undefined;
  /** Words below this number are in the groups, once they are read. */
  let [grouped, next] = [known, known];
  const ready = (): Groups => {
    groups ??= openGroups(saved, name);
    for (; grouped < next; grouped++) addTo(groups, textOf(grouped), grouped);
    return groups;
  };
  return {
    add() {
      next++;
      if (groups !== undefined || known === 0) ready();
    },
    nearest(word, allowed, counts = () => true) {
      const { byLength } = ready();
      const own = lettersOf(word);
      let smallest = allowed;
      let found: NearWord[] = [];
      const compare = (other: number): void => {
        const distance = editDistance(word, textOf(other), smallest);
        if (distance > smallest || !counts(other)) return;
        if (distance < smallest) found = [];
        smallest = distance;
        found.push({ word: other, distance });
      };
      // Those of like length first, since the nearest of them leave less to be compared.
      for (const more of [0, 1, -1, 2, -2]) {
        const same = Math.abs(more) <= smallest ? byLength[word.length + more] : undefined;
        if (same !== undefined) alike(same, own, smallest).forEach(compare);
      }
      return found;
    },
    beginning(start) {
      if (start.length < 2) return [];
      const same = ready().byStart.get(startOf(start));
      const words = same === undefined ? [] : Array.from(same.values.subarray(0, same.count));
      return words.filter((word) => textOf(word).startsWith(start));
    },
    pack: (packed) => packGroups(ready(), packed),
  };
}

/** No words yet. */
export const createNearWords = (textOf: (word: number) => string): NearWords =>
  openNearWords(textOf, { saved: NOTHING_SAVED, name: "", known: 0 });
