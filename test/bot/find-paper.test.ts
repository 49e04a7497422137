import { describe, expect, it } from "vitest";
import { findPaper } from "../../src/bot/naming/find-paper.ts";
import { mergeListings } from "../../src/corpus/merging/catalogue.ts";
import { parseArxivId } from "../../src/corpus/identifiers/paper-id.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createSeedIndex } from "../support/seed-index.ts";

const seed = await createSeedIndex();

/** An index of papers with these titles, each with an arXiv id of its own. */
async function indexOf(...titles: string[]) {
  const index = createEmbeddedIndex();
  const listings = titles.flatMap((title, i) => {
    const arxivId = parseArxivId(`2401.${String(i).padStart(5, "0")}`);
    return arxivId === undefined ? [] : [{ title, arxivId, listedOn: "test" }];
  });
  await index.add(mergeListings(listings));
  return index;
}

describe("the paper that a text names", () => {
  it.each([
    ["FastDINOv2", "FastDINOv2: Frequency"],
    ["dinov2", "DINOv2: Learning Robust"],
    ["Tiny Language Models (2025)", "Tiny language models"],
    ["tiny language models v2", "Tiny language models"],
    ["gpt 4 technical report", "GPT-4 Technical Report"],
    ["dinov2 frequency curriculum", "FastDINOv2: Frequency"],
    ["fast-dinov2 FREQUENCY", "FastDINOv2: Frequency"],
    ["VPT", "Video PreTraining (VPT)"],
    ["sabia", "Sabiá"],
  ])("is found by a part of its title: %s", async (text, start) => {
    const found = await findPaper(seed, text);
    const titles =
      found.kind === "found"
        ? [found.paper.title]
        : found.kind === "ambiguous"
          ? found.candidates.map(({ title }) => title)
          : [];
    expect(titles.join()).toContain(start);
  });

  it.each([
    ["FastDINOv3", "FastDINOv2"],
    ["EduBARD", "EduBERT"],
    ["tinny language models", "Tiny language models"],
  ])("is never guessed: %s is offered %s", async (text, start) => {
    const found = await findPaper(seed, text);
    expect(found.kind).toBe("missing");
    const nearest = found.kind === "missing" ? found.nearest : [];
    expect(nearest.map(({ title }) => title).join()).toContain(start);
  });

  it("is the one of that whole title, however many titles contain it and however it is written", async () => {
    const longer = Array.from({ length: 60 }, (_, i) => `Attention Is All You Need, part ${i}`);
    const index = await indexOf(...longer, "Attention Is All You Need");
    for (const text of ["attention is all you need", "Attention-Is-All-You-Need!", "Attentionisallyouneed"]) {
      expect(await findPaper(index, text)).toMatchObject({
        kind: "found",
        paper: { title: "Attention Is All You Need" },
      });
    }
  });

  it("is asked for where two papers have one title, also after one of three is gone", async () => {
    const index = await indexOf("Wombats", "Wombats", "wombats!", "Wombats of the sea");
    const [gone] = await index.titled("wombats");
    await index.remove(gone === undefined ? [] : [gone.id]);
    const found = await findPaper(index, "Wombats");
    expect(found.kind === "ambiguous" ? found.candidates.map(({ title }) => title) : []).toEqual([
      "Wombats",
      "wombats!",
    ]);
  });

  it("is asked for only among titles that have the words", async () => {
    const index = await indexOf("Graph wombats", "Wombat graphs", "Graph womrats", "Wombats");
    const found = await findPaper(index, "graph wombat");
    expect(found.kind === "ambiguous" ? found.candidates.map(({ title }) => title) : []).toEqual([
      "Graph wombats",
      "Wombat graphs",
    ]);
  });
});
