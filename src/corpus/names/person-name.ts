import { isName } from "./author-names.ts";
import type { NamedAuthors } from "../paper.ts";
import { readableText } from "../readable-text.ts";

/**
 * A name in the parts that a citation puts in its own order: CSL-JSON's names (`non-dropping-particle` is `particle`). Either
 * `literal`, of a group, which is never turned round, or a family name and what else there is.
 */
export interface NameParts {
  readonly family?: string;
  readonly given?: string;
  /** `van der`, `de`: sorted with the family name. */
  readonly particle?: string;
  /** `Jr.`, `III`. */
  readonly suffix?: string;
  readonly literal?: string;
}

/** The parts of a name that are there and have letters, readable; undefined where none has. */
export function nameOfParts(parts: NameParts): NameParts | undefined {
  const kept = Object.entries(parts).flatMap(([part, text]) => {
    const readable = typeof text === "string" ? readableText(text).replace(/[{}]/g, "").trim() : "";
    return isName(readable) ? [[part, readable] as const] : [];
  });
  if (kept.length === 0) return undefined;
  const read = Object.fromEntries(kept) as NameParts;
  return read.literal === undefined && read.family === undefined ? { literal: displayName(read) } : read;
}

/** Authors whose names came in parts; undefined where there is none. */
export function namedInParts(parts: readonly NameParts[], others = false): NamedAuthors | undefined {
  if (parts.length === 0) return undefined;
  return { kind: "named", names: parts.map(displayName), parts, ...(others ? { others: true } : {}) };
}

/** A name as it is printed: `Jan van der Berg Jr.`. */
export function displayName({ literal, given, particle, family, suffix }: NameParts): string {
  if (literal !== undefined) return literal;
  // Most names have these two alone.
  if (particle === undefined && suffix === undefined && given !== undefined && family !== undefined)
    return `${given} ${family}`;
  return [given, particle, family, suffix].filter((part) => part !== undefined).join(" ");
}

const SUFFIX = /^(?:Jr|Sr|II|III|IV)\.?$/;
/** Words before a family name that belong to it, in lower case as names are written. */
const PARTICLE = /^(?:v[ao]n|de|del|della|der|den|di|da|dos|du|la|le|ten|ter|zu|zur|af|al|el|bin|ibn|'t)$/;

/** Groups that sign as one author. */
const GROUP =
  /\b(?:team|group|collaboration|consortium|lab|labs|laboratory|project|initiative|university|institute|inc|research|ai)\b\.?$/i;

/** `Gross, Ronit`, `King, Jr., Martin` or `Martin King, Jr.`; undefined without a comma, and for what is no name so. */
function byComma(name: string): NameParts | undefined {
  const [last = "", second = "", third, ...more] = name.split(/\s*,\s*/);
  if (last === "" || second === "" || third === "" || more.length > 0) return undefined;
  if (third === undefined && SUFFIX.test(second)) return guessNameParts(`${last} ${second}`);
  const words = last.split(" ");
  const small = words.findIndex((word) => !PARTICLE.test(word));
  return {
    family: words.slice(Math.max(0, small)).join(" "),
    given: third ?? second,
    ...(small > 0 ? { particle: words.slice(0, small).join(" ") } : {}),
    ...(third === undefined ? {} : { suffix: second }),
  };
}

/**
 * The parts of a name of which only its print is known, as BibTeX takes `First von Last` apart (btxdoc, section 4): the last
 * word is the family name, with the particles before it; `Last, First` by its comma. A single word, or a group by its last
 * word, is literal.
 */
export function guessNameParts(name: string): NameParts {
  const inverted = GROUP.test(name) ? undefined : byComma(name);
  if (inverted !== undefined) return inverted;
  const words = name.split(" ").filter((word) => word !== "");
  const suffix = words.length > 2 && SUFFIX.test(words.at(-1) ?? "") ? words.pop() : undefined;
  const family = words.pop();
  if (family === undefined || words.length === 0 || GROUP.test(name)) return { literal: name };
  let given = words.length;
  while (given > 1 && PARTICLE.test(words[given - 1] ?? "")) given--;
  const particles = words.slice(given);
  return {
    family,
    given: words.slice(0, given).join(" "),
    ...(particles.length === 0 ? {} : { particle: particles.join(" ") }),
    ...(suffix === undefined ? {} : { suffix }),
  };
}
