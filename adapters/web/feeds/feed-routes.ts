import type { Context, Hono } from "hono";
import { etag } from "hono/etag";
import type { Bot } from "../../../src/bot/bot.ts";
import type { DataRecord, Invocation, Reply } from "../../../src/bot/reply.ts";
import type { FeedKind } from "../addresses.ts";
import { archiveFeedPath, feedPath, pathOf } from "../addresses.ts";
import { VISITOR } from "../visitor.ts";
import type { Entry, FeedOf } from "./feeds.ts";
import { digestEntry, drawFeed, FEEDS, paperEntry } from "./feeds.ts";

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

/** What a feed is drawn of: what answers, and what is read of the answer. */
interface Feed {
  readonly asked: Invocation;
  readonly title: (reply: Reply) => string;
  /** The address of the feed itself, without the host. */
  readonly self: string;
  readonly entries: (record: DataRecord, paperPage: FeedOf["paperPage"]) => readonly Entry[];
}

const searchFeed = (kind: FeedKind, query: string): Feed => ({
  asked: newest(query),
  title: () => (query === "" ? "Paperboy: new papers" : `Paperboy: ${query}`),
  self: feedPath(kind, query),
  entries: paperEntry,
});

const archiveFeed = (kind: FeedKind, archive: string): Feed => ({
  asked: { command: "digest archive", args: { archive } },
  title: ({ summary, list }) => list?.title ?? summary,
  self: archiveFeedPath(kind, archive),
  entries: (record, paperPage) => digestEntry(record, archive, paperPage),
});

async function answerFeed(
  context: Context,
  kind: FeedKind,
  { asked, title, self, entries }: Feed,
  { bot, url }: FeedParts,
): Promise<Response> {
  const reply = await bot.handle({
    command: asked.command,
    args: { ...asked.args, limit: ASKED },
    caller: VISITOR,
  });
  const isSearch = asked.command === "search";
  if (reply.tone === "missing" && !isSearch) return context.text(`${reply.summary}\n`, 404);
  if (reply.tone !== "plain" && reply.tone !== "missing") return context.text(`${reply.summary}\n`, 400);
  const base = url ?? new URL(context.req.url).origin;
  const paperPage = (id: string): string => `${base}/paper/${encodeURIComponent(id)}`;
  const { body, updated } = drawFeed(
    kind,
    { title: title(reply), self: base + self, page: base + (pathOf(asked) ?? "/"), paperPage },
    reply.data.flatMap((record) => entries(record, paperPage)),
  );
  return context.body(body, 200, {
    "content-type": FEEDS[kind],
    "last-modified": updated.toUTCString(),
    "cache-control": "max-age=600",
  });
}

/**
 * Feeds of any search as `/feed.atom?q=…`, `/feed.rss` and `/feed.json`, without words of all papers; and of archives, behind
 * their addresses.
 */
export function addFeeds(app: Hono, parts: FeedParts): void {
  for (const kind of ["atom", "rss", "json"] as const) {
    const [search, archive] = [`/feed.${kind}`, `/archive/:archive/feed.${kind}`];
    app.use(search, etag());
    app.get(search, (context) =>
      answerFeed(context, kind, searchFeed(kind, context.req.query("q")?.trim() ?? ""), parts),
    );
    app.use(archive, etag());
    app.get(archive, (context) =>
      answerFeed(context, kind, archiveFeed(kind, context.req.param("archive") ?? ""), parts),
    );
  }
}
