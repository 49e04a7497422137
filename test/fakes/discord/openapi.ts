import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Problem } from "./checks/shape.ts";
import { isRecord, recordOf, type Json } from "./json.ts";

/** Discord's own description of its API, asked about one request body. */
export interface OpenApi {
  /** What is wrong with a body by that description; nothing where it does not describe the route's body. */
  problems(method: string, requestPath: string, body: unknown): Problem[];
}

interface Operation {
  readonly method: string;
  readonly pattern: RegExp;
  readonly literals: number;
  readonly validate: ValidateFunction;
}

/** The first problems are enough: a union reports every branch that did not fit. */
const SHOWN_PROBLEMS = 5;

/**
 * Where the document is: what the environment variable DISCORD_OPENAPI names, else beside the project's folder.
 * Undefined where it is not there: it is Discord's and no part of this repository.
 */
export function openApiFile(): string | undefined {
  const named = process.env["DISCORD_OPENAPI"];
  const file = named ?? path.join(projectRoot(), "../shared/platforms/discord-openapi.json");
  return existsSync(file) ? file : undefined;
}

/** The nearest folder above with a package.json: the compiled tests lie deeper than the sources. */
function projectRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "package.json")) && folder !== path.dirname(folder)) {
    folder = path.dirname(folder);
  }
  return folder;
}

let loaded: { file: string; openApi: OpenApi } | undefined;

/** The document with the bodies of these routes compiled, once a process; undefined where it is absent. */
export function loadOpenApi(routes: readonly { method: string; template: string }[]): OpenApi | undefined {
  const file = openApiFile();
  if (file === undefined) return undefined;
  if (loaded?.file !== file) loaded = { file, openApi: compile(file, routes) };
  return loaded.openApi;
}

function compile(file: string, routes: readonly { method: string; template: string }[]): OpenApi {
  const document: unknown = JSON.parse(readFileSync(file, "utf8"));
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: false });
  ajv.addSchema({ $id: "discord", components: recordOf(document)["components"] });
  const wanted = new Set(routes.map(({ method, template }) => `${method} ${bare(template)}`));
  const operations = Object.entries(recordOf(recordOf(document)["paths"])).flatMap(([template, methods]) =>
    Object.entries(recordOf(methods)).flatMap(([verb, operation]): Operation[] => {
      const schema = bodySchema(operation);
      const method = verb.toUpperCase();
      if (schema === undefined || !wanted.has(`${method} ${bare(template)}`)) return [];
      const literals = template.split("/").filter((part) => !part.startsWith("{")).length;
      return [{ method, pattern: patternOf(template), literals, validate: ajv.compile(schema) }];
    }),
  );
  const ordered = operations.toSorted((a, b) => b.literals - a.literals);
  return {
    problems: (method, requestPath, body) => {
      const operation = ordered.find((one) => one.method === method && one.pattern.test(requestPath));
      if (operation === undefined || operation.validate(coerced(body))) return [];
      return (operation.validate.errors ?? []).slice(0, SHOWN_PROBLEMS).map((error) => ({
        path: error.instancePath.split("/").slice(1),
        code: `OPENAPI_${error.keyword.toUpperCase()}`,
        message: error.message ?? "does not fit Discord's description",
      }));
    },
  };
}

/** A template without the names of its parts; `@original` counts as one, since our routes treat it so. */
function bare(template: string): string {
  return template.replace(/:\w+|\{\w+\}|@original/g, "*");
}

function patternOf(template: string): RegExp {
  const escaped = template.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replace(/\{[^}]+\}/g, "[^/]+")}$`);
}

/** The schema of a JSON body, its references pointed at the one document that ajv knows. */
function bodySchema(operation: unknown): Json | undefined {
  const content = recordOf(recordOf(recordOf(operation)["requestBody"])["content"]);
  const schema = recordOf(content["application/json"])["schema"];
  return isRecord(schema) ? recordOf(rebased(schema)) : undefined;
}

function rebased(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rebased);
  if (!isRecord(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === "$ref" && typeof value === "string" ? value.replace(/^#/, "discord#") : rebased(value),
    ]),
  );
}

/** The document calls `default_member_permissions` an integer, yet Discord takes and gives a string. */
function coerced(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(coerced);
  if (!isRecord(body) || typeof body["default_member_permissions"] !== "string") return body;
  return { ...body, default_member_permissions: Number(body["default_member_permissions"]) };
}
