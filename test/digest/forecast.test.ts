import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Paper } from "../../src/corpus/paper.ts";
import { forecastWords } from "../../src/digest/choice/forecast-words.ts";
import type { Forecast } from "../../src/digest/choice/forecast.ts";
import { forecastDigest } from "../../src/digest/choice/forecast.ts";
import { addDays } from "../../src/schedule/slots/local-date.ts";
import type { Plan } from "../../src/digest/subscription.ts";
import { readTopics } from "../../src/search/query/topics.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createSeedIndex } from "../support/seed-index.ts";
import { date, paper, planOf } from "./papers.ts";

const today = date("2026-03-10");

async function forecast(papers: readonly Paper[], plan: Partial<Plan> = {}): Promise<Forecast> {
  const index = createEmbeddedIndex();
  await index.add(papers);
  const topics = readTopics(plan.topics ?? "", new Date("2026-03-10T09:00:00Z"));
  return forecastDigest(index, { topics, plan: planOf(plan), today });
}
const daily = (count: number, every = 1) =>
  Array.from({ length: count }, (_, i) =>
    paper(`Robot ${i}`, { day: addDays(today, -Math.floor(i / every)), votes: i % 10 }),
  );

describe("the forecast", () => {
  it("counts papers over the last 30 days, and names the newest five", async () => {
    const found = await forecast(daily(120, 3));
    expect(found).toMatchObject({
      window: { from: "2026-02-09", to: "2026-03-10" },
      inWindow: 90,
      undated: 0,
    });
    expect(found.latest.map(({ title }) => title)).toEqual([
      "Robot 0",
      "Robot 1",
      "Robot 2",
      "Robot 3",
      "Robot 4",
    ]);
    expect(forecastWords(found)).toEqual([
      "These filters would have brought 3.0 papers a day over the 30 days up to 10 March 2026.",
    ]);
  });

  it("counts only what passes the filters", async () => {
    const papers = [...daily(30), paper("Graphs", { day: "2026-03-10", votes: 9 })];
    expect(await forecast(papers, { topics: "robot", minimumVotes: 9 })).toMatchObject({
      inWindow: 3,
      passing: 3,
      matching: 30,
    });
    expect(forecastWords(await forecast(papers, { topics: "robot", minimumVotes: 9 }))).toEqual([
      "These filters would have brought 3 papers over the 30 days up to 10 March 2026.",
    ]);
  });

  it("counts no paper that no longer stands, nor ends with one", async () => {
    const status = { kind: "withdrawn", words: "Withdrawn by the authors." } as const;
    const old = addDays(today, -20);
    const papers = [
      paper("Robot of old", { day: old }),
      paper("Robot withdrawn", { day: old, status }),
      paper("Robot withdrawn today", { day: today, status }),
    ];
    expect(await forecast(papers)).toMatchObject({
      window: { from: addDays(old, -29), to: old },
      inWindow: 1,
      passing: 1,
    });
  });

  it("ends with the newest paper of an old corpus, and not after today", async () => {
    const old = [
      paper("A", { day: "2020-05-01" }),
      paper("B", { day: "2020-04-02" }),
      paper("C", { day: "2020-04-01" }),
    ];
    expect(await forecast(old)).toMatchObject({
      window: { from: "2020-04-02", to: "2020-05-01" },
      inWindow: 2,
    });
    expect(await forecast([...old, paper("D", { day: "2027-01-01" })])).toMatchObject({
      window: { to: "2020-05-01" },
      passing: 3,
    });
  });

  it("says honestly how few papers have a date", async () => {
    const index = await createSeedIndex();
    const found = await forecastDigest(index, { topics: [], plan: planOf(), today: date("2026-11-21") });
    expect(found.corpus).toEqual({ papers: 544, dated: 43 });
    expect(forecastWords(found)).toEqual([
      "These filters would have brought 1 paper over the 30 days up to 9 March 2026.",
      "Only 43 of the 544 papers here have a date, so this says little.",
      "501 more papers pass without a date: for the archive, which is used on days without a new paper.",
    ]);
  });

  it.each([
    [[], {}, ["There are no papers yet, so nothing can be said about how many will come."]],
    [
      [paper("A")],
      { topics: "robots" },
      ["No paper of this corpus matches these topics. Fewer words, or commas between topics, find more."],
    ],
    [
      [paper("A")],
      { minimumVotes: 1 },
      ["1 paper matches the topics, but none has the comments or votes asked for."],
    ],
    [
      [paper("A")],
      {},
      [
        "None of the 1 paper here has a date, so this says little.",
        "1 more paper passes without a date: for the archive, which is used on days without a new paper.",
      ],
    ],
  ] as const)("of %j with %j is put into words", async (papers, plan, words) => {
    expect(forecastWords(await forecast(papers, plan))).toEqual(words);
  });

  it("never grows by asking for more votes, and counts every passing paper as dated or undated", async () => {
    const some = fc.uniqueArray(
      fc
        .record({ number: fc.nat(50), age: fc.option(fc.nat(60), { nil: undefined }), votes: fc.nat(20) })
        .map(({ number, age, votes }) =>
          paper(`Paper ${number}`, { votes, ...(age === undefined ? {} : { day: addDays(today, -age) }) }),
        ),
      { selector: ({ id }) => id, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(some, fc.nat(20), fc.nat(5), async (papers, minimumVotes, more) => {
        const found = await forecast(papers, { minimumVotes });
        const stricter = await forecast(papers, { minimumVotes: minimumVotes + more });
        expect(stricter.inWindow).toBeLessThanOrEqual(found.inWindow);
        expect(found.undated + found.inWindow).toBeLessThanOrEqual(found.passing);
        expect(found.passing).toBeLessThanOrEqual(found.matching);
        expect(found.latest.length).toBe(Math.min(5, found.passing - found.undated));
      }),
      { numRuns: 50 },
    );
  });
});
