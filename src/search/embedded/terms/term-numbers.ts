import { indexWords } from "../../text/index-words.ts";
import { stem } from "../../text/stem.ts";
import { nameWords } from "../../text/words.ts";
import { openStringTable } from "./string-table.ts";
import type { Saved, Sections } from "../saved/sections.ts";
import { NOTHING_SAVED } from "../saved/sections.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Names of authors and organisations are terms of their own, so that the surname Young is not the adjective. */
export const NAME_MARK = "@";
const NAME_BYTE = NAME_MARK.charCodeAt(0);

/** The terms a word of a text, or of a name, is indexed under. */
export type TermsOfWord = (raw: string) => readonly number[];

/** Numbers for stems, in the order they are first seen, and the vocabulary of the words behind them. */
export interface TermNumbers {
  /** One more than the highest term. */
  readonly size: () => number;
  readonly textOf: (term: number) => string;
  readonly isName: (term: number) => boolean;
  readonly find: (text: string) => number | undefined;
  /** The number of a text, which it gets where it has none. */
  readonly add: (text: string) => number;
  readonly wordTerms: TermsOfWord;
  readonly nameTerms: TermsOfWord;
  /** All texts, to be saved. */
  readonly pack: () => Sections;
}

/** Words are seen again and again; the memory of their terms is emptied when it holds this many. */
const REMEMBERED = 200_000;

/** Most words of a text are among the few common ones: so many of the last. */
const RECENT = 2 ** 14;

/** A place among the recent words for a word, from a few of its characters. */
function placeOf(raw: string): number {
  const { length } = raw;
  const mixed =
    raw.charCodeAt(0) +
    31 * raw.charCodeAt(length >>> 1) +
    961 * raw.charCodeAt(length - 1) +
    29_791 * raw.charCodeAt(length >>> 2) +
    length * 127;
  return mixed & (RECENT - 1);
}

/** The terms of words, of the recent ones where they are found soonest. */
function createWordMemory(read: TermsOfWord): TermsOfWord {
  const remembered = new Map<string, readonly number[]>();
  const recent: string[] = Array.from({ length: RECENT }, () => "");
  const recentTerms: (readonly number[])[] = Array.from({ length: RECENT }, () => []);
  return (raw) => {
    const place = placeOf(raw);
    if (recent[place] === raw) return recentTerms[place] ?? [];
    let terms = remembered.get(raw);
    if (terms === undefined) {
      terms = read(raw);
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(raw, terms);
    }
    recent[place] = raw;
    recentTerms[place] = terms;
    return terms;
  };
}

/** Numbers that go on from those that were saved; new words are added to the vocabulary. */
export function createTermNumbers(
  vocabulary: Pick<Vocabulary, "add">,
  saved: Saved = NOTHING_SAVED,
): TermNumbers {
  const texts = openStringTable(saved, "terms");
  const read = (raw: string): number[] =>
    indexWords(raw).map((word) => {
      const term = texts.add(stem(word));
      vocabulary.add(word, term);
      return term;
    });
  return {
    size: texts.size,
    textOf: texts.text,
    isName: (term) => term < texts.size() && texts.firstByte(term) === NAME_BYTE,
    find: texts.find,
    add: texts.add,
    wordTerms: createWordMemory(read),
    nameTerms: (raw) => nameWords(raw).map((word) => texts.add(NAME_MARK + word)),
    pack: () => texts.pack("terms"),
  };
}
