import { Locale } from "discord.js";
import { isRecord, type Json } from "../json.ts";

/** Where in a body something is: property names and list indexes. */
export type Path = readonly (string | number)[];

/** One thing wrong with a body, under Discord's name for it (`BASE_TYPE_MAX_LENGTH`). */
export interface Problem {
  readonly path: Path;
  readonly code: string;
  readonly message: string;
}

/** Looks at one value and adds what is wrong with it to `problems`. */
export type Check = (value: unknown, path: Path, problems: Problem[]) => void;

interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** Text, measured in UTF-16 units; bounds are inclusive. */
export function text({ min = 0, max = Infinity }: Range = {}): Check {
  return (value, path, problems) => {
    if (typeof value !== "string") {
      problems.push({
        path,
        code: "STRING_TYPE_CONVERT",
        message: `Could not interpret the value as string.`,
      });
    } else lengthProblem(value.length, { min, max }, path, problems);
  };
}

/** Text that is not blank; Discord trims before it measures. */
export function filledText(max: number): Check {
  return (value, path, problems) => {
    if (typeof value === "string" && value.trim() === "") problems.push(required(path));
    else text({ min: 1, max })(value, path, problems);
  };
}

/** A whole number; bounds are inclusive. */
export function integer({ min = -(2 ** 53), max = 2 ** 53 }: Range = {}): Check {
  return (value, path, problems) => {
    if (typeof value !== "number" || !Number.isInteger(value)) {
      problems.push({ path, code: "NUMBER_TYPE_COERCE", message: `Value "${shown(value)}" is not int.` });
    } else if (value < min) {
      const message = `int value should be greater than or equal to ${min}.`;
      problems.push({ path, code: "NUMBER_TYPE_MIN", message });
    } else if (value > max) {
      problems.push({
        path,
        code: "NUMBER_TYPE_MAX",
        message: `int value should be less than or equal to ${max}.`,
      });
    }
  };
}

/** Any finite number. */
export const decimal: Check = (value, path, problems) => {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    problems.push({ path, code: "NUMBER_TYPE_COERCE", message: `Value "${shown(value)}" is not float.` });
  }
};

/** True or false. */
export const truth: Check = (value, path, problems) => {
  if (typeof value !== "boolean") {
    problems.push({ path, code: "BOOLEAN_TYPE_CONVERT", message: "Must be either true or false." });
  }
};

/** An id: 17 to 19 digits as text. */
export const snowflake: Check = (value, path, problems) => {
  if (typeof value !== "string" || !/^\d{17,19}$/.test(value)) {
    problems.push({ path, code: "NUMBER_TYPE_COERCE", message: `Value "${shown(value)}" is not snowflake.` });
  }
};

/** A well-formed address with one of the schemes, at most `max` long (default 2048). */
export function address(schemes: readonly string[], max = 2048): Check {
  return (value, path, problems) => {
    if (typeof value !== "string" || !URL.canParse(value)) {
      problems.push({ path, code: "URL_TYPE_INVALID_URL", message: "Not a well formed URL." });
      return;
    }
    lengthProblem(value.length, { min: 1, max }, path, problems);
    const scheme = new URL(value).protocol.slice(0, -1);
    if (!schemes.includes(scheme)) {
      const message = `Scheme "${scheme}" is not supported. Scheme must be one of (${schemes.map((s) => `'${s}'`).join(", ")}).`;
      problems.push({ path, code: "URL_TYPE_INVALID_SCHEME", message });
    }
  };
}

/** A moment in ISO 8601. */
export const timestamp: Check = (value, path, problems) => {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT/.test(value) || Number.isNaN(Date.parse(value))) {
    const message = `Could not parse ${shown(value)}. Should be ISO8601.`;
    problems.push({ path, code: "DATE_TIME_TYPE_PARSE", message });
  }
};

/** One of a few values. */
export function oneOf(values: readonly (string | number | boolean)[]): Check {
  return (value, path, problems) => {
    if (!values.some((allowed) => allowed === value)) {
      const message = `Value must be one of {${values.map((v) => JSON.stringify(v)).join(", ")}}.`;
      problems.push({ path, code: "BASE_TYPE_CHOICES", message });
    }
  };
}

/** A bit set of which only some bits may be set. */
export function bits(allowed: number): Check {
  return (value, path, problems) => {
    integer({ min: 0 })(value, path, problems);
    if (typeof value === "number" && (value & ~allowed) !== 0) {
      problems.push({
        path,
        code: "BASE_TYPE_CHOICES",
        message: `Flags ${value & ~allowed} cannot be set here.`,
      });
    }
  };
}

/** A list whose items all pass a check; bounds are inclusive. */
export function list(item: Check, range: Range = {}): Check {
  return (value, path, problems) => {
    if (!Array.isArray(value)) {
      problems.push({
        path,
        code: "LIST_TYPE_CONVERT",
        message: "Only iterables may be used in a ListType.",
      });
      return;
    }
    lengthProblem(value.length, { min: range.min ?? 0, max: range.max ?? Infinity }, path, problems);
    value.forEach((entry: unknown, at) => item(entry, [...path, at], problems));
  };
}

const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale));

/** An object with locales for names: reference#locales. */
export function byLocale(check: Check): Check {
  return (value, path, problems) => {
    if (!isRecord(value)) problems.push(notAnObject(path));
    else {
      for (const [locale, entry] of Object.entries(value)) {
        if (LOCALES.has(locale)) check(entry, [...path, locale], problems);
        else
          problems.push({ path: [...path, locale], code: "BASE_TYPE_CHOICES", message: "Unknown locale." });
      }
    }
  };
}

interface Fields {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
  /** Rules over several properties, run after those of each. */
  readonly also?: (value: Json, path: Path, problems: Problem[]) => void;
}

/**
 * An object. Optional properties may be null. Properties of other names are refused, which Discord does not do: it
 * ignores them, so that a misspelt name goes unnoticed.
 */
export function record({ required: needed = {}, optional = {}, also }: Fields): Check {
  return (value, path, problems) => {
    if (!isRecord(value)) {
      problems.push(notAnObject(path));
      return;
    }
    for (const [key, check] of Object.entries(needed)) {
      if (value[key] === undefined || value[key] === null) problems.push(required([...path, key]));
      else check(value[key], [...path, key], problems);
    }
    for (const [key, entry] of Object.entries(value)) {
      if (needed[key] !== undefined) continue;
      const check = optional[key];
      if (check === undefined) problems.push(unknownProperty([...path, key]));
      else if (entry !== null) check(entry, [...path, key], problems);
    }
    also?.(value, path, problems);
  };
}

/** The problem of a value that must be there. */
function required(path: Path): Problem {
  return { path, code: "BASE_TYPE_REQUIRED", message: "This field is required" };
}

/** Runs a check over a whole body. */
export function problemsOf(check: Check, body: unknown): Problem[] {
  const problems: Problem[] = [];
  check(body, [], problems);
  return problems;
}

/** Adds a problem where a length is out of bounds, in Discord's words for the bounds given. */
function lengthProblem(length: number, range: Range, path: Path, problems: Problem[]): void {
  const { min = 0, max = Infinity } = range;
  if (length >= min && length <= max) return;
  if (min > 0 && max < Infinity) {
    problems.push({
      path,
      code: "BASE_TYPE_BAD_LENGTH",
      message: `Must be between ${min} and ${max} in length.`,
    });
  } else if (length > max) {
    problems.push({ path, code: "BASE_TYPE_MAX_LENGTH", message: `Must be ${max} or fewer in length.` });
  } else problems.push({ path, code: "BASE_TYPE_MIN_LENGTH", message: `Must be ${min} or more in length.` });
}

function notAnObject(path: Path): Problem {
  return { path, code: "MODEL_TYPE_CONVERT", message: "Only dictionaries may be used in a ModelType" };
}

function unknownProperty(path: Path): Problem {
  const message = "Discord knows no such property here and would ignore it; the fake refuses it.";
  return { path, code: "UNKNOWN_PROPERTY", message };
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
