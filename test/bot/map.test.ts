import { describe, expect, it } from "vitest";
import { lazily } from "../../src/lazily.ts";
import { caller, createSeedBot } from "../support/seed-bot.ts";

/** One bot for all, since each has to read the bundled papers. */
const seed = lazily(async () => {
  const { bot } = await createSeedBot();
  return { bot, map: (papers: string) => bot.handle({ command: "map", args: { papers }, caller }) };
});

describe("a map", () => {
  it("has the papers around one, with what similar says that they share", async () => {
    const { bot, map } = await seed();
    const reply = await map("FastDINOv2");
    const similar = await bot.handle({
      command: "similar",
      args: { papers: "FastDINOv2", limit: "10" },
      caller,
    });
    expect(reply.data.slice(1).map(({ id }) => id)).toEqual(similar.data.map(({ id }) => id));
    const [first, ...others] = reply.data;
    const near = (first?.["near"] ?? []) as { id: string; shared: string[] }[];
    expect([first?.["asked"], others.some(({ asked }) => asked === true)]).toEqual([true, false]);
    for (const { id, shared } of similar.data)
      expect(near.find((one) => one.id === id)?.shared).toEqual((shared as string[]).slice(0, 3));
    expect(reply.picture).toMatchObject({
      name: "map",
      alt: expect.stringContaining("Map of 11 papers, around “FastDINOv2"),
    });
  });

  it("has the papers of an answer by their numbers, and what a search finds for words", async () => {
    const { bot, map } = await seed();
    const found = await bot.handleLine("search curriculum learning", caller);
    const numbered = await bot.handleLine("map 1-3", caller);
    expect(numbered.data.map(({ id }) => id)).toEqual(found.data.slice(0, 3).map(({ id }) => id));
    expect(numbered.data.every(({ asked }) => asked === true)).toBe(true);
    const words = await map("curriculum learning");
    expect(words.data.length).toBe(10);
    expect(await bot.handle({ ...(numbered.again ?? { command: "none", args: {} }), caller })).toMatchObject({
      data: numbered.data,
    });
  });

  it.each([
    ["xyzzyx", "mistake", "a search finds none"],
    ["arxiv:2501.00001", "missing", "is not in this corpus"],
  ])("of “%s” is a %s that is told", async (papers, tone, said) => {
    const reply = await (await seed()).map(papers);
    expect([reply.tone, reply.summary]).toEqual([tone, expect.stringContaining(said)]);
  });
});
