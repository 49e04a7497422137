import { describe, expect, it } from "vitest";
import type { LiveSettings } from "../../../src/sources/live.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import type { FakeSemanticScholarOptions } from "../../fakes/sources/semantic-scholar.ts";
import { startSemanticScholar } from "../../fakes/sources/semantic-scholar.ts";
import { createLookup, FAULTS, titles } from "../lookup-kit.ts";
import { s2Paper } from "../recorded-works.ts";

async function setUp(more: Partial<FakeSemanticScholarOptions> = {}, settings: Partial<LiveSettings> = {}) {
  const clock = createTestClock("2026-03-06T12:00:00Z");
  const fake = await startSemanticScholar({ clock, ...more });
  return {
    clock,
    fake,
    ...createLookup("semantic-scholar", clock, { semanticScholarUrl: fake.url, ...settings }),
  };
}

const paper = (n: number) => ({
  paperId: String(n).padStart(40, "0"),
  title: `Paper ${n}`,
  externalIds: { CorpusId: n },
});

describe("papers by their ids", () => {
  it("come a hundred at once, whatever catalogue the ids are of, and those that are not there are told", async () => {
    const papers = [...Array.from({ length: 120 }, (_none, n) => paper(n + 1)), s2Paper];
    const { fake, byIds } = await setUp({ papers });
    const ids = papers.slice(0, 120).map(({ externalIds: { CorpusId } }) => `corpusid:${CorpusId}`);
    const read = await byIds(...ids, "ACL:N18-3011", "arxiv:1805.02262v1", "MAG:1", "no id at all");
    expect(new Set(titles(read))).toHaveLength(121);
    expect(read.problems).toEqual(["expected the paper MAG:1, found no paper with this id"]);
    expect(fake.requests.map(({ method }) => method)).toEqual(["POST", "POST"]);
    expect(fake.violations).toEqual([]);
  });

  it("none of which is there are told one by one", async () => {
    const { byIds } = await setUp();
    const { papers, problems } = await byIds("CorpusId:1", "CorpusId:2");
    expect([papers, problems]).toEqual([
      [],
      [
        "expected the paper CorpusId:1, found no paper with this id",
        "expected the paper CorpusId:2, found no paper with this id",
      ],
    ]);
  });
});

describe("a search at Semantic Scholar", () => {
  it("gives at most fifty papers, also for words with hyphens", async () => {
    const papers = Array.from({ length: 70 }, (_none, n) => ({ ...paper(n), title: `Self attention ${n}` }));
    const { fake, search } = await setUp({ papers });
    expect(titles(await search("self-attention"))).toHaveLength(50);
    expect(await search("nothing of this")).toEqual({ papers: [], problems: [], lists: [] });
    expect(fake.violations).toEqual([]);
  });
});

describe("Semantic Scholar's pace", () => {
  it.each([
    ["with a key once a second", { semanticScholarKey: "secret" }, 1050],
    ["without a key once in three seconds", {}, 3000],
  ])("is %s", async (_name, settings, gap) => {
    const { fake, byIds } = await setUp({ key: "secret" }, settings);
    for (let n = 0; n < 3; n++) await byIds("CorpusId:19170988");
    const gaps = fake.requests.slice(1).map(({ at }, i) => at - (fake.requests[i]?.at ?? 0));
    expect(gaps).toEqual([gap, gap]);
    expect(fake.violations).toEqual([]);
  });

  it("without a key has patience where the pool is used up", async () => {
    const { fake, byIds } = await setUp();
    fake.failNext({ kind: "status", status: 429, body: "{}" }, 7);
    expect(titles(await byIds("CorpusId:19170988"))).toHaveLength(1);
    expect(fake.requests).toHaveLength(8);
    expect(fake.violations).toEqual([]);
  });

  it("shows no key that it refuses", async () => {
    const { byIds } = await setUp({ key: "right" }, { semanticScholarKey: "wrong-key" });
    const { problems } = await byIds("CorpusId:19170988");
    expect(problems).toEqual(['expected papers, found status 403, “{"message":"Forbidden: …"}”']);
  });
});

describe("an answer that is none", () => {
  it.each(FAULTS)("is waited for or told: %o, %i times", async (fault, times, passes) => {
    const { fake, byIds } = await setUp();
    fake.failNext(fault, times);
    const { papers, problems } = await byIds("CorpusId:19170988");
    expect([papers.length, problems.length]).toEqual(passes ? [1, 0] : [0, 1]);
    expect(fake.violations).toEqual([]);
  });

  it.each(["{}", "3", "[]", '[{"title": 3}]', "[null, null]"])(
    "but another form of JSON is told: %s",
    async (body) => {
      const { fake, byIds } = await setUp();
      fake.failNext({ kind: "status", status: 200, body, headers: { "content-type": "application/json" } });
      const { papers, problems } = await byIds("CorpusId:19170988");
      expect(papers).toEqual([]);
      expect(problems.length).toBeGreaterThan(0);
    },
  );
});
