import { isName } from "../../../corpus/names/author-names.ts";
import type { NameParts } from "../../../corpus/names/person-name.ts";
import { guessNameParts } from "../../../corpus/names/person-name.ts";
import { insideBraces, outsideBraces, readPart, splitOutside } from "./name-text.ts";

const SUFFIX = /^(?:jr|sr|junior|senior|ii|iii|iv|vi{0,3}|2nd|3rd|esq|ph\.?\s?d|m\.?d)\.?$/i;
/** A name of words that all begin with a capital has no particle. */
const ALL_CAPITALS = /^(?:[A-Z][A-Za-z.'-]* )+[A-Z][A-Za-z'-]*$/;
/** Particles that also begin names of one who has no other: `van Gogh`. */
const PARTICLE = /^(?:v[ao]n|de|del|della|der|den|di|da|dos|du|la|le|ten|ter|zu|zur|af|al|el|bin|ibn|'t)$/;

/** The same where no given name stands beside it: `V.`, `II` and `M.D.` may be initials there, and `Junior` a name. */
const SURE_SUFFIX = /^(?:jr|sr|iii|2nd|3rd|esq|ph\.?\s?d)\.?$/i;
export const isSureSuffix = (text: string): boolean => SURE_SUFFIX.test(text);

/** Names in Chinese, Japanese or Korean letters, whose family name comes first: they are never turned round. */
const FAMILY_FIRST = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\s·]+$/u;

/** Whether a part says which of several of one name it is: `Jr.`, `III`. */
export const isSuffix = (text: string): boolean => SUFFIX.test(readPart(text));

/** The parts of a name that have letters; undefined where none has. */
function partsOf(parts: { readonly [Part in keyof NameParts]: string | undefined }): NameParts | undefined {
  const kept = Object.entries(parts).filter(([, text]) => text !== undefined && isName(text));
  if (kept.length === 0) return undefined;
  const read = Object.fromEntries(kept) as NameParts;
  if (read.literal !== undefined || read.family !== undefined) return read;
  return { literal: kept.map(([, text]) => text).join(" ") };
}

/** A name that is never taken apart; undefined where it has no letters. */
export const literalName = (text: string): NameParts | undefined => partsOf({ literal: readPart(text) });

const words = (text: string): string[] => splitOutside(text, /[\s~]+/g).filter((word) => word !== "");

/** Whether a word is written small, outside of braces, as particles are. */
function isSmall(word: string): boolean {
  const special = word.startsWith("{\\") ? readPart(word) : outsideBraces(word);
  return /^\P{L}*\p{Ll}/u.test(special) && !special.startsWith("\u0001");
}

const joined = (parts: readonly string[]): string | undefined =>
  parts.length === 0 ? undefined : readPart(parts.join(" "));

/** `von Last`: the particle ends with the last word that is written small, the last word of all aside. */
function readFamily(text: string): Pick<NameParts, "family" | "particle" | "suffix"> | undefined {
  const all = words(text);
  const suffix = all.length > 1 && isSuffix(all.at(-1) ?? "") ? all.pop() : undefined;
  const end = all.slice(0, -1).findLastIndex(isSmall) + 1;
  return partsOf({
    particle: isSmall(all[0] ?? "") ? joined(all.slice(0, end)) : undefined,
    family: joined(isSmall(all[0] ?? "") ? all.slice(end) : all),
    suffix: suffix === undefined ? undefined : readPart(suffix),
  });
}

/** `First von Last`, as BibTeX takes it apart (btxdoc, section 4); groups and single words are literal. */
function readPrinted(text: string): NameParts | undefined {
  const printed = readPart(text);
  if (!isName(printed)) return undefined;
  if (FAMILY_FIRST.test(printed)) return { literal: printed };
  const guessed = guessNameParts(printed);
  if (guessed.literal !== undefined || ALL_CAPITALS.test(text)) return guessed;
  const all = words(text);
  const suffix = all.length > 2 && isSuffix(all.at(-1) ?? "") ? all.pop() : undefined;
  const last = all.length - 1;
  const first = all.findIndex((word, i) => i < last && isSmall(word) && (i > 0 || PARTICLE.test(word)));
  const end = first < 0 ? last : all.slice(0, last).findLastIndex(isSmall) + 1;
  return partsOf({
    given: joined(all.slice(0, first < 0 ? last : first)),
    particle: joined(first < 0 ? [] : all.slice(first, end)),
    family: joined(all.slice(end)),
    suffix: suffix === undefined ? undefined : readPart(suffix),
  });
}

/** The name before a comma behind which only stands which of several it is. */
function withSuffix(text: string, suffix: string): NameParts | undefined {
  const name = readPrinted(text);
  if (name?.literal === undefined) return name && { ...name, suffix };
  return words(text).length === 1 ? { family: name.literal, suffix } : name;
}

/** biblatex's `given=Ann, family=Alpha, prefix=van, suffix=Jr`; undefined for other texts. */
function readNamedParts(text: string): NameParts | undefined {
  if (!/^\s*"?(?:given|family|prefix|suffix|id|useprefix|gender)(?:-i)?\s*=/i.test(text)) return undefined;
  const named = new Map<string, string>();
  for (const part of splitOutside(text, /,/g)) {
    const [, name = "", value = ""] = /^"?([\w-]+)\s*=\s*(.*?)"?$/s.exec(part) ?? [];
    named.set(name.toLowerCase(), readPart(value.replace(/^"|"$/g, "")));
  }
  const part = (name: string): string | undefined => named.get(name);
  return partsOf({
    given: part("given"),
    particle: part("prefix"),
    family: part("family"),
    suffix: part("suffix"),
  });
}

/**
 * One name in any of BibTeX's and biblatex's forms; undefined for what names nobody. `parts` are those between its commas,
 * three at most.
 */
export function readName(text: string, parts: readonly string[]): NameParts | undefined {
  const inner = insideBraces(text);
  if (inner !== undefined) return literalName(inner);
  const named = readNamedParts(text);
  if (named !== undefined) return named;
  const [last = "", second, third] = parts;
  if (second === undefined) return readPrinted(last);
  // `Martin Luther King, Jr.`, which BibTeX would turn round.
  if (third === undefined && isSureSuffix(readPart(second))) return withSuffix(last, readPart(second));
  const family = readFamily(last);
  if (family === undefined) return readPrinted(second);
  if (third === undefined) return partsOf({ ...family, given: readPart(second) });
  const [suffix, given] = isSuffix(third) && !isSuffix(second) ? [third, second] : [second, third];
  return partsOf({ ...family, given: readPart(given), suffix: readPart(suffix) });
}
