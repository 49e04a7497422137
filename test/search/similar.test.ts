import path from "node:path";
import { describe, expect, it } from "vitest";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createWordTable } from "../../src/search/meaning/word-table.ts";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import { createSeedIndex, readSeedPapers } from "../support/seed-index.ts";

const table = createWordTable(path.resolve(import.meta.dirname, "../../data/meaning"));
const index = await createSeedIndex();
const papers = await readSeedPapers();
const window = { offset: 0, limit: 10 };
const idOf = (start: string) => {
  const found = papers.find(({ title }) => title.startsWith(start));
  if (found === undefined) throw new Error(`no paper begins with ${start}`);
  return found.id;
};

describe("similar papers", () => {
  it("are never the papers asked about, whichever they are", async () => {
    for (const { id } of papers.slice(0, 60)) {
      const { hits } = await index.similar({ like: [id], unlike: [] }, window);
      expect(hits.map(({ paper }) => paper.id)).not.toContain(id);
      expect(hits.length).toBe(10);
    }
  });

  it("are the same without the words they share, for whoever compares many papers", async () => {
    for (const { id } of papers.slice(0, 30)) {
      const { hits } = await index.similar({ like: [id], unlike: [] }, window);
      expect(await index.nearest(id, 10)).toEqual(hits.map(({ paper, score }) => ({ id: paper.id, score })));
    }
    expect(await index.nearest(titlePaperId("Nowhere"), 10)).toEqual([]);
  });

  it.each([
    ["Tiny language models", "TinyHelen's First Curriculum", 3, "Few-shot learning for automated content"],
    ["Where to find Grokking", "How Do Large Language Models Acquire", 3, "Multimodal Pathway"],
  ])("of “%s” are about the same, and share more than common words", async (of, near, first, far) => {
    const meant = createEmbeddedIndex(undefined, { table });
    await meant.add(papers);
    const { hits } = await meant.similar({ like: [idOf(of)], unlike: [] }, { offset: 0, limit: 8 });
    const found = hits.map(({ paper }) => paper.title);
    expect(found.slice(0, first).some((title) => title.startsWith(near))).toBe(true);
    expect(found.filter((title) => title.startsWith(far))).toEqual([]);
  });

  it("come with the words they share, as the asked paper spells them, and scores from 1 down to 0", async () => {
    const { hits } = await index.similar({ like: [idOf("FastDINOv2")], unlike: [] }, window);
    expect(hits[0]?.shared.length).toBeGreaterThan(0);
    expect(hits.flatMap(({ shared }) => shared)).toContain("Robustness");
    expect(hits.flatMap(({ shared }) => shared)).not.toContain("github");
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
    expect(Math.min(...scores)).toBeGreaterThan(0);
  });

  it("of several papers are near all of them, and those named with a minus move away", async () => {
    const [video, political] = [idOf("Video PreTraining"), idOf("How Susceptible are Large Language Models")];
    const both = await index.similar({ like: [video, political], unlike: [] }, window);
    const only = await index.similar({ like: [video, political], unlike: [political] }, window);
    const politics = (result: typeof both) =>
      result.hits.filter(({ paper }) => /politic|ideolog/i.test(paper.title)).length;
    expect(politics(both)).toBeGreaterThan(0);
    expect(politics(only)).toBeLessThan(politics(both));
    for (const { score } of only.hits) expect(Math.abs(score)).toBeLessThanOrEqual(1);
  });

  it("pass over papers the index does not hold", async () => {
    const like = [idOf("FastDINOv2")];
    const missing = papers[0]?.id;
    const other = await createSeedIndex();
    if (missing !== undefined) await other.remove([missing]);
    expect(
      (await other.similar({ like: missing === undefined ? [] : [missing], unlike: [] }, window)).hits,
    ).toEqual([]);
    expect((await other.similar({ like, unlike: [] }, window)).hits.length).toBe(10);
  });
});

describe("suggestions", () => {
  const suggest = async (text: string, limit = 25) =>
    (await index.suggest(text, limit)).map(({ title }) => title);

  it.each([
    ["fastdi", "FastDINOv2"],
    ["FastDINOv2: Freq", "FastDINOv2"],
    ["dinov2 curric", "FastDINOv2"],
    ["video pretr", "Video PreTraining"],
    ["videp pretraining", "Video PreTraining"],
    ["sabia", "Sabiá"],
    ["tulu", "TÜLU 3"],
    ["curiculum lerning", "Cyclical Curriculum Learning"],
  ])("for “%s” hold %s", async (typed, start) => {
    expect((await suggest(typed)).filter((title) => title.startsWith(start))).not.toEqual([]);
  });

  it("begin with the titles that begin with what was typed", async () => {
    const found = await suggest("pre", 10);
    expect(found.every((title) => /^pre/i.test(title))).toBe(true);
  });

  it("are as many as asked for at most, and none for nothing or for signs", async () => {
    expect(await suggest("a", 7)).toHaveLength(7);
    expect(await suggest("")).toEqual([]);
    expect(await suggest("🙂 — ?")).toEqual([]);
    expect(await suggest("zzzzqqqq xxxx")).toEqual([]);
  });
});
