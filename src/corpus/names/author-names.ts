import { createHash } from "node:crypto";
import { fold } from "../fold.ts";
import { readableText } from "../readable-text.ts";

/** A comma that stands inside brackets, as in an affiliation, does not part two names. */
const NOTE = /\([^()]*\)/g;

/** A part of a name that some write behind a comma. */
const SUFFIX = /^(?:Jr|Sr|II|III|IV)\.?$/i;

/** Groups that share one word, as in `LIGO and Virgo Collaborations`: the plural says that their names are one. */
const GROUPS = /\b(?:collaborations|consortia|teams|groups)$/i;

/** Whether a text has a letter: a mark alone, such as the `:` behind a collaboration, names nobody. */
export function isName(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** The names between two commas. */
function splitByAnd(part: string): string[] {
  const names = part.split(/\s+and\s+/);
  const last = names.at(-1) ?? "";
  return GROUPS.test(last) ? [...names.slice(0, -2), names.slice(-2).join(" and ")] : names;
}

/**
 * Names out of one line of them, as arXiv prints it: `A. One, B. Two and C. Three`, with affiliations in brackets,
 * which are left out. Empty when there are none.
 */
export function splitNames(line: string): string[] {
  const parts = readableText(line.replace(NOTE, " ").replace(NOTE, " ")).split(/\s*,\s*(?:and\s+)?/);
  const names: string[] = [];
  for (const name of parts.flatMap(splitByAnd).filter(isName)) {
    const before = names.at(-1);
    if (before !== undefined && SUFFIX.test(name)) names[names.length - 1] = `${before} ${name}`;
    else names.push(name);
  }
  return names;
}

/**
 * What stands for the name of somebody who hides it: a hash of its letters, without case, accents and punctuation. A
 * name that is spelt with other letters, such as initials, has another key.
 */
export function authorKey(name: string): string {
  const letters = fold(name).replace(/[^\p{L}\p{N}]+/gu, "");
  return createHash("sha256").update(letters).digest("hex").slice(0, 16);
}
