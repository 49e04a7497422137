import type { Context, Hono } from "hono";
import { etag } from "hono/etag";
import type { Bot } from "../../src/bot/bot.ts";
import type { FeedKind } from "./addresses.ts";
import { feedPath, pathOf } from "./addresses.ts";
import { VISITOR } from "./visitor.ts";
import { drawFeed, FEEDS } from "./feeds.ts";

/** What feeds are made with. */
export interface FeedParts {
  readonly bot: Bot;
  /** The public address of the pages, without a path; absent where each request says it. */
  readonly url?: string;
}

/** Papers that a feed is chosen from. */
const ASKED = "100";

const newest = (query: string) => ({
  command: "search",
  args: query === "" ? { query: "sort:newest" } : { query, sort: "newest" },
});

async function answerFeed(context: Context, kind: FeedKind, { bot, url }: FeedParts): Promise<Response> {
  const query = context.req.query("q")?.trim() ?? "";
  const asked = newest(query);
  const reply = await bot.handle({
    command: asked.command,
    args: { ...asked.args, limit: ASKED },
    caller: VISITOR,
  });
  if (reply.tone !== "plain" && reply.tone !== "missing") return context.text(`${reply.summary}\n`, 400);
  const base = url ?? new URL(context.req.url).origin;
  const { body, updated } = drawFeed(
    kind,
    {
      title: query === "" ? "Paperboy: new papers" : `Paperboy: ${query}`,
      self: base + feedPath(kind, query),
      page: base + (pathOf(asked) ?? "/"),
      paperPage: (id) => `${base}/paper/${encodeURIComponent(id)}`,
    },
    reply.data,
  );
  return context.body(body, 200, {
    "content-type": FEEDS[kind],
    "last-modified": updated.toUTCString(),
    "cache-control": "max-age=600",
  });
}

/** Feeds of any search as `/feed.atom?q=…`, `/feed.rss` and `/feed.json`; without words, of all papers. */
export function addFeeds(app: Hono, parts: FeedParts): void {
  for (const kind of ["atom", "rss", "json"] as const) {
    app.use(`/feed.${kind}`, etag());
    app.get(`/feed.${kind}`, (context) => answerFeed(context, kind, parts));
  }
}
