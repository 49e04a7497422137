import { Hono } from "hono";
import type { Context } from "hono";
import { cors } from "hono/cors";
import type { Bot } from "../../src/bot/bot.ts";
import type { Command } from "../../src/bot/command.ts";
import type { ListPart } from "../../src/bot/reply.ts";
import type { Log } from "../../src/log.ts";
import { currentReference } from "../../src/reference.ts";
import type { ApiKeys } from "../../src/store/store.ts";
import { apology } from "../platform/platform.ts";
import { createAllowances, isServed, whoAsks } from "./access.ts";
import { answerBody } from "./answers.ts";
import type { Answered } from "./document.ts";
import { describe, openApiDocument } from "./document.ts";
import { BASE, OPERATIONS } from "./operations.ts";
import { parametersOf, readParameters } from "./parameters.ts";
import { problemResponse, Refusal } from "./problems.ts";
import type { ApiSettings } from "./settings.ts";
import { suggestOperation } from "./suggest.ts";

/** What the API is made with. */
export interface ApiParts {
  readonly settings: ApiSettings;
  readonly bot: Bot;
  readonly keys: Pick<ApiKeys, "list" | "named">;
  readonly log: Log;
  readonly now: () => Date;
  readonly newReference: () => string;
  readonly version: string;
}

/** Answers what is sent below `/api/v1`; undefined where no API is served. */
export type ApiHandler = (request: Request) => Promise<Response | undefined>;

type Variables = { readonly Variables: { asking: string } };

function commandNamed({ commands }: Bot, name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found === undefined) throw new Error(`There is no command ${name} for the API`);
  return found;
}

/** The links to the pages around one of a list (RFC 8288). */
function pageLinks(url: URL, { page, limit, total }: ListPart): Readonly<Record<string, string>> {
  const to = (target: number, rel: string): string => {
    const query = new URLSearchParams(url.search);
    query.set("page", String(target));
    return `<${url.pathname}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [to(page - 1, "prev")] : []),
    ...(page * limit < total ? [to(page + 1, "next")] : []),
  ];
  return links.length === 0 ? {} : { Link: links.join(", ") };
}

async function answerCommand(
  context: Context<Variables>,
  { operation, command, parameters }: Answered,
  bot: Bot,
): Promise<Response> {
  const url = new URL(context.req.url);
  const { inPath } = operation;
  const inside = inPath === undefined ? [] : [[inPath, context.req.param(inPath) ?? ""] as const];
  const args = readParameters(parameters, [...inside, ...url.searchParams]);
  const caller = { platform: "api", user: context.get("asking"), passing: true } as const;
  const reply = await bot.handle({ command: command.name, args, caller });
  const body = answerBody(operation, reply);
  return context.json(body, 200, reply.list === undefined ? {} : pageLinks(url, reply.list));
}

/** Lets only those in who may ask, and counts how often they do. */
function guard(app: Hono<Variables>, { settings, keys, now }: ApiParts): void {
  const allowance = createAllowances(settings.limit, now);
  app.use(async (context, next) => {
    const asking = await whoAsks(context.req.header("authorization"), settings, keys);
    const headers = allowance(asking);
    context.set("asking", asking === "" ? "visitor" : asking);
    await next();
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    context.header("cache-control", "no-store");
  });
}

function createApp(parts: ApiParts): Hono<Variables> {
  const { settings, bot, log, newReference, version } = parts;
  const answered = OPERATIONS.map((operation): Answered => {
    const command = commandNamed(bot, operation.command);
    const own = parametersOf(command);
    return { operation, command, parameters: own };
  });
  const suggest = suggestOperation(bot, commandNamed);
  const document = openApiDocument({
    version,
    settings,
    operations: [...answered.map(describe), suggest.described],
    records: Object.fromEntries(
      answered.map(({ operation, command }) => [operation.id, command.record ?? {}]),
    ),
  });
  const app = new Hono<Variables>().basePath(BASE);
  const { origins } = settings;
  if (origins.length > 0)
    app.use(
      cors({
        origin: [...origins],
        allowMethods: ["GET"],
        allowHeaders: ["Authorization"],
        exposeHeaders: ["Link", "RateLimit", "RateLimit-Policy", "Retry-After"],
      }),
    );
  app.get("/openapi.json", (context) => context.json(document));
  guard(app, parts);
  const only = (path: string, answer: (context: Context<Variables>) => Promise<Response>): void => {
    app.get(path, answer);
    app.all(path, ({ req }) =>
      problemResponse({
        status: 405,
        detail: `${req.method} does nothing here; ask by GET.`,
        headers: { Allow: "GET, HEAD" },
      }),
    );
  };
  for (const one of answered)
    only(one.operation.path.replace(/\{(\w+)\}/, ":$1{.+}"), (context) => answerCommand(context, one, bot));
  only(suggest.described.path, suggest.answer);
  app.notFound(() =>
    problemResponse({ status: 404, detail: `Nothing is here; ${BASE}/openapi.json says what there is.` }),
  );
  app.onError((error) => {
    if (error instanceof Refusal) return problemResponse(error.problem);
    const reference = currentReference() ?? newReference();
    log.error(`A request to the API failed (${reference})`, { reference, error });
    return problemResponse({ status: 500, detail: apology(reference) });
  });
  return app;
}

/** The API over a bot: its commands as JSON, for those whom the settings and keys let in. */
export function createApi(parts: ApiParts): ApiHandler {
  const app = createApp(parts);
  return async (request) => ((await isServed(parts.settings, parts.keys)) ? app.fetch(request) : undefined);
}
