import { describe, expect, it } from "vitest";
import { authorKey } from "../../src/corpus/author-names.ts";
import type { ArxivId, Listing } from "../../src/corpus/paper.ts";
import { caller, createSeedBot, replyText } from "../support/seed-bot.ts";

const arxivId = "2507.14871" as ArxivId;

describe("a paper that several sources know", () => {
  it("says what was taken from where and when, and names nobody who hides", async () => {
    const { bot, library } = await createSeedBot();
    const title = "Tiny language models";
    const hub: Listing = {
      title,
      arxivId,
      upvotes: { count: 7, readAt: "2026-03-06T12:00:00.000Z" },
      hiddenAuthors: [authorKey("Hidden Person")],
      listedOn: "Hugging Face Papers",
      sourceKind: "huggingface",
      readAt: "2026-03-06T12:00:00.000Z",
    };
    const arxiv: Listing = {
      title: "Tiny Language Models, Revisited",
      arxivId,
      authors: { kind: "named", names: ["Ronit Gross", "Hidden Person"] },
      listedOn: "arXiv",
      sourceKind: "arxiv",
      readAt: "2026-03-07T12:00:00.000Z",
    };
    await library.take([hub, arxiv]);
    const reply = await bot.handle({
      command: "show",
      args: { paper: "title:tiny-language-models" },
      caller,
    });
    const said = replyText(reply);
    expect(said).toContain("arXiv, 7 March 2026: title, id, authors");
    expect(said).toContain("Hugging Face Papers, 6 March 2026: votes");
    expect(said).toContain("Tiny Language Models, Revisited");
    expect(said).toContain("Ronit Gross");
    expect(said + JSON.stringify(reply.data)).not.toContain("Hidden Person");
    const found = await bot.handle({ command: "search", args: { query: "author:hidden" }, caller });
    expect(found.summary).toMatch(/^Nothing in this corpus matches/);
  });

  it("is not burdened with that where it only came with the program", async () => {
    const { bot } = await createSeedBot();
    const reply = await bot.handle({ command: "show", args: { paper: "Tiny language models" }, caller });
    expect(replyText(reply)).not.toContain("Read from");
  });
});
