import { describe, expect, it } from "vitest";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { paper } from "../digest/papers.ts";

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
