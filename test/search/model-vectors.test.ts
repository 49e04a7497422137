import { appendFile, readFile, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Paper } from "../../src/corpus/paper.ts";
import type { EmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { Encoder } from "../../src/search/meaning/encoder.ts";
import { createVectorFile, textKey } from "../../src/search/meaning/vector-file.ts";
import { createWordTable } from "../../src/search/meaning/word-table.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { parseQuery } from "../../src/search/query/parse-query.ts";
import { paper } from "../digest/papers.ts";
import { encoderIn, hasRealEncoder, realEncoder } from "../support/real-encoder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const table = createWordTable(path.resolve(import.meta.dirname, "../../data/meaning"));
const window = { offset: 0, limit: 10 };
const forever = new AbortController().signal;

/** An encoder to which texts mean alike that speak of the same subject, whatever the words; others are far. */
function subjects(version = "1") {
  const texts: string[] = [];
  const vectorOf = (text: string): Float32Array => {
    const vector = new Float32Array(32).fill(0.01);
    vector[/sport|football/i.test(text) ? 1 : /molecul/i.test(text) ? 2 : 3] = 1;
    const size = Math.hypot(...vector);
    return vector.map((number) => number / size);
  };
  const encoder: Encoder = {
    open: async () => ({ name: "subjects", version, dimensions: 32 }),
    encodePapers: async (some) => (texts.push(...some), some.map(vectorOf)),
    encodeQuery: async (text) => vectorOf(text),
    close: async () => undefined,
  };
  return { encoder, texts };
}

const papers: readonly Paper[] = Array.from({ length: 30 }, (_, i) =>
  paper(`${["Sports", "Molecules", "Tokens"][i % 3] ?? ""} seen ${i}`, {
    abstract: "A study with some results of its own.",
    date: `2026-01-${String(i + 1).padStart(2, "0")}` as NonNullable<Paper["date"]>,
  }),
);

async function indexed(
  { encoder }: { readonly encoder: Encoder },
  file: string,
  told: string[] = [],
): Promise<EmbeddedIndex> {
  const index = createEmbeddedIndex(undefined, {
    table,
    model: { encoder, file, tell: (problem) => void told.push(problem) },
  });
  await index.add(papers);
  return index;
}

async function search(index: EmbeddedIndex, text: string): Promise<string[]> {
  const parsed = parseQuery(text, new Date("2026-11-21T12:00:00Z"));
  if (parsed.kind !== "search") throw new Error(`${text} is a reference`);
  return (await index.search(parsed.query, window)).hits.map((hit) => hit.paper.title);
}

const vectorsFile = async (): Promise<string> => path.join(await temporaryFolder(), "papers.vectors");

describe("the vectors of a model of language", () => {
  it("are made of the newest papers first, and are compared when nearly all papers have one", async () => {
    const model = subjects();
    const index = await indexed(model, await vectorsFile());
    expect(await search(index, "football study")).toHaveLength(10);
    const before = await search(index, "football study");
    const stop = new AbortController();
    let steps = 0;
    await index.model?.make(stop.signal, () => ++steps === 2 && stop.abort());
    expect(model.texts.map((text) => text.split("\n")[0])).toEqual(
      papers
        .toReversed()
        .slice(0, 16)
        .map(({ title }) => title),
    );
    expect(index.model?.encoding()).toMatchObject({ papers: 30, encoded: 16, takesPart: false });
    expect(await search(index, "football study")).toEqual(before);
    await index.model?.make(forever);
    expect(index.model?.encoding()).toMatchObject({ encoded: 30, takesPart: true });
    for (const text of ["football study", "football"]) {
      const found = await search(index, text);
      expect(found.map((title) => title.split(" ")[0])).toEqual(Array(10).fill("Sports"));
    }
  });

  it("choose the papers whose words speak along: those that are best by words and by meaning together", async () => {
    const index = createEmbeddedIndex(undefined, {
      table,
      model: { encoder: subjects().encoder, file: await vectorsFile(), tell: () => undefined },
    });
    const some = (count: number, title: string, abstract: string): Paper[] =>
      Array.from({ length: count }, (_, i) => paper(`${title} ${i}`, { abstract }));
    const far = (title: string, word: string): Paper =>
      paper(title, { abstract: `A study of ${word} and of much else, with results.` });
    await index.add([
      ...some(10, "Study of studies", "Tokens and a study of these tokens, with results."),
      ...some(10, "Sports", "A study of zorblats, with results."),
      far("Plorbs", "quiblets"),
      far("Glorbs", "quiblets"),
      far("Snorbs", "zorblats"),
    ]);
    await index.model?.make(forever);
    const { hits } = await index.search(wordsQuery("football study"), { offset: 0, limit: 30 });
    const places = ["Snorbs", "Plorbs"].map((title) => hits.findIndex((hit) => hit.paper.title === title));
    expect(places[0]).toBeLessThan(places[1] ?? 0);
  });

  it("are kept, so that after an end at any moment none is made twice", async () => {
    const file = await vectorsFile();
    const [first, second] = [subjects(), subjects()];
    const stop = new AbortController();
    await (await indexed(first, file)).model?.make(stop.signal, () => stop.abort());
    // What a killed program was writing.
    await appendFile(file, "half a record");
    const index = await indexed(second, file);
    await index.model?.make(forever);
    expect([first.texts.length, second.texts.length]).toEqual([8, 22]);
    const third = subjects();
    await (await indexed(third, file)).model?.make(forever);
    expect(third.texts).toEqual([]);
  });

  it("are made anew by another encoder, and again where the file was damaged", async () => {
    const file = await vectorsFile();
    await (await indexed(subjects(), file)).model?.make(forever);
    const other = subjects("2");
    await (await indexed(other, file)).model?.make(forever);
    expect(other.texts).toHaveLength(30);
    const bytes = await readFile(file);
    bytes[600] = (bytes[600] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await truncate(file, (await stat(file)).size - 10);
    const again = subjects("2");
    await (await indexed(again, file)).model?.make(forever);
    expect(again.texts).toHaveLength(2);
  });

  it("follow texts that change, and stay where only votes do", async () => {
    const model = subjects();
    const index = await indexed(model, await vectorsFile());
    await index.model?.make(forever);
    const [sports, molecules] = papers;
    if (sports === undefined || molecules === undefined) throw new Error("there are 30");
    await index.add([
      { ...sports, upvotes: { count: 7, readAt: "2026-02-01T00:00:00Z" } },
      { ...molecules, abstract: "About sports after all." },
    ]);
    expect(index.model?.encoding().encoded).toBe(29);
    await index.remove([sports.id]);
    await index.model?.make(forever);
    expect(model.texts).toHaveLength(31);
    const found = await search(index, "football");
    expect(found).toContain(molecules.title);
    expect(found).not.toContain(sports.title);
  });

  it("take no part, and say why once, where the encoder cannot run", async () => {
    const told: string[] = [];
    const encoder = { ...subjects().encoder, open: () => Promise.reject(new Error("it lacks a part")) };
    const index = await indexed({ encoder }, await vectorsFile(), told);
    expect(await search(index, "molecules")).toHaveLength(10);
    expect(await search(index, "molecules")).toHaveLength(10);
    expect(told).toEqual(["it lacks a part"]);
    expect(index.model?.encoding()).toMatchObject({ takesPart: false, problem: "it lacks a part" });
  });

  it("answer without the model where it fails on a question", async () => {
    const { encoder } = subjects();
    const broken = { ...encoder, encodeQuery: () => Promise.reject(new Error("it has ended")) };
    const index = await indexed({ encoder: broken }, await vectorsFile());
    await index.model?.make(forever);
    expect(await search(index, "molecules")).toHaveLength(10);
  });

  it("come back from their file as they were, whatever they are", async () => {
    const file = await vectorsFile();
    const facts = { name: "n".repeat(900), version: "v", dimensions: 32 };
    const kept = new Map<string, Int8Array>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string(), fc.int8Array({ minLength: 32, maxLength: 32 })), { maxLength: 5 }),
        async (some) => {
          const added = new Map(some.map(([text, vector]) => [textKey(text), vector]));
          for (const [key, vector] of added) kept.set(key, vector);
          await createVectorFile(file, facts).add(added);
          expect(await createVectorFile(file, facts).read()).toEqual(kept);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe.skipIf(!hasRealEncoder)("with all-MiniLM-L6-v2", () => {
  it("finds papers by other words, without the table's help", { timeout: 120_000 }, async () => {
    const encoder = encoderIn(realEncoder.folder);
    const some = [
      paper("A coach that corrects how players move", { abstract: "Athletes get feedback on their motion." }),
      paper("Faster decoding of large language models", { abstract: "Tokens are drafted and verified." }),
      paper("Message passing on molecules", { abstract: "Graph neural networks predict energies." }),
    ];
    const index = createEmbeddedIndex(undefined, {
      table,
      model: { encoder, file: await vectorsFile(), tell: (problem) => expect(problem).toBe("") },
    });
    await index.add(some);
    await index.model?.make(forever);
    expect((await search(index, "chemistry compounds"))[0]).toBe("Message passing on molecules");
    expect((await search(index, "make chatbots reply quicker"))[0]).toBe(
      "Faster decoding of large language models",
    );
    await encoder.close();
  });
});
