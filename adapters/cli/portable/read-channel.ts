import type { PaperId } from "../../../src/corpus/paper.ts";
import type { Rhythm } from "../../../src/follow/follow.ts";
import { RHYTHMS } from "../../../src/follow/follow.ts";
import type { Wish } from "../../../src/follow/wish.ts";
import { queriesOf } from "../../../src/follow/wish.ts";
import type {
  PortableClub,
  PortableFollow,
  PortableList,
  PortablePaper,
} from "../../../src/portable/place.ts";
import { readListName } from "../../../src/reading/list-name.ts";
import { WEEKDAYS } from "../../../src/schedule/slots/local-date.ts";
import type { Schedule } from "../../../src/schedule/slots/slots.ts";
import { UserError } from "../../../src/user-error.ts";
import { optionalIn, readChoice, readCount, readSchedule } from "./read-values.ts";
import type { Found, Reading } from "./yaml-nodes.ts";
import { itemsOf, keysOf, readWith } from "./yaml-nodes.ts";

/** What a follow may be of. */
const WISHES = ["author", "org", "search", "like"] as const;

/** Names and words are at most as long as “follow start” takes them, titles as they are kept, in characters. */
const LONGEST = 500;
const LONGEST_TITLE = 1000;

const NINE = { hour: 9, minute: 0 };

function readText(text: string, most = LONGEST): string {
  const said = text.replace(/\s+/g, " ").trim();
  if (said === "") throw new UserError("An empty text says nothing here.");
  if (said.length > most) throw new UserError(`The text has ${said.length} characters; it may have ${most}.`);
  return said;
}

function wishOf(kind: (typeof WISHES)[number], text: string, now: Date): Wish {
  const said = readText(text);
  const wish: Wish =
    kind === "search"
      ? { kind, words: said }
      : kind === "like"
        ? { kind, paper: said as PaperId, title: "" }
        : { kind, name: said };
  queriesOf(wish, now);
  return wish;
}

function readWish(
  found: Found,
  keys: ReadonlyMap<string, Found>,
  reading: Reading,
  now: Date,
): Wish | undefined {
  const named = WISHES.filter((kind) => keys.has(kind));
  const [kind] = named;
  const value = kind && keys.get(kind);
  if (kind === undefined || value === undefined || named.length > 1)
    return reading.note(
      found,
      `a follow names one of ${WISHES.join(", ")}; here stand${named.length === 0 ? "s none" : ` ${named.join(" and ")}`}.`,
    );
  const wish = readWith(value, reading, (text) => wishOf(kind, text, now));
  const title = keys.get("title");
  if (title === undefined || wish === undefined) return wish;
  if (wish.kind !== "like")
    return reading.note(title, "“title” belongs to a follow of papers that are like one.");
  const said = readWith(title, reading, (text) => readText(text, LONGEST_TITLE));
  return said === undefined ? undefined : { ...wish, title: said };
}

/** What is left out of a schedule: every day at 9, or Mondays. */
const usual = (when: Rhythm, zone: string | undefined): Schedule => ({
  time: NINE,
  zone: zone ?? "UTC",
  days: when === "weekly" ? [1] : WEEKDAYS,
});

/** Reads a follow of a channel; `zone` is that of the place. Undefined, and noted, where it is none. */
export function readFollow(
  found: Found,
  zone: string | undefined,
  reading: Reading,
  now: Date,
): PortableFollow | undefined {
  const keys = keysOf(found, [...WISHES, "title", "when", "time", "zone", "days", "paused"], reading);
  if (keys === undefined) return undefined;
  const optional = optionalIn(keys);
  const wish = readWish(found, keys, reading, now);
  const when = optional("when", (one) => readChoice(one, RHYTHMS, reading)) ?? "daily";
  if (when === "at once")
    for (const name of ["time", "zone", "days"]) {
      const value = keys.get(name);
      if (value !== undefined)
        reading.note(
          value,
          `what is told at once has no ${name}. Leave “${name}” out, or write when: daily.`,
        );
    }
  // What is told at once has the schedule that “follow start” gives it, which is not looked at.
  const schedule =
    when === "at once" ? usual(when, "UTC") : readSchedule(optional, usual(when, zone), reading);
  const paused = optional("paused", (one) => readChoice(one, [true, false], reading)) ?? false;
  return wish && { plan: { wish, when, ...schedule }, paused, at: `line ${found.line}` };
}

function readPaper(found: Found, reading: Reading): PortablePaper | undefined {
  const keys = keysOf(found, ["id", "title"], reading);
  if (keys === undefined) return undefined;
  const optional = optionalIn(keys);
  const id = optional("id", (one) => readWith(one, reading, (text) => readText(text)));
  const title = optional("title", (one) => readWith(one, reading, (text) => readText(text, LONGEST_TITLE)));
  if (!keys.has("id")) return reading.note(found, "“id” is missing, such as id: arxiv:2506.01234.");
  return id === undefined
    ? undefined
    : { id, ...(title === undefined ? {} : { title }), at: `line ${found.line}` };
}

/** Reads a list that a channel shares. Undefined, and noted, where it is none. */
export function readList(found: Found, reading: Reading): PortableList | undefined {
  const keys = keysOf(found, ["name", "papers"], reading);
  if (keys === undefined) return undefined;
  const optional = optionalIn(keys);
  const name = optional("name", (one) => readWith(one, reading, readListName));
  const items = optional("papers", (one) => itemsOf(one, reading)) ?? [];
  const papers = items.flatMap((item) => readPaper(item, reading) ?? []);
  if (!keys.has("name")) return reading.note(found, "“name” is missing, such as name: Reading group.");
  return name && { ...name, papers, at: `line ${found.line}` };
}

/** Reads when a journal club meets; `zone` is that of the place. Undefined, and noted, where it is none. */
export function readClub(found: Found, zone: string | undefined, reading: Reading): PortableClub | undefined {
  const keys = keysOf(found, ["days", "time", "zone", "lead"], reading);
  if (keys === undefined) return undefined;
  const optional = optionalIn(keys);
  const usualClub = { days: [4] as const, time: { hour: 16, minute: 0 }, zone: zone ?? "UTC" };
  const schedule = readSchedule(optional, usualClub, reading);
  const lead = optional("lead", (one) => readCount(one, 6, reading)) ?? 2;
  const days = keys.get("days");
  if (days !== undefined && schedule.days.length !== 1)
    return reading.note(days, "a journal club meets on one day of the week, such as days: thu.");
  return { plan: { ...schedule, lead }, at: `line ${found.line}` };
}
