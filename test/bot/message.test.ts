import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expand, shorten } from "../../src/bot/line/invocation-text.ts";
import { findReferences } from "../../src/corpus/identifiers/reference.ts";
import { openTestStore } from "../support/test-store.ts";
import { caller, createSeedBot, replyText } from "../support/seed-bot.ts";

describe("references in a message", () => {
  it("are found in links, DOIs and identifiers, each once, in their order", () => {
    const text =
      "See https://arxiv.org/abs/1706.03762v3. (arXiv:2306.00001), hf.co/papers/2401.00001?x=1, 2306.12345, " +
      "doi.org/10.1145/3292500.3330701; 10.48550/arXiv.1706.03762 and arxiv:cs/0112017. Not 3.14159 or 1.2345.6789.";
    expect(findReferences(text)).toEqual([
      { kind: "paper", id: "arxiv:1706.03762" },
      { kind: "paper", id: "arxiv:2306.00001" },
      { kind: "paper", id: "arxiv:2401.00001" },
      { kind: "paper", id: "arxiv:2306.12345" },
      { kind: "doi", doi: "10.1145/3292500.3330701" },
      { kind: "paper", id: "arxiv:cs/0112017" },
    ]);
  });
});

describe("citing", () => {
  it("gives a BibTeX entry of what is known, and says what is missing", async () => {
    const { bot } = await createSeedBot();
    const reply = await bot.handleLine("cite TÜLU 3", caller);
    const [{ bibtex } = {}] = reply.data as { bibtex?: string }[];
    expect(bibtex).toBe(
      "@misc{tulu,\n  title = {{TÜLU} 3: Pushing Frontiers in Open Language Model Post-Training},\n}",
    );
    expect(replyText(reply)).toContain("Not stated here, please add: the authors and the year.");
    const both = await bot.handleLine("cite tiny language models; DINOv2; xyzzy; dinov2", caller);
    expect(both.data.map(({ title }) => title)).toEqual([
      "Tiny language models",
      "DINOv2: Learning Robust Visual Features without Supervision",
    ]);
    expect(replyText(both)).toContain("Not cited, since no title or several fit: “xyzzy”.");
    expect((await bot.handleLine("cite", caller)).summary).toContain("Cite which paper?");
    expect((await bot.handleLine("cite pretraining language models", caller)).tone).toBe("missing");
  });
});

describe("the text of a button", () => {
  it("is short, and is the same invocation again, whatever its arguments are", async () => {
    const memory = (await openTestStore()).buttons;
    const args = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.string({ unit: "grapheme", maxLength: 300 }),
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z]{1,10}$/), args, async (command, given) => {
        const text = await shorten({ command, args: given }, 96, memory);
        expect(text.length).toBeLessThanOrEqual(96);
        expect(await expand(text, memory)).toEqual({ command, args: given });
      }),
    );
  });

  it("is nothing when it is foreign or forgotten", async () => {
    const { buttons } = await openTestStore();
    for (const text of ["", "#gone", "rm -rf", "Search?x=1"])
      expect(await expand(text, buttons)).toBeUndefined();
  });
});
