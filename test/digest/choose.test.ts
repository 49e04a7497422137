import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Paper } from "../../src/corpus/paper.ts";
import type { Candidate } from "../../src/digest/ranking/candidate.ts";
import type { Choice } from "../../src/digest/choice/choose.ts";
import type { Had } from "../../src/digest/choice/had.ts";
import type { LocalDate } from "../../src/schedule/slots/local-date.ts";
import { addDays } from "../../src/schedule/slots/local-date.ts";
import { isFuture, isNew, scoreOf } from "../../src/digest/ranking/score.ts";
import type { Plan } from "../../src/digest/subscription.ts";
import { createViews } from "../../src/digest/choice/view.ts";
import { composeNews } from "../../src/digest/compose.ts";
import { formulaWords, reasonWords } from "../../src/digest/words.ts";
import { createSeedIndex, readSeedPapers } from "../support/seed-index.ts";
import { choose, rank } from "./choosing.ts";
import { date, paper, place, planOf } from "./papers.ts";
import type { Choosing } from "./plain-rule.ts";
import { choosePlainly, rankPlainly } from "./plain-rule.ts";

const today = date("2026-03-10");
const at = new Date("2026-03-10T09:00:00Z");

const choosing = (list: readonly Candidate[], parts: Partial<Choosing> = {}): Choosing => ({
  candidates: { corpus: list.length, remembered: 0, list },
  place,
  plan: planOf(),
  date: today,
  had: [],
  ...parts,
});
const of = (...papers: Paper[]): Candidate[] => papers.map((one) => ({ paper: one }));
const titles = (choice: Choice): string[] =>
  choice.kind === "nothing" ? [] : [choice.paper, ...choice.runnersUp].map((one) => one.paper.title);
const chosen = async (one: Choosing): Promise<string[]> => titles(await choose(one));
const had = (one: Paper, day = "2026-03-01", role: Had["role"] = "paper-of-the-day"): Had => ({
  paper: one.id,
  date: date(day),
  role,
});

/** Papers of around today, some without a date, with and without votes and comments. */
const anyCandidate: fc.Arbitrary<Candidate> = fc
  .record(
    {
      number: fc.nat(30),
      age: fc.oneof(fc.integer({ min: -3, max: 16 }), fc.constant(undefined), fc.constant(400)),
      votes: fc.oneof(fc.constant(0), fc.nat(150)),
      comments: fc.nat(3),
      fit: fc.nat(1000),
      // So little that it is rounded away, as if the paper were near nothing.
      near: fc.oneof(fc.nat(1000), fc.constant(0.1)),
    },
    { requiredKeys: ["number"] },
  )
  .map(({ number, age, votes, comments, fit, near }) => ({
    paper: paper(`Paper ${number}`, {
      ...(age === undefined ? {} : { day: addDays(today, -age) }),
      ...(votes === undefined ? {} : { votes }),
      ...(comments === undefined ? {} : { comments }),
    }),
    ...(fit === undefined ? {} : { fit: { topic: "robots", value: fit / 1000 } }),
    ...(near === undefined ? {} : { nearest: { paper: paper("Before"), similarity: near / 1000 } }),
  }));
const anyCandidates = fc.uniqueArray(anyCandidate, { selector: (one) => one.paper.id, maxLength: 25 });
const anyPlan: fc.Arbitrary<Plan> = fc
  .record({ runnersUp: fc.nat(10), minimumComments: fc.nat(2), minimumVotes: fc.constantFrom(0, 0, 5) })
  .map(planOf);
const anyChoosing = fc
  .record({
    drawn: anyCandidates,
    plan: anyPlan,
    remembered: fc.nat(10),
    topical: fc.boolean(),
    gone: fc.array(fc.nat(30), { maxLength: 10 }),
  })
  .map(({ drawn, plan, remembered, topical, gone }) => {
    const list = drawn.map(({ paper: one, fit, nearest }) => ({
      paper: one,
      ...(topical ? { fit: fit ?? { topic: "graphs", value: 0.5 } } : {}),
      ...(nearest === undefined || remembered === 0 ? {} : { nearest }),
    }));
    return choosing(list, {
      candidates: { corpus: list.length, remembered, list },
      plan,
      had: gone.map((number) => had(paper(`Paper ${number}`))),
    });
  });

describe("the paper of the day", () => {
  it("is a paper of today that was read, before one of today that was not, before one of last week", async () => {
    const papers = of(
      paper("Last week", { day: "2026-03-03" }),
      paper("Today", { day: "2026-03-10" }),
      paper("Read today", { day: "2026-03-10", votes: 8 }),
    );
    expect(await chosen(choosing(papers))).toEqual(["Read today", "Today", "Last week"]);
  });

  it("is a loved paper of three days ago before a fresh one nobody has read, and a fresh one before last week's loved one", async () => {
    const papers = of(
      paper("Fresh", { day: "2026-03-10" }),
      paper("Loved", { day: "2026-03-07", votes: 120, comments: 4 }),
      paper("Loved last week", { day: "2026-02-26", votes: 120, comments: 4 }),
    );
    expect(await chosen(choosing(papers))).toEqual(["Loved", "Fresh", "Loved last week"]);
  });

  it("says why it was chosen, with a sum that can be done again", async () => {
    const [first] = of(paper("Loved", { day: "2026-03-07", votes: 50, comments: 1 }));
    const choice = await choose(choosing([{ ...first!, fit: { topic: "robots", value: 0.8 } }]));
    if (choice.kind === "nothing") throw new Error("nothing chosen");
    expect(reasonWords(choice.paper, choice.archive)).toBe(
      "3 days old, 50 votes and 1 comment, about “robots”",
    );
    // ln 52 / ln 101 = 0.856; (0.4 · 0.5 + 0.3 · 0.856 + 0.2 · 0.8) / 0.9 = 0.685.
    expect(formulaWords(choice.paper.parts)).toBe(
      "0.685 = (0.4 × 0.5 recency + 0.3 × 0.856 attention + 0.2 × 0.8 fit) / 0.9",
    );
  });

  it("comes from the archive, and says so, when no paper of the last 14 days is left", async () => {
    const papers = of(
      paper("Undated", { comments: 1 }),
      paper("Fourteen days old", { day: "2026-02-24" }),
      paper("Thirteen days old", { day: "2026-02-25" }),
    );
    expect(await choose(choosing(papers))).toMatchObject({ archive: false, of: 1 });
    const choice = await choose(choosing(papers, { had: [had(paper("Thirteen days old"))] }));
    expect(choice).toMatchObject({ archive: true, of: 2 });
    expect(titles(choice)).toEqual(["Undated", "Fourteen days old"]);
    if (choice.kind === "nothing") throw new Error("nothing chosen");
    expect(reasonWords(choice.paper, choice.archive)).toBe(
      "from the archive, since no paper of the last 14 days is left: 1 comment",
    );
  });

  it("is decided by votes, then comments, then the newer date, where scores are equal", async () => {
    // All have more than full attention and are in the archive, so that the score is the same.
    const papers = of(
      paper("D", { votes: 200, comments: 5 }),
      paper("C", { votes: 200, comments: 5, day: "2020-01-01" }),
      paper("B", { votes: 200, comments: 6 }),
      paper("A", { votes: 201, comments: 0 }),
    );
    expect(await chosen(choosing(papers))).toEqual(["A", "B", "C", "D"]);
  });

  it("is drawn for each channel and day where nothing else decides", async () => {
    const papers = of(...Array.from({ length: 50 }, (_, i) => paper(`Paper ${i}`)));
    const draw = async (channel: string, day: string) =>
      (await chosen(choosing(papers, { place: { ...place, channel }, date: date(day) })))[0];
    const channels = ["a", "b", "c", "d", "e", "f"].map((channel) => draw(channel, "2026-03-10"));
    expect(new Set(await Promise.all(channels)).size).toBeGreaterThan(3);
    const days = ["10", "11", "12", "13", "14", "15"].map((day) => draw("a", `2026-03-${day}`));
    expect(new Set(await Promise.all(days)).size).toBeGreaterThan(3);
  });

  it("is the same for the same state and date, in whatever order the candidates come", async () => {
    await fc.assert(
      fc.asyncProperty(anyChoosing, fc.infiniteStream(fc.nat()), async (one, chance) => {
        const list = one.candidates.list
          .map((candidate) => ({ candidate, at: chance.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ candidate }) => candidate);
        expect(await choose({ ...one, candidates: { ...one.candidates, list } })).toEqual(await choose(one));
      }),
    );
  });

  it("is chosen, and all others are ranked, as the rule says that looks at every paper for every channel", async () => {
    await fc.assert(
      fc.asyncProperty(anyChoosing, async (one) => {
        expect(await choose(one)).toEqual(choosePlainly(one));
        expect(await rank(one)).toEqual(rankPlainly(one));
      }),
      { numRuns: 1000 },
    );
  });

  it("and its runners-up are distinct, keep every rule, and are at most as many as asked for", async () => {
    await fc.assert(
      fc.asyncProperty(anyChoosing, async (one) => {
        const choice = await choose(one);
        const papers =
          choice.kind === "nothing" ? [] : [choice.paper, ...choice.runnersUp].map((scored) => scored.paper);
        expect(new Set(papers.map(({ id }) => id)).size).toBe(papers.length);
        expect(papers.length).toBeLessThanOrEqual(1 + one.plan.runnersUp);
        const breaking = papers.filter(
          (each) =>
            one.had.some((before) => before.paper === each.id) ||
            isFuture(each, today) ||
            (each.comments ?? 0) < one.plan.minimumComments ||
            (each.upvotes?.count ?? 0) < one.plan.minimumVotes,
        );
        expect(breaking).toEqual([]);
      }),
    );
  });

  it("comes from the archive only when no new paper passes the rules, and old papers never follow a new one", async () => {
    await fc.assert(
      fc.asyncProperty(anyChoosing, async (one) => {
        const ranking = await rank(one);
        if (ranking.kind === "nothing") return;
        const fresh = ranking.papers.filter((scored) => isNew(scored.paper, today)).length;
        expect(fresh).toBe(ranking.archive ? 0 : ranking.papers.length);
      }),
    );
  });

  it("has a score from 0 to 1 that is the sum of its parts, and no other paper has a higher one", async () => {
    await fc.assert(
      fc.asyncProperty(anyChoosing, async (one) => {
        const ranking = await rank(one);
        const papers = ranking.kind === "ranked" ? ranking.papers : [];
        const scores = papers.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        expect(papers.map(({ parts }) => scoreOf(parts))).toEqual(scores);
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
      }),
    );
  });

  it("never falls in the ranking by getting votes", async () => {
    await fc.assert(
      fc.asyncProperty(anyChoosing, fc.nat(24), fc.integer({ min: 1, max: 100 }), async (one, i, more) => {
        const { list } = one.candidates;
        const lucky = list[i % Math.max(1, list.length)];
        if (lucky === undefined) return;
        const count = (lucky.paper.upvotes?.count ?? 0) + more;
        const voted = {
          ...lucky,
          paper: { ...lucky.paper, upvotes: { count, readAt: "2026-03-10T00:00:00Z" } },
        };
        const others = list.map((candidate) => (candidate === lucky ? voted : candidate));
        const rankIn = async (all: readonly Candidate[]) => {
          const candidates = { ...one.candidates, list: all };
          const ranking = await rank({ ...one, plan: planOf(), candidates });
          const papers = ranking.kind === "ranked" ? ranking.papers : [];
          return papers.findIndex(({ paper: { id } }) => id === lucky.paper.id);
        };
        expect(await rankIn(others)).toBeLessThanOrEqual(await rankIn(list));
      }),
    );
  });
});

describe("without a paper to choose, the reason", () => {
  const old = paper("Old", { comments: 1 });

  it("is an empty corpus, no match, too high a minimum, or that all have been posted", async () => {
    expect(await choose(choosing([]))).toEqual({ kind: "nothing", reason: { kind: "empty-corpus" } });
    const none = choosing([], { candidates: { corpus: 5, remembered: 0, list: [] } });
    expect(await choose(none)).toEqual({ kind: "nothing", reason: { kind: "no-match" } });
    expect(await choose(choosing(of(old), { plan: planOf({ minimumVotes: 1 }) }))).toEqual({
      kind: "nothing",
      reason: { kind: "below-minimum", matching: 1 },
    });
    expect(await choose(choosing(of(old), { had: [had(old)] }))).toEqual({
      kind: "nothing",
      reason: { kind: "all-had", matching: 1 },
    });
    const future = of(paper("To come", { day: "2026-03-11" }));
    expect(await choose(choosing(future))).toEqual({ kind: "nothing", reason: { kind: "no-match" } });
  });
});

describe("day after day over the bundled papers", () => {
  it("a channel gets every paper about its topics once, and then is told that it has had them all", async () => {
    const view = await createViews(await createSeedIndex())();
    const plan = planOf({ runnersUp: 2, topics: "curriculum learning, robots -survey" });
    const posted: Had[] = [];
    const chooseOn = (day: LocalDate) =>
      composeNews(view, { place, plan }, { date: day, dueAt: at }, { had: posted, lessons: [] });
    let [day, choice] = [today, await chooseOn(today)];
    while (choice.kind === "chosen") {
      posted.push({ paper: choice.paper.paper.id, date: day, role: "paper-of-the-day" });
      for (const { paper: one } of choice.runnersUp)
        posted.push({ paper: one.id, date: day, role: "runner-up" });
      day = addDays(day, 1);
      choice = await chooseOn(day);
    }
    expect(choice.reason).toEqual({ kind: "all-had", matching: posted.length });
    expect(posted.length).toBeGreaterThan(20);
    expect(new Set(posted.map((one) => one.paper)).size).toBe(posted.length);
  });

  it("novelty keeps a paper away that is near one of the last ten papers of the day, and forgets older ones and runners-up", async () => {
    const [first, ...more] = await readSeedPapers();
    if (first === undefined) throw new Error("no papers");
    const view = await createViews(await createSeedIndex())();
    const nearIn = async (posted: readonly Had[]) => {
      const { near } = await view.channel(place, today, posted, []);
      return [...near.values()].filter((nearest) => nearest.paper.id === first.id).length;
    };
    expect(await nearIn([had(first)])).toBe(20);
    expect(await nearIn([had(first, "2026-03-01", "runner-up")])).toBe(0);
    const later = more.slice(0, 10).map((one) => had(one, "2026-03-02"));
    expect(await nearIn([had(first), ...later])).toBe(0);
  });
});
