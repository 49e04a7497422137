import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ArxivId, Paper } from "../../src/corpus/paper.ts";
import type { Library } from "../../src/library/library.ts";
import { openLibrary } from "../../src/library/library.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { ingestFiles } from "../support/ingest-files.ts";
import { folders } from "./kit.ts";

async function allPapers({ index }: Library): Promise<Paper[]> {
  const papers: Paper[] = [];
  for await (const paper of index.papers()) papers.push(paper);
  return papers;
}

const firstTitle = async ({ index }: Library, text: string): Promise<string | undefined> =>
  (await index.search(wordsQuery(text), { offset: 0, limit: 1 })).hits[0]?.paper.title;

describe("opening the library", () => {
  it("builds the index at the first start, with one line in the log, and uses it at the next", async () => {
    const { open } = await folders();
    const first = await open();
    expect(await first.library.index.size()).toBe(544);
    expect(first.lines).toEqual([
      expect.stringMatching(
        /^info Built the index of 544 papers in [\d.]+ s; no saved one was used: there is none yet$/,
      ),
    ]);
    const second = await open();
    expect(second.lines).toEqual([]);
    expect(await firstTitle(second.library, "dinov2")).toMatch(/^DINOv2/);
  });

  it("builds it again, with one line that says why, when it is cut off or the pages have changed", async () => {
    const { open, indexFile, settings } = await folders();
    await open();
    await writeFile(indexFile, (await readFile(indexFile)).subarray(0, 5000));
    expect((await open()).lines).toEqual([
      expect.stringMatching(/no saved one was used: it is damaged, cut off, or no index of this program$/),
    ]);
    await rm(path.join(settings.pages, "003_1548ded74473aa95.txt"));
    const { library, lines } = await open();
    expect(lines).toEqual([expect.stringMatching(/: the papers have changed since it was written$/)]);
    expect(await library.index.size()).toBeLessThan(544);
    expect((await open()).lines).toEqual([]);
  });

  it("tells at every start what in a page cannot be read, and loads all the rest", async () => {
    const { open, settings, write } = await folders();
    await writeFile(path.join(settings.pages, "bad.txt"), "<html>404</html>");
    await mkdir(path.join(settings.pages, "folder.txt"));
    for (let start = 0; start < 3; start++) {
      const { library, lines } = await open();
      expect(await library.index.size()).toBe(544 + start);
      expect(lines).toContainEqual(
        expect.stringMatching(/^warn bad\.txt:1: expected a saved Hugging Face Papers page/),
      );
      expect(lines).toContainEqual(
        expect.stringMatching(/^warn .*folder\.txt: expected a page that can be read, found EISDIR/),
      );
      await ingestFiles(library, [await write("more.jsonl", { title: `Wombats, part ${start}` })]);
    }
  });

  it("works where nothing can be written, and says so", async () => {
    const { settings } = await folders();
    const { log, lines } = collectingLog();
    const library = await openLibrary({ ...settings, state: "/dev/null/state" }, log);
    expect(await library.index.size()).toBe(544);
    expect(lines[0]).toMatch(/^warn The index could not be saved in \/dev\/null\/state/);
  });

  it("says once where the word vectors are missing, and answers by words", async () => {
    const { settings } = await folders();
    const { log, lines } = collectingLog();
    const library = await openLibrary({ ...settings, meaning: path.join(settings.state, "none") }, log);
    expect(lines.filter((line) => line.startsWith("warn"))).toEqual([
      expect.stringMatching(
        /^warn The word vectors in .*none cannot be read, so searches go by words alone: ENOENT/,
      ),
    ]);
    const found = await library.index.search(wordsQuery("curriculum learning"), { offset: 0, limit: 1 });
    expect(found.hits).toHaveLength(1);
  });

  it("counts what it knows", async () => {
    const { open } = await folders();
    expect(await (await open()).library.facts()).toMatchObject({
      papers: 544,
      dated: 43,
      withAuthors: 41,
      withNames: 0,
      withOrganisation: 2,
      withComments: 11,
      oldest: "2019-05-29",
      newest: "2026-03-09",
    });
  });
});

describe("taking in more papers", () => {
  const attention = {
    id: "1706.03762",
    title: "Attention Is All You Need",
    abstract: "The Transformer.",
    authors: ["Ashish Vaswani"],
  };

  it("makes them found at once and after a restart, without building the index again", async () => {
    const { open, write } = await folders();
    const { library } = await open();
    const file = await write("more.jsonl", attention, { title: "Unheard of wombats", abstract: "Wombats." });
    expect(await ingestFiles(library, [file])).toEqual({
      added: 2,
      improved: 0,
      unchanged: 0,
      unread: 0,
      partly: 0,
      problems: [],
    });
    expect(await firstTitle(library, "wombats")).toBe("Unheard of wombats");
    const again = await open();
    expect(again.lines).toEqual([]);
    expect(await again.library.index.size()).toBe(546);
    expect(await firstTitle(again.library, "vaswani")).toBe("Attention Is All You Need");
    expect((await again.library.facts()).updatedAt).toBeInstanceOf(Date);
  });

  it("hides no paper that another program took in meanwhile", async () => {
    const { open, write } = await folders();
    const [{ library: first }, { library: second }] = [await open(), await open()];
    await ingestFiles(second, [await write("second.jsonl", { title: "Wombats of the second program" })]);
    await ingestFiles(first, [await write("first.jsonl", { title: "Wombats of the first program" })]);
    expect(await (await open()).library.index.size()).toBe(546);
    expect((await open()).lines).toEqual([]);
  });

  it("changes nothing the second time, also where two files contradict each other", async () => {
    const { open, write } = await folders();
    const { library } = await open();
    const files = [
      await write("old.jsonl", { title: "wombats at scale", id: "2601.00001" }),
      await write("new.jsonl", { title: "Wombats at Scale", id: "2601.00001" }),
    ];
    await ingestFiles(library, files);
    expect(await ingestFiles(library, files)).toMatchObject({ added: 0, improved: 0, unchanged: 2 });
  });

  it("changes nothing the second time", async () => {
    const { open, write } = await folders();
    const { library } = await open();
    const file = await write("more.jsonl", attention);
    await ingestFiles(library, [file]);
    expect(await ingestFiles(library, [file])).toEqual({
      added: 0,
      improved: 0,
      unchanged: 1,
      unread: 0,
      partly: 0,
      problems: [],
    });
    expect(await ingestFiles((await open()).library, [file])).toMatchObject({ added: 0, unchanged: 1 });
  });

  it("gives a paper known by its title its arXiv id, in the same place", async () => {
    const { open, write } = await folders();
    const { library } = await open();
    const title = "Tiny language models";
    const file = await write("ids.jsonl", {
      id: "2507.14871",
      title,
      authors: ["Ronit Gross", "Yarden Tzach"],
    });
    expect(await ingestFiles(library, [file])).toMatchObject({ added: 0, improved: 1 });
    for (const one of [library, (await open()).library]) {
      expect(await one.index.size()).toBe(544);
      const { hits } = await one.index.search(wordsQuery(title), { offset: 0, limit: 1 });
      expect(hits[0]?.paper).toMatchObject({ id: "arxiv:2507.14871", title, date: "2025-07-20" });
    }
  });

  it("finds such a paper by its old id too, which buttons and digests still name", async () => {
    const { open, write } = await folders();
    const { library } = await open();
    const titles = (await allPapers(library)).map(({ title, id }) => ({
      title,
      old: id,
    }));
    const known = titles.map(({ title }, i) => ({ title, id: `2507.${String(10_000 + i)}` }));
    await ingestFiles(library, [await write("ids.jsonl", ...known)]);
    for (const { index } of [library, (await open()).library]) {
      for (const { title, old } of titles) expect((await index.get(old))?.title).toBe(title);
    }
  });

  it("answers all the while: a paper that gets its id is found once at every moment", async () => {
    const { open } = await folders();
    const { library } = await open();
    const papers = await allPapers(library);
    const listings = papers.map(({ title }, i) => ({
      title,
      arxivId: `2507.${String(10_000 + i)}` as ArxivId,
      listedOn: "x",
    }));
    const more = Array.from({ length: 300 }, (_, i) => ({ title: `Wombats, part ${i}`, listedOn: "x" }));
    const taking = library.take([...listings, ...more]).then(() => "done");
    let looks = 0;
    while ((await Promise.race([taking, setImmediate("not yet")])) !== "done") {
      const { title } = papers[looks++ % papers.length] ?? { title: "" };
      expect(await library.index.titled(title)).toHaveLength(1);
    }
    expect(looks).toBeGreaterThan(5);
    expect(await library.index.size()).toBe(844);
  });

  it("keeps count of votes, but neither repeats abstracts nor counts the same votes again", async () => {
    const { open, settings } = await folders();
    const { library } = await open();
    const votes = (count: number, day: number) => ({
      title: "Wombats",
      abstract: "All about wombats.",
      upvotes: { count, readAt: `2026-03-0${day}T00:00:00Z` },
      listedOn: "x",
    });
    await library.take([votes(5, 1)]);
    expect(await library.preview([votes(6, 2)])).toMatchObject({ improved: 1 });
    expect(await library.take([votes(5, 2)])).toMatchObject({ improved: 0, unchanged: 1 });
    expect(await library.take([votes(6, 3)])).toMatchObject({ improved: 1 });
    const lines = (await readFile(path.join(settings.state, "papers.jsonl"), "utf8")).trim().split("\n");
    expect(lines.map((line) => line.includes("abstract"))).toEqual([true, false]);
    const { hits } = await (
      await open()
    ).library.index.search(wordsQuery("wombats"), { offset: 0, limit: 1 });
    expect(hits[0]?.paper).toMatchObject({ abstract: "All about wombats.", upvotes: { count: 6 } });
  });

  it("sees what another program took in meanwhile, and both save the same index", async () => {
    const { open } = await folders();
    const [{ library: first }, { library: second }] = [await open(), await open()];
    const wombats = (part: number) => [{ title: `Wombats, part ${part}`, listedOn: "x" }];
    await Promise.all([first.take(wombats(1)), second.take(wombats(2)), first.take(wombats(3))]);
    await first.take([]);
    await second.take([]);
    expect([await first.index.size(), await second.index.size()]).toEqual([547, 547]);
    await first.save();
    const { library, lines } = await open();
    expect([await library.index.size(), lines]).toEqual([547, []]);
  });

  it("takes in saved pages too", async () => {
    const { open, settings } = await folders();
    const page = path.join(settings.pages, "003_1548ded74473aa95.txt");
    const copy = path.join(settings.pages, "..", "page.txt");
    await cp(page, copy);
    await rm(page);
    const { library } = await open();
    const before = await library.index.size();
    const report = await ingestFiles(library, [copy]);
    expect(await library.index.size()).toBe(544);
    expect(report).toMatchObject({ added: 544 - before, problems: [] });
  });

  it("takes in folders, with files of any form", async () => {
    const { open, settings } = await folders();
    const { library } = await open();
    const folder = path.join(settings.pages, "..", "more");
    await mkdir(path.join(folder, "deep"), { recursive: true });
    await writeFile(path.join(folder, "a.bib"), "@misc{a, title={Unheard of wombats}, year=2024}");
    await writeFile(path.join(folder, "deep", "b.jsonl"), JSON.stringify(attention));
    expect(await ingestFiles(library, [folder])).toEqual({
      added: 2,
      improved: 0,
      unchanged: 0,
      unread: 0,
      partly: 0,
      problems: [],
    });
    expect(await firstTitle(library, "wombats")).toBe("Unheard of wombats");
  });

  it("names file and line of what it cannot read, and loses nothing of the rest", async () => {
    const { open, write } = await folders();
    const { library } = await open();
    const file = await write(
      "more.jsonl",
      attention,
      '{"title": "cut',
      { abstract: "no title" },
      { title: "The last one" },
    );
    const report = await ingestFiles(library, [file, "/nowhere.jsonl"]);
    expect(report).toMatchObject({ added: 2 });
    expect(report.problems.map(({ file: name, line }) => [name, line])).toEqual([
      ["more.jsonl", 2],
      ["more.jsonl", 3],
      ["/nowhere.jsonl", undefined],
    ]);
  });
});
