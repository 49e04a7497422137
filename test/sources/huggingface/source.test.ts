import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/corpus/merging/catalogue.ts";
import { parseDay } from "../../../src/sources/days.ts";
import { createMemoryValidators } from "../../../src/sources/fetch/validators.ts";
import { parsePeriod } from "../../../src/sources/huggingface/periods.ts";
import { createHuggingFace } from "../../../src/sources/huggingface/source.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import { startHuggingFace } from "../../fakes/sources/hugging-face.ts";
import { createWorld } from "../../fakes/sources/world.ts";
import type { KitOptions } from "../kit.ts";
import { collect, createKit, never } from "../kit.ts";

async function setUp(now = "2026-03-06T12:00:00Z", more: Partial<KitOptions> & { limit?: number } = {}) {
  const clock = createTestClock(now);
  const { limit, ...options } = more;
  const fake = await startHuggingFace({ clock, ...(limit === undefined ? {} : { limit }) });
  const fetcher = createKit({ clock, huggingFace: fake.url, ...options });
  const source = createHuggingFace({ baseUrl: fake.url }, { fetcher, clock });
  const read = async (since?: string) => {
    const day = since === undefined ? undefined : parseDay(since);
    return collect(source.read({ signal: never(), ...(day === undefined ? {} : { since: day }) }));
  };
  const list = async (period: string) => {
    const parsed = parsePeriod(period);
    if (parsed === undefined) throw new Error(`${period} is no period`);
    return collect(source.list(parsed, never()));
  };
  return { clock, fake, source, read, list };
}

const listedOn = (day: string) => createWorld().filter(({ listed }) => listed === day);

describe("reading Hugging Face's lists", () => {
  it("without a day gives yesterday's and today's, with the day of the list and the time of reading", async () => {
    const { fake, read } = await setUp("2026-03-04T12:00:00Z");
    const { papers, problems, lists } = await read();
    expect({ problems, lists }).toEqual({ problems: [], lists: ["2026-03-03 read", "2026-03-04 read"] });
    const wanted = [...listedOn("2026-03-03"), ...listedOn("2026-03-04")];
    expect(papers.map(({ listing }) => listing.arxivId)).toEqual(wanted.map(({ id }) => id));
    expect(papers[0]?.from).toEqual({
      source: "Hugging Face Papers",
      list: "2026-03-03",
      day: "2026-03-03",
      readAt: "2026-03-04T12:00:00.000Z",
    });
    expect(papers[0]?.listing.upvotes?.readAt).toBe("2026-03-04T12:00:00.000Z");
    expect(fake.violations).toEqual([]);
  });

  it("back to a day gives one list after the other, oldest first; weekends are empty, and that is normal", async () => {
    const { read } = await setUp("2026-03-10T12:00:00Z");
    const { papers, problems, lists } = await read("2026-03-05");
    expect(problems).toEqual([]);
    expect(lists).toEqual([
      "2026-03-05 read",
      "2026-03-06 read",
      "2026-03-07 empty",
      "2026-03-08 empty",
      "2026-03-09 read",
      "2026-03-10 read",
    ]);
    const days = papers.map(({ from }) => from.day ?? "");
    expect(days).toEqual(days.toSorted());
  });

  it("gives a list of several pages whole", async () => {
    const { fake, list } = await setUp();
    const { papers, lists } = await list("2026-03-05");
    expect(papers.map(({ listing }) => listing.arxivId)).toEqual(listedOn("2026-03-05").map(({ id }) => id));
    expect(papers).toHaveLength(130);
    expect(lists).toEqual(["2026-03-05 read"]);
    expect(fake.requests.map(({ query }) => query.get("p"))).toEqual(["0", "1"]);
  });

  it("ends a list whose pages only repeat themselves, instead of asking for fifty of them", async () => {
    const { fake, list } = await setUp();
    const page = await (await fetch(`${fake.url}/api/daily_papers?date=2026-03-05&limit=100`)).text();
    fake.failNext({ kind: "status", status: 200, body: page }, 99);
    const { papers, lists } = await list("2026-03-05");
    expect(new Set(papers.map(({ listing }) => listing.arxivId)).size).toBe(100);
    expect(lists).toEqual(["2026-03-05 read"]);
    expect(fake.requests).toHaveLength(3);
  });

  it("leaves a list that never ends, and does not count it as read", async () => {
    const clock = createTestClock("2026-03-06T12:00:00Z");
    const papers = listedOn("2026-03-05")
      .slice(0, 1)
      .flatMap((model) =>
        Array.from({ length: 5001 }, (_none, i) => ({ ...model, id: `2603.${String(i).padStart(5, "0")}` })),
      );
    const fake = await startHuggingFace({ clock, papers });
    const fetcher = createKit({ clock, huggingFace: fake.url });
    const source = createHuggingFace({ baseUrl: fake.url }, { fetcher, clock });
    const got = await collect(source.list({ kind: "month", month: "2026-03" }, never()));
    expect(got.papers).toHaveLength(5000);
    expect({ problems: got.problems, lists: got.lists }).toEqual({
      problems: ["expected a list of at most 50 pages, found one more"],
      lists: [],
    });
  });

  it("of a week or a month gives each paper the day it was listed", async () => {
    const { list } = await setUp("2026-03-14T12:00:00Z");
    const week = await list("2026-W10");
    expect(new Set(week.papers.map(({ from }) => from.day))).toEqual(
      new Set(["2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"]),
    );
    const month = await list("2026-03");
    expect(month.lists).toEqual(["2026-03 read"]);
    expect(month.papers.length).toBeGreaterThan(week.papers.length);
  });

  it("takes the 400 of a day that has not begun there for what it is", async () => {
    const { fake, list } = await setUp();
    fake.failNext({ kind: "status", status: 400 });
    expect(await list("2026-03-06")).toEqual({ papers: [], problems: [], lists: ["2026-03-06 not-open"] });
    fake.failNext({ kind: "status", status: 400 });
    const { problems, lists } = await list("2026-03-04");
    expect(lists).toEqual([]);
    expect(problems).toEqual([expect.stringContaining("expected a list of papers, found status 400")]);
  });

  it("asks the second time only for what changed", async () => {
    const { fake, read } = await setUp("2026-03-04T12:00:00Z", { validators: createMemoryValidators() });
    await read();
    const again = await read();
    expect(again).toEqual({
      papers: [],
      problems: [],
      lists: ["2026-03-03 unchanged", "2026-03-04 unchanged"],
    });
    expect(fake.requests).toHaveLength(4);
  });

  it("asks again for a list whose papers nobody can have stored", async () => {
    const { source } = await setUp("2026-03-04T12:00:00Z", { validators: createMemoryValidators() });
    const firstRead = async () => {
      for await (const item of source.read({ signal: never() })) if (item.kind === "list") return item.state;
      return undefined;
    };
    expect([await firstRead(), await firstRead()]).toEqual(["read", "read"]);
  });

  it("goes on after a day that cannot be read, and leaves that day without an end", async () => {
    const { fake, read } = await setUp("2026-03-04T12:00:00Z");
    fake.failNext({ kind: "html" }, 4);
    const { papers, problems, lists } = await read();
    expect(lists).toEqual(["2026-03-04 read"]);
    expect(papers).toHaveLength(6);
    expect(problems).toEqual([
      "expected an answer (asked 4 times), found an HTML page, “503 Backend fetch failed”",
    ]);
  });

  it("ends with today's list when two days in a row cannot be read, instead of asking for a whole year", async () => {
    const { fake, read } = await setUp();
    fake.failNext({ kind: "status", status: 500 }, 1000);
    const { problems } = await read("2025-03-06");
    expect(problems).toHaveLength(3);
    expect(fake.requests).toHaveLength(12);
    expect(fake.requests.at(-1)?.query.get("date")).toBe("2026-03-06");
  });

  it("gives today's list also when days before it cannot be read, and leaves the gap open", async () => {
    const { fake, read } = await setUp();
    fake.failNext({ kind: "status", status: 403 }, 2);
    const { papers, problems, lists } = await read("2026-03-02");
    expect(problems).toHaveLength(2);
    expect(lists).toEqual(["2026-03-06 read"]);
    expect(papers.length).toBeGreaterThan(0);
  });

  it("of a year stays within the limits of the service", async () => {
    const { fake, read } = await setUp("2026-03-14T12:00:00Z", { limit: 320 });
    const { lists } = await read("2025-04-01");
    expect(lists).toHaveLength(348);
    expect(fake.violations).toEqual([]);
  });

  it("waits when others at this address have used the limit up", async () => {
    const { fake, read } = await setUp("2026-03-14T12:00:00Z", { limit: 5 });
    const { lists, problems } = await read("2026-03-03");
    expect({ problems, count: lists.length }).toEqual({ problems: [], count: 12 });
    expect(fake.violations).toEqual([]);
  });

  it("takes dates in the future out, tells them, and keeps the papers", async () => {
    const clock = createTestClock("2026-03-06T12:00:00Z");
    const [paper] = listedOn("2026-03-06");
    const papers = paper === undefined ? [] : [{ ...paper, submitted: "2062-03-05T10:00:00Z" }];
    const fake = await startHuggingFace({ clock, papers });
    const fetcher = createKit({ clock, huggingFace: fake.url });
    const { read } = createHuggingFace({ baseUrl: fake.url }, { fetcher, clock });
    const got = await collect(read({ signal: never() }));
    expect(got.papers[0]?.listing).not.toHaveProperty("date");
    expect(got.problems).toEqual([
      expect.stringMatching(/a date of “.+” that is not in the future, found 2062-03-05$/),
    ]);
  });

  it("loses nothing that is stored, whatever goes wrong", async () => {
    const { fake, read } = await setUp("2026-03-04T12:00:00Z");
    const catalogue = createCatalogue();
    for (const { listing } of (await read()).papers) catalogue.file(listing);
    const before = structuredClone(catalogue.papers());
    for (const kind of ["html", "short", "cut", "drop", "latin1"] as const) {
      fake.failNext({ kind }, 4);
      for (const { listing } of (await read()).papers) catalogue.file(listing);
    }
    expect(catalogue.papers()).toEqual(before);
  });
});

describe("searching at Hugging Face", () => {
  it("gives what it finds, best first", async () => {
    const { fake, source } = await setUp();
    const { papers, problems } = await collect(source.search(" sparse attention ", never(), 3));
    expect(problems).toEqual([]);
    expect(papers.map(({ listing }) => listing.title)).toEqual([
      "Sparse Attention at Scale: Part 2",
      "Sparse Attention at Scale: Part 6",
      "Sparse Attention at Scale: Part 10",
    ]);
    expect(papers[0]?.from.list).toBe("“sparse attention”");
    expect(fake.requests[0]?.query.get("limit")).toBe("3");
  });

  it("keeps within the limits of the service, and asks nothing for nothing", async () => {
    const { fake, source } = await setUp();
    expect((await collect(source.search("x".repeat(400), never(), 999))).problems).toEqual([]);
    expect(fake.requests[0]?.query.get("q")).toHaveLength(250);
    expect(fake.requests[0]?.query.get("limit")).toBe("120");
    await collect(source.search("  ", never()));
    expect(fake.requests).toHaveLength(1);
  });

  it("that is refused is a problem", async () => {
    const { fake, source } = await setUp();
    fake.failNext({ kind: "status", status: 404 });
    const { problems } = await collect(source.search("x", never()));
    expect(problems).toEqual([expect.stringContaining("found status 404")]);
  });
});

describe("an answer of Hugging Face with more papers than were asked for", () => {
  it("gives as many as were asked for, and the others are told", async () => {
    const { fake, list, source } = await setUp("2026-03-04T12:00:00Z");
    const items = Array.from({ length: 60_000 }, (_, i) => ({ title: `Paper ${i}` }));
    const answer = { headers: { "content-type": "application/json" }, body: JSON.stringify(items) };
    fake.failNext({ kind: "status", status: 200, ...answer });
    const { papers, problems } = await list("2026-03-03");
    expect(papers.filter(({ listing }) => listing.title.startsWith("Paper "))).toHaveLength(100);
    expect(problems).toEqual(["expected at most 100 papers, found 60000; the others are left out"]);
    fake.failNext({ kind: "status", status: 200, ...answer });
    expect((await collect(source.search("wombats", never(), 7))).papers).toHaveLength(7);
  });
});
