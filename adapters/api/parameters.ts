import type { Command } from "../../src/bot/command.ts";
import { argumentsSchema } from "../platform/option-schema.ts";
import { Refusal } from "./problems.ts";

/** A parameter as JSON Schema (draft 2020-12) has it; a text is never empty. */
interface ParameterSchema {
  readonly type: "string" | "integer";
  readonly description: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
}

/** What an operation takes, by its names. */
export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: ParameterSchema;
}

/** The options of a command as parameters. */
export function parametersOf(command: Pick<Command, "options">): readonly Parameter[] {
  const { properties, required } = argumentsSchema(command);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    schema: schema.type === "string" && schema.enum === undefined ? { ...schema, minLength: 1 } : schema,
  }));
}

/** What is wrong with a value, by the schema alone; undefined where nothing is. What it means is for the command to say. */
function faultOf(text: string, { type, ...schema }: ParameterSchema): string | undefined {
  if (text === "") return "is empty; leave it out, or give it a value";
  if (schema.enum !== undefined && !schema.enum.includes(text))
    return `is “${text}”; it must be one of ${schema.enum.join(", ")}`;
  // Counted by characters, as JSON Schema does.
  if (schema.maxLength !== undefined && Array.from(text).length > schema.maxLength)
    return `has ${Array.from(text).length} characters; at most ${schema.maxLength} are read`;
  const { minimum = -Infinity, maximum = Infinity } = schema;
  const value = Number(text);
  if (type === "integer" && !(/^-?\d+$/.test(text) && value >= minimum && value <= maximum))
    return `is “${text}”; it must be a whole number from ${minimum} to ${maximum}`;
  return undefined;
}

const refuse = (detail: string): Refusal => new Refusal({ status: 400, detail });

/** The parameters of a request as they are typed. Throws a Refusal that names the parameter and what is allowed. */
export function readParameters(
  parameters: readonly Parameter[],
  given: Iterable<readonly [name: string, value: string]>,
): Readonly<Record<string, string>> {
  const args = new Map<string, string>();
  for (const [name, value] of given) {
    const parameter = parameters.find((one) => one.name === name);
    if (parameter === undefined)
      throw refuse(
        `“${name}” is no parameter here; there are: ${parameters.map((one) => one.name).join(", ")}.`,
      );
    if (args.has(name)) throw refuse(`“${name}” is given twice; give it once.`);
    const fault = faultOf(value, parameter.schema);
    if (fault !== undefined) throw refuse(`“${name}” ${fault}.`);
    args.set(name, value);
  }
  const missing = parameters.find(({ name, required }) => required && !args.has(name));
  if (missing !== undefined) throw refuse(`“${missing.name}” is missing: ${missing.schema.description}.`);
  return Object.fromEntries(args);
}
