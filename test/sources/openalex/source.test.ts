import { describe, expect, it } from "vitest";
import type { LiveSettings } from "../../../src/sources/live.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import type { FakeOpenAlexOptions } from "../../fakes/sources/openalex.ts";
import { startOpenAlex } from "../../fakes/sources/openalex.ts";
import { createLookup, FAULTS, titles } from "../lookup-kit.ts";

async function setUp(more: Partial<FakeOpenAlexOptions> = {}, settings: Partial<LiveSettings> = {}) {
  const clock = createTestClock("2026-03-06T12:00:00Z");
  const fake = await startOpenAlex({ clock, ...more });
  return { clock, fake, ...createLookup("openalex", clock, { openAlexUrl: fake.url, ...settings }) };
}

const work = (n: number) => ({
  id: `https://openalex.org/W${n}`,
  doi: `https://doi.org/10.5555/${n}`,
  title: `Paper ${n}`,
});

describe("papers by their ids", () => {
  it("come one at a time for nothing", async () => {
    const { fake, byIds } = await setUp({ allowance: 0 });
    expect(titles(await byIds("W2741809807"))).toHaveLength(1);
    expect(titles(await byIds("doi:10.7717/PEERJ.4375"))).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });

  it("come forty at once, ids and DOIs apart, and those that are not there are told", async () => {
    const works = Array.from({ length: 50 }, (_none, n) => work(n + 1));
    const { fake, byIds } = await setUp({ works });
    const ids = works.slice(0, 45).map(({ id }) => id);
    const read = await byIds(...ids, ...ids, "10.5555/46", "10.5555/47", "10.5555/a|b", "W999");
    expect(titles(read)).toHaveLength(47);
    expect(read.problems).toEqual([
      "expected the paper W999, found no work with this id",
      "expected the paper 10.5555/a|b, found no work with this id",
    ]);
    expect(fake.requests.map(({ path }) => path)).toEqual([
      "/works",
      "/works",
      "/works",
      "/works/doi%3A10.5555%2Fa%7Cb",
    ]);
    expect(fake.violations).toEqual([]);
  });
});

describe("a search at OpenAlex", () => {
  it("gives at most fifty works", async () => {
    const { fake, search } = await setUp({ works: Array.from({ length: 70 }, (_none, n) => work(n)) });
    expect(titles(await search("paper"))).toHaveLength(50);
    expect(fake.violations).toEqual([]);
  });

  it("beyond a day's allowance is told with when there is more, and nobody asks before", async () => {
    const { fake, search } = await setUp({ allowance: 1 });
    expect((await search("state")).papers).toHaveLength(1);
    const [said] = (await search("state")).problems;
    expect(said).toMatch(/^expected a host that may be asked now, found “not before 2026-03-07T00:00:00/);
    await search("state");
    expect(fake.requests).toHaveLength(2);
  });
});

describe("a key of OpenAlex", () => {
  it("is sent to OpenAlex alone, also after a redirect", async () => {
    const { fake, byIds } = await setUp({ key: "secret" }, { openAlexKey: "secret" });
    const other = await startOpenAlex({ clock: createTestClock("2026-03-06T12:00:00Z") });
    fake.failNext({ kind: "redirect", to: `${other.url}/works/W1` });
    const { problems } = await byIds("W2741809807");
    expect(problems.join()).not.toContain("secret");
    expect([fake.requests.length, other.requests.length]).toEqual([1, 0]);
    expect(titles(await byIds("W2741809807"))).toHaveLength(1);
  });
});

describe("an answer that is none", () => {
  it.each(FAULTS)("is waited for or told: %o, %i times", async (fault, times, passes) => {
    const { fake, byIds } = await setUp();
    fake.failNext(fault, times);
    const { papers, problems } = await byIds("W2741809807");
    expect([papers.length, problems.length]).toEqual(passes ? [1, 0] : [0, 1]);
    expect(problems.join()).not.toContain("mailto");
    expect(fake.violations).toEqual([]);
  });

  it.each(["[]", "3", '{"results": 3}', '{"results": [null, 3, {}]}', '{"id": 5}'])(
    "but another form of JSON is told: %s",
    async (body) => {
      const { fake, byIds } = await setUp();
      fake.failNext({ kind: "status", status: 200, body, headers: { "content-type": "application/json" } });
      const { papers, problems } = await byIds("W2741809807");
      expect(papers).toEqual([]);
      expect(problems.length).toBeGreaterThan(0);
    },
  );
});
