import { Hono } from "hono";
import type { Context } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import type { Bot } from "../../src/bot/bot.ts";
import type { Invocation, Reply, Tone } from "../../src/bot/reply.ts";
import type { Log } from "../../src/log.ts";
import type { HostCheck } from "../http/server.ts";
import { currentReference, underReference } from "../../src/reference.ts";
import { apology } from "../platform/platform.ts";
import { plainText } from "../platform/plain-text.ts";
import { archiveFeedPath, citationOf, feedPath, FILE, invocationOf } from "./addresses.ts";
import type { Html } from "./drawing/draw.ts";
import { drawReply } from "./drawing/draw.ts";
import { addFeeds } from "./feeds/feed-routes.ts";
import { limitCrowd } from "./crowd.ts";
import { drawFilters } from "./drawing/filters.ts";
import type { FeedAddress } from "./drawing/layout.ts";
import { layout } from "./drawing/layout.ts";
import type { MailDoors } from "./mail-routes.ts";
import { addMailPages } from "./mail-routes.ts";
import { citationFile, drawMore } from "./drawing/paper-page.ts";
import { rememberPages } from "./remembered.ts";
import { VISITOR } from "./visitor.ts";
import { STYLE } from "./drawing/style.ts";

/** What the pages are made with. */
export interface WebParts {
  readonly bot: Bot;
  readonly log: Log;
  readonly newReference: () => string;
  /** Answers what is sent to `/mcp`. */
  readonly mcp: (request: Request) => Promise<Response>;
  /** Answers what is sent below `/api/v1`; undefined, as by default, where that is not served. */
  readonly api?: (request: Request) => Promise<Response | undefined>;
  /** The public address of the pages, without a path; absent where each request says it. */
  readonly url?: string;
  /** The pages that mails lead to; absent where mail is not set up. */
  readonly mail?: { readonly doors: () => Promise<MailDoors>; readonly now: () => Date };
}

const STATUS: Readonly<Record<Tone, 200 | 400 | 404 | 500>> = {
  plain: 200,
  mistake: 400,
  missing: 404,
  fault: 500,
};

/** Longer titles are cut in a browser's tab. */
const TITLE = 120;

/** The first things to do for who opens the front page. */
const EXAMPLES = [
  "curriculum learning",
  "why do transformers grok?",
  "diffusion since:2024",
  "author:bengio",
];

const titleOf = ({ summary }: Reply, { command, args }: Invocation): string => {
  const [asked] = command === "search" ? [args["query"]] : [summary];
  return `${plainText(asked ?? summary, TITLE)} · Paperboy`;
};

/** The feed of what a page shows. */
function feedOf({ command, args }: Invocation): { readonly feed?: FeedAddress } {
  const { query = "", archive } = args;
  if (command === "search") return { feed: (kind) => feedPath(kind, query) };
  return archive === undefined ? {} : { feed: (kind) => archiveFeedPath(kind, archive) };
}

function page(
  context: Context,
  asked: Invocation,
  reply: Reply,
  more: Html | "",
): Response | Promise<Response> {
  const query = asked.command === "search" ? (asked.args["query"] ?? "") : "";
  const feed = reply.tone === "plain" ? feedOf(asked) : {};
  const content = html`${drawFilters(reply.filters ?? [])}${drawReply(reply)}${more}`;
  const drawn = layout({ title: titleOf(reply, asked), query, content, ...feed });
  return context.html(drawn, STATUS[reply.tone]);
}

function front(context: Context): Response | Promise<Response> {
  const content = html`<h1>Find research papers</h1>
    <p>Words, whole questions, “a phrase”, -without, author:, org:, since: and before:. For instance:</p>
    <ul>
      ${EXAMPLES.map((query) => html`<li><a href="/search?${new URLSearchParams({ q: query }).toString()}">${query}</a></li>`)}
    </ul>`;
  return context.html(layout({ title: "Paperboy", query: "", content, feed: (kind) => feedPath(kind, "") }));
}

function notThere(context: Context): Response | Promise<Response> {
  const content = html`<h1>No page is here</h1>
    <p>Search above, or begin at the <a href="/">first page</a>.</p>`;
  return context.html(layout({ title: "No page is here · Paperboy", query: "", content }), 404);
}

/** The pages. They change nothing but what mails lead to, and every text of papers and people in them is escaped. */
export function createRoutes(parts: WebParts, isOwnHost: HostCheck): Hono {
  const { bot, log, newReference, mcp, api } = parts;
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      // Whether all of a domain is served by TLS is for who owns it to say.
      strictTransportSecurity: false,
      referrerPolicy: "no-referrer",
      xFrameOptions: "DENY",
    }),
  );
  app.use(async (context, next) => {
    if (isOwnHost(context.req.header("host") ?? "")) return next();
    return context.text("This address is not served here. PAPERBOY_WEB_URL names the public one.\n", 421);
  });
  app.use((_context, next) => underReference(newReference, next));
  app.get("/", front);
  app.get("/style.css", (context) =>
    context.body(STYLE, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "max-age=3600" }),
  );
  app.use(rememberPages());
  app.use(limitCrowd());
  addFeeds(app, parts);
  if (parts.mail !== undefined) addMailPages(app, parts.mail.doors, parts.mail.now);
  app.get(FILE, async (context) => {
    const reply = await bot.handle({ ...citationOf(new URL(context.req.url)), caller: VISITOR });
    return citationFile(context, reply) ?? page(context, { command: "cite", args: {} }, reply, "");
  });
  app.all("/mcp", (context) => mcp(context.req.raw));
  app.all("/api/v1/*", async (context) => (await api?.(context.req.raw)) ?? notThere(context));
  app.get("*", async (context) => {
    const asked = invocationOf(new URL(context.req.url));
    if (asked === undefined) return notThere(context);
    if (asked.command === "search" && asked.args["query"] === undefined) return context.redirect("/");
    const reply = await bot.handle({ ...asked, caller: VISITOR });
    const more = reply.tone === "plain" ? await drawMore(bot, asked, reply) : "";
    return page(context, asked, reply, more);
  });
  app.notFound(notThere);
  app.onError((error, context) => {
    const reference = currentReference() ?? newReference();
    log.error(`A page failed (${reference})`, { reference, error });
    return context.html(
      layout({ title: "Paperboy", query: "", content: html`<p>${apology(reference)}</p>` }),
      500,
    );
  });
  return app;
}
