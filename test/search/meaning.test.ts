import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEmbeddedIndex, openEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createVectorStore } from "../../src/search/meaning/vector-store.ts";
import { createWordTable } from "../../src/search/meaning/word-table.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { parseQuery } from "../../src/search/query/parse-query.ts";
import { paper } from "../digest/papers.ts";
import { readSeedPapers } from "../support/seed-index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = path.resolve(import.meta.dirname, "../../data/meaning");
const table = createWordTable(folder);
const window = { offset: 0, limit: 10 };

const search = async (index: PaperIndex, text: string) => {
  const parsed = parseQuery(text, new Date("2026-11-21T12:00:00Z"));
  if (parsed.kind !== "search") throw new Error(`${text} is a reference`);
  return index.search(parsed.query, window);
};

const football = paper("A coach that corrects how players move", {
  // As long as an abstract is: the vector of a few words tells little.
  abstract:
    "Athletes in sports such as soccer and basketball get feedback on their motion from video. ".repeat(6),
});
const papers = [
  football,
  paper("Faster decoding of large language models", { abstract: "Tokens are drafted and verified." }),
  paper("Message passing on molecules", { abstract: "Graph neural networks predict energies of molecules." }),
  paper("Tennis in numbers", {
    abstract: "Athletes in sports such as soccer and basketball, and how their teams play. ".repeat(20),
    status: { kind: "withdrawn", words: "Withdrawn by the authors." },
  }),
];

async function made(file?: string): Promise<PaperIndex> {
  const index = createEmbeddedIndex(file, { table });
  await index.add(papers);
  return index;
}

describe("meaning", () => {
  it("finds a paper that has none of the words, says so, and puts it before one that was withdrawn", async () => {
    const { hits, total } = await search(await made(), "footballers training");
    expect(hits.map((hit) => hit.paper.title)).toEqual([football.title, "Tennis in numbers"]);
    expect(total).toBe(2);
    expect(hits[0]).toMatchObject({ wordless: true, missing: ["footballers", "training"] });
    expect(hits.every(({ score }) => Number.isFinite(score))).toBe(true);
    const without = createEmbeddedIndex();
    await without.add([football]);
    expect((await search(without, "footballers training")).total).toBe(0);
  });

  it("brings nothing of its own where a paper has most of the words, in a phrase, and in another order", async () => {
    const index = await made();
    for (const text of ["graph networks", '"footballers training"', "footballers sort:newest"])
      expect((await search(index, text)).hits.some(({ wordless }) => wordless)).toBe(false);
    const { hits } = await search(index, "footballers training -soccer");
    expect(hits.map((hit) => hit.paper.title)).not.toContain(football.title);
  });

  it("never puts a paper above one whose whole title was typed", async () => {
    const index = createEmbeddedIndex(undefined, { table });
    const seeds = await readSeedPapers();
    await index.add(seeds);
    for (const { title } of seeds.filter((_paper, i) => i % 20 === 0)) {
      const { hits } = await search(index, `"${title.replaceAll('"', "")}"`.slice(1, -1));
      expect(hits[0]?.paper.title).toBe(title);
    }
  });

  it("names as reasons the words that the papers are about, not those that any paper has", async () => {
    const index = createEmbeddedIndex(undefined, { table });
    await index.add(await readSeedPapers());
    const [tiny] = await index.titled("Tiny language models");
    if (tiny === undefined) throw new Error("no such paper");
    const { hits } = await index.similar({ like: [tiny.id], unlike: [] }, window);
    const words = hits.flatMap(({ shared }) => shared.map((word) => word.toLowerCase()));
    expect(words.filter((word) => ["replicated", "prominent", "suggest", "gap"].includes(word))).toEqual([]);
    expect(hits.slice(0, 3).map((hit) => hit.paper.title)).toContainEqual(
      expect.stringMatching(/^TinyHelen/),
    );
  });

  it("names the words that mean the same where papers share few, and none that any paper has", async () => {
    const index = createEmbeddedIndex(undefined, { table });
    await index.add([
      paper("Political sentiment in dialogue", { abstract: "We investigate sentiment." }),
      paper("Political opinions in conversations", { abstract: "We study opinions." }),
      ...papers,
    ]);
    const like = (await index.titled("Political sentiment in dialogue")).map(({ id }) => id);
    const [first] = (await index.similar({ like, unlike: [] }, window)).hits;
    expect(first?.shared).toEqual(["Political"]);
    expect(first?.alike.toSorted()).toEqual([
      ["dialogue", "conversations"],
      ["sentiment", "opinions"],
    ]);
  });

  it("is saved with the index, and made anew where another encoder made it", async () => {
    const file = path.join(await temporaryFolder(), "papers.index");
    await (await made(file)).save("s");
    let encoded = 0;
    const counting = {
      ...table,
      encode: (stems: Parameters<typeof table.encode>[0]) => (encoded++, table.encode(stems)),
    };
    const ask = async (version: string): Promise<number> => {
      const opened = await openEmbeddedIndex(file, async () => undefined, {
        table: { ...counting, version },
      });
      if (opened.kind !== "opened") throw new Error(opened.reason);
      encoded = 0;
      const like = (await opened.index.titled(football.title)).map(({ id }) => id);
      expect((await opened.index.similar({ like, unlike: [] }, window)).hits.length).toBeGreaterThan(0);
      expect((await search(opened.index, "footballers training")).hits[0]?.paper.title).toBe(football.title);
      return encoded;
    };
    expect(await ask(table.version)).toBe(1);
    expect(await ask("another")).toBe(1 + papers.length);
  });

  it("answers by words alone where its files cannot be read", async () => {
    const index = createEmbeddedIndex(undefined, { table: createWordTable(await temporaryFolder()) });
    await index.add(papers);
    expect((await search(index, "molecules")).total).toBe(1);
    expect((await search(index, "footballers training")).total).toBe(0);
  });

  it("follows papers that are changed and removed", async () => {
    const index = await made();
    await index.add([{ ...football, abstract: "Proteins fold.", title: football.title }]);
    await index.remove([papers[3]?.id ?? football.id]);
    const { hits } = await search(index, "folding of a protein");
    expect(hits[0]?.paper.title).toBe(football.title);
    await index.remove([football.id]);
    expect((await search(index, "footballers training")).total).toBe(0);
  });
});

describe("a store of vectors", () => {
  const vector = fc
    .array(fc.integer({ min: -100, max: 100 }), { minLength: 32, maxLength: 32 })
    .filter((numbers) => numbers.some((number) => number !== 0))
    .map((numbers) => {
      const size = Math.hypot(...numbers);
      return Float32Array.from(numbers, (number) => number / size);
    });

  it("gives back every vector and cosine within a hundredth, also from its bytes", () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 20 }), vector, (vectors, asked) => {
        const store = createVectorStore(32);
        vectors.forEach((one, document) => store.put(document, one));
        const again = createVectorStore(32, store.pack(vectors.length));
        vectors.forEach((one, document) => {
          const cosine = one.reduce((sum, number, i) => sum + number * (asked[i] ?? 0), 0);
          for (const kept of [store, again]) {
            expect(Math.abs((kept.similarity(document, asked) ?? 9) - cosine)).toBeLessThan(0.01);
            kept.vector(document)?.forEach((number, i) => {
              expect(Math.abs(number - (one[i] ?? 9))).toBeLessThan(0.01);
            });
          }
        });
      }),
    );
  });

  it("finds the nearest of all where it has no more than it compares one by one, and none that was removed", () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 2, maxLength: 40 }), vector, (vectors, asked) => {
        const store = createVectorStore(32);
        vectors.forEach((one, document) => store.put(document, one));
        store.remove(0);
        const all = vectors.map((_one, document) => document).slice(1);
        const nearness = (document: number): number => store.similarity(document, asked) ?? -9;
        const nearest = all.toSorted((a, b) => nearness(b) - nearness(a) || a - b);
        expect(store.nearest(asked, 5)).toEqual(nearest.slice(0, 5));
        expect(store.has(0)).toBe(false);
      }),
    );
  });
});
