import { readableText } from "../readable-text.ts";

/** An object of a source's JSON, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object with named fields: no list, no null. */
export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** No paper's line nests deeper; what does would end the program where it is looked through. */
export const MAX_NESTING = 32;

/** Whether lists and objects stand in each other more than so many levels deep (default 32). Looks no deeper. */
export function nestsTooDeep(value: unknown, levels = MAX_NESTING): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => nestsTooDeep(one, levels - 1));
}

/** The readable text of a value; undefined when it is no text or says nothing. */
export function textOf(value: unknown): string | undefined {
  const readable = typeof value === "string" ? readableText(value) : "";
  return readable === "" ? undefined : readable;
}

/** The readable texts among the entries of a list; none when it is no list. */
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((one) => textOf(one) ?? []) : [];

/** A value that can count something: a whole number from 0; undefined for others. */
export const countOf = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

/** The object without the properties that are undefined: what is not known is absent. */
export function withoutAbsent<T extends object>(facts: { [K in keyof T]: T[K] | undefined }): T {
  const kept: Partial<T> = {};
  // This way of going through an object is three times as fast as by a list of its keys.
  for (const name in facts) {
    const fact = facts[name];
    if (fact !== undefined) kept[name] = fact;
  }
  return kept as T;
}
