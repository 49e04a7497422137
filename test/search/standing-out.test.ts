import { describe, expect, it } from "vitest";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { paper } from "../digest/papers.ts";
import { createSeedIndex } from "../support/seed-index.ts";

const index = createEmbeddedIndex();
await index.add([
  paper("FastZeno: Zeno, faster than Zeno", { abstract: "Zeno Zeno Zeno. Zeno is fast." }),
  paper("Zeno: a paradox of motion, told at some length", { abstract: "Achilles and the tortoise." }),
  paper("Motion and the tortoise", { abstract: "The tortoise is ahead." }),
  paper("Tortoise", {
    abstract: "Tortoise, tortoise, tortoise.",
    status: { kind: "withdrawn", words: "Withdrawn: there is no tortoise." },
  }),
]);

const titles = async (text: string): Promise<string[]> =>
  (await index.search(wordsQuery(text), { offset: 0, limit: 10 })).hits.map((hit) => hit.paper.title);

describe("a search", () => {
  it("puts the paper first whose name before the colon is what was typed, or whose whole title is", async () => {
    expect((await titles("zeno"))[0]).toBe("Zeno: a paradox of motion, told at some length");
    expect((await titles("motion AND the Tortoise"))[0]).toBe("Motion and the tortoise");
  });

  it("lists what was withdrawn after all others, even under its own title", async () => {
    expect((await titles("tortoise")).at(-1)).toBe("Tortoise");
  });
});

describe("the words of a short query side by side in a title", () => {
  const seed = createSeedIndex();
  const best = async (text: string): Promise<string[]> =>
    (await (await seed).search(wordsQuery(text), { offset: 0, limit: 3 })).hits.map((hit) => hit.paper.title);

  it.each([
    ["world models", /Pretrained World Models$/],
    ["offline RL", /Helps Offline Reinforcement Learning$/],
    ["text to image", /Text-To-Image/],
    ["papers about curriculum learning", /Curriculum Learning/],
  ])("put the paper first: %s", async (text, title) => {
    expect((await best(text))[0]).toMatch(title);
  });

  it("are one concept with the small words between them", async () => {
    const small = createEmbeddedIndex();
    await small.add([
      paper("Rank learning", { abstract: "Learning of a rank." }),
      paper("Étude on learning to rank pages", { abstract: "A rank of pages." }),
    ]);
    const first = async (text: string) =>
      (await small.search(wordsQuery(text), { offset: 0, limit: 2 })).hits[0]?.paper.title;
    expect(await first("learning rank")).toBe("Rank learning");
    expect(await first("learning to rank")).toBe("Étude on learning to rank pages");
  });
});
