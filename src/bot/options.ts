import { UserError } from "../user-error.ts";

/** What completes the text of an option while somebody types it. */
export type CompletedBy = "titles" | "organisations" | "zones";

/** Properties that declarations on every platform need. */
interface OptionFacts {
  /** What it means, in one line of at most 100 characters. */
  readonly description: string;
  /** The same in at most 40 characters, for platforms with little room for all commands together. */
  readonly brief?: string;
  readonly required: boolean;
  /** What typing may be completed with; absent where there is nothing to complete. */
  readonly completedBy?: CompletedBy;
  /** Whether a line of text is this option, less the flags: at most one option of a command. */
  readonly takesLine: boolean;
  /** Whether its text is of several words: in a line it goes on to the next option, or to the end of the line. */
  readonly isProse: boolean;
  /** Set by buttons and programs; not declared to people. */
  readonly internal: boolean;
}

/** An option's form, for declarations. */
type OptionForm =
  | { readonly kind: "text"; readonly maxLength: number }
  | { readonly kind: "integer"; readonly min: number; readonly max: number }
  | { readonly kind: "choice"; readonly choices: readonly string[] };

/** An option of a command: its declaration, and how its text is read. */
export interface Option<T> extends OptionFacts {
  readonly form: OptionForm;
  /** The value of what was typed, or of nothing. Throws a UserError that names the option and what is allowed. */
  readonly read: (name: string, typed: string | undefined) => T;
}

/** The values of a command's options, by their names. */
export type OptionValues<Options> = {
  [Name in keyof Options]: Options[Name] extends Option<infer T> ? T : never;
};

const defaults: Omit<OptionFacts, "description"> = {
  required: false,
  takesLine: false,
  isProse: false,
  internal: false,
};

type Described = Partial<OptionFacts> & { readonly description: string };

function readText(name: string, typed: string | undefined, maxLength: number): string | undefined {
  const text = typed?.trim() ?? "";
  if (text.length > maxLength) {
    throw new UserError(
      `“${name}” has ${text.length} characters; at most ${maxLength} are read. Please shorten it.`,
    );
  }
  return text === "" ? undefined : text;
}

/** Text that may be left out: undefined then. */
export function optionalText(facts: Described & { readonly maxLength?: number }): Option<string | undefined> {
  const { maxLength = 200, ...rest } = facts;
  return {
    ...defaults,
    ...rest,
    form: { kind: "text", maxLength },
    read: (name, typed) => readText(name, typed, maxLength),
  };
}

/** Text that must be given; `missing` is what a person is told who gives none. */
export function requiredText(
  facts: Described & { readonly maxLength?: number; readonly missing: string },
): Option<string> {
  const { maxLength = 200, missing, ...rest } = facts;
  return {
    ...defaults,
    ...rest,
    required: true,
    form: { kind: "text", maxLength },
    read(name, typed) {
      const text = readText(name, typed, maxLength);
      if (text === undefined) throw new UserError(missing);
      return text;
    },
  };
}

/** A whole number in a range, or undefined where nothing is typed. */
export function integerOrNone(
  facts: Described & { readonly min: number; readonly max: number },
): Option<number | undefined> {
  const { min, max, ...rest } = facts;
  return {
    ...defaults,
    ...rest,
    form: { kind: "integer", min, max },
    read(name, typed) {
      if (typed === undefined || typed.trim() === "") return undefined;
      const value = Number(typed);
      if (!Number.isInteger(value) || value < min || value > max) {
        throw new UserError(`“${name}” is “${typed}”; it must be a whole number from ${min} to ${max}.`);
      }
      return value;
    },
  };
}

/** A whole number in a range, or the fallback. */
export function integer(
  facts: Described & { readonly min: number; readonly max: number; readonly fallback: number },
): Option<number> {
  const { fallback, ...rest } = facts;
  const given = integerOrNone(rest);
  return { ...given, read: (name, typed) => given.read(name, typed) ?? fallback };
}

/** One of some words, or undefined where nothing is typed. */
export function choice<T extends string>(
  facts: Described & { readonly choices: readonly T[] },
): Option<T | undefined> {
  const { choices, ...rest } = facts;
  return {
    ...defaults,
    ...rest,
    form: { kind: "choice", choices },
    read(name, typed) {
      const text = typed?.trim().toLowerCase() ?? "";
      if (text === "") return undefined;
      const found = choices.find((one) => one === text);
      if (found === undefined)
        throw new UserError(`“${name}” is “${typed}”; it must be ${choices.join(", ")}.`);
      return found;
    },
  };
}
