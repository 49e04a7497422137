import { quoteLine } from "../../corpus/problem.ts";

/** Fields of what is kept, and of its state, that are times; everything else in a body is text, numbers and truth values. */
const TIMES = ["at", "until", "notBefore", "since", "createdAt", "scheduledSince"];

/** An object of which nothing else is known yet. */
export type Facts = Readonly<Record<string, unknown>>;

/** Something stored that cannot be read: what is wrong, after “its”. */
export class Unreadable extends Error {}

/** The same facts with their times as such. */
function withTimes(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const facts = value as Record<string, unknown>;
  for (const name of TIMES) {
    const time = facts[name];
    if (typeof time === "string") facts[name] = new Date(time);
  }
  return facts;
}

/** Reads a body, with its times as such; throws Unreadable. A function that JSON.parse asks about every value would take five times as long. */
export function readBody(body: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Unreadable("text is no JSON");
  }
  const facts = withTimes(value);
  if (typeof facts === "object" && facts !== null && "state" in facts) withTimes(facts.state);
  return facts;
}

const said = (value: unknown): string => (value === undefined ? "missing" : quoteLine(JSON.stringify(value)));

/** Throws Unreadable where something does not hold about a named value. */
export function check(holds: boolean, name: string, value: unknown): void {
  if (!holds) throw new Unreadable(`${name} is ${said(value)}`);
}

/** A value as an object; throws Unreadable where it is none. */
export function factsOf(value: unknown, name: string): Facts {
  check(typeof value === "object" && value !== null && !Array.isArray(value), name, value);
  return value as Facts;
}

/** Whether a value is a time. */
export const isTime = (value: unknown): boolean => value instanceof Date && !Number.isNaN(value.getTime());
/** Whether a value is a text. */
export const isText = (value: unknown): boolean => typeof value === "string";
/** Whether a value is missing or passes. */
export const isOptional = (is: (value: unknown) => boolean, value: unknown): boolean =>
  value === undefined || is(value);
/** Whether a value is a whole number in a range. */
export const isCount =
  (most: number, least = 0) =>
  (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
/** Whether a value is one of some texts. */
export const isOneOf =
  (...known: readonly string[]) =>
  (value: unknown): boolean =>
    known.includes(value as string);

/** What some work gives, or what it found unreadable, in words after “its”. */
export function orProblem<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}
