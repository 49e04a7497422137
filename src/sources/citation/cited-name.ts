import { isName } from "../../corpus/names/author-names.ts";
import type { NameParts } from "../../corpus/names/person-name.ts";
import { guessNameParts, nameOfParts } from "../../corpus/names/person-name.ts";
import { readableText } from "../../corpus/readable-text.ts";

/** Words in lower case before a family name, such as `van der`. */
const PARTICLE = /^((?:\p{Ll}[\p{L}'’]*\s+)+)(\S.*)$/u;
const SUFFIX = /^(?:Jr|Sr|II|III|IV)\.?$/i;

/** `Smith J`, `van der Berg J. W.`: a family name of one word and initials, as PubMed and those who copy from it write names. */
const WITH_INITIALS =
  /^((?:\p{Ll}[\p{L}'’]* ){0,3}\p{Lu}[\p{L}'’-]*\p{Ll}[\p{L}'’-]*) ((?:\p{Lu}\.?[ -]?){1,4})$/u;
/** Whether a name is a family name with initials behind it. */
export const hasInitialsBehind = (name: string): boolean => WITH_INITIALS.test(name);

/** What stands behind given names: `Jan W Jr`. */
const SUFFIX_BEHIND = /^(\S.*?)\s+((?:Jr|Sr|II|III|IV|2nd|3rd)\.?)$/i;

/** Whether a name has a comma behind it and no other, by which RIS says that it is a group's (EndNote, Zotero). */
const isGroup = (text: string): boolean => /^[^,;]*,\s*$/.test(text);

/** A name as lists of references write it: `Berg, Jan van der`, `van der Berg, Jan, Jr.` or `Jan Berg`; undefined for what names nobody. */
export function readCitedName(text: string): NameParts | undefined {
  const name = readableText(text).replace(/^[;,\s]+|[;,\s]+$/g, "");
  if (!isName(name)) return undefined;
  if (isGroup(text)) return { literal: name };
  const [last = "", second, third, ...more] = name.replace(WITH_INITIALS, "$1, $2").split(/\s*,\s*/);
  if (second === undefined) return guessNameParts(name);
  // A group may have commas in its name.
  if (more.length > 0 || !isName(last)) return { literal: name };
  const [, particle = "", family = last] = PARTICLE.exec(last) ?? [];
  const [given, suffix = ""] =
    third === undefined
      ? (SUFFIX_BEHIND.exec(second)?.slice(1) ?? [second])
      : SUFFIX.test(second)
        ? [third, second]
        : [second, third];
  return nameOfParts({ particle: particle.trim(), family, given: given ?? "", suffix });
}

/** The names of a field that may hold several: with semicolons between them, or with “and”. */
export function splitCitedNames(text: string): string[] {
  if (isGroup(text)) return [text];
  const parts = text.includes(";") ? text.split(";") : text.split(/\s+(?:and|&)\s+/);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
