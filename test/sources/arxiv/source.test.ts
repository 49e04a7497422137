import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/corpus/merging/catalogue.ts";
import { parseArxivId } from "../../../src/corpus/identifiers/paper-id.ts";
import type { ArxivSettings } from "../../../src/sources/arxiv/source.ts";
import { createArxiv } from "../../../src/sources/arxiv/source.ts";
import { parseDay } from "../../../src/sources/days.ts";
import { startArxiv } from "../../fakes/sources/arxiv.ts";
import { errorFeed, queryFeed } from "../../fakes/sources/arxiv-feeds.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import { createWorld } from "../../fakes/sources/world.ts";
import { collect, createKit, never } from "../kit.ts";

async function setUp(now = "2026-03-06T12:00:00Z", settings: Partial<ArxivSettings> = {}) {
  const clock = createTestClock(now);
  const fake = await startArxiv({ clock });
  const fetcher = createKit({ clock, arxiv: fake.url });
  const source = createArxiv(
    { categories: ["cs.CL", "cs.LG"], apiUrl: fake.url, feedUrl: fake.url, ...settings },
    { fetcher, clock },
  );
  const read = async (since?: string) => {
    const day = since === undefined ? undefined : parseDay(since);
    return collect(source.read({ signal: never(), ...(day === undefined ? {} : { since: day }) }));
  };
  const byIds = (...ids: string[]) => {
    const parsed = ids.flatMap((id) => parseArxivId(id) ?? []);
    return collect(source.byIds(parsed, never()));
  };
  return { clock, fake, read, byIds };
}

const inCategories = createWorld().filter(({ categories }) =>
  categories.some((one) => ["cs.CL", "cs.LG"].includes(one)),
);

const announcedBy = (day: string): string[] =>
  inCategories.filter(({ announced }) => announced <= day).map(({ id }) => id);

describe("reading arXiv's new papers", () => {
  it("without a day gives today's feed: new papers of the categories, no cross-lists", async () => {
    const { fake, read } = await setUp("2026-03-04T12:00:00Z");
    const { papers, problems, lists } = await read();
    const wanted = inCategories.filter(
      ({ announced, categories: [primary] }) =>
        announced === "2026-03-04" && ["cs.CL", "cs.LG"].includes(primary),
    );
    expect(papers.map(({ listing }) => listing.arxivId)).toEqual(wanted.map(({ id }) => id));
    expect({ problems, lists }).toEqual({ problems: [], lists: ["cs.CL+cs.LG read"] });
    expect(papers[0]?.from).toEqual({
      source: "arXiv",
      list: "cs.CL+cs.LG",
      day: "2026-03-04",
      readAt: "2026-03-04T12:00:00.000Z",
    });
    expect(fake.requests.map(({ path }) => path)).toEqual(["/rss/cs.CL+cs.LG"]);
  });

  it("gives cross-lists where they are wanted", async () => {
    const { read } = await setUp("2026-03-04T12:00:00Z", { crossLists: true });
    const wanted = inCategories.filter(({ announced }) => announced === "2026-03-04");
    expect((await read()).papers).toHaveLength(wanted.length);
  });

  it("of a weekend finds nothing, and that is normal", async () => {
    const { read } = await setUp("2026-03-07T12:00:00Z");
    expect(await read()).toEqual({ papers: [], problems: [], lists: ["cs.CL+cs.LG empty"] });
  });

  it("back to a day asks the query API week by week and page by page, three seconds apart", async () => {
    const { fake, read } = await setUp("2026-03-14T12:00:00Z", { pageSize: 100 });
    const { papers, problems, lists } = await read("2026-03-02");
    expect(problems).toEqual([]);
    expect(lists).toEqual([
      "2026-03-02 to 2026-03-08 read",
      "2026-03-09 to 2026-03-14 read",
      "cs.CL+cs.LG empty",
    ]);
    expect(papers.map(({ listing }) => listing.arxivId)).toEqual(announcedBy("2026-03-14"));
    expect(fake.requests.map(({ query }) => query.get("start"))).toEqual(["0", "100", "200", "0", null]);
    expect(fake.violations).toEqual([]);
  });

  it("asks the second time only whether the feed has changed", async () => {
    const { read } = await setUp();
    await read();
    expect(await read()).toEqual({ papers: [], problems: [], lists: ["cs.CL+cs.LG unchanged"] });
  });

  it("asks again for a page that comes empty in the middle of a result", async () => {
    const { fake, read } = await setUp();
    fake.emptyPages(2);
    const { papers, problems } = await read("2026-03-05");
    expect(problems).toEqual([]);
    expect(papers.length).toBeGreaterThan(0);
    fake.emptyPages(99);
    expect((await read("2026-03-05")).problems).toEqual([
      expect.stringMatching(/^expected papers from 0 of \d+, found an empty page$/),
    ]);
  });

  it.each([0, 7, undefined])("is not ended early by a wrong total: %s", async (total) => {
    const { fake, read } = await setUp("2026-03-14T12:00:00Z", { pageSize: 100 });
    fake.claimTotal(total);
    const { papers, problems } = await read("2026-03-02");
    expect(problems).toEqual([]);
    expect(papers.map(({ listing }) => listing.arxivId)).toEqual(announcedBy("2026-03-14"));
  });

  it("counts no list as read whose pages only repeat themselves, and does not ask for ever", async () => {
    const { fake, read } = await setUp("2026-03-06T12:00:00Z", { pageSize: 100 });
    fake.stickToFirstPage();
    const { papers, problems, lists } = await read("2026-03-02");
    expect(papers.length).toBeGreaterThanOrEqual(100);
    expect(problems).toEqual(["expected papers from 100 on, found those of the pages before"]);
    expect(lists).toEqual(["cs.CL+cs.LG read"]);
    expect(fake.requests).toHaveLength(3);
  });

  it("waits when it is told that it asks too fast", async () => {
    const { fake, read } = await setUp();
    fake.failNext({ kind: "status", status: 503, headers: { "retry-after": "20" } });
    expect((await read()).problems).toEqual([]);
    expect((fake.requests[1]?.at ?? 0) - (fake.requests[0]?.at ?? 0)).toBe(20_000);
  });

  it("still tries the day's feed when the back-fill fails, and leaves no gap behind it", async () => {
    const { fake, read } = await setUp("2026-03-13T12:00:00Z");
    fake.failNext({ kind: "html" }, 4);
    const { papers, lists, problems } = await read("2026-03-02");
    expect(lists).toEqual(["cs.CL+cs.LG read"]);
    expect(problems).toHaveLength(1);
    expect(papers.length).toBeGreaterThan(0);
  });

  it("keeps what comes before a cut, says that it is cut, and does not count the list as read", async () => {
    const { fake, read } = await setUp();
    fake.failNext({ kind: "short" });
    const { papers, problems, lists } = await read();
    expect(papers.length).toBeGreaterThan(0);
    expect(problems).toEqual(["expected a feed to its end, found a feed that is cut off"]);
    expect(lists).toEqual([]);
    expect((await read()).lists).toEqual(["cs.CL+cs.LG read"]);
  });

  it("tells in arXiv's own words why a query is refused", async () => {
    const { fake, read } = await setUp();
    fake.failNext({ kind: "status", status: 400, body: errorFeed("malformed date range") });
    expect((await read("2026-03-05")).problems).toEqual([
      "expected a feed, found status 400, the error “malformed date range”",
    ]);
  });

  it("loses nothing that is stored, whatever goes wrong", async () => {
    const { clock, fake, read } = await setUp();
    const catalogue = createCatalogue();
    for (const { listing } of (await read("2026-03-04")).papers) catalogue.file(listing);
    const before = structuredClone(catalogue.papers());
    for (const kind of ["html", "short", "cut", "drop", "latin1"] as const) {
      clock.set("2026-03-06T12:00:00Z");
      fake.failNext({ kind }, 8);
      for (const { listing } of (await read("2026-03-04")).papers) catalogue.file(listing);
    }
    expect(catalogue.papers()).toEqual(before);
  });
});

describe("a week of more papers than arXiv gives for one query", () => {
  it("is read day by day", async () => {
    const clock = createTestClock("2026-03-06T12:00:00Z");
    const [model] = createWorld();
    if (model === undefined) throw new Error("the world is empty");
    const days = ["2026-03-03", "2026-03-04"];
    const papers = days.flatMap((day, d) =>
      Array.from({ length: 15_100 }, (_none, i) => ({
        ...model,
        id: `26${10 + d}.${String(i).padStart(5, "0")}`,
        submitted: `${day}T10:00:00Z`,
      })),
    );
    const fake = await startArxiv({ clock, papers });
    const fetcher = createKit({ clock, arxiv: fake.url });
    const source = createArxiv(
      { categories: ["cs.CL"], apiUrl: fake.url, feedUrl: fake.url, pageSize: 1900 },
      { fetcher, clock },
    );
    let count = 0;
    const lists: string[] = [];
    const since = parseDay("2026-03-03");
    if (since === undefined) throw new Error("no day");
    for await (const item of source.read({ since, signal: never() })) {
      if (item.kind === "paper") count++;
      else if (item.kind === "list") lists.push(item.list);
      else throw new Error(item.problem.found);
    }
    expect({ count, lists }).toEqual({
      count: 30_200,
      lists: ["2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "cs.CL"],
    });
    expect(fake.violations).toEqual([]);
  });
});

describe("papers by their ids", () => {
  it("come a hundred at a time, each once; those that arXiv lacks are told", async () => {
    const { fake, byIds } = await setUp();
    const ids = createWorld()
      .slice(0, 150)
      .map(({ id }) => id);
    const { papers, problems } = await byIds(...ids, ids[0] ?? "", "2603.99999");
    expect(papers.map(({ listing }) => listing.arxivId)).toEqual(ids);
    expect(problems).toEqual(["expected the paper 2603.99999, found no paper with this id"]);
    expect(fake.requests).toHaveLength(2);
    expect(fake.violations).toEqual([]);
  });

  it("but one that arXiv cannot read are asked for again without it", async () => {
    const { fake, byIds } = await setUp();
    const body = errorFeed("incorrect id format for foo/0112017");
    fake.failNext({ kind: "status", status: 400, body });
    const { papers, problems } = await byIds("2603.00001", "foo/0112017", "2603.00002");
    expect(papers.map(({ listing }) => listing.arxivId)).toEqual(["2603.00001", "2603.00002"]);
    expect(problems).toEqual([
      "expected the paper foo/0112017, found that arXiv does not take this for an id",
    ]);
    expect(fake.requests.map(({ query }) => query.get("id_list"))).toEqual([
      "2603.00001,foo/0112017,2603.00002",
      "2603.00001,2603.00002",
    ]);
    fake.failNext({ kind: "status", status: 400, body });
    expect((await byIds("foo/0112017")).problems).toHaveLength(1);
    expect(fake.requests).toHaveLength(3);
  });

  it("are told as unread where the request is refused for another reason", async () => {
    const { fake, byIds } = await setUp();
    fake.failNext({ kind: "status", status: 400, body: errorFeed("start must be an integer") });
    expect(await byIds("2603.00001")).toMatchObject({
      papers: [],
      problems: ["expected a feed, found status 400, the error “start must be an integer”"],
    });
  });
});

describe("the categories", () => {
  it.each([
    "cs.AI",
    "stat.ML",
    "hep-th",
    "astro-ph.GA",
    "q-bio.NC",
    "physics.ao-ph",
    "cond-mat.mes-hall",
    "cond-mat.soft",
    "physics.optics",
    "quant-ph",
  ])("may be %s", (category) => {
    const clock = createTestClock("2026-03-06T12:00:00Z");
    const fetcher = createKit({ clock });
    expect(() => createArxiv({ categories: [category] }, { fetcher, clock })).not.toThrow();
  });

  it.each([
    [["cs.AI OR all:x"]],
    [["AI"]],
    [["foo"]],
    [["foo.AI"]],
    [["hep-th.AI"]],
    [["cs.learning"]],
    [["../x"]],
  ])("may not be %o", (categories) => {
    const clock = createTestClock("2026-03-06T12:00:00Z");
    const fetcher = createKit({ clock });
    expect(() => createArxiv({ categories }, { fetcher, clock })).toThrow(
      /^arXiv categories look like cs\.AI/,
    );
  });
});

describe("an answer of arXiv with more papers than were asked for", () => {
  const world = createWorld().slice(0, 60);

  it("gives as many as were asked for, and the others are told", async () => {
    const { fake, read, byIds } = await setUp("2026-03-14T12:00:00Z", { pageSize: 10 });
    const body = queryFeed(world, { total: 60, start: 0 });
    const headers = { "content-type": "application/atom+xml" };
    fake.failNext({ kind: "status", status: 200, headers, body });
    const { papers, problems } = await byIds(world[0]?.id ?? "");
    expect(papers).toHaveLength(1);
    expect(problems).toEqual(["expected at most 1 papers, found 60; the others are left out"]);
    fake.failNext({ kind: "status", status: 200, headers, body });
    const since = await read("2026-03-13");
    expect(since.problems[0]).toBe("expected at most 10 papers, found 60; the others are left out");
    expect(fake.requests.map(({ query }) => query.get("start")).filter((start) => start !== null)).toContain(
      "10",
    );
  });

  it("as its daily feed is cut at what a day can have", async () => {
    const { fake, read } = await setUp("2026-03-04T12:00:00Z");
    const item = "<item><title>A wombat</title><guid>oai:arXiv.org:2603.00001v1</guid></item>";
    const body = `<rss><channel>${item.repeat(60_000)}</channel></rss>`;
    fake.failNext({ kind: "status", status: 200, headers: { "content-type": "application/rss+xml" }, body });
    const { papers, problems } = await read();
    expect(papers).toHaveLength(5000);
    expect(problems).toEqual(["expected at most 5000 papers, found 60000; the others are left out"]);
  });
});
