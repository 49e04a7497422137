import { isRecord, type Json } from "../json.ts";

/** Looks at one value and adds what is wrong with it; `path` is a JSON pointer. */
export type Check = (value: unknown, path: string, problems: string[]) => void;

/** Notes a problem in the words of `response_metadata.messages`. */
export function complain(problems: string[], path: string, what: string): void {
  problems.push(`[ERROR] ${what} [json-pointer:${path}]`);
}

/** Runs a check over a whole value. */
export function problemsOf(check: Check, value: unknown, path = ""): string[] {
  const problems: string[] = [];
  check(value, path, problems);
  return problems;
}

/** Text with so many characters, at least one unless `min` says otherwise. */
export function text(max: number, min = 1): Check {
  return (value, path, problems) => {
    if (typeof value !== "string") complain(problems, path, "must be a string");
    else if (value.length > max) complain(problems, path, `must be less than ${max + 1} characters`);
    else if (value.length < min || (min > 0 && value.trim() === "")) {
      complain(problems, path, `must be more than ${min - 1} characters`);
    }
  };
}

/** A well-formed http or https address; `mailto` and others are not links for Slack's buttons and images. */
export function address(max: number): Check {
  return (value, path, problems) => {
    text(max)(value, path, problems);
    if (typeof value !== "string") return;
    if (!/^https?:\/\/[^\s<>|]+$/.test(value) || !URL.canParse(value))
      complain(problems, path, "invalid url");
  };
}

/** A whole number; bounds are inclusive. */
export function integer(min: number, max: number): Check {
  return (value, path, problems) => {
    if (typeof value !== "number" || !Number.isInteger(value)) complain(problems, path, "must be an integer");
    else if (value < min || value > max) complain(problems, path, `must be between ${min} and ${max}`);
  };
}

/** True or false. */
export const truth: Check = (value, path, problems) => {
  if (typeof value !== "boolean") complain(problems, path, "must be a boolean");
};

/** One of a few texts. */
export function oneOf(...values: readonly string[]): Check {
  return (value, path, problems) => {
    if (typeof value !== "string" || !values.includes(value)) {
      complain(problems, path, `must be one of: ${values.join(", ")}`);
    }
  };
}

/** A text of a given form, such as a date. */
export function matching(pattern: RegExp, what: string): Check {
  return (value, path, problems) => {
    if (typeof value !== "string" || !pattern.test(value)) complain(problems, path, `must be ${what}`);
  };
}

/** A list whose items all pass; at least one item unless `min` says otherwise. */
export function list(item: Check, max = Infinity, min = 1): Check {
  return (value, path, problems) => {
    if (!Array.isArray(value)) return complain(problems, path, "must be an array");
    if (value.length > max) complain(problems, path, `no more than ${max} items allowed`);
    if (value.length < min) complain(problems, path, `no fewer than ${min} items allowed`);
    return value.forEach((entry: unknown, at) => item(entry, `${path}/${at}`, problems));
  };
}

interface Fields {
  readonly needs?: Readonly<Record<string, Check>>;
  readonly may?: Readonly<Record<string, Check>>;
  /** Rules over several properties, run after those of each. */
  readonly also?: (value: Json, path: string, problems: string[]) => void;
}

/** An object with exactly these properties; a misspelt one is refused. `type` is left to `typed`. */
export function record({ needs = {}, may = {}, also }: Fields): Check {
  return (value, path, problems) => {
    if (!isRecord(value)) return complain(problems, path, "must be an object");
    for (const [key, check] of Object.entries(needs)) {
      if (value[key] === undefined || value[key] === null)
        complain(problems, path, `missing required field: ${key}`);
      else check(value[key], `${path}/${key}`, problems);
    }
    for (const [key, entry] of Object.entries(value)) {
      if (key === "type" || needs[key] !== undefined) continue;
      const check = may[key];
      if (check === undefined) complain(problems, path, `invalid additional property: ${key}`);
      else check(entry, `${path}/${key}`, problems);
    }
    return also?.(value, path, problems);
  };
}

/** An object whose `type` decides which check it must pass. */
export function typed(checks: Readonly<Record<string, Check>>): Check {
  return (value, path, problems) => {
    if (!isRecord(value)) return complain(problems, path, "must be an object");
    const type = value["type"];
    const check = typeof type === "string" && Object.hasOwn(checks, type) ? checks[type] : undefined;
    if (check === undefined) return complain(problems, path, `unsupported type: ${String(type)}`);
    return check(value, path, problems);
  };
}

/** Complains where a property has the same value in two of the items. */
export function unique(items: readonly Json[], key: string, at: { path: string; problems: string[] }): void {
  const seen = new Set<unknown>();
  for (const item of items) {
    const value = item[key];
    if (value !== undefined && seen.has(value)) {
      complain(at.problems, at.path, `${key} ${JSON.stringify(value)} already exists`);
    }
    seen.add(value);
  }
}
