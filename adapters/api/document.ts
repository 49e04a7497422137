import type { Command } from "../../src/bot/command.ts";
import { answerSchema } from "./answers.ts";
import type { Operation } from "./operations.ts";
import { BASE } from "./operations.ts";
import type { Parameter } from "./parameters.ts";
import type { ProblemStatus } from "./problems.ts";
import { PROBLEMS } from "./problems.ts";
import type { ApiSettings } from "./settings.ts";

/** An operation with the command that answers it. */
export interface Answered {
  readonly operation: Operation;
  readonly command: Command;
  readonly parameters: readonly Parameter[];
}

/** An operation as the document says it. */
export interface Described {
  readonly id: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly inPath?: string;
  /** A value to try a parameter with, by its name. */
  readonly example: Readonly<Record<string, string>>;
  readonly answer: object;
  /** Whether the answer has links to other pages of a list. */
  readonly pages: boolean;
}

const text = (description: string): object => ({ description, schema: { type: "string" } });

/** Headers that answers share, by their names in the document. */
const HEADERS = {
  "RateLimit-Policy": text("How many requests of a key are answered in how many seconds"),
  RateLimit: text("How many of them are left (r), and in how many seconds (t) there are as many again"),
  "Retry-After": { description: "Seconds to wait", schema: { type: "integer", minimum: 1 } },
  Link: text("The pages before and after this one, as rel=prev and rel=next (RFC 8288)"),
  "WWW-Authenticate": text("How a key is sent"),
};

const headers = (...names: (keyof typeof HEADERS)[]): object =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const WORDS: Readonly<Record<ProblemStatus, string>> = {
  400: "A parameter is missing, unknown or not as the document says",
  401: "No key that opens this",
  404: "What is named is not here",
  405: "Only GET is answered",
  422: "The words cannot be understood, such as a date that is none; the detail says what is allowed",
  429: "Too many requests with this key",
  500: "A fault; the log has it under the reference that the detail names",
  503: "More is asked at the moment than can be answered",
};

function problemResponses(): object {
  const named = Object.keys(PROBLEMS).map((key) => Number(key) as ProblemStatus);
  const own: Readonly<Partial<Record<ProblemStatus, object>>> = {
    401: headers("WWW-Authenticate"),
    429: headers("RateLimit-Policy", "RateLimit", "Retry-After"),
    503: headers("Retry-After"),
  };
  const response = (status: ProblemStatus): object => ({
    description: WORDS[status],
    ...(own[status] && { headers: own[status] }),
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  return Object.fromEntries(named.map((status) => [String(status), response(status)]));
}

const problems = {
  ...Object.fromEntries(
    Object.keys(PROBLEMS).map((status) => [status, { $ref: `#/components/responses/${status}` }]),
  ),
  // Node's own, without a body: what is longer never reaches the program (nodejs.org/api/cli.html, --max-http-header-size).
  "431": { description: "The address with its parameters and the headers have more than 16 KiB" },
};

const described = ({ id, path, summary, description, ...one }: Described): object => ({
  [path]: {
    get: {
      operationId: id,
      summary,
      description,
      parameters: one.parameters.map(({ name, required, schema: { description: what, ...schema } }) => ({
        name,
        in: name === one.inPath ? "path" : "query",
        required: required || name === one.inPath,
        description: what,
        schema,
        ...(one.example[name] === undefined ? {} : { example: one.example[name] }),
      })),
      responses: {
        "200": {
          description: "The answer",
          headers: headers("RateLimit-Policy", "RateLimit", ...(one.pages ? (["Link"] as const) : [])),
          content: { "application/json": { schema: one.answer } },
        },
        ...problems,
      },
    },
  },
});

/** What the document says of an operation that a command answers. */
export function describe({ operation, command, parameters }: Answered): Described {
  const { id, path, inPath, answers } = operation;
  const [whole] = Object.entries(command.options).filter(([, { takesLine }]) => takesLine);
  const [tried] = command.examples;
  const value = tried?.line.slice(command.name.length + 1);
  return {
    id,
    path,
    ...(inPath === undefined ? {} : { inPath }),
    summary: command.description,
    description: command.notes.join("\n\n"),
    parameters,
    example: whole === undefined || value === undefined ? {} : { [whole[0]]: value },
    answer: answerSchema(operation, { $ref: `#/components/schemas/${id}` }),
    pages: answers === "papers" || answers === "digests",
  };
}

const problemSchema = {
  type: "object",
  description: "RFC 9457",
  properties: {
    type: { const: "about:blank" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "What is wrong, and what is allowed" },
    papers: {
      type: "array",
      items: { $ref: "#/components/schemas/paper" },
      description: "Papers that may have been meant",
    },
  },
  required: ["type", "title", "status", "detail"],
  additionalProperties: false,
};

/** What the document is made of. */
interface DocumentParts {
  readonly version: string;
  readonly settings: Pick<ApiSettings, "access">;
  readonly operations: readonly Described[];
  /** The schemas of records, by the names of their operations. */
  readonly records: Readonly<Record<string, object>>;
}

/** The API as OpenAPI 3.1 describes it. */
export const openApiDocument = ({ version, settings, operations, records }: DocumentParts): object => ({
  openapi: "3.1.0",
  info: {
    title: "Paperboy",
    version,
    description:
      "Finds research papers in the library of this Paperboy: the same answers as in its chats and on its pages.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: BASE }],
  security: settings.access === "open" ? [{ key: [] }, {}] : [{ key: [] }],
  paths: Object.assign({}, ...operations.map(described)) as object,
  components: {
    securitySchemes: {
      key: { type: "http", scheme: "bearer", description: "A key of “paperboy key create”" },
    },
    headers: HEADERS,
    responses: problemResponses(),
    schemas: { ...records, Problem: problemSchema },
  },
});
