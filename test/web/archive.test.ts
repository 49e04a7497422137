import { parseFeed as parseOther, Parser } from "htmlparser2";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { expect, it } from "vitest";
import { createApi } from "../../adapters/api/api.ts";
import { createRoutes } from "../../adapters/web/routes.ts";
import type { Caller } from "../../src/bot/command.ts";
import { manager, publishArchive, sendDigests } from "../support/archived.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { createSeedBot } from "../support/seed-bot.ts";
import { openTestStore } from "../support/test-store.ts";

/** The pages over a channel that got digests from 25 November to 2 December 2026, six in all. */
async function open() {
  const store = await openTestStore();
  const made = await createSeedBot(store);
  await sendDigests(made, { from: "2026-11-25", days: 8 });
  const { log } = collectingLog();
  const parts = { bot: made.bot, log, newReference: () => "ref-1" };
  const mcp = () => Promise.reject(new Error("not asked here"));
  const app = createRoutes({ ...parts, mcp, url: "https://papers.example" }, () => true);
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.request(`http://localhost${path}`, { headers });
    const body = await response.text();
    const links: string[] = [];
    new Parser({
      onopentag: (_name, { href }) => void (href === undefined ? undefined : links.push(href)),
    }).end(body);
    return { status: response.status, headers: response.headers, body, links };
  };
  const run = (command: string, args: Record<string, string> = {}, caller: Caller = manager) =>
    made.bot.handle({ command, args, caller });
  const api = createApi({
    ...parts,
    settings: { access: "open", origins: [], limit: 1000 },
    keys: store.keys,
    now: () => made.clock.now,
    version: "1",
  });
  return { ...made, store, get, run, api };
}

it("an archive is read by whoever has its address, by month, once a manager publishes it, and by nobody after that ends", async () => {
  const made = await open();
  const { get, run, store } = made;
  const refused = await run(
    "digest publish",
    {},
    { ...manager, authority: async () => ({ kind: "may-not", who: "members with Manage Channels" }) },
  );
  expect([refused.tone, refused.summary]).toEqual([
    "mistake",
    expect.stringContaining("Only members with Manage Channels"),
  ]);
  const id = await publishArchive(made);
  expect(id).toMatch(/^[0-9a-f]{24}$/);
  const all = await get(`/archive/${id}`);
  expect([all.status, all.body.includes("Vision &amp; papers: 1–6 of 6")]).toEqual([200, true]);
  for (const hidden of ["lab", "someone", "channel"]) expect(all.body).not.toContain(`>${hidden}`);
  expect(all.links).toContain(`/archive/${id}/2026-12`);
  const november = await get(`/archive/${id}/2026-11`);
  expect(november.body).toContain("of November 2026: 1–4 of 4");
  expect(november.links).toContain(`/archive/${id}/2026-12`);
  expect(november.links).not.toContain(`/archive/${id}/2026-10`);
  expect((await get(`/archive/${id}/2027-01`)).body).toContain("of January 2027: nothing yet");
  expect((await get(`/archive/${id}/november`)).status).toBe(400);
  expect((await get("/archive/000000000000000000000000")).status).toBe(404);
  expect((await get("/archive/")).status).toBe(404);
  expect((await run("digest unpublish")).summary).toContain("is public no more");
  for (const path of [`/archive/${id}`, `/archive/${id}/feed.atom`])
    expect((await get(path)).status).toBe(404);
  expect((await run("digest unpublish")).tone).toBe("mistake");
  expect(await publishArchive(made)).toBe(id);
  expect((await get(`/archive/${id}`)).status).toBe(200);
  const { records } = await store.audit.page(undefined, { offset: 0, limit: 3 });
  expect(records.map(({ action, by, subject, detail }) => [action, by, subject, detail])).toEqual([
    ["digest publish", "someone", id, "Vision & papers"],
    ["digest unpublish", "someone", id, ""],
    ["digest publish", "someone", id, "Vision & papers"],
  ]);
});

it("an archive has feeds in three forms with an entry for each digest, whose ids stay, read by two readers", async () => {
  const made = await open();
  const { get } = made;
  const id = await publishArchive(made);
  const [atom, rss, json] = await Promise.all(
    ["atom", "rss", "json"].map((kind) => get(`/archive/${id}/feed.${kind}`)),
  );
  const parsed = parseAtomFeed(atom?.body ?? "");
  const ids = parsed.entries?.map((entry) => entry.id) ?? [];
  expect([ids.length, new Set(ids).size, parsed.title?.value]).toEqual([6, 6, "Vision & papers"]);
  expect(parsed.links?.find(({ rel }) => rel === "alternate")?.href).toBe(
    `https://papers.example/archive/${id}`,
  );
  expect(parseRssFeed(rss?.body ?? "").items?.map(({ guid }) => guid?.value)).toEqual(ids);
  expect(parseJsonFeed(json?.body ?? "").items?.map((item) => item.id)).toEqual(ids);
  expect(parseOther(atom?.body ?? "")?.items.map((item) => item.id)).toEqual(ids);
  expect(parsed.entries?.[0]?.summary?.value).toContain("Also: ");
  expect(atom?.headers.get("last-modified")).toBe("Wed, 02 Dec 2026 09:00:10 GMT");
  const tag = atom?.headers.get("etag") ?? "";
  const again = await get(`/archive/${id}/feed.atom`, { "if-none-match": tag });
  expect([tag === "", again.status]).toEqual([false, 304]);
  await sendMore(made);
  const later = parseAtomFeed((await get(`/archive/${id}/feed.atom`)).body).entries?.map((entry) => entry.id);
  expect(later?.slice(1)).toEqual(ids);
});

/** One more digest, a day later. */
async function sendMore({ clock, digests }: Awaited<ReturnType<typeof open>>): Promise<void> {
  const { createPlatform } = await import("../digest/stage.ts");
  clock.now = new Date("2026-12-03T09:00:10Z");
  await (await digests()).tick(new Map([["test", createPlatform().courier]]));
}

it("an archive is data by the API, a page at a time, and a paper that is removed is gone from it", async () => {
  const made = await open();
  const id = await publishArchive(made);
  const ask = async (query: string) => {
    const response = await made.api(new Request(`http://localhost/api/v1/archive/${id}${query}`));
    const body = (await response?.json()) as {
      title: string;
      total: number;
      digests: readonly { date: string; paper: { id: string }; runnersUp: readonly object[] }[];
    };
    return { status: response?.status, link: response?.headers.get("link"), body };
  };
  const { status, body, link } = await ask("?limit=2&month=2026-11");
  expect([status, body.title, body.total, body.digests.map(({ date }) => date)]).toEqual([
    200,
    "Vision & papers",
    4,
    ["2026-11-30", "2026-11-27"],
  ]);
  expect([body.digests[0]?.runnersUp.length, link]).toEqual([
    3,
    `</api/v1/archive/${id}?limit=2&month=2026-11&page=2>; rel="next"`,
  ]);
  await made.library.remove([body.digests[0]?.paper.id as never]);
  expect((await made.get(`/archive/${id}/2026-11`)).body).not.toContain(
    encodeURIComponent(body.digests[0]?.paper.id ?? ""),
  );
});

it("the channel itself sees what its digests brought, public or not, and a page has less than 100 kB", async () => {
  const made = await open();
  const reply = await made.run("digest archive", { month: "2026-11" });
  expect([reply.summary, reply.data.length]).toEqual(["Papers of the day of November 2026: 1–4 of 4", 4]);
  expect(
    (await made.run("digest archive", {}, { ...manager, place: { platform: "test", channel: "other" } }))
      .summary,
  ).toBe("Papers of the day: nothing yet");
  const id = await publishArchive(made);
  const sizes = await Promise.all(
    [`/archive/${id}`, "/search?q=models", "/search?q=models&limit=10&page=3"].map(
      async (path) => (await made.get(path)).body.length,
    ),
  );
  expect(Math.max(...sizes)).toBeLessThan(100_000);
});
