import type { CslName } from "../csl-item.ts";
import { isOthers } from "../csl-item.ts";
import { latexText } from "./latex-text.ts";

/** The two languages of `.bib` files: BibTeX's own, and that of biblatex, which biber reads. */
export type Dialect = "bibtex" | "biblatex";

const wordsOf = (text: string): readonly string[] => text.split(" ");

const startsSmall = (word: string): boolean => /^[^\p{L}]*\p{Ll}/u.test(word);

/** Whether a part would be cut: at a comma, or at the word that stands between names. */
const isCut = (text: string): boolean => /,|(?:^|\s)and(?:\s|$)/i.test(text);

const spell = (text: string, dialect: Dialect): string =>
  latexText(text, dialect === "bibtex" ? "names" : "none");

/** A part that keeps together. */
function part(text: string, dialect: Dialect): string {
  return isCut(text) ? `{${spell(text, dialect)}}` : spell(text, dialect);
}

/**
 * A family name; one that has a small word, such as `de Freitas`, in braces, or that would be a particle. biber 2.18 takes even
 * `hooks, bell` for the particle “hooks” of “bell bell”.
 */
function familyPart(family: string, dialect: Dialect): string {
  return isCut(family) || wordsOf(family).some(startsSmall)
    ? `{${spell(family, dialect)}}`
    : spell(family, dialect);
}

/** Whether BibTeX reads `particle family` apart just there: it does at the last word that begins small. */
function isSplitThere(particle: string): boolean {
  return !isCut(particle) && startsSmall(wordsOf(particle).at(-1) ?? "");
}

/** A particle that touches the name: `d'Alembert`, `al-Khwarizmi`. */
const touches = (particle: string): boolean => /['’‘-]$/u.test(particle);

/** `von Last, Jr, First`. */
function inOrder({ family = "", given, suffix, ...rest }: CslName, dialect: Dialect): string {
  const particle = rest["non-dropping-particle"];
  const apart = particle !== undefined && isSplitThere(particle) && !touches(particle);
  const joined = particle === undefined ? family : `${particle}${touches(particle) ? "" : " "}${family}`;
  const last = apart
    ? `${spell(particle, dialect)} ${familyPart(family, dialect)}`
    : familyPart(joined, dialect);
  if (given !== undefined) {
    return [last, ...(suffix === undefined ? [] : [part(suffix, dialect)]), part(given, dialect)].join(", ");
  }
  if (suffix !== undefined) return `{${last} ${spell(suffix, dialect)}}`;
  return wordsOf(family).length > 1 && !last.startsWith("{") ? `{${last}}` : last;
}

/** `family={Van Berg}, given={Jan}`, which only biber reads: for names whose parts the order alone does not tell. */
function byParts(name: CslName): string {
  const parts = [
    ["family", name.family],
    ["given", name.given],
    ["prefix", name["non-dropping-particle"]],
    ["suffix", name.suffix],
  ].flatMap(([label = "", text]) => (text === undefined ? [] : [`${label}={${latexText(text, "none")}}`]));
  return parts.join(", ");
}

/** Whether `inOrder` tells all parts. */
function isTold({ family = "", given, suffix, ...rest }: CslName): boolean {
  const particle = rest["non-dropping-particle"];
  if (particle !== undefined && (!isSplitThere(particle) || touches(particle))) return false;
  return given !== undefined || (suffix === undefined && wordsOf(family).length === 1);
}

function bibtexName(name: CslName, dialect: Dialect): string {
  if (name.literal !== undefined) return isOthers(name) ? "others" : `{${spell(name.literal, dialect)}}`;
  return dialect === "bibtex" || isTold(name) ? inOrder(name, dialect) : byParts(name);
}

/** Names as a field of BibTeX or biblatex: `de Sa, Christopher and {Google Research} and others`. */
export function bibtexNames(names: readonly CslName[], dialect: Dialect): string {
  return names.map((name) => bibtexName(name, dialect)).join(" and ");
}
