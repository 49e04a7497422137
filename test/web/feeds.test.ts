import { parseFeed as parseOther } from "htmlparser2";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
import { createRoutes } from "../../adapters/web/routes.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { createSeedBot } from "../support/seed-bot.ts";

async function open(url?: string) {
  const { bot, library } = await createSeedBot();
  const { log } = collectingLog();
  const mcp = () => Promise.reject(new Error("not asked here"));
  const parts = { bot, log, newReference: () => "ref-1", mcp, ...(url === undefined ? {} : { url }) };
  const app = createRoutes(parts, () => true);
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.request(`http://localhost${path}`, { headers });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  return { get, library };
}

const HOSTILE = {
  title: `Ends ]]> with <script>alert("1")</script> & more \u0007 \u202Eback`,
  abstract: `We show <b>that</b> a < b ]]> & c \uFFFE.`,
  origins: [],
};

describe("a feed", () => {
  it("of a search has its newest papers in all three forms, each with the same ids, read by two readers", async () => {
    const { get } = await open("https://papers.example");
    const path = "?q=pretraining";
    const atom = await get(`/feed.atom${path}`);
    const rss = await get(`/feed.rss${path}`);
    const json = await get(`/feed.json${path}`);
    expect([atom, rss, json].map(({ headers }) => headers.get("content-type")?.split(";")[0])).toEqual([
      "application/atom+xml",
      "application/rss+xml",
      "application/feed+json",
    ]);
    const parsed = parseAtomFeed(atom.body);
    const ids = parsed.entries?.map(({ id }) => id) ?? [];
    expect(ids.length).toBeGreaterThan(5);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      ids.every((id) => /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-/.test(id ?? "")),
    ).toBe(true);
    expect(parsed.links?.find(({ rel }) => rel === "self")?.href).toBe(
      "https://papers.example/feed.atom?q=pretraining",
    );
    const days = parsed.entries?.map(({ updated }) => new Date(updated ?? "").getTime()) ?? [];
    expect(days).toEqual(days.toSorted((a, b) => b - a));
    expect(parseRssFeed(rss.body).items?.map(({ guid }) => guid?.value)).toEqual(ids);
    expect(parseJsonFeed(json.body).items?.map(({ id }) => id)).toEqual(ids);
    for (const { body } of [atom, rss]) {
      const other = parseOther(body);
      expect(other?.items.map(({ id }) => id)).toEqual(ids);
      expect(other?.items[0]?.link).toMatch(/^https:\/\/papers\.example\/paper\//);
    }
  });

  it("is the same while nothing is new, so that a reader is told so in a line", async () => {
    const { get } = await open();
    const first = await get("/feed.atom?q=pretraining");
    const tag = first.headers.get("etag") ?? "";
    const again = await get("/feed.atom?q=pretraining", { "if-none-match": tag });
    expect([tag === "", again.status, again.body]).toEqual([false, 304, ""]);
    expect(Date.parse(first.headers.get("last-modified") ?? "")).toBeGreaterThan(0);
  });

  it("keeps what papers say apart from its own markup", async () => {
    const { get, library } = await open();
    await library.take([
      {
        ...HOSTILE,
        date: "2026-11-29",
        listedOn: "x",
        sourceKind: "file",
        readAt: "2026-11-29T00:00:00Z",
      } as never,
    ]);
    for (const kind of ["atom", "rss"] as const) {
      const { body } = await get(`/feed.${kind}?q=Ends%07`);
      for (const hidden of ["\u0007", "\u202E", "\uFFFE"]) expect(body).not.toContain(hidden);
      expect(parseOther(body)?.items[0]?.title).toContain(`Ends ]]> with <script>alert("1")</script> & more`);
    }
    const { body } = await get("/feed.json?q=Ends");
    expect(parseJsonFeed(body).items?.[0]?.title).toContain("Ends ]]> with");
  });

  it("of all papers needs no words, and one of a wrong query says what is wrong", async () => {
    const { get } = await open();
    expect(parseAtomFeed((await get("/feed.atom")).body).entries?.length).toBeGreaterThan(20);
    expect(parseAtomFeed((await get("/feed.atom?q=wombats")).body).entries ?? []).toEqual([]);
    const wrong = await get("/feed.rss?q=after%3Achristmas");
    expect([wrong.status, wrong.body.includes("is not a date")]).toEqual([400, true]);
  });
});
