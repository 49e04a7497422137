import type { Command } from "../../src/bot/command.ts";
import type { Option } from "../../src/bot/options.ts";

/** A value of an option as JSON Schema (draft 2020-12) has it. */
interface OptionSchema {
  readonly type: "string" | "integer";
  readonly description: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
}

/** The arguments of a command as JSON Schema: an object that has nothing but its options. */
export interface ArgumentsSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, OptionSchema>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

function schemaOf({ form, description }: Option<unknown>): OptionSchema {
  switch (form.kind) {
    case "text":
      return { type: "string", description, maxLength: form.maxLength };
    case "integer":
      return { type: "integer", description, minimum: form.min, maximum: form.max };
    case "choice":
      return { type: "string", description, enum: form.choices };
  }
}

/** Options that people set by buttons and pages, and programs as they are. */
const FOR_PROGRAMS = new Set(["page", "limit", "filters", "archive"]);

/** The options of a command that programs may set, each by its name, to be declared and checked. */
export function argumentsSchema({ options }: Pick<Command, "options">): ArgumentsSchema {
  const open = Object.entries(options).filter(([name, { internal }]) => !internal || FOR_PROGRAMS.has(name));
  return {
    type: "object",
    properties: Object.fromEntries(open.map(([name, option]) => [name, schemaOf(option)])),
    required: open.flatMap(([name, { required }]) => (required ? [name] : [])),
    additionalProperties: false,
  };
}
