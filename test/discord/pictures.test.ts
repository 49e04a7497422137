import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { shownText } from "../fakes/discord/index.ts";
import { idOf, need } from "./shown.ts";
import { startApp } from "./app.ts";

/** The colours of a picture, each with how many of its pixels have it. */
function coloursOf(content: Buffer) {
  const { width, height, data } = PNG.sync.read(content);
  const counts = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.subarray(at, at + 3).toString("hex");
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return { width, height, counts };
}

describe("a trend on Discord", () => {
  it("comes with its lines as a picture that is described, and goes with the next answer", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    const words = "language model, διάχυση, 扩散";
    const shown = need((await ana.command("paper trend", { words, per: "year" }).outcome()).message);
    expect(shownText(shown)).toContain("language model");
    const description = expect.stringMatching(
      /^Lines of the share of papers per year.*“language model”: in \d+ of/,
    );
    expect(shown.attachments).toMatchObject([{ filename: "trend.png", description }]);
    expect(JSON.stringify(shown.components)).toContain("attachment://trend.png");
    const [file] = discord.requests.at(-1)?.files ?? [];
    const { width, height, counts } = coloursOf(file?.content ?? Buffer.alloc(0));
    expect([width, height]).toEqual([1600, 880]);
    // Paper, ink and the lines of the first two topics.
    for (const [colour, least] of [
      ["ffffff", 500_000],
      ["333333", 500],
      ["0072b2", 2000],
      ["d55e00", 500],
    ] as const)
      expect([colour, (counts.get(colour) ?? 0) >= least]).toEqual([colour, true]);
    const papers = need((await ana.click(shown, idOf(shown, "Papers on language model")).outcome()).message);
    expect(papers.attachments).toEqual([]);
    expect(discord.violations).toEqual([]);
  });
});

describe("a map on Discord", () => {
  it("comes as a picture that tells the neighbours in words", async () => {
    const { discord } = await startApp();
    const outcome = discord.user("ana").command("paper map", { papers: "FastDINOv2" }).outcome();
    const { attachments } = need((await outcome).message);
    const description = expect.stringMatching(/^Map of 11 papers, around “FastDINOv2.*shares .* with it\./);
    expect(attachments).toMatchObject([{ filename: "map.png", description }]);
    const { counts } = coloursOf(discord.requests.at(-1)?.files?.[0]?.content ?? Buffer.alloc(0));
    expect((counts.get("005a8d") ?? 0) > 10_000).toBe(true);
    expect(discord.violations).toEqual([]);
  });
});
