import { UserError } from "../../user-error.ts";
import type { Weekday } from "./local-date.ts";
import { WEEKDAYS } from "./local-date.ts";
import type { Schedule } from "./slots.ts";

const twoDigits = (n: number): string => String(n).padStart(2, "0");

const TIMES =
  "Write an hour with or without minutes, such as 9, 9:30, 21:15, 9am, 9:30 pm, noon or midnight.";

/** Hour, then minutes after a colon, point or `h`, then am or pm: `9`, `09.30`, `9h30`, `9:30 p.m.`. */
const CLOCK = /^(\d{1,2})(?:[:.h](\d{2})|h)?\s*(?:([ap])\.?m\.?)?$/;

const NAMED_TIMES: ReadonlyMap<string, Schedule["time"]> = new Map([
  ["noon", { hour: 12, minute: 0 }],
  ["midday", { hour: 12, minute: 0 }],
  ["midnight", { hour: 0, minute: 0 }],
]);

/** The hour of the day of an hour on a clock of 12; undefined for one that such a clock does not show. */
function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour <= 23 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === "p" ? 12 : 0);
}

/**
 * Reads a time of day as people write it: `9`, `9:00`, `09.30`, `9am`, `9:30 pm`, `noon`, `midnight`. Throws a UserError
 * for anything else.
 */
export function parseTime(text: string): Schedule["time"] {
  const typed = text.trim().toLowerCase();
  const named = NAMED_TIMES.get(typed);
  if (named !== undefined) return named;
  const [, hours, minutes = "0", half] = CLOCK.exec(typed) ?? [];
  const hour = hours === undefined ? undefined : hourOf(Number(hours), half);
  const minute = Number(minutes);
  if (hour !== undefined && minute <= 59) return { hour, minute };
  if (/^24([:.h]?00|h)?$/.test(typed)) {
    throw new UserError(
      `“${text.trim()}” belongs to the day before or the day after. Write 0:00 or midnight.`,
    );
  }
  throw new UserError(`“${text.trim()}” is not a time of day. ${TIMES}`);
}

/** The time on a clock of 24 hours: `09:00`. */
export function formatTime({ hour, minute }: Schedule["time"]): string {
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

const DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

const DAY_SETS: ReadonlyMap<string, readonly Weekday[]> = new Map<string, readonly Weekday[]>([
  ...["daily", "day", "days", "everyday", "all"].map((word) => [word, WEEKDAYS] as const),
  ...["weekday", "weekdays", "workday", "workdays"].map((word) => [word, [1, 2, 3, 4, 5]] as const),
  ...["weekend", "weekends"].map((word) => [word, [6, 7]] as const),
  // Once a week, and on the day on which a week of work is planned.
  ...["weekly", "week"].map((word) => [word, [1]] as const),
]);

const DAYS =
  "Write weekdays, weekends, daily, weekly (on Mondays), or days such as mon, thu or mon-fri or Monday and Thursday.";

/** Words that say nothing about which days. */
const FILLERS = new Set(["and", "on", "at", "in", "the", "every", "each"]);

/** The weekday a word names, by its full name, a plural or at least its first three letters: `thu`, `thurs`, `Mondays`. */
function dayNamed(word: string): Weekday | undefined {
  const name = word.length > 3 ? word.replace(/s$/, "") : word;
  if (name.length < 3) return undefined;
  return WEEKDAYS.find((day) => DAY_NAMES[day - 1]?.toLowerCase().startsWith(name));
}

/** The days from one to another, over the end of the week where need be: friday to monday are four. */
function daysFrom(first: Weekday, last: Weekday): Weekday[] {
  const count = ((last - first + 7) % 7) + 1;
  return WEEKDAYS.filter((day) => (day - first + 7) % 7 < count);
}

/** The days that one word names: `weekdays`, `thu`, `mon-fri`; undefined when it names none. */
function daysOfWord(word: string): readonly Weekday[] | undefined {
  const set = DAY_SETS.get(word);
  if (set !== undefined) return set;
  const [from = "", to, ...more] = word.split("-");
  const first = dayNamed(from);
  const last = to === undefined ? first : dayNamed(to);
  return first === undefined || last === undefined || more.length > 0 ? undefined : daysFrom(first, last);
}

/**
 * Reads which days: `weekdays`, `weekends`, `daily`, `weekly` (on Mondays), `mon,thu`, `mon-fri`, `Monday and Thursday`.
 * Throws a UserError for a word that names no day, and where no day is named.
 */
export function parseDays(text: string): readonly Weekday[] {
  const words = text
    .toLowerCase()
    .replace(/\s*(?:[-–—]|\b(?:to|until|through)\b)\s*/g, "-")
    .split(/[\s,;/&+]+/)
    .filter((word) => word !== "" && !FILLERS.has(word));
  const named = words.map((word) => {
    const days = daysOfWord(word);
    if (days === undefined) throw new UserError(`“${word}” is not a day of the week. ${DAYS}`);
    return days;
  });
  const chosen = new Set(named.flat());
  if (chosen.size === 0) throw new UserError(`No day is named. ${DAYS}`);
  return WEEKDAYS.filter((day) => chosen.has(day));
}

function joinWords(words: readonly string[]): string {
  const [last, ...others] = words.toReversed();
  return others.length === 0 ? (last ?? "") : `${others.toReversed().join(", ")} and ${last}`;
}

/** Sets of days that have a word of their own. */
const SET_WORDS: ReadonlyMap<string, string> = new Map([
  ["1234567", "every day"],
  ["12345", "on weekdays"],
  ["67", "at weekends"],
]);

/** The days in words, such that they can be read again: `every day`, `on weekdays`, `on Mondays and Thursdays`. */
export function formatDays(days: readonly Weekday[]): string {
  const set = SET_WORDS.get(days.join(""));
  if (set !== undefined) return set;
  return `on ${joinWords(days.map((day) => `${DAY_NAMES[day - 1] ?? ""}s`))}`;
}

/** When something comes, in words: `on weekdays at 09:00 Europe/Berlin`. */
export function formatSchedule({ days, time, zone }: Schedule): string {
  return `${formatDays(days)} at ${formatTime(time)} ${zone}`;
}
