import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { createEmbeddedIndex, openEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const words = [
  "graph",
  "neural",
  "pre-training",
  "pretraining",
  "LLM",
  "Large Language Model (LLM)",
  "vision",
  "FastDINOv2",
  "data",
  "robot",
];
const text = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 })
  .map((some) => some.join(" "));
const paper = fc
  .record({
    number: fc.nat(6),
    title: text,
    abstract: text,
    comments: fc.nat(3),
    old: fc.option(text),
    doi: fc.option(fc.constantFrom("10.1/a", "10.1/b")),
    url: fc.option(fc.constantFrom("https://doi.org/10.1/a", "https://a.example/", "https://b.example/")),
  })
  .map(({ number, old, doi, url, ...facts }): Paper => ({
    ...facts,
    ...(doi === null ? {} : { doi }),
    ...(url === null ? {} : { urls: [url] }),
    ...(old === null ? {} : { otherTitles: [old] }),
    id: titlePaperId(`paper ${number}`),
    listedOn: ["test"],
    origins: [],
  }));
const change = fc.oneof(
  { weight: 3, arbitrary: paper.map((one) => ({ kind: "put" as const, paper: one })) },
  {
    weight: 1,
    arbitrary: fc.nat(6).map((number) => ({ kind: "remove" as const, id: titlePaperId(`paper ${number}`) })),
  },
);

const window = { offset: 0, limit: 10 };

/** Everything an index answers to a few questions, without what depends on the order of adding. */
async function answers(index: PaperIndex) {
  const searches = await Promise.all(
    ["graph neural", "large language model", "pre training data", "dino", "robt"].map((query) =>
      index.search(wordsQuery(query), window),
    ),
  );
  const found = searches.map(({ hits, total, complete, corrections, unknown }) => ({
    total,
    complete,
    corrections,
    unknown,
    hits: hits
      .map(
        ({ paper: { id, comments }, score, missing }) =>
          `${score.toFixed(9)} ${id} ${comments} ${missing.join()}`,
      )
      .toSorted(),
  }));
  const suggestions = (await index.suggest("gra", 10)).map(({ id }) => id).toSorted();
  const [first] = searches[0]?.hits ?? [];
  const near =
    first === undefined ? undefined : await index.similar({ like: [first.paper.id], unlike: [] }, window);
  const ids = (papers: readonly Paper[]): string[] => papers.map(({ id }) => id).toSorted();
  const known = ["doi:10.1/a", "at:a.example", "at:b.example"].map((key) => index.known([key]).then(ids));
  const identified = ["doi:10.1/a", "doi:10.1/b"].map((key) => index.identified([key]).then(ids));
  const named = await Promise.all([...known, ...identified]);
  return {
    size: await index.size(),
    found,
    named,
    suggestions,
    near: first === undefined ? [] : near?.total,
  };
}

describe("an index that papers were added to, changed in and removed from", () => {
  it("answers like one that only ever got the papers that are left", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 25 }), async (changes) => {
        const index = createEmbeddedIndex();
        const left = new Map<string, Paper>();
        for (const one of changes) {
          if (one.kind === "put") {
            await index.add([one.paper]);
            left.set(one.paper.id, one.paper);
          } else {
            await index.remove([one.id]);
            left.delete(one.id);
          }
        }
        const fresh = createEmbeddedIndex();
        await fresh.add(left.values());
        const [changed, expected] = [await answers(index), await answers(fresh)];
        expect(changed.size).toBe(expected.size);
        expect(changed.suggestions).toEqual(expected.suggestions);
        // The words of removed papers stay in the vocabulary; what they are near to may differ.
        expect(changed.found.slice(0, 3)).toEqual(expected.found.slice(0, 3));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a paper whose title has changed", () => {
  it("is found by the words of the old one, also when only these are new", async () => {
    const index = createEmbeddedIndex();
    const id = titlePaperId("wombats");
    const now: Paper = { id, title: "Wombats", abstract: "They dig.", listedOn: ["test"], origins: [] };
    const hits = async () => (await index.search(wordsQuery("burrowing marsupials"), window)).hits.length;
    await index.add([now]);
    expect(await hits()).toBe(0);
    await index.add([{ ...now, otherTitles: ["Burrowing Marsupials"] }]);
    expect(await hits()).toBe(1);
    await index.remove([id]);
    expect(await hits()).toBe(0);
  });
});

describe("an index that is saved", () => {
  it("is saved as it was, whatever is added and removed meanwhile", async () => {
    const file = path.join(await temporaryFolder(), "papers.index");
    const index = createEmbeddedIndex(file);
    const make = (name: string): Paper => ({
      id: titlePaperId(name),
      title: name,
      abstract: Array.from({ length: 6000 }, (_, i) => `${name}${i}x`).join(" "),
      listedOn: ["test"],
      origins: [],
    });
    await index.add([make("wombat"), make("quokka")]);
    await Promise.all([
      index.save("wombats"),
      index.remove([titlePaperId("wombat")]),
      index.add([make("dingo")]),
    ]);
    const opened = await openEmbeddedIndex(file, () => Promise.resolve(undefined));
    if (opened.kind === "unusable") throw new Error(opened.reason);
    const saved = opened.index;
    const found = async (one: PaperIndex): Promise<string[]> => {
      const asked = ["wombat7x", "quokka7x", "dingo7x"];
      const results = await Promise.all(asked.map((word) => one.search(wordsQuery(word), window)));
      return results.flatMap(({ hits }) =>
        hits.filter(({ missing }) => missing.length === 0).map(({ paper: { title } }) => title),
      );
    };
    expect(await found(saved)).toEqual(["wombat", "quokka"]);
    expect(await found(index)).toEqual(["quokka", "dingo"]);
  });
});
