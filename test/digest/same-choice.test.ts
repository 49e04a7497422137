import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Paper } from "../../src/corpus/paper.ts";
import { addDays } from "../../src/schedule/slots/local-date.ts";
import type { Lesson } from "../../src/taste/learn.ts";
import type { Had } from "../../src/digest/choice/had.ts";
import { readTopics } from "../../src/search/query/topics.ts";
import type { View } from "../../src/digest/choice/view.ts";
import { createViews } from "../../src/digest/choice/view.ts";
import type { Why } from "../../src/digest/choice/why.ts";
import { explainPaper } from "../../src/digest/choice/why.ts";
import { composeNews } from "../../src/digest/compose.ts";
import type { Scored } from "../../src/digest/ranking/score.ts";
import type { Slot } from "../../src/schedule/slots/slots.ts";
import type { Place } from "../../src/schedule/place.ts";
import type { Plan } from "../../src/digest/subscription.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { createSeedIndex, readSeedPapers } from "../support/seed-index.ts";
import { date, paper, place, planOf } from "./papers.ts";
import { choosePlainly, gatherPlainly, rankPlainly } from "./plain-rule.ts";

const first = date("2026-03-10");

/** Few words, so that many papers are about the same and near one another. */
const word = fc.constantFrom("robots", "graphs", "vision", "learn", "agents", "survey", "models", "trees");
const anyPaper: fc.Arbitrary<Paper> = fc
  .record(
    {
      words: fc.array(word, { minLength: 2, maxLength: 6 }),
      number: fc.nat(60),
      age: fc.oneof(fc.integer({ min: -4, max: 20 }), fc.constantFrom(1, 1, 2, 300)),
      precision: fc.constantFrom(10, 10, 10, 7, 4),
      votes: fc.constantFrom(0, 0, 1, 5, 120),
      comments: fc.nat(2),
      fallen: fc.constantFrom(false, false, false, true),
    },
    { requiredKeys: ["words", "number"] },
  )
  .map(({ words, number, age, precision, votes, comments, fallen }) => {
    const [one = "", ...others] = words;
    return paper(`${one} ${number}`, {
      abstract: `On ${others.join(" and ")}.`,
      ...(age === undefined ? {} : { day: addDays(first, -age).slice(0, precision) }),
      ...(votes === undefined ? {} : { votes }),
      ...(comments === undefined ? {} : { comments }),
      ...(fallen === true ? { status: { kind: "withdrawn", words: "Withdrawn." } as const } : {}),
    });
  });
const anyPapers = fc.uniqueArray(anyPaper, { selector: ({ id }) => id, maxLength: 60 });
const anyPlan: fc.Arbitrary<Plan> = fc
  .record({
    topics: fc.constantFrom(
      "",
      "robots",
      "robots, graphs",
      "vision agents, models",
      "learn -survey",
      "trees, trees after:2025",
      '"graphs and vision", robots',
      'robots after:"3 months ago"',
      "zymurgy",
    ),
    minimumComments: fc.constantFrom(0, 0, 1),
    minimumVotes: fc.constantFrom(0, 0, 0, 2),
    runnersUp: fc.nat(4),
  })
  .map(planOf);

interface Day {
  /** What was said there: of which of the papers, by its place, and how much. */
  readonly said: readonly (readonly [nth: number, weight: number])[];
  readonly plan: Plan;
  readonly channel: string;
  readonly days: number;
}
const anySaid = fc.array(fc.tuple(fc.nat(60), fc.constantFrom(-1, -0.667, -0.333, 0.083, 0.333, 0.667, 1)), {
  maxLength: 9,
});
const anyDays: fc.Arbitrary<Day[]> = fc.array(
  fc.record({
    said: fc.oneof(fc.constant([]), anySaid),
    plan: anyPlan,
    channel: fc.constantFrom("a", "b"),
    days: fc.constantFrom(0, 1, 1, 2, 20),
  }),
  { minLength: 1, maxLength: 14 },
);

/** A digest that is about to be chosen. */
interface Looked {
  readonly plan: Plan;
  readonly where: Place;
  readonly slot: Slot;
  readonly had: readonly Had[];
  readonly lessons: readonly Lesson[];
}

/** What was said of some papers, once of each. */
function lessonsOf(papers: readonly Paper[], said: Day["said"]): Lesson[] {
  const lessons = said.flatMap(([nth, weight]) => {
    const one = papers[nth];
    return one === undefined
      ? []
      : [[one.id, { ...UNSAID, paper: one.id, title: one.title, weight }] as const];
  });
  return [...new Map(lessons).values()];
}

const UNSAID = { ups: 0, downs: 0, reactions: [], lastAt: new Date(0) };

/** Lives through some days, each with the digest of one channel; `look` is told of each before it is posted. */
async function live(
  days: readonly Day[],
  { papers, view }: { readonly papers: readonly Paper[]; readonly view: View },
  look: (at: Looked) => Promise<void>,
): Promise<void> {
  const posted = new Map<string, Had[]>();
  let today = first;
  for (const { said, plan, channel, days: later } of days) {
    today = addDays(today, later);
    const slot = { date: today, dueAt: new Date(`${today}T09:00:00Z`) };
    const where = { ...place, channel };
    const had = posted.get(channel) ?? [];
    const lessons = lessonsOf(papers, said);
    await look({ plan, where, slot, had, lessons });
    const news = await composeNews(view, { place: where, plan }, slot, { had, lessons });
    if (news.kind === "nothing") continue;
    const brought = [news.paper, ...news.runnersUp].map((one, i): Had => ({
      paper: one.paper.id,
      date: today,
      role: i === 0 ? "paper-of-the-day" : "runner-up",
    }));
    posted.set(channel, [...had, ...brought]);
  }
}

interface Facts {
  readonly at: number;
  readonly onTopic: boolean;
  readonly archive: boolean;
}

/** What of an answer depends on the ranking. */
function sayWhy(why: Why): object {
  if (why.kind === "ranked") return why;
  if (why.kind === "not-new") return { onTopic: true, at: -1, newer: why.newer };
  return why.kind === "off-topic" ? { onTopic: false, at: -1 } : { at: -1 };
}

/** The same from the plain ranking, for an answer of that kind. */
function sayPlainly(
  { kind }: Why,
  { at, onTopic, archive }: Facts,
  ranked: readonly Scored[],
  plan: Plan,
): object {
  if (kind === "not-new") return { onTopic, at, newer: ranked.length };
  if (kind === "off-topic") return { onTopic, at };
  if (kind !== "ranked") return { at };
  const places = 1 + plan.runnersUp;
  return { kind, rank: at + 1, of: ranked.length, places, archive, scored: ranked[at], first: ranked[0] };
}

async function open(papers: readonly Paper[]): Promise<{ index: PaperIndex; view: View }> {
  const index = createEmbeddedIndex();
  await index.add(papers);
  return { index, view: await createViews(index)() };
}

describe("over papers, plans and days of any kind", () => {
  it("a digest brings what the rule brings that looks at every paper for every channel", async () => {
    await fc.assert(
      fc.asyncProperty(anyPapers, anyDays, async (papers, days) => {
        const { index, view } = await open(papers);
        await live(days, { papers, view }, async ({ plan, where, slot, had, lessons }) => {
          const topics = readTopics(plan.topics, slot.dueAt);
          const candidates = await gatherPlainly(index, topics, { had, lessons });
          const plain = choosePlainly({ candidates, place: where, plan, date: slot.date, had });
          expect(await composeNews(view, { place: where, plan }, slot, { had, lessons })).toEqual(plain);
        });
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it("the reason of each paper is that of the rule", async () => {
    await fc.assert(
      fc.asyncProperty(anyPapers, anyDays, async (papers, days) => {
        const known = await open(papers);
        await live(days, { papers, view: known.view }, async ({ plan, where, slot, had, lessons }) => {
          const topics = readTopics(plan.topics, slot.dueAt);
          const candidates = await gatherPlainly(known.index, topics, { had, lessons });
          const ranking = rankPlainly({ candidates, place: where, plan, date: slot.date, had });
          const ranked = ranking.kind === "ranked" ? ranking.papers : [];
          for (const { id } of papers.slice(0, 12)) {
            const why = await explainPaper(known, id, { place: where, plan, slot, had, lessons });
            const at = ranked.findIndex((scored) => scored.paper.id === id);
            const onTopic = candidates.list.some((candidate) => candidate.paper.id === id);
            const facts = { at, onTopic, archive: ranking.kind === "ranked" && ranking.archive };
            expect(sayWhy(why)).toEqual(sayPlainly(why, facts, ranked, plan));
          }
        });
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

describe("what digests see of the papers", () => {
  it("is kept while no paper changes, and looked at anew when one does", async () => {
    const index = createEmbeddedIndex();
    await index.add([paper("Robots", { day: first })]);
    const views = createViews(index);
    const before = await views();
    expect(await views()).toBe(before);
    const slot = { date: first, dueAt: new Date(`${first}T09:00:00Z`) };
    const newest = async () => {
      const news = await composeNews(await views(), { place, plan: planOf() }, slot, {
        had: [],
        lessons: [],
      });
      return news.kind === "chosen" ? news.paper.paper.title : news.reason.kind;
    };
    expect(await newest()).toBe("Robots");
    await index.add([paper("Loved graphs", { day: first, votes: 9 })]);
    expect(await newest()).toBe("Loved graphs");
    await index.remove([paper("Loved graphs").id]);
    expect(await newest()).toBe("Robots");
    await index.add([paper("Robots", { day: first, status: { kind: "withdrawn", words: "Withdrawn." } })]);
    expect(await newest()).toBe("no-match");
  });

  it("is looked at for many channels with other work in between", async () => {
    const seeds = await readSeedPapers();
    const view = await createViews(await createSeedIndex())();
    const slot = { date: first, dueAt: new Date(`${first}T09:00:00Z`) };
    let turns = 0;
    const count = (): void => {
      turns++;
      again = setImmediate(count);
    };
    let again = setImmediate(count);
    // 30 channels with ten papers of the day each, all different.
    await Promise.all(
      Array.from({ length: 30 }, (_, channel) => {
        const had = seeds.slice(channel * 10, channel * 10 + 10).map((one, day): Had => ({
          paper: one.id,
          date: addDays(first, -1 - day),
          role: "paper-of-the-day",
        }));
        const where = { ...place, channel: String(channel) };
        return composeNews(view, { place: where, plan: planOf() }, slot, { had, lessons: [] });
      }),
    );
    clearImmediate(again);
    expect(turns).toBeGreaterThan(4);
  });
});
