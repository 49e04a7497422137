import { IANAZone } from "luxon";
import { UserError } from "../../user-error.ts";
import { AMBIGUOUS_ZONES, ZONES_OF_PLACES } from "./zone-names.ts";

/** Zones offered at most where a name is not known. */
const OFFERED = 4;

const EXAMPLE = "Write the name of a zone, such as Europe/Berlin, America/New_York, Asia/Tokyo or UTC.";

const key = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, " ");

/** The zones of this runtime, by their names in lower case with spaces. */
function knownZones(): ReadonlyMap<string, string> {
  return new Map(Intl.supportedValuesOf("timeZone").map((zone) => [key(zone), zone]));
}

/**
 * A zone under another name, such as Asia/Kolkata where the runtime lists Asia/Calcutta, in the usual capitals. It keeps
 * its name: nobody who wrote Kolkata wants to be told Calcutta.
 */
function otherName(typed: string): string | undefined {
  const name = typed
    .replace(/ /g, "_")
    .replace(/(^|[/_-])([a-z])/g, (_all, mark: string, letter: string) => mark + letter.toUpperCase());
  if (!/^[a-z]+\/[a-z0-9_+/-]+$/i.test(name)) return undefined;
  return IANAZone.isValidZone(name) ? name : undefined;
}

/** Zones whose name or city begins with what was typed, then those that have it or its city anywhere. */
function similarZones(typed: string, zones: ReadonlyMap<string, string>): string[] {
  const city = typed.split("/").at(-1) ?? "";
  const rank = (name: string): number => {
    const own = name.split("/").at(-1) ?? "";
    if (own === city) return 0;
    if (name.startsWith(typed) || own.startsWith(typed)) return 1;
    if (name.includes(typed)) return 2;
    return city.length >= 3 && own.startsWith(city.slice(0, 4)) ? 3 : 4;
  };
  return typed.length < 3
    ? []
    : [...zones]
        .map(([name, zone]) => ({ zone, place: rank(name) }))
        .filter(({ place }) => place < 4)
        .toSorted((a, b) => a.place - b.place || (a.zone < b.zone ? -1 : 1))
        .slice(0, OFFERED)
        .map(({ zone }) => zone);
}

function refuse(text: string, typed: string, zones: ReadonlyMap<string, string>): UserError {
  const name = text.trim();
  const ambiguous = AMBIGUOUS_ZONES.get(typed);
  if (ambiguous !== undefined) {
    return new UserError(
      `“${name}” is ambiguous: it does not say which place's clock changes to follow. Write one of ${ambiguous.join(", ")}, or another IANA zone.`,
    );
  }
  if (/^(?:utc|gmt)?\s*[+-]\d/.test(typed)) {
    return new UserError(`“${name}” is an offset, which does not follow summer time. ${EXAMPLE}`);
  }
  const offered = ZONES_OF_PLACES.get(typed) ?? similarZones(typed, zones);
  const question = offered.length === 0 ? "" : ` Did you mean ${offered.join(", ")}?`;
  return new UserError(`“${name}” is not a time zone.${question} ${EXAMPLE}`);
}

/**
 * Reads a time zone by its IANA name, in any case, with spaces or underscores, or UTC. Throws a UserError with the zones
 * that may be meant for abbreviations, offsets, cities and misspelt names.
 */
export function parseZone(text: string): string {
  const typed = key(text);
  if (typed === "utc" || typed === "gmt" || typed === "z") return "UTC";
  const zones = knownZones();
  const zone = zones.get(typed) ?? otherName(typed);
  if (zone === undefined) throw refuse(text, typed, zones);
  return zone;
}
