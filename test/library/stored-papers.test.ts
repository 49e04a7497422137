import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ingestFiles } from "../support/ingest-files.ts";
import { folders } from "./kit.ts";

const attention = { id: "1706.03762", title: "Attention Is All You Need", abstract: "The Transformer." };

describe("the file of stored papers", () => {
  it("tells at every start which stored line is damaged, and loads all the rest", async () => {
    const { open, write, settings } = await folders();
    const { library } = await open();
    await ingestFiles(library, [await write("more.jsonl", attention)]);
    const stored = path.join(settings.state, "papers.jsonl");
    await writeFile(stored, `${await readFile(stored, "utf8")}{"title":"half\n`);
    for (let start = 0; start < 3; start++) {
      const { library: again, lines } = await open();
      expect(again.index.size()).toBe(545 + start);
      expect(lines).toEqual([expect.stringContaining("papers.jsonl")]);
      expect(lines[0]).toContain(': expected a paper this program stored, found “{"title":"half”');
      await ingestFiles(again, [await write("other.jsonl", { title: `Another wombat ${start}` })]);
    }
    expect((await readdir(settings.state)).toSorted()).toEqual(["papers.index", "papers.jsonl"]);
  });

  it("cuts off, and says so, a last line that a crash left unfinished", async () => {
    const { open, write, settings } = await folders();
    const { library } = await open();
    await ingestFiles(library, [await write("more.jsonl", attention)]);
    const stored = path.join(settings.state, "papers.jsonl");
    const whole = await readFile(stored, "utf8");
    await writeFile(stored, `${whole}{"title":"half`);
    const { library: again, lines } = await open();
    expect([again.index.size(), lines]).toEqual([545, []]);
    await ingestFiles(again, [await write("other.jsonl", { title: "Another wombat" })]);
    expect(lines).toEqual([
      expect.stringMatching(/papers\.jsonl ended in the middle of “\{"title":"half”; that is cut off$/),
    ]);
    expect(await readFile(stored, "utf8")).toMatch(/^.*\n\{"title":"Another wombat".*\n$/);
    const { library: last, lines: none } = await open();
    expect([last.index.size(), none]).toEqual([546, []]);
  });

  it("takes a last line that somebody wrote without its end", async () => {
    const { open, write, settings } = await folders();
    await (await open()).library.take([{ title: "Wombats, part 1", listedOn: "x" }]);
    const stored = path.join(settings.state, "papers.jsonl");
    await writeFile(stored, `${await readFile(stored, "utf8")}{"title":"Wombats by hand","listedOn":"me"}`);
    const { library } = await open();
    expect(library.index.size()).toBe(546);
    await ingestFiles(library, [await write("other.jsonl", { title: "Another wombat" })]);
    const { library: again, lines } = await open();
    expect([again.index.size(), lines]).toEqual([547, []]);
  });
});
