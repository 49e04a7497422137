import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { ArxivId, Listing } from "../../src/corpus/paper.ts";
import { openLibrary } from "../../src/library/library.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { allSteps, carryOut, knowledge } from "./record-steps.ts";

const wombats: Listing = { title: "On wombats", abstract: "They dig.", listedOn: "a" };
const numbered: Listing = { ...wombats, arxivId: "2306.00001" as ArxivId, listedOn: "b" };

async function opener() {
  const [pages, state] = [await temporaryFolder(), await temporaryFolder()];
  const open = (): Promise<GrowingLibrary> => openLibrary({ pages, state }, collectingLog().log);
  return { open, state };
}

describe("a removed paper", () => {
  it("is gone from every program at once, stays gone after a start and a new index, and keeps its title", async () => {
    const { open, state } = await opener();
    const [one, other] = [await open(), await open()];
    await one.take([wombats, { title: "Capybaras", listedOn: "a" }]);
    await other.follow();
    const id = titlePaperId("On wombats");
    expect(await one.remove([id])).toMatchObject([{ title: "On wombats" }]);
    expect(await one.remove([id])).toEqual([]);
    await other.follow();
    await one.save();
    const saved = await open();
    await rm(path.join(state, "papers.index"));
    for (const library of [one, other, saved, await open()]) {
      expect((await knowledge(library)).map(({ title }) => title)).toEqual(["Capybaras"]);
      expect(await library.titleOf(id)).toBe("On wombats");
      expect((await library.facts()).papers).toBe(1);
    }
  });

  it("does not come back with what sources bring, under whichever of its names, and does by hand", async () => {
    const { open } = await opener();
    const library = await open();
    await library.take([wombats, numbered]);
    await library.remove(["arxiv:2306.00001" as never]);
    const again = await open();
    for (const mention of [wombats, numbered, { ...numbered, title: "Another title" }])
      expect(await again.take([mention])).toMatchObject({ added: 0, barred: 1 });
    expect(await again.preview([wombats], { byHand: true })).toMatchObject({ added: 1 });
    expect(await again.take([wombats], { byHand: true })).toMatchObject({ added: 1 });
    // It is here again, and what sources say of it is welcome.
    expect(await again.take([numbered])).toMatchObject({ improved: 1 });
    expect(await knowledge(await open())).toEqual(await knowledge(again));
  });
});

describe("the papers of every program", () => {
  it("are those of the record replayed, whatever was taken in, removed, followed, saved and begun anew between", async () => {
    await fc.assert(
      fc.asyncProperty(allSteps, async (steps) => {
        const pages = await temporaryFolder();
        const state = await temporaryFolder();
        const { log, lines } = collectingLog();
        const open = (): Promise<GrowingLibrary> => openLibrary({ pages, state }, log);
        const libraries = await carryOut(steps, open);
        await rm(path.join(state, "papers.index"), { force: true });
        const replayed = await knowledge(await open());
        for (const library of libraries) {
          await library.follow();
          expect(await knowledge(library)).toEqual(replayed);
        }
        expect(lines.filter((line) => !line.startsWith("info"))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a record that was compacted elsewhere", () => {
  const line = (one: object): string => `${JSON.stringify(one)}\n`;

  it.each(["knows all that it says", "has missed something", "was ahead of it"])(
    "is followed by a program that %s",
    async (how) => {
      const { open, state } = await opener();
      const stored = path.join(state, "papers.jsonl");
      const library = await open();
      await library.take([
        wombats,
        { title: "Capybaras", listedOn: "a" },
        { title: "Otters", listedOn: "a" },
      ]);
      await library.remove([titlePaperId("Otters")]);
      const other = await open();
      if (how === "has missed something") await other.take([{ title: "Voles", listedOn: "a" }]);
      const last = await readFile(stored);
      const sha256 = createHash("sha256").update(last).digest("hex");
      const kept = last
        .toString("utf8")
        .split("\n")
        .filter(
          (text) =>
            text !== "" && !text.includes('"title":"Otters","listedOn"') && !text.startsWith('{"format"'),
        );
      if (how === "was ahead of it") kept.splice(0, 1);
      const compacted = [line({ format: 2, generation: "g1" }), ...kept.map((text) => `${text}\n`)];
      if (how !== "was ahead of it") compacted.push(line({ compacted: { bytes: last.length, sha256 } }));
      await writeFile(`${stored}.made`, compacted.join("") + line({ title: "Of later", listedOn: "a" }));
      await rename(`${stored}.made`, stored);
      await library.follow();
      expect(await knowledge(library)).toEqual(await knowledge(await open()));
      expect((await knowledge(library)).map(({ title }) => title)).toContain("Of later");
      expect(await library.take([{ title: "Otters", listedOn: "b" }])).toMatchObject({ added: 0, barred: 1 });
      expect(await library.take([{ title: "New", listedOn: "b" }])).toMatchObject({ added: 1 });
      expect(await knowledge(await open())).toEqual(await knowledge(library));
    },
  );
});
