import { describe, expect, it } from "vitest";
import type { LiveSettings } from "../../../src/sources/live.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import type { FakeCrossrefOptions } from "../../fakes/sources/crossref.ts";
import { startCrossref } from "../../fakes/sources/crossref.ts";
import { createLookup, FAULTS, titles } from "../lookup-kit.ts";

async function setUp(more: Partial<FakeCrossrefOptions> = {}, settings: Partial<LiveSettings> = {}) {
  const clock = createTestClock("2026-03-06T12:00:00Z");
  const fake = await startCrossref({ clock, ...more });
  return { clock, fake, ...createLookup("crossref", clock, { crossrefUrl: fake.url, ...settings }) };
}

const work = (n: number) => ({ DOI: `10.5555/${n}`, type: "journal-article", title: [`Paper ${n}`] });

describe("papers by their DOIs", () => {
  it("come from Crossref, with when they were read", async () => {
    const { fake, byIds } = await setUp();
    const { papers, problems } = await byIds("10.1145/3442188.3445922");
    expect(papers).toMatchObject([
      {
        listing: { doi: "10.1145/3442188.3445922", readAt: "2026-03-06T12:00:00.000Z" },
        from: { source: "Crossref" },
      },
    ]);
    expect([problems, fake.violations]).toEqual([[], []]);
    expect(fake.requests.map(({ path }) => path)).toEqual(["/works/10.1145%2F3442188.3445922"]);
  });

  it("are asked for 25 at once, each once, and those with unusual letters by themselves", async () => {
    const odd = { ...work(0), DOI: "10.5555/(SICI)49:8,693;2-O" };
    const works = [...Array.from({ length: 30 }, (_none, n) => work(n + 1)), odd];
    const { fake, byIds } = await setUp({ works });
    const dois = works.map(({ DOI }) => DOI);
    const read = await byIds(...dois, ...dois, "10.5555/X", "no DOI");
    expect(titles(read)).toHaveLength(31);
    expect(read.problems).toEqual([
      "expected the paper 10.5555/x, found no work with this DOI; another agency may have it",
    ]);
    expect(fake.requests.map(({ path }) => path.slice(0, 12))).toEqual(["/works", "/works", "/works/10.55"]);
    expect(fake.violations).toEqual([]);
  });

  it("that Crossref does not know are told, and cost no other", async () => {
    const { byIds } = await setUp();
    expect(await byIds("10.48550/other")).toMatchObject({
      papers: [],
      problems: [
        "expected the paper 10.48550/other, found no work with this DOI; another agency may have it",
      ],
    });
  });

  it("are asked for one by one where one of them is refused", async () => {
    const { fake, byIds } = await setUp();
    fake.failNext({ kind: "status", status: 400, body: "{}" });
    expect(titles(await byIds("10.1145/3442188.3445922", "10.1007/978-3-319-24574-4_28"))).toHaveLength(2);
    expect(fake.violations).toEqual([]);
  });
});

describe("a search at Crossref", () => {
  it("gives papers and books with the words, at most twenty", async () => {
    const { fake, search } = await setUp({ works: Array.from({ length: 30 }, (_none, n) => work(n)) });
    expect(titles(await search("paper"))).toHaveLength(20);
    expect(fake.requests[0]?.query.get("query.bibliographic")).toBe("paper");
    expect(fake.violations).toEqual([]);
  });
});

describe("Crossref's allowance", () => {
  it("is kept as its answers say it", async () => {
    const { fake, byIds } = await setUp({ limit: { requests: 1, seconds: 7 } });
    for (let n = 0; n < 3; n++) await byIds("10.1145/3442188.3445922");
    const gaps = fake.requests.slice(1).map(({ at }, i) => at - (fake.requests[i]?.at ?? 0));
    expect(gaps).toEqual([7000, 7000]);
    expect(fake.violations).toEqual([]);
  });

  it("is the public one where nobody can be written to", async () => {
    const { fake, byIds } = await setUp({}, { contact: "https://example.org/about" });
    await byIds("10.1145/3442188.3445922");
    expect(fake.requests[0]?.query.has("mailto")).toBe(false);
  });
});

describe("an answer that is none", () => {
  it.each(FAULTS)("is waited for or told: %o, %i times", async (fault, times, passes) => {
    const { fake, byIds } = await setUp();
    fake.failNext(fault, times);
    const { papers, problems } = await byIds("10.1234/jex.2024.17");
    expect([papers.length, problems.length]).toEqual(passes ? [1, 0] : [0, 1]);
    expect(problems.join()).not.toContain("mailto");
    expect(fake.violations).toEqual([]);
  });

  it.each(["[]", "{}", '{"message": 3}', '{"message": {"items": [null, 3, {}]}}', '{"message": {"DOI": 5}}'])(
    "but another form of JSON is told: %s",
    async (body) => {
      const { fake, byIds } = await setUp();
      fake.failNext({ kind: "status", status: 200, body, headers: { "content-type": "application/json" } });
      const { papers, problems } = await byIds("10.1234/jex.2024.17");
      expect(papers).toEqual([]);
      expect(problems.length).toBeGreaterThan(0);
    },
  );
});
