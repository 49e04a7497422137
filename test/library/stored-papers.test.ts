import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openLibrary } from "../../src/library/library.ts";
import { UserError } from "../../src/user-error.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { ingestFiles } from "../support/ingest-files.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
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
      expect(await again.index.size()).toBe(545 + start);
      expect(lines).toEqual([expect.stringContaining("papers.jsonl")]);
      expect(lines[0]).toContain(': expected a paper this program stored, found “{"title":"half”');
      await ingestFiles(again, [await write("other.jsonl", { title: `Another wombat ${start}` })]);
    }
    expect((await readdir(settings.state)).toSorted()).toEqual(["papers.index", "papers.jsonl"]);
  });

  it("opens a store of before papers merged by DOI: as it is, with each paper once, and with all that was said of it", async () => {
    const { open, settings } = await folders();
    const lines = [
      {
        title: "On the Dangers of Stochastic Parrots",
        doi: "10.1145/3442188.3445922",
        listedOn: "a.bib",
        sourceKind: "file",
      },
      {
        title: "Dangers of stochastic parrots",
        doi: "10.1145/3442188.3445922",
        date: "2021-03",
        listedOn: "b.bib",
      },
      { title: "Attention", arxivId: "1706.03762", doi: "10.48550/arxiv.1706.03762", listedOn: "a.bib" },
      { title: "Only a title", urls: ["https://doi.org/10.1145/1.2"], listedOn: "a.bib" },
    ];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    await mkdir(settings.state, { recursive: true });
    const stored = path.join(settings.state, "papers.jsonl");
    await writeFile(stored, text);
    for (let start = 0; start < 2; start++) {
      const { library } = await open();
      expect(await library.index.size()).toBe(547);
      const [parrots] = await library.index.identified(["doi:10.1145/3442188.3445922"]);
      expect(parrots).toMatchObject({ date: "2021-03", listedOn: ["a.bib", "b.bib"] });
      for (const title of ["On the dangers of stochastic parrots", "dangers of stochastic parrots"])
        expect(await library.index.titled(title)).toEqual([parrots]);
      expect(await library.index.known(["doi:10.1145/1.2"])).toMatchObject([{ title: "Only a title" }]);
    }
    expect(await readFile(stored, "utf8")).toBe(text);
  });

  it.each([
    { abstract: { a: 1 } },
    { authors: "Ada Lovelace" },
    { authors: { kind: "named" } },
    { date: 7 },
    { urls: "https://example.org" },
    { upvotes: 3 },
    { upvotes: { count: 3, readAt: "yesterday" } },
    { readAt: "yesterday" },
    { sourceKind: "hearsay" },
    { organisation: "NVIDIA" },
    { arxivId: "none" },
  ])("tells of a stored line with %o, and opens with all the rest", async (wrong) => {
    const { open, settings } = await folders();
    await (await open()).library.take([{ title: "Wombats", listedOn: "x" }]);
    const stored = path.join(settings.state, "papers.jsonl");
    const line = JSON.stringify({ title: "Not as stored", listedOn: "x", ...wrong });
    await writeFile(stored, `${line}\n${await readFile(stored, "utf8")}`);
    const { library, lines } = await open();
    expect(await library.index.size()).toBe(545);
    expect(lines[0]).toContain("papers.jsonl:1: expected a paper this program stored");
  });

  it("names the folder and what to do where the disk refuses, and goes on answering", async () => {
    const { open, settings } = await folders();
    const { library } = await open();
    await rm(settings.state, { recursive: true, force: true });
    await writeFile(settings.state, "a file where the folder should be");
    const taken = library.take([{ title: "Wombats", listedOn: "x" }]);
    await expect(taken).rejects.toThrow(UserError);
    await expect(taken).rejects.toThrow(/cannot be stored in .*EEXIST.* set PAPERBOY_STATE/);
    expect(await library.index.titled("Wombats")).toEqual([]);
    await rm(settings.state);
    expect((await library.take([{ title: "Wombats", listedOn: "x" }])).added).toBe(1);
  });

  it("cuts off, and says so, a last line that a crash left unfinished", async () => {
    const { open, write, settings } = await folders();
    const { library } = await open();
    await ingestFiles(library, [await write("more.jsonl", attention)]);
    const stored = path.join(settings.state, "papers.jsonl");
    const whole = await readFile(stored, "utf8");
    await writeFile(stored, `${whole}{"title":"half`);
    const { library: again, lines } = await open();
    expect([await again.index.size(), lines]).toEqual([545, []]);
    await ingestFiles(again, [await write("other.jsonl", { title: "Another wombat" })]);
    expect(lines).toEqual([
      expect.stringMatching(/papers\.jsonl ended in the middle of “\{"title":"half”; that is cut off$/),
    ]);
    expect(await readFile(stored, "utf8")).toMatch(/^.*\n\{"title":"Another wombat".*\n$/);
    const { library: last, lines: none } = await open();
    expect([await last.index.size(), none]).toEqual([546, []]);
  });

  it("takes a last line that somebody wrote without its end", async () => {
    const { open, write, settings } = await folders();
    await (await open()).library.take([{ title: "Wombats, part 1", listedOn: "x" }]);
    const stored = path.join(settings.state, "papers.jsonl");
    await writeFile(stored, `${await readFile(stored, "utf8")}{"title":"Wombats by hand","listedOn":"me"}`);
    const { library } = await open();
    expect(await library.index.size()).toBe(546);
    await ingestFiles(library, [await write("other.jsonl", { title: "Another wombat" })]);
    const { library: again, lines } = await open();
    expect([await again.index.size(), lines]).toEqual([547, []]);
  });

  it.each(["shortened", "deleted", "replaced by a longer one"])(
    "that is %s under a running program is told once, and keeps all that is taken in afterwards",
    async (how) => {
      const { open, settings } = await folders();
      const { library, lines } = await open();
      const stored = path.join(settings.state, "papers.jsonl");
      const paper = (name: string) => ({ title: `Wombats ${name}`, abstract: `Of ${name}.`, listedOn: "x" });
      await library.take([paper("one"), paper("two")]);
      await library.follow();
      const [first = ""] = (await readFile(stored, "utf8")).split("\n");
      // A file that is made after another is removed may get its number on the disk; one that is moved there has its own.
      if (!how.startsWith("replaced")) await rm(stored);
      if (how === "shortened") await writeFile(stored, `${first}\n`);
      if (how.startsWith("replaced")) {
        await writeFile(`${stored}.copy`, `${first}\n`.repeat(9));
        await rename(`${stored}.copy`, stored);
      }
      for (const name of ["two", "three"]) await library.take([paper(name)]);
      await library.save();
      expect(lines.filter((line) => line.startsWith("warn"))).toEqual([
        expect.stringMatching(/is not the file it was; start Paperboy again to read it whole$/),
      ]);
      const { library: again } = await open();
      const abstracts = await Promise.all(
        ["two", "three"].map(async (name) => (await again.index.titled(`Wombats ${name}`))[0]?.abstract),
      );
      expect(abstracts).toEqual(["Of two.", "Of three."]);
    },
  );

  it("opens wherever a crash cut it off, with all papers before that, and goes on", async () => {
    const [pages, state] = [await temporaryFolder(), await temporaryFolder()];
    const stored = path.join(state, "papers.jsonl");
    const open = () => openLibrary({ pages, state }, collectingLog().log);
    const papers = ["one", "twö", "three"].map((name) => ({ title: `Wombats ${name}`, listedOn: "x" }));
    await (await open()).take(papers);
    const whole = await readFile(stored);
    for (let length = whole.indexOf("\n"); length <= whole.length; length++) {
      await writeFile(stored, whole.subarray(0, length));
      const cut = await open();
      const lines =
        whole
          .subarray(0, length + 1)
          .toString("utf8")
          .split("\n").length - 1;
      expect(await cut.index.size()).toBe(lines);
      expect(await cut.take(papers)).toMatchObject({ added: 3 - lines });
      await cut.save();
      const again = await open();
      expect(await again.index.size()).toBe(3);
      // Where only the end of the last line is missing, nothing has to be stored.
      expect((await readFile(stored, "utf8")).trimEnd()).toBe(whole.toString("utf8").trimEnd());
    }
  });

  it("has its index saved at the next occasion when it could not be saved at once", async () => {
    const { open, settings, indexFile } = await folders();
    const { library, lines } = await open();
    await rm(indexFile);
    await library.take([{ title: "Wombats", listedOn: "x" }]);
    await mkdir(path.join(indexFile, "in the way"), { recursive: true });
    await library.save();
    expect(lines.at(-1)).toMatch(/^warn The index could not be saved/);
    await rm(indexFile, { recursive: true });
    await library.save();
    expect(await readdir(settings.state)).toContain("papers.index");
  });
});
