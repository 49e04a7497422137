import { readFile, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { createEmbeddedIndex, openEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { mostChanges } from "../../src/search/embedded/saved/saving.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const animals = ["wombat", "quokka", "dingo", "numbat", "bilby", "emu"];
const paper = (number: number, text: string): Paper => ({
  id: titlePaperId(`paper ${number}`),
  title: `Paper ${number}`,
  abstract: text,
  listedOn: ["test"],
  origins: [],
});

/** The index of a file and what it says it was made from; or why it is not opened. */
async function open(file: string): Promise<{ index: PaperIndex; sources: string } | string> {
  let sources = "";
  const opened = await openEmbeddedIndex(file, async (made) => {
    sources = made;
    return undefined;
  });
  return opened.kind === "opened" ? { index: opened.index, sources } : opened.reason;
}

async function reopened(file: string): Promise<{ index: PaperIndex; sources: string }> {
  const opened = await open(file);
  if (typeof opened === "string") throw new Error(opened);
  return opened;
}

/** Everything that an index answers about the animals. */
async function answers(index: PaperIndex): Promise<unknown> {
  const found = [];
  for (const animal of animals) {
    const { total, hits } = await index.search(wordsQuery(animal), { offset: 0, limit: 20 });
    found.push([total, hits.map(({ paper: { id, abstract }, score }) => [id, abstract, score.toFixed(9)])]);
  }
  const papers = [];
  for await (const one of index.papers()) papers.push(one);
  // The order of papers that were put again is not promised.
  return { found, papers: papers.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      number: fc.nat(7),
      text: fc.array(fc.constantFrom(...animals), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), number: fc.nat(7) }) },
  { weight: 3, arbitrary: fc.constant({ kind: "save" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "reopen" as const }) },
);

/** An index of 20 papers that is saved in a file of its own. */
async function saved(): Promise<{ file: string; index: PaperIndex; bytes: number }> {
  const file = path.join(await temporaryFolder(), "papers.index");
  const index = createEmbeddedIndex(file);
  await index.add(Array.from({ length: 20 }, (_, i) => paper(i, animals[i % 6] ?? "")));
  await index.save("first");
  return { file, index, bytes: (await stat(file)).size };
}

describe("an index that is saved again and again", () => {
  it("opens as it was when it was saved last, whatever was put, removed and opened before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const file = path.join(await temporaryFolder(), "papers.index");
        let index: PaperIndex = createEmbeddedIndex(file);
        let [saves, expected] = [0, await answers(index)];
        const save = async (): Promise<void> => {
          await index.save(`save ${++saves}`);
          expected = await answers(index);
        };
        await save();
        for (const one of steps) {
          if (one.kind === "put") await index.add([paper(one.number, one.text.join(" "))]);
          else if (one.kind === "remove") await index.remove([titlePaperId(`paper ${one.number}`)]);
          else if (one.kind === "save") await save();
          else ({ index } = await reopened(file));
        }
        const { index: last, sources } = await reopened(file);
        expect(sources).toBe(`save ${saves}`);
        expect(await answers(last)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it("writes what has changed behind what there is, and all of it anew after many changes", async () => {
    const { file, index, bytes } = await saved();
    const before = await readFile(file);
    await index.add([paper(30, "wombat")]);
    await index.save("second");
    const after = await readFile(file);
    expect(after.subarray(0, bytes).equals(before)).toBe(true);
    expect(after.length - bytes).toBeLessThan(1000);
    await index.add(Array.from({ length: mostChanges(20) }, (_, i) => paper(i, "wombat")));
    await index.save("third");
    expect((await stat(file)).size).toBeLessThan(bytes + 500);
    const { index: opened, sources } = await reopened(file);
    expect(sources).toBe("third");
    expect(await answers(opened)).toEqual(await answers(index));
  });

  it("opens as it was at an earlier save where the end of the file is cut off or changed", async () => {
    const { file, index, bytes } = await saved();
    const states = new Map([["first", await answers(index)]]);
    for (const name of ["second", "third", "fourth"]) {
      await index.add([paper(40, name), paper(41, `wombat ${name}`)]);
      await index.save(name);
      states.set(name, await answers(index));
    }
    const whole = await readFile(file);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: bytes, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, change, cut) => {
          await writeFile(file, whole);
          if (cut) await truncate(file, at);
          else {
            const broken = Buffer.from(whole);
            broken[at] = (broken[at] ?? 0) ^ change;
            await writeFile(file, broken);
          }
          const { index: opened, sources } = await reopened(file);
          expect(states.has(sources) && sources !== "fourth").toBe(true);
          expect(await answers(opened)).toEqual(states.get(sources));
          // It goes on from there, in the place of what is broken.
          await opened.add([paper(50, "emu emu")]);
          await opened.save("fifth");
          const again = await reopened(file);
          expect(again.sources).toBe("fifth");
          expect(await answers(again.index)).toEqual(await answers(opened));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("two programs that save one index", () => {
  it("write nothing where the other has saved the same, and all where the other has saved something else", async () => {
    const { file, index } = await saved();
    const { index: other } = await reopened(file);
    const news = paper(60, "bilby bilby");
    await index.add([news]);
    await index.save("second");
    const { size } = await stat(file);
    await other.add([news]);
    await other.save("second");
    expect((await stat(file)).size).toBe(size);
    await other.add([paper(61, "numbat")]);
    await other.save("third");
    await index.add([paper(62, "dingo")]);
    await index.save("of its own");
    const { index: last, sources } = await reopened(file);
    expect(sources).toBe("of its own");
    expect(await answers(last)).toEqual(await answers(index));
    await other.save("fourth");
    expect(await answers((await reopened(file)).index)).toEqual(await answers(other));
  });
});
