import { isScalar, isSeq } from "yaml";
import { parseDays, parseTime } from "../../../src/schedule/slots/schedule-options.ts";
import type { Schedule } from "../../../src/schedule/slots/slots.ts";
import { parseZone } from "../../../src/schedule/slots/zone-option.ts";
import { UserError } from "../../../src/user-error.ts";
import type { Found, Reading } from "./yaml-nodes.ts";
import { itemsOf, readWith, saidOf, textOf } from "./yaml-nodes.ts";

/** A whole number from 0. Undefined, and noted, where it is something else. */
export function readCount(found: Found, most: number, reading: Reading): number | undefined {
  const { node } = found;
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most) return value;
  return reading.note(found, `${saidOf(found)} must be a whole number from 0 to ${most}.`);
}

/** One of some values. Undefined, and noted, where it is something else. */
export function readChoice<T>(found: Found, choices: readonly T[], reading: Reading): T | undefined {
  const value: unknown = isScalar(found.node) ? found.node.value : undefined;
  const chosen = choices.find((one) => one === value);
  return chosen ?? reading.note(found, `${saidOf(found)} must be ${choices.join(" or ")}.`);
}

/** Days of the week, as words or as a list. Undefined, and noted, where they are something else. */
function readDays(found: Found, reading: Reading): Schedule["days"] | undefined {
  if (!isSeq(found.node)) return readWith(found, reading, parseDays);
  const words = (itemsOf(found, reading) ?? []).map((item) => textOf(item, reading) ?? "");
  try {
    return parseDays(words.join(", "));
  } catch (error) {
    if (error instanceof UserError) return reading.note(found, error.message);
    throw error;
  }
}

/** Reads a value if it is there. */
export type Optional = <T>(name: string, read: (found: Found) => T | undefined) => T | undefined;

/** Reads values of some keys, those that are there. */
export const optionalIn =
  (keys: ReadonlyMap<string, Found>): Optional =>
  (name, read) => {
    const found = keys.get(name);
    return found && read(found);
  };

/** When something is sent; what is left out is as in `fallback`. */
export function readSchedule(optional: Optional, fallback: Schedule, reading: Reading): Schedule {
  return {
    time: optional("time", (found) => readWith(found, reading, parseTime)) ?? fallback.time,
    zone: optional("zone", (found) => readWith(found, reading, parseZone)) ?? fallback.zone,
    days: optional("days", (found) => readDays(found, reading)) ?? fallback.days,
  };
}
