import { describe, expect, it } from "vitest";
import type { Paper } from "../../src/corpus/paper.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createMatching } from "../../src/follow/matching.ts";
import type { Wish } from "../../src/follow/wish.ts";
import { reasonWords } from "../../src/follow/wish.ts";
import { openTestStore } from "../support/test-store.ts";
import { place } from "../digest/papers.ts";
import { createPlatform, plan, processOn, wombats } from "./stage.ts";

const author = (name: string): Wish => ({ kind: "author", name });
const search = (words: string): Wish => ({ kind: "search", words });

/** The titles of papers that a wish matches. */
async function matched(wish: Wish, papers: readonly Paper[]): Promise<readonly string[]> {
  const index = createEmbeddedIndex();
  await index.add(papers);
  const follow = { id: "f", createdAt: new Date("2026-03-01T00:00:00Z"), plan: { wish } };
  const found = await createMatching(index)([follow], papers);
  return papers.filter(({ id }) => found.some(({ paper }) => paper === id)).map(({ title }) => title);
}

describe("what a follow matches", () => {
  const papers = [
    wombats("Pre-training of wombats", { date: "2026-03-02" as never }),
    wombats("Burrows", {
      abstract: "Where wombats' cousins dig.",
      authors: { kind: "named", names: ["J. Ben-David"] },
    }),
    wombats("A survey of marsupials", {
      abstract: "All of them.",
      organisation: { name: "NVIDIA Research", handle: "nvidia" },
    }),
  ];

  it.each<[Wish, readonly number[]]>([
    [author("doe"), [0, 2]],
    [author("Doe Jane"), [0, 2]],
    [author("ben-david"), [1]],
    [author("Jane Roe"), []],
    [{ kind: "org", name: "nvidia" }, [2]],
    [{ kind: "org", name: "nvidia research" }, [2]],
    [search("wombat"), [0, 1]],
    [search("pretraining wombats"), [0]],
    [search("pre training"), [0]],
    [search("marsupial, burrow"), [1, 2]],
    [search('"wombats cousins"'), [1]],
    [search("wombat -burrows"), [0]],
    [search("wombat since:2026-03"), [0]],
    [search("wombatt"), []],
    [search("author:doe marsupials"), [2]],
  ])("is found by the words that stand there, and nothing else: %j", async (wish, expected) => {
    expect(await matched(wish, papers)).toEqual(expected.map((i) => papers[i]?.title));
  });

  it("is, for a paper, what has it among the nearest", async () => {
    const [paper] = papers;
    if (paper === undefined) throw new Error("no paper");
    const like: Wish = { kind: "like", paper: paper.id, title: paper.title };
    const twin = wombats("Pre-training of young wombats");
    expect(await matched(like, [...papers, twin])).toContain(twin.title);
  });

  it("says why, with the author's name as the paper prints it", () => {
    const [paper] = papers;
    if (paper === undefined) throw new Error("no paper");
    expect(reasonWords(author("doe"), paper, "you follow")).toBe("by Jane Doe, whom you follow");
  });
});

describe("what is new to a follow", () => {
  const couriersOf = (platform: ReturnType<typeof createPlatform>) =>
    new Map([["discord", platform.courier]]);

  it("is what came after it began, whatever its date, and not what only got another id or came in a pause", async () => {
    const world = {
      store: await openTestStore(),
      index: createEmbeddedIndex(),
      now: Date.parse("2026-03-20T12:00:00Z"),
    };
    await world.index.add([wombats("Wombats of old")]);
    const platform = createPlatform();
    const follows = processOn(world);
    const started = await follows.start(place, "ana", plan(author("Jane Doe")));
    const tick = async (): Promise<void> => {
      world.now += 600_000;
      await follows.tick(couriersOf(platform));
    };
    await world.index.add([
      wombats("Wombats of old", { id: "arxiv:2603.00001" as Paper["id"] }),
      wombats("Wombats of last year", { date: "2025-01-01" as never }),
    ]);
    await tick();
    expect(platform.told("f1")).toEqual(["Wombats of last year"]);
    const paused = await follows.pause(started, "ana");
    await world.index.add([wombats("Wombats in between")]);
    await tick();
    await follows.resume(paused, "ana");
    await world.index.add([wombats("Wombats afterwards")]);
    await tick();
    await tick();
    expect(platform.told("f1")).toEqual(["Wombats of last year", "Wombats afterwards"]);
  });
});
