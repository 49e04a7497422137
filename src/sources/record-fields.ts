import type { NameParts } from "../corpus/names/person-name.ts";
import { nameOfParts } from "../corpus/names/person-name.ts";

/** Words in lower case before a family name: `van der Maaten`. */
const PARTICLES = /^((?:\p{Ll}[\p{L}']*\s+)+)(\S.*)$/u;

const text = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

/** The parts of a name as JSON gives them, with the particle taken off the family name; undefined for what names nobody. */
export function partsOfName(given: {
  readonly [Part in "family" | "given" | "suffix" | "literal"]: unknown;
}): NameParts | undefined {
  const [, particle = "", family = text(given.family)] = PARTICLES.exec(text(given.family)) ?? [];
  const parts = { family, given: text(given.given), particle: particle.trim(), suffix: text(given.suffix) };
  const named = nameOfParts(parts);
  return named ?? nameOfParts({ literal: text(given.literal) });
}

/** Pages as they are printed, `319-322` -> `319–322`; anything with more than one hyphen stays as it is. */
export function pageRange(pages: string | undefined): string | undefined {
  return pages?.replace(/^([^\s\-–—]+)\s*(?:-{1,2}|[–—])\s*([^\s\-–—]+)$/, "$1–$2");
}
