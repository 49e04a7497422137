import { isScalar } from "yaml";
import { readTopics } from "../../../src/search/query/topics.ts";
import type { PortableDigest } from "../../../src/digest/portable/decide-import.ts";
import { parseZone } from "../../../src/schedule/slots/zone-option.ts";
import type { PortablePlace } from "../../../src/portable/place.ts";
import type { Plan } from "../../../src/digest/subscription.ts";
import { DEFAULT_PLAN } from "../../../src/digest/subscription.ts";
import { UserError } from "../../../src/user-error.ts";
import { readPlace } from "./place-name.ts";
import { readClub, readFollow, readList } from "./read-channel.ts";
import type { Optional } from "./read-values.ts";
import { optionalIn, readChoice, readCount, readSchedule } from "./read-values.ts";
import type { Found, Reading } from "./yaml-nodes.ts";
import { itemsOf, keysOf, openYaml, readWith, saidOf } from "./yaml-nodes.ts";

/** A file of settings that cannot be used, and why, a line for each problem. */
export class UnreadableSettings extends UserError {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join(" "));
    this.problems = problems;
  }
}

/** The version of this format that is written; the first, which had digests alone, is read as well, and others are refused. */
export const VERSION = 2;
const VERSIONS: readonly unknown[] = [1, VERSION];

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

function readPlan(optional: Optional, zone: string | undefined, reading: Reading, now: Date): Plan {
  const delivery = (found: Found) => readChoice(found, ["thread", "channel"] as const, reading);
  return {
    ...readSchedule(optional, { ...DEFAULT_PLAN, zone: zone ?? DEFAULT_PLAN.zone }, reading),
    runnersUp: optional("runners", (found) => readCount(found, 10, reading)) ?? DEFAULT_PLAN.runnersUp,
    topics:
      optional("topics", (found) => readWith(found, reading, (text) => readTopicsText(text, now))) ?? "",
    minimumComments: optional("comments", (found) => readCount(found, 10_000, reading)) ?? 0,
    minimumVotes: optional("votes", (found) => readCount(found, 100_000, reading)) ?? 0,
    delivery: optional("delivery", delivery) ?? DEFAULT_PLAN.delivery,
  };
}

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
  const keys = keysOf(found, ["place", "zone", "digests", "follows", "lists", "club"], reading);
  if (keys === undefined) return undefined;
  const optional = optionalIn(keys);
  const zone = optional("zone", (one) => readWith(one, reading, parseZone));
  const items = (name: string): readonly Found[] => optional(name, (one) => itemsOf(one, reading)) ?? [];
  const club = optional("club", (one) => readClub(one, zone, reading));
  const settings = {
    ...(zone === undefined ? {} : { zone }),
    digests: items("digests").flatMap((item) => readDigest(item, zone, reading, now) ?? []),
    follows: items("follows").flatMap((item) => readFollow(item, zone, reading, now) ?? []),
    lists: items("lists").flatMap((item) => readList(item, reading) ?? []),
    ...(club === undefined ? {} : { club }),
  };
  const named = keys.get("place");
  if (named === undefined)
    return reading.note(found, "“place” is missing, such as place: discord:123456/654321.");
  const place = readWith(named, reading, readPlace);
  return place && { place, ...settings };
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
  if (version !== undefined && !(isScalar(version.node) && VERSIONS.includes(version.node.value)))
    reading.note(
      version,
      `${saidOf(version)} is no version of this format that is known here; it must be ${VERSIONS.join(" or ")}.`,
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
