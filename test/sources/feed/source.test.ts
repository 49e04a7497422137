import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFeed } from "../../../src/sources/feed/source.ts";
import { parseLiveFeed } from "../../../src/sources/feed/live-feed.ts";
import { parseDay } from "../../../src/sources/days.ts";
import { createMemoryTurns } from "../../../src/sources/fetch/pace.ts";
import { createMemoryValidators } from "../../../src/sources/fetch/validators.ts";
import { thisMachine } from "../../../src/sources/live.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import type { FakeEntry, FakeFeed } from "../../fakes/sources/feeds.ts";
import { feedText, startJournal } from "../../fakes/sources/feeds.ts";
import { collect, never } from "../kit.ts";
import { FAULTS, titles } from "../lookup-kit.ts";

const entry = (n: number, more: Partial<FakeEntry> = {}): FakeEntry => ({
  title: `Wombats ${n} & <i>others</i>`,
  link: `https://journal.example/articles/${n}`,
  authors: ["Ann Alpha", "Bob Beta"],
  doi: `10.5555/wombat.${n}`,
  ...more,
});

const day = parseDay("2026-03-01");
const since = day === undefined ? {} : { since: day };

const editorial = entry(9, { title: "From the editors", authors: [] });

async function setUp(feed: Partial<FakeFeed> = {}) {
  const clock = createTestClock("2026-03-06T12:00:00Z");
  const whole: FakeFeed = { form: "rss-1", entries: [entry(1), entry(2), editorial], ...feed };
  const journal = await startJournal({ clock, feeds: { "/feed": whole } });
  const { host } = new URL(journal.url);
  const memory = { turns: createMemoryTurns(), validators: createMemoryValidators() };
  const open = (url: string, feedHosts: readonly string[] = [host]) =>
    createFeed(
      url,
      { version: "0.1.0", contact: "mailto:me@example.org", feedHosts },
      { machine: { ...thisMachine, clock, random: () => 0.5 }, memory },
    );
  const read = () => collect(open(`${journal.url}/feed`).read({ ...since, signal: never() }));
  return { clock, journal, host, open, read };
}

describe("a feed of a journal", () => {
  it.each(["rss-1", "rss-2", "atom"] as const)(
    "in %s gives its papers, and counts what is none",
    async (form) => {
      const { journal, host, read } = await setUp({ form });
      const got = await read();
      expect(got.problems).toEqual([]);
      expect(got.papers.map(({ listing }) => listing)).toMatchObject([
        {
          title: "Wombats 1 & others",
          authors: { names: ["Ann Alpha", "Bob Beta"] },
          date: "2026-03-05",
          doi: "10.5555/wombat.1",
          containerTitle: "Journal of Wombats",
          volume: "7",
          listedOn: `${host}/feed`,
          sourceKind: "feed",
        },
        { title: "Wombats 2 & others" },
      ]);
      expect(journal.violations).toEqual([]);
    },
  );

  it("counts for every day that was asked for, and says how many of its entries are no papers", async () => {
    const { journal, open, host } = await setUp({
      entries: [entry(1), editorial, entry(3, { authors: [] })],
    });
    const items = [];
    for await (const item of open(`${journal.url}/feed`).read({ ...since, signal: never() }))
      items.push(item);
    expect(items.at(-1)).toEqual({
      kind: "list",
      list: `${host}/feed`,
      first: "2026-03-01",
      day: "2026-03-06",
      state: "read",
      passed: { authors: 2 },
    });
  });

  it("gives papers that have no DOI under their own page, and none that leads nowhere", async () => {
    const { read } = await setUp({
      entries: [entry(1, { doi: "" }), entry(2, { doi: "", link: "nowhere" })],
    });
    expect((await read()).papers.map(({ listing }) => [listing.title, listing.urls])).toEqual([
      ["Wombats 1 & others", ["https://journal.example/articles/1"]],
    ]);
  });

  it.each(["etag", "last-modified"] as const)(
    "that is as it was by %s is not read again",
    async (validator) => {
      const { journal, read } = await setUp({ validator });
      expect((await read()).papers).toHaveLength(2);
      expect(await read()).toMatchObject({ papers: [], problems: [] });
      journal.publish("/feed", { form: "atom", entries: [entry(3)] });
      expect(titles(await read())).toEqual(["Wombats 3 & others"]);
      expect(
        journal.requests.map(({ headers }) => headers["if-none-match"] ?? headers["if-modified-since"]),
      ).toEqual([undefined, expect.any(String), expect.any(String)]);
      expect(journal.violations).toEqual([]);
    },
  );

  it.each(FAULTS)(
    "that fails with %o, %i times, is asked for again as long as it may pass",
    async (fault, times, comes) => {
      const { journal, read } = await setUp();
      journal.failNext(fault, times);
      const got = await read();
      // Half a feed is well formed up to its cut, so that it is told and the next reading has it whole.
      const isHalf = fault.kind === "short";
      expect(got.papers.length > 0).toBe(comes && !isHalf);
      expect(got.problems.length > 0).toBe(!comes || isHalf);
      expect(journal.violations).toEqual([]);
    },
  );

  it("that is gone, or is no feed, is told", async () => {
    const { journal, open, read } = await setUp();
    const gone = await collect(open(`${journal.url}/gone`).read({ signal: never() }));
    expect(gone.problems).toEqual([expect.stringMatching(/^expected a feed, found status 404/)]);
    journal.failNext({
      kind: "status",
      status: 200,
      headers: { "content-type": "text/xml" },
      body: "<opml/>",
    });
    expect((await read()).problems).toEqual([expect.stringContaining("expected an RSS or Atom feed, found")]);
  });

  it("is followed to hosts that are allowed, and to no other", async () => {
    const { journal, host, open, read } = await setUp();
    const other = await setUp();
    journal.failNext({ kind: "redirect", to: `${other.journal.url}/feed` }, 2);
    expect((await read()).problems).toEqual([expect.stringContaining(`found ${other.journal.url}`)]);
    expect(other.journal.requests).toEqual([]);
    const both = open(`${journal.url}/feed`, [host, other.host]);
    expect(titles(await collect(both.read({ signal: never() })))).toHaveLength(2);
    expect([...journal.violations, ...other.journal.violations]).toEqual([]);
  });

  it("at a host that the settings do not name is refused before anybody is asked", async () => {
    const { journal, host, open } = await setUp();
    expect(() => open(`${journal.url}/feed`, ["journal.example"])).toThrow(
      `lies at ${host}, which may not be asked: PAPERBOY_FEED_HOSTS names journal.example. To allow it, set PAPERBOY_FEED_HOSTS=journal.example,${host}`,
    );
    expect(journal.requests).toEqual([]);
  });
});

describe("any feed", () => {
  const entries = fc.array(
    fc.record({
      title: fc.constantFrom("A", "<b>&amp;</b>", "", "]]>"),
      link: fc.constantFrom("https://journal.example/1", "javascript:alert(1)", ""),
      authors: fc.array(fc.constantFrom("Ann Alpha", "<x>", ""), { maxLength: 3 }),
      doi: fc.constantFrom("", "10.5555/1", "no DOI"),
    }),
    { maxLength: 6 },
  );

  it("accounts for each of its entries: a paper, a problem or one that is counted", () => {
    fc.assert(
      fc.property(entries, fc.constantFrom("rss-1", "rss-2", "atom" as const), (list, form) => {
        const { items, problems, passed } = parseLiveFeed(feedText({ form, entries: list }), "f");
        const left = Object.values(passed).reduce((all, one) => all + one, 0);
        const lost = problems.filter(({ kept }) => kept !== true).length;
        expect(items.length + lost + left).toBe(list.length);
      }),
    );
  });
});
