import type { NamedAuthors } from "../../../corpus/paper.ts";
import type { NameParts } from "../../../corpus/names/person-name.ts";
import { namedInParts } from "../../../corpus/names/person-name.ts";
import { quoteLine } from "../../../corpus/problem.ts";
import { hasInitialsBehind, readCitedName } from "../../citation/cited-name.ts";
import { readCommonLatex } from "../fields/common-latex.ts";
import { isSuffix, literalName, readName } from "./name.ts";
import { insideBraces, splitOutside } from "./name-text.ts";
import { readTurned, readTurnedList } from "./turned-names.ts";

/** Told where names are not as BibTeX writes them: what is there, and what was made of it. */
export type TellNames = (found: string) => void;

const AND = /(?:^|\s+)and(?=\s|$)/gi;
/** "et al." and what else stands for those who are not named. */
const OTHERS = /^\{*(?:others|et\.? al\.?|\.\.\.|…)\}*$/i;
const ET_AL = /[\s,]+et\.? al\.?$/i;

/** `Alpha A`, `De Sa CM`: a family name and initials, as PubMed writes them. */
const WITH_INITIALS = /^\P{Ll}[\p{L}'’-]+(?: [\p{L}'’-]{2,})* \p{Lu}{1,3}$/u;
/** What marks a name's affiliation in a paper, and what parts names in LaTeX: neither is of a name. */
const MARK = /\$\^\{?[^${}]{0,20}\}?\$|\\(?:textsuperscript|thanks|footnote|inst)\s*\{[^{}]*\}/g;
const AND_COMMAND = /\\(?:and|AND)\b/g;

/** `A.`, `A. B.`, `A.-B.`, `AB`. */
const INITIALS = /^(?:\p{Lu}\.?[\s-]?){1,4}$/u;

const isSeveralWords = (text: string): boolean => /\S[\s~]+\S/.test(text);

/** `Alpha, A., Beta, B.` as pairs; undefined where they are none. */
function readPairs(parts: readonly string[]): NameParts[] | undefined {
  if (parts.length < 4 || parts.length % 2 === 1) return undefined;
  const isPair = parts.every((part, i) => (i % 2 === 1) === INITIALS.test(part));
  if (!isPair) return undefined;
  return parts.flatMap((family, i) =>
    i % 2 === 1 ? [] : (readName("", [family, parts[i + 1] ?? ""]) ?? []),
  );
}

/** Names between which nothing but commas stand; undefined where it cannot be known that they are several. */
function readCommaList(parts: readonly string[], oxford: boolean): NameParts[] | undefined {
  const pairs = readPairs(parts);
  if (pairs !== undefined) return pairs;
  const enough = parts.length > 2 || oxford || parts.every((part) => WITH_INITIALS.test(part));
  if (!enough || !parts.every(isSeveralWords)) return undefined;
  return parts.flatMap((part) => {
    const [, family, given] = (WITH_INITIALS.test(part) && /^(.+) (\S+)$/.exec(part)) || [];
    return readName(part, family === undefined || given === undefined ? [part] : [family, given]) ?? [];
  });
}

/** What stands between two "and": one name, or what is left of a list without them. */
function readPiece(piece: string, tell: TellNames): NameParts[] {
  const turned = readTurned(piece, 0, piece.length);
  if (turned !== undefined) return [turned];
  const oxford = piece.endsWith(",");
  const text = piece.replace(/^[\s,]+|[\s,]+$/g, "");
  if (insideBraces(text) !== undefined || /^"?(?:given|family|prefix)(?:-i)?\s*=/i.test(text))
    return [readName(text, []) ?? []].flat();
  const parts = splitOutside(text, /,/g).filter((part) => part !== "");
  const hasSuffix = parts.length === 3 && (isSuffix(parts[1] ?? "") || isSuffix(parts[2] ?? ""));
  const list = parts.length < 2 || hasSuffix ? undefined : readCommaList(parts, oxford);
  if (list !== undefined) {
    tell(`${quoteLine(text)}, read as ${list.length} names`);
    return list;
  }
  if (parts.length <= 2 || hasSuffix) return [readName(text, parts) ?? []].flat();
  tell(`${quoteLine(text)}, kept as it stands`);
  return [literalName(text) ?? []].flat();
}

/** `A. Alpha & B. Beta`; a firm such as `Johnson & Johnson` is one name. */
function splitAmpersands(piece: string, tell: TellNames): string[] {
  if (!piece.includes("&")) return [piece];
  const parts = splitOutside(piece, /\s\\?&\s/g);
  if (parts.length < 2) return [piece];
  if (parts.every((part) => isSeveralWords(part) || part.includes(","))) {
    tell(`${quoteLine(piece)}, read as names between “&”`);
    return parts.flatMap((part) => part);
  }
  tell(`${quoteLine(piece)}, kept as it stands`);
  return [`{${piece}}`];
}

/** A list that stands whole in one more pair of braces: BibTeX takes it for one name. */
function unwrapped(text: string, tell: TellNames): string {
  const inner = insideBraces(text);
  if (inner === undefined) return text;
  const names = splitOutside(inner, AND);
  if (names.length < 2 || !names.every((name) => /^[^,]+,[^,]+$/.test(name))) return text;
  tell(`${quoteLine(text)} in one more pair of braces, read as ${names.length} names`);
  return inner;
}

function splitNames(text: string, tell: TellNames): string[] {
  const pieces = splitOutside(unwrapped(text, tell), AND).flatMap((piece) => {
    const parts = piece.includes(";") ? splitOutside(piece, /;/g).filter((part) => part !== "") : [piece];
    if (parts.length > 1) tell(`${quoteLine(piece)}, read as ${parts.length} names between “;”`);
    return parts.flatMap((part) => splitAmpersands(part, tell));
  });
  const named = pieces.filter((piece) => piece !== "");
  if (named.length < pieces.length) tell(`“and” without a name beside it in ${quoteLine(text)}`);
  return named;
}

/**
 * The names of an `author` or `editor`: parted by "and", or as people write them else, which is told. Undefined where
 * nobody is named.
 */
export function readNames(value: string, tell: TellNames): NamedAuthors | undefined {
  const turned = readTurnedList(value.includes("\\") ? readCommonLatex(value) : value);
  if (turned !== undefined) return namedInParts(turned);
  const text = value.replace(MARK, "").replace(AND_COMMAND, " and ").replace(/\s+/g, " ").trim();
  if (text === "") return undefined;
  const names: NameParts[] = [];
  let others = false;
  const pieces = splitNames(text, tell);
  if (pieces.length > 1 && pieces.every(hasInitialsBehind)) {
    tell(`${quoteLine(text)}, read as family names with initials`);
    return namedInParts(pieces.flatMap((piece) => readCitedName(piece) ?? []));
  }
  for (const piece of pieces) {
    const named = piece.replace(ET_AL, "");
    others ||= OTHERS.test(piece) || named !== piece;
    if (!OTHERS.test(named)) names.push(...readPiece(named, tell));
  }
  return namedInParts(names, others);
}
