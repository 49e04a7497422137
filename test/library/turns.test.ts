import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { arxivPaperId, titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { ArxivId, Listing, Paper } from "../../src/corpus/paper.ts";
import { planIngest } from "../../src/library/intake/ingest.ts";
import { applyPlan } from "../../src/library/intake/following.ts";
import { createEmbeddedIndex, openEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { openLibrary } from "../../src/library/library.ts";
import { noIndexWork } from "../../src/search/embedded/pace.ts";
import { SLICE } from "../../src/turns.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { folders } from "./kit.ts";

/** How often other work gets its turn until some work is done. */
async function turnsOf(work: Promise<unknown>): Promise<number> {
  const done = work.then(() => "done");
  let turns = 0;
  while ((await Promise.race([done, nextTurn("not yet")])) !== "done") turns++;
  return turns;
}

const listings = Array.from({ length: 500 }, (_, i): Listing => ({
  title: `Wombats, part ${i}`,
  listedOn: "a",
}));
const identified = listings.map((one, i) => ({ ...one, arxivId: `2507.${10_000 + i}` as ArxivId }));

describe("taking in 500 papers", () => {
  it("lets other work have its turn while they are compared with what is known, and while they get their ids", async () => {
    const index = createEmbeddedIndex();
    await applyPlan(index, await planIngest(index, listings));
    expect(await turnsOf(planIngest(index, listings))).toBeGreaterThan(10);
    const plan = await planIngest(index, identified);
    expect(plan.outdated.size).toBe(500);
    expect(await turnsOf(applyPlan(index, plan))).toBeGreaterThan(10);
    expect(await index.size()).toBe(500);
  });
});

describe("a program of 20,000 papers", () => {
  it("lets other work have its turn at least every few milliseconds while it follows another one, and while it saves", async () => {
    const { settings } = await folders();
    const work = noIndexWork();
    const library = await openLibrary(settings, collectingLog().log, work);
    // Some long, most short, each with words that no other paper has.
    const lines = Array.from({ length: 20_000 }, (_, i) => {
      const words = Array.from({ length: i % 100 === 0 ? 300 : 8 }, (_word, n) => `word${n} w${i}x${n % 3}`);
      return JSON.stringify({ title: `Quokka ${i}`, listedOn: "a", abstract: words.join(" ") });
    });
    await writeFile(path.join(settings.state, "papers.jsonl"), `${lines.join("\n")}\n`);
    for (const does of [library.follow, library.save]) {
      Object.assign(work, noIndexWork());
      const turns = await turnsOf(does());
      expect(work.steps).toBeGreaterThan(20 * SLICE);
      expect(work.longest).toBeLessThan(2 * SLICE);
      expect(turns).toBeGreaterThan(work.steps / SLICE / 2);
    }
    expect(await library.index.size()).toBeGreaterThan(20_000);
  }, 120_000);
});

describe("the first completion after many papers came", () => {
  it("lets other work have its turn while their titles are made ready, and knows them all", async () => {
    const file = path.join(await temporaryFolder(), "papers.index");
    const index = createEmbeddedIndex(file);
    const paper = ({ title }: Listing): Paper => ({
      id: titlePaperId(title),
      title,
      listedOn: ["a"],
      origins: [],
    });
    const thrice = listings.flatMap((one) =>
      ["", " again", " once more"].map((more) => ({ ...one, title: one.title + more })),
    );
    await index.add(thrice.map(paper));
    const completion = index.suggest("wombats, part 49", 40);
    expect(await turnsOf(completion)).toBeGreaterThan(1);
    const titles = (await completion).map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith("Wombats, part 49"))).toHaveLength(33);
    await index.save("1,500 papers");
    const opened = await openEmbeddedIndex(file, async () => undefined);
    if (opened.kind === "unusable") throw new Error(opened.reason);
    // What was ready when it was saved is ready at once.
    const again = opened.index.suggest("wombats, part 49", 40);
    expect(await turnsOf(again)).toBe(0);
    expect(await again).toEqual(await completion);
  });

  it("waits for none of the words of titles where enough titles begin with what is typed", async () => {
    const index = createEmbeddedIndex();
    await index.add(
      ["burrows", "paws", "teeth"].map((what): Paper => {
        const title = `Of wombats and their ${what}`;
        return { id: titlePaperId(title), title, listedOn: ["a"], origins: [] };
      }),
    );
    const completion = index.suggest("of wom", 2);
    expect(await turnsOf(completion)).toBe(0);
    expect((await completion).map(({ title }) => title)).toEqual([
      "Of wombats and their burrows",
      "Of wombats and their paws",
    ]);
    expect(await index.suggest("teeth", 2)).toHaveLength(1);
  });

  it("is waited for neither by a look for a whole title nor for the id it gives", async () => {
    const long = `Of wombats, ${"their burrows, ".repeat(10)}and what they eat`;
    const index = createEmbeddedIndex();
    await index.add([
      { id: arxivPaperId("2507.00001" as ArxivId), title: long, listedOn: ["a"], origins: [] },
    ]);
    const found = Promise.all([index.titled(long.toUpperCase()), index.get(titlePaperId(long))]);
    expect(await turnsOf(found)).toBe(0);
    const [titled, named] = await found;
    expect(titled).toEqual([named]);
    expect(named?.title).toBe(long);
    expect(await index.get(titlePaperId(`${long}, and drink`))).toBeUndefined();
  });
});
