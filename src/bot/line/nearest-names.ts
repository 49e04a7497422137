import { editDistance } from "../../search/embedded/terms/near-words.ts";

/** A name may have one slip for so many letters, and no more than three. */
const LETTERS_A_SLIP = 3;
const MOST_SLIPS = 3;

const lettersOf = (name: string): string => name.replaceAll("_", "");

/** The names that one may be meant for: those that the fewest letters tell from it, underscores left out. */
export function nearestNames(typed: string, names: readonly string[]): readonly string[] {
  const letters = lettersOf(typed);
  let allowed = Math.min(MOST_SLIPS, Math.floor(letters.length / LETTERS_A_SLIP));
  let found: string[] = [];
  for (const name of names) {
    const edits = editDistance(letters, lettersOf(name), allowed);
    if (edits > allowed) continue;
    if (edits < allowed) found = [];
    allowed = edits;
    found.push(name);
  }
  return found;
}
