import porter2 from "wink-porter2-stemmer";
import { singular } from "./plurals.ts";

/** Words are seen again and again; the memory of their stems is emptied when it holds this many. */
const REMEMBERED = 200_000;
const stems = new Map<string, string>();

/** British spellings that Porter 2 leaves apart: modelling meets modeling there, initialise and colour only here. */
function american(word: string): string {
  if (word.length < 6) return word;
  return word
    .replace(/is(e|ed|es|er|ers|ing|ation|ations|able)$/, "iz$1")
    .replace(/our(s|ed|ing|al|ally)?$/, "or$1");
}

/** The stem under which a folded, lower-case word is indexed and searched. */
export function stem(word: string): string {
  let found = stems.get(word);
  if (found === undefined) {
    found = porter2(american(singular(word)));
    if (stems.size >= REMEMBERED) stems.clear();
    stems.set(word, found);
  }
  return found;
}
