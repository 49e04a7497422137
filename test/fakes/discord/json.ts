/** A JSON object whose properties are not yet known. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object: no array, not null. */
export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value where it is an object, else an object without properties. */
export function recordOf(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** The objects among the items of a list; nothing where the value is no list. */
export function recordsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The strings among the items of a list; nothing where the value is no list. */
export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The value where it is text, else the empty text. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The value where it is a number, else the number given for its absence (default 0). */
export function numberOf(value: unknown, absent = 0): number {
  return typeof value === "number" ? value : absent;
}
