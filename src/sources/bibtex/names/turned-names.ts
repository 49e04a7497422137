import type { NameParts } from "../../../corpus/names/person-name.ts";
import { isSureSuffix } from "./name.ts";

/** What most names are, `Vaswani, Ashish` and `Hinton, G. E.`, read letter by letter; all others are read by their grammar. */
const [SPACE, COMMA, DOT] = [0x20, 0x2c, 0x2e];
const [LETTER, CAPITAL] = [1, 2];

/** Letters of Latin scripts up to U+024F, and of them the capitals. */
const KINDS = Uint8Array.from({ length: 0x250 }, (_, code) => {
  const letter = String.fromCharCode(code);
  const capital = /\p{Lu}/u.test(letter) ? CAPITAL : 0;
  return capital | (/[A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F'-]/.test(letter) ? LETTER : 0);
});

const isKind = (text: string, at: number, kind: number): boolean =>
  ((KINDS[text.charCodeAt(at)] ?? 0) & kind) !== 0;

/** Words that are no name: what parts names, and what stands for the others. */
const NO_NAME = /(?:and|al\.?)(?=\s|$)/iy;

function isNoName(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== 0x61 && code !== 0x41) return false;
  NO_NAME.lastIndex = at;
  return NO_NAME.test(text);
}

/** Where the given names end that begin at `from`; `from` where another sign stands in them before `end`. */
function givenEnd(text: string, from: number, end: number): number {
  if (!isKind(text, from, CAPITAL)) return from;
  for (let at = from + 1; at < end; at++) {
    if (isKind(text, at, LETTER)) continue;
    const code = text.charCodeAt(at);
    const isInitial = code === DOT && (at + 1 === end || text.charCodeAt(at + 1) === SPACE);
    const isNext = code === SPACE && at + 1 < end && isKind(text, at + 1, LETTER) && !isNoName(text, at + 1);
    if (!isInitial && !isNext) return from;
  }
  return end;
}

type TurnedName = Required<Pick<NameParts, "family" | "given">>;

/** The turned name between two places; undefined for every other text. */
export function readTurned(text: string, from: number, end: number): TurnedName | undefined {
  if (!isKind(text, from, CAPITAL)) return undefined;
  let comma = from + 1;
  while (comma < end && isKind(text, comma, LETTER)) comma++;
  const given = comma + 2;
  if (comma === from + 1 || given >= end || text.charCodeAt(comma) !== COMMA) return undefined;
  if (text.charCodeAt(comma + 1) !== SPACE || givenEnd(text, given, end) !== end) return undefined;
  const turned = { family: text.slice(from, comma), given: text.slice(given, end) };
  return end - given < 8 && isSureSuffix(turned.given) ? undefined : turned;
}

/** Names of which each is turned, as most lists are; undefined for all others. */
export function readTurnedList(text: string): NameParts[] | undefined {
  const names: NameParts[] = [];
  for (let from = 0; from >= 0;) {
    const and = text.indexOf(" and ", from);
    const name = readTurned(text, from, and < 0 ? text.length : and);
    if (name === undefined) return undefined;
    names.push(name);
    from = and < 0 ? -1 : and + 5;
  }
  return names;
}
