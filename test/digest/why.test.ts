import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Lesson } from "../../src/taste/learn.ts";
import type { Had } from "../../src/digest/choice/had.ts";
import type { Plan } from "../../src/digest/subscription.ts";
import { createViews } from "../../src/digest/choice/view.ts";
import { composeNews } from "../../src/digest/compose.ts";
import { whyWords } from "../../src/digest/choice/why-words.ts";
import type { Asked } from "../../src/digest/choice/why.ts";
import { explainPaper } from "../../src/digest/choice/why.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createSeedIndex, readSeedPapers } from "../support/seed-index.ts";
import { date, paper, place, planOf } from "./papers.ts";

const today = date("2026-03-10");
const slot = { date: today, dueAt: new Date("2026-03-10T09:00:00Z") };
const asked = (
  plan: Partial<Plan> = {},
  had: readonly Had[] = [],
  lessons: readonly Lesson[] = [],
): Asked => ({
  place,
  plan: planOf({ runnersUp: 1, ...plan }),
  slot,
  had,
  lessons,
});

const papers = {
  loved: paper("Loved robots", { day: "2026-03-09", votes: 100, comments: 9 }),
  fresh: paper("Fresh robots", { day: "2026-03-10", votes: 2 }),
  plain: paper("Plain robots", { day: "2026-03-06", comments: 2 }),
  old: paper("Old robots", { day: "2024-03-01", comments: 2 }),
  undated: paper("Undated robots"),
  survey: paper("A survey of robots", { day: "2026-03-09" }),
  graph: paper("Graph networks", { day: "2026-03-09" }),
  withdrawn: paper("Withdrawn robots", {
    day: "2026-03-09",
    votes: 500,
    status: { kind: "withdrawn", words: "Withdrawn by the authors." },
  }),
  future: paper("Robots to come", { day: "2026-03-12" }),
};
const index = createEmbeddedIndex();
await index.add(Object.values(papers));
const known = { index, view: await createViews(index)() };
const why = async (name: keyof typeof papers, about: Asked) =>
  whyWords(await explainPaper(known, papers[name].id, about));

describe("why a paper", () => {
  const plan = { topics: "robots -survey" };

  it.each([
    ["graph", plan, "It does not match the topics: robots -survey."],
    ["survey", plan, "The topics leave it out: -survey."],
    ["withdrawn", plan, "It was withdrawn, and digests leave such papers out: Withdrawn by the authors."],
    ["future", plan, "Its date, 12 March 2026, is still to come."],
    ["old", plan, "Its date, 1 March 2024, lies more than 14 days back, and 3 new papers come first."],
    ["undated", plan, "Its date is not known, so it belongs to the archive, and 3 new papers come first."],
    ["plain", { ...plan, minimumComments: 5 }, "It has 2 comments; the subscription asks for 5."],
    ["fresh", { ...plan, minimumComments: 5 }, "Its comments are not known; the subscription asks for 5."],
    ["plain", { ...plan, minimumVotes: 1 }, "Its votes are not known; the subscription asks for 1."],
    ["fresh", { ...plan, minimumVotes: 3 }, "It has 2 votes; the subscription asks for 3."],
    [
      "loved",
      plan,
      "It would be the paper of the day: it ranks 1st of 3 new papers (of yesterday, 100 votes and 9 comments,",
    ],
    ["fresh", plan, "It would be a runner-up: it ranks 2nd of 3 new papers (of today, 2 votes,"],
    ["plain", plan, "It would not be posted: it ranks 3rd of 3 new papers (4 days old, 2 comments,"],
  ] as const)("“%s” with %j: %s", async (name, parts, words) => {
    expect(await why(name, asked(parts))).toContain(words);
  });

  it("that ranks behind says which is first", async () => {
    expect(await why("plain", asked(plan))).toMatch(/First is “Loved robots” with 0\.\d+\.$/);
  });

  it("of the archive says that none is new", async () => {
    const had = [papers.loved, papers.fresh, papers.plain].map(({ id }): Had => ({
      paper: id,
      date: date("2026-03-09"),
      role: "runner-up",
    }));
    expect(await why("old", asked(plan, had))).toContain(
      "It would be the paper of the day: it ranks 1st of 2 papers of the archive, since none is new",
    );
  });

  it("was posted says when, as what and for what", async () => {
    const parts = [{ kind: "attention", value: 1, votes: 100, comments: 9 }] as const;
    const had: Had = { paper: papers.loved.id, date: date("2026-03-03"), role: "paper-of-the-day", parts };
    expect(await why("loved", asked(plan, [had]))).toBe(
      "It was posted here on 3 March 2026 as the paper of the day: 100 votes and 9 comments. 1 = (0.3 × 1 attention) / 0.3.",
    );
    expect(
      await why(
        "plain",
        asked(plan, [{ paper: papers.plain.id, date: date("2026-03-03"), role: "runner-up" }]),
      ),
    ).toBe("It was posted here on 3 March 2026 as a runner-up.");
  });

  it("is not known when the corpus does not have it", async () => {
    expect(whyWords(await explainPaper(known, paper("Nowhere").id, asked()))).toBe(
      "The corpus does not have this paper.",
    );
  });

  it("is explained as it is chosen: who would be posted is, and nobody else", async () => {
    const seeds = await createSeedIndex();
    const all = await readSeedPapers();
    const view = await createViews(seeds)();
    const topics = fc.constantFrom(
      "",
      "curriculum learning",
      "robots, vision -survey",
      "reinforcement learning",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.record({ topics, minimumComments: fc.constantFrom(0, 0, 1), runnersUp: fc.nat(3) }),
        fc.array(fc.nat(543), { maxLength: 3 }),
        fc.array(fc.nat(543), { minLength: 4, maxLength: 4 }),
        async (parts, gone, some) => {
          const had = gone.flatMap((i): Had[] => {
            const id = all[i]?.id;
            return id === undefined
              ? []
              : [{ paper: id, date: date("2026-03-09"), role: "paper-of-the-day" }];
          });
          const about = asked(parts, had);
          const choice = await composeNews(view, about, slot, { had, lessons: [] });
          const posted =
            choice.kind === "nothing" ? [] : [choice.paper, ...choice.runnersUp].map((one) => one.paper.id);
          for (const id of [...posted, ...some.flatMap((i) => all[i]?.id ?? [])]) {
            const because = await explainPaper({ index: seeds, view }, id, about);
            const would = because.kind === "ranked" && because.rank <= because.places;
            expect(would).toBe(posted.includes(id));
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
