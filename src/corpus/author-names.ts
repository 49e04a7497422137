import { createHash } from "node:crypto";
import { fold } from "./fold.ts";
import { readableText } from "./readable-text.ts";

/** A comma that stands inside brackets, as in an affiliation, does not part two names. */
const NOTE = /\([^()]*\)/g;

/**
 * Names out of one line of them, as arXiv prints it: `A. One, B. Two and C. Three`, with affiliations in brackets,
 * which are left out. Empty when there are none.
 */
export function splitNames(line: string): string[] {
  return readableText(line.replace(NOTE, " ").replace(NOTE, " "))
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+/)
    .filter((name) => /\p{L}/u.test(name));
}

/** A name given in parts, `["Balázs", "C.", "Jr."]` -> `C. Balázs Jr.`; undefined when it has no letters. */
export function joinName(last: string, first: string, suffix: string): string | undefined {
  const name = readableText([first, last, suffix].filter((part) => part.trim() !== "").join(" "));
  return /\p{L}/u.test(name) ? name : undefined;
}

/**
 * What stands for the name of somebody who hides it: a hash of its letters, without case, accents and punctuation. A
 * name that is spelt with other letters, such as initials, has another key.
 */
export function authorKey(name: string): string {
  const letters = fold(name).replace(/[^\p{L}\p{N}]+/gu, "");
  return createHash("sha256").update(letters).digest("hex").slice(0, 16);
}
