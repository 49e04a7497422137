import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createViews } from "../../src/digest/choice/view.ts";
import { readTopics } from "../../src/search/query/topics.ts";
import { UserError } from "../../src/user-error.ts";
import { createSeedIndex } from "../support/seed-index.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { date, paper, planOf } from "./papers.ts";

const now = new Date("2026-03-10T09:00:00Z");
const index = createEmbeddedIndex();
await index.add([
  paper("Robot learning", { abstract: "We teach robots to learn." }),
  paper("Robot surveys", { abstract: "A survey of robots that learn." }),
  paper("Diffusion models", { organisation: { name: "Acme Research", handle: "acme" } }),
  paper("Diffusion of gases", { day: "2024-05-01" }),
  paper("Graph networks"),
]);
/** The papers about some topics, with the topic that each fits best. */
async function match(papers: PaperIndex, topics: string) {
  const view = await createViews(papers)();
  const pools = await view.pools(planOf({ topics }), { date: date("2099-01-01"), dueAt: now });
  const { rows, fit, table } = pools.archive();
  const found = [];
  for (const [position, row] of rows.entries()) {
    const { id } = table.papers[row] ?? {};
    found.push({ paper: id === undefined ? undefined : await papers.get(id), fit: fit(position) });
  }
  return found;
}
const about = async (topics: string) =>
  (await match(index, topics)).map(({ paper: one }) => one?.title ?? "").toSorted();

describe("topics", () => {
  it.each([
    ["", ["Diffusion models", "Diffusion of gases", "Graph networks", "Robot learning", "Robot surveys"]],
    ["robots", ["Robot learning", "Robot surveys"]],
    // All words of a topic count, and one topic is enough.
    ["robot diffusion", []],
    ["robots, diffusion", ["Diffusion models", "Diffusion of gases", "Robot learning", "Robot surveys"]],
    ["robots; graph networks", ["Graph networks", "Robot learning", "Robot surveys"]],
    // A word nobody wants is unwanted in every topic, wherever it stands.
    ["robots, diffusion -gases -survey", ["Diffusion models", "Robot learning"]],
    ["robots, -survey", ["Robot learning"]],
    ["-survey", ["Diffusion models", "Diffusion of gases", "Graph networks", "Robot learning"]],
    ["org:acme", ["Diffusion models"]],
    ["org:acme, graph", ["Diffusion models", "Graph networks"]],
    ["diffusion after:2024", ["Diffusion of gases"]],
    ['"diffusion models"', ["Diffusion models"]],
    ['"robots, that"', ["Robot surveys"]],
    // Common words alone find nothing, not everything.
    ["the of", []],
    ["xyzzy", []],
  ])("“%s” are about %j", async (topics, expected) => {
    expect(await about(topics)).toEqual(expected);
  });

  it("give each paper the topic it fits best and how well, the best paper of a topic wholly", async () => {
    const found = await match(index, "robots learn, robots, org:acme");
    const fits = new Map(found.map(({ paper: one, fit }) => [one?.title, fit]));
    expect(fits.get("Diffusion models")).toEqual({ topic: "org:acme", value: 1 });
    expect(fits.get("Robot learning")?.value).toBe(1);
    const values = found.map(({ fit }) => fit?.value ?? -1);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it.each([
    ["robots sort:newest", "“sort:newest” has no meaning here"],
    ["https://arxiv.org/abs/1706.03762", "names one paper, not a topic."],
    ["robots, foo:bar", "“foo:” is not an operator."],
  ])("“%s” are refused in words that say what is allowed", (topics, message) => {
    expect(() => readTopics(topics, now)).toThrow(UserError);
    expect(() => readTopics(topics, now)).toThrow(message);
  });

  it("in more topics, match all papers that fewer topics match, unless a word is excluded", async () => {
    const seeds = await createSeedIndex();
    const topic = fc.constantFrom(
      "curriculum learning",
      "robots",
      "vision",
      "language models",
      "graph",
      "org:nvidia",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(topic, { minLength: 1, maxLength: 3 }), topic, async (some, another) => {
        const ids = async (topics: readonly string[]) =>
          (await match(seeds, topics.join(", "))).map(({ paper: one }) => one?.id);
        const [few, more] = [await ids(some), new Set(await ids([...some, another]))];
        expect(few.filter((id) => !more.has(id))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
