import { isScalar, isSeq } from "yaml";
import { readTopics } from "../../../src/search/query/topics.ts";
import { parseDays, parseTime } from "../../../src/schedule/slots/schedule-options.ts";
import type { PortableDigest } from "../../../src/digest/portable/decide-import.ts";
import { parseZone } from "../../../src/schedule/slots/zone-option.ts";
import type { Place } from "../../../src/schedule/place.ts";
import type { Plan } from "../../../src/digest/subscription.ts";
import { DEFAULT_PLAN } from "../../../src/digest/subscription.ts";
import { UserError } from "../../../src/user-error.ts";
import { readPlace } from "./place-name.ts";
import type { Found, Reading } from "./yaml-nodes.ts";
import { itemsOf, keysOf, openYaml, readWith, saidOf, textOf } from "./yaml-nodes.ts";

/** The settings of one channel, as a file has them. */
export interface PortablePlace {
  readonly place: Place;
  /** The zone of its server, for new digests. */
  readonly zone?: string;
  readonly digests: readonly PortableDigest[];
}

/** A file of settings that cannot be used, and why, a line for each problem. */
export class UnreadableSettings extends UserError {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join(" "));
    this.problems = problems;
  }
}

/** The version of this format; another one is refused. */
export const VERSION = 1;

/** Problems that are told at once. */
const TOLD = 10;

/** Topics are at most as long as “digest start” takes them, in characters. */
const LONGEST_TOPICS = 500;

const DIGEST_KEYS = [
  "id",
  "topics",
  "time",
  "zone",
  "days",
  "runners",
  "comments",
  "votes",
  "delivery",
  "paused",
];

function readCount(found: Found, most: number, reading: Reading): number | undefined {
  const { node } = found;
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most) return value;
  return reading.note(found, `${saidOf(found)} must be a whole number from 0 to ${most}.`);
}

function readChoice<T>(found: Found, choices: readonly T[], reading: Reading): T | undefined {
  const value: unknown = isScalar(found.node) ? found.node.value : undefined;
  const chosen = choices.find((one) => one === value);
  return chosen ?? reading.note(found, `${saidOf(found)} must be ${choices.join(" or ")}.`);
}

function readDays(found: Found, reading: Reading): Plan["days"] | undefined {
  if (!isSeq(found.node)) return readWith(found, reading, parseDays);
  const words = (itemsOf(found, reading) ?? []).map((item) => textOf(item, reading) ?? "");
  try {
    return parseDays(words.join(", "));
  } catch (error) {
    if (error instanceof UserError) return reading.note(found, error.message);
    throw error;
  }
}

function readTopicsText(text: string, now: Date): string {
  if (text.length > LONGEST_TOPICS)
    throw new UserError(`The topics have ${text.length} characters; they may have ${LONGEST_TOPICS}.`);
  const topics = text.trim().replace(/^(none|all|-)$/i, "");
  readTopics(topics, now);
  return topics;
}

function readId(text: string): string {
  if (/^[a-z0-9]{1,20}$/.test(text)) return text;
  throw new UserError(
    `“${text}” is no id: it has 1 to 20 small letters and digits. Leave it out for a new digest.`,
  );
}

/** Reads a value if it is there. */
type Optional = <T>(name: string, read: (found: Found) => T | undefined) => T | undefined;

function readPlan(optional: Optional, zone: string | undefined, reading: Reading, now: Date): Plan {
  const delivery = (found: Found) => readChoice(found, ["thread", "channel"] as const, reading);
  return {
    time: optional("time", (found) => readWith(found, reading, parseTime)) ?? DEFAULT_PLAN.time,
    zone: optional("zone", (found) => readWith(found, reading, parseZone)) ?? zone ?? DEFAULT_PLAN.zone,
    days: optional("days", (found) => readDays(found, reading)) ?? DEFAULT_PLAN.days,
    runnersUp: optional("runners", (found) => readCount(found, 10, reading)) ?? DEFAULT_PLAN.runnersUp,
    topics:
      optional("topics", (found) => readWith(found, reading, (text) => readTopicsText(text, now))) ?? "",
    minimumComments: optional("comments", (found) => readCount(found, 10_000, reading)) ?? 0,
    minimumVotes: optional("votes", (found) => readCount(found, 100_000, reading)) ?? 0,
    delivery: optional("delivery", delivery) ?? DEFAULT_PLAN.delivery,
  };
}

const optionalIn =
  (keys: ReadonlyMap<string, Found>): Optional =>
  (name, read) => {
    const found = keys.get(name);
    return found && read(found);
  };

function readDigest(
  found: Found,
  zone: string | undefined,
  reading: Reading,
  now: Date,
): PortableDigest | undefined {
  const keys = keysOf(found, DIGEST_KEYS, reading);
  if (keys === undefined) return undefined;
  const optional = optionalIn(keys);
  const id = optional("id", (one) => readWith(one, reading, readId));
  return {
    ...(id === undefined ? {} : { id }),
    plan: readPlan(optional, zone, reading, now),
    paused: optional("paused", (one) => readChoice(one, [true, false], reading)) ?? false,
    at: `line ${found.line}`,
  };
}

function readPlaceOf(found: Found, reading: Reading, now: Date): PortablePlace | undefined {
  const keys = keysOf(found, ["place", "zone", "digests"], reading);
  if (keys === undefined) return undefined;
  const optional = optionalIn(keys);
  const zone = optional("zone", (one) => readWith(one, reading, parseZone));
  const items = optional("digests", (one) => itemsOf(one, reading)) ?? [];
  const digests = items.flatMap((item) => readDigest(item, zone, reading, now) ?? []);
  const named = keys.get("place");
  if (named === undefined)
    return reading.note(found, "“place” is missing, such as place: discord:123456/654321.");
  const place = readWith(named, reading, readPlace);
  return place && { place, ...(zone === undefined ? {} : { zone }), digests };
}

/** Reads a file of settings. Throws a UserError that names line and column, the value, and what is allowed. */
export function readSettingsFile(file: string, text: string, now: Date): readonly PortablePlace[] {
  const { root, reading } = openYaml(file, text);
  if (root === undefined)
    throw new UserError(`${file} is empty. “paperboy settings export” writes such a file.`);
  const keys = keysOf(root, ["paperboy-settings", "places"], reading);
  const version = keys?.get("paperboy-settings");
  if (keys !== undefined && version === undefined)
    reading.note(
      root,
      `“paperboy-settings: ${VERSION}” is missing; “paperboy settings export” writes such a file.`,
    );
  if (version !== undefined && !(isScalar(version.node) && version.node.value === VERSION))
    reading.note(
      version,
      `${saidOf(version)} is no version of this format that is known here; it must be ${VERSION}.`,
    );
  const list = keys?.get("places");
  if (keys !== undefined && list === undefined) reading.note(root, "“places” is missing.");
  const items = (list && itemsOf(list, reading)) ?? [];
  const places = items.flatMap((item) => readPlaceOf(item, reading, now) ?? []);
  const problems = reading.problems
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ words }) => words);
  if (problems.length === 0) return places;
  const more = problems.length > TOLD ? [`and ${problems.length - TOLD} more.`] : [];
  throw new UnreadableSettings([...problems.slice(0, TOLD), ...more]);
}
