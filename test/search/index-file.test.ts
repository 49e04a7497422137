import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEmbeddedIndex, openEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { readSeedPapers } from "../support/seed-index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { FIRST_LINE_BYTES, firstLine } from "../../src/search/embedded/saved/index-layout.ts";
import { countTerms } from "../../src/search/embedded/terms/paper-terms.ts";
import { createTermNumbers } from "../../src/search/embedded/terms/term-numbers.ts";
import { createVocabulary } from "../../src/search/embedded/terms/vocabulary.ts";
import { plurals } from "../../src/search/text/plurals.ts";
import { paper } from "../digest/papers.ts";

const papers = await readSeedPapers();
const window = { offset: 0, limit: 20 };

async function savedIndex(): Promise<{ file: string; index: PaperIndex; folder: string }> {
  const folder = await temporaryFolder();
  const file = path.join(folder, "papers.index");
  const index = createEmbeddedIndex(file);
  await index.add(papers);
  await index.save("sources-1");
  return { file, index, folder };
}

const open = async (file: string, sources = "sources-1") => {
  const check = async (made: string) =>
    made === sources ? undefined : "the papers have changed since it was written";
  const opened = await openEmbeddedIndex(file, check);
  return opened.kind === "opened" ? opened.index : opened.reason;
};

/** How words, names and titles become terms: of the bundled papers, and of words that have rules of their own. */
function analysisOfText(): string {
  const { nameTerms, textOf, wordTerms } = createTermNumbers(createVocabulary());
  const rules = [...plurals.keys(), "GPUs", "ŁØÆ", "text2image", "O'Brien", "Ben-David", "InternVL3"].join(
    " ",
  );
  const analysed = [...papers, paper(rules, { authors: { kind: "named", names: [rules] } })].map((one) => {
    const { counts, length } = countTerms(one, wordTerms, nameTerms);
    return [length, Array.from(counts, ([term, count]) => [textOf(term), count])];
  });
  return createHash("sha256").update(JSON.stringify(analysed)).digest("hex").slice(0, 16);
}

describe("a saved index", () => {
  it("has a version that stands for one way in which text becomes terms", async () => {
    const { file } = await savedIndex();
    const version = /"version":(\d+),/.exec((await readFile(file)).toString("latin1"))?.[1];
    // When this fails, raise INDEX_VERSION and write both here: an index saved before would find less.
    expect({ version, analysis: analysisOfText() }).toEqual({ version: "13", analysis: "a39cb9a9f9fa62d8" });
  });

  it("answers like the one that was saved, holes and all, and can be changed and saved again", async () => {
    const { file, index } = await savedIndex();
    const [first, second] = papers;
    if (first === undefined || second === undefined) throw new Error("no papers");
    await index.remove([first.id]);
    await index.save("sources-2");
    const opened = await open(file, "sources-2");
    if (typeof opened === "string") throw new Error(opened);
    const questions = ["curriculum learning", "dinov2", "robotic manipualtion", "GNN"];
    for (const text of questions)
      expect(await opened.search(wordsQuery(text), window)).toEqual(
        await index.search(wordsQuery(text), window),
      );
    const request = { like: [second.id], unlike: [] };
    expect(await opened.similar(request, window)).toEqual(await index.similar(request, window));
    expect(await opened.suggest("curric", 5)).toEqual(await index.suggest("curric", 5));
    expect(await opened.size()).toBe(543);
    await opened.add([first]);
    await opened.save("sources-3");
    const again = await open(file, "sources-3");
    expect(typeof again === "string" ? again : await again.size()).toBe(544);
  });

  it("leaves nothing but itself in its folder", async () => {
    const { folder } = await savedIndex();
    expect(await readdir(folder)).toEqual(["papers.index"]);
  });

  it("is not used when other papers or another version made it, or when there is none", async () => {
    const { file, folder } = await savedIndex();
    expect(await open(file, "sources-2")).toBe("the papers have changed since it was written");
    expect(await open(path.join(folder, "none"))).toBe("there is none yet");
    const signed = (await readFile(file))
      .subarray(FIRST_LINE_BYTES, -32)
      .toString("latin1")
      .replace('"version":13,', '"version":14,');
    const older = Buffer.from(signed, "latin1");
    const whole = Buffer.concat([older, createHash("sha256").update(older).digest()]);
    await writeFile(file, Buffer.concat([firstLine(whole.length), whole]));
    expect(await open(file)).toBe("it has version 14, not 13");
    // Earlier versions had no first line.
    await writeFile(file, whole);
    expect(await open(file)).toBe("it has version 14, not 13");
  });

  it("is not used when it is a file of somebody else", async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "x");
    for (const foreign of ["", "\n", "{}", "hello\n", '{"kind":"other"}\u0010\0\0\0', "\xff".repeat(100)]) {
      await writeFile(file, Buffer.from(foreign, "latin1"));
      expect(await open(file)).toBe("it is damaged, cut off, or no index of this program");
    }
  });

  it("is never used when it was cut off or changed at any place", async () => {
    const { file } = await savedIndex();
    const whole = await readFile(file);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, change, cut) => {
          const broken = cut ? whole.subarray(0, at) : Buffer.from(whole);
          if (!cut) broken[at] = (broken[at] ?? 0) ^ change;
          await writeFile(file, broken);
          expect(typeof (await open(file))).toBe("string");
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keeps the old file when writing a new one fails", async () => {
    const { file, folder } = await savedIndex();
    const lost = createEmbeddedIndex(path.join(folder, "missing", "papers.index"));
    await expect(lost.save("x")).rejects.toThrow("ENOENT");
    expect(typeof (await open(file))).toBe("object");
  });
});
