import { mkdir, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createFilesSource } from "../../../src/sources/files/files-source.ts";
import { readPapersFile } from "../../../src/sources/files/read-file.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import { dailyPage } from "../../fakes/sources/hugging-face-items.ts";
import { createWorld } from "../../fakes/sources/world.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { collect, never } from "../kit.ts";
import { snapshotLine } from "../recorded.ts";

const clock = createTestClock("2026-03-06T12:00:00Z");

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(await temporaryFolder(), name);
  await writeFile(file, content);
  return file;
}

const readAt = clock.now().toISOString();

async function readFileOf(name: string, content: string | Uint8Array) {
  const file = await fileOf(name, content);
  const listings = [];
  const problems: string[] = [];
  for await (const item of readPapersFile(file, clock)) {
    if (item.kind === "paper") listings.push(item.listing);
    else if (item.kind === "problem")
      problems.push(
        `${item.problem.line ?? "-"}: expected ${item.problem.expected}, found ${item.problem.found}`,
      );
  }
  return { listings, problems };
}

describe("a file of papers", () => {
  it("may be arXiv's metadata snapshot", async () => {
    expect(
      await readFileOf("arxiv-metadata-oai-snapshot.json", `${JSON.stringify(snapshotLine)}\n`),
    ).toMatchObject({
      listings: [
        {
          doi: "10.1103/physrevd.76.013009",
          arxivClass: "hep-ph",
          title: "Calculation of prompt diphoton production cross sections at Tevatron and LHC energies",
          arxivId: "0704.0001",
          abstract: "A fully differential calculation in perturbative quantum chromodynamics is presented.",
          date: "2007-04-02",
          authors: {
            kind: "named",
            names: ["C. Balázs", "E. L. Berger", "P. M. Nadolsky", "C. -P. Yuan"],
            parts: [{ given: "C.", family: "Balázs" }, {}, {}, {}],
          },
          urls: ["https://doi.org/10.1103/PhysRevD.76.013009"],
          listedOn: "arxiv-metadata-oai-snapshot.json",
          sourceKind: "arxiv",
          readAt,
        },
      ],
      problems: [],
    });
  });

  it("may be the snapshot without parsed names", async () => {
    const { authors_parsed: _none, ...line } = snapshotLine;
    const { listings } = await readFileOf("snapshot.jsonl", JSON.stringify(line));
    expect(listings[0]?.authors).toEqual({
      kind: "named",
      names: ["C. Balázs", "E. L. Berger", "P. M. Nadolsky", "C.-P. Yuan"],
    });
  });

  it("may be BibTeX, by its name or by its beginning", async () => {
    const text = "% a comment\n@article{a, title = {One}, year = 2024}";
    expect((await readFileOf("papers.bib", text)).listings).toEqual([
      { title: "One", type: "article-journal", date: "2024", listedOn: "papers.bib", readAt },
    ]);
    expect((await readFileOf("papers.txt", text.slice(12))).listings).toHaveLength(1);
  });

  it("may be a page saved as HTML; its votes are of the hour it was saved", async () => {
    const file = await fileOf("page.html", dailyPage(createWorld().slice(0, 2), "2026-03-03"));
    const saved = new Date("2026-03-03T09:00:00Z");
    await utimes(file, saved, saved);
    const items = [];
    for await (const item of readPapersFile(file, clock)) items.push(item);
    expect(items).toMatchObject([
      { listing: { listedOn: "page.html", upvotes: { readAt: saved.toISOString() } } },
      { listing: { arxivId: "2603.00002" } },
    ]);
  });

  it("may begin with a piece of a line, or without a page's head: then its name says what it is", async () => {
    const cut = await readFileOf("part.jsonl", 'odel", "id": 1}\n{"title": "Whole"}\n');
    expect(cut).toEqual({
      listings: [{ title: "Whole", listedOn: "part.jsonl", readAt }],
      problems: ['1: expected one JSON object (is the line cut off?), found “odel", "id": 1}”'],
    });
    const page = dailyPage(createWorld().slice(0, 2), "2026-03-03");
    const list = page.slice(page.indexOf("<div"));
    expect((await readFileOf("part.html", list)).listings).toHaveLength(2);
    expect((await readFileOf("part.bib", "Some notes.\n\n@misc{a, title={A}}")).listings).toHaveLength(1);
  });

  it("may be in UTF-16, or in what it declares", async () => {
    const line = '{"title": "Schrödinger"}\n';
    const page =
      '<html><meta charset="iso-8859-1"><article><h3><a href="/papers/2603.00001">Schrödinger</a></h3></article></html>';
    const utf16 = await readFileOf("a.jsonl", Buffer.from(`\uFEFF${line}`, "utf16le"));
    const latin1 = await readFileOf("a.html", Buffer.from(page, "latin1"));
    expect([...utf16.listings, ...latin1.listings].map(({ title }) => title)).toEqual([
      "Schrödinger",
      "Schrödinger",
    ]);
  });

  it("of another encoding is read as Windows-1252, which is told with the line", async () => {
    const bytes = Buffer.from('{"title": "Schr\xf6dinger"}\n{"title": "Next"}\n', "latin1");
    expect(await readFileOf("a.jsonl", bytes)).toEqual({
      listings: [
        { title: "Schrödinger", listedOn: "a.jsonl", readAt },
        { title: "Next", listedOn: "a.jsonl", readAt },
      ],
      problems: ["1: expected text in UTF-8, found bytes that are not UTF-8 and were read as Windows-1252"],
    });
    const bib = await readFileOf("a.bib", Buffer.from("@misc{a, title={Schr\xf6dinger}}", "latin1"));
    expect(bib).toEqual({
      listings: [{ title: "Schrödinger", type: "document", listedOn: "a.bib", readAt }],
      problems: ["1: expected text in UTF-8, found bytes that are not UTF-8 and were read as Windows-1252"],
    });
  });

  it("keeps papers whose date lies in the future, without the date", async () => {
    const lines = ["2026-03-07", "2026-03-08", "2062", "2026"].map((date, i) =>
      JSON.stringify({ title: `P${i}`, date }),
    );
    const { listings, problems } = await readFileOf("a.jsonl", lines.join("\n"));
    expect(listings.map(({ date }) => date)).toEqual(["2026-03-07", undefined, undefined, "2026"]);
    expect(problems).toEqual([
      "2: expected a date of “P1” that is not in the future, found 2026-03-08",
      "3: expected a date of “P2” that is not in the future, found 2062",
    ]);
  });

  it("keeps the beginning of an abstract that is none by its length", async () => {
    const abstract = "😀".repeat(50_000);
    const { listings } = await readFileOf("long.jsonl", JSON.stringify({ title: "Long", abstract }));
    expect(listings[0]?.abstract).toBe(`${"😀".repeat(9_999)}…`);
  });

  it("was read when it was written, so that of two files the one written later goes on being it", async () => {
    const file = await fileOf("a.jsonl", '{"title": "A"}');
    const written = new Date("2026-03-03T09:00:00Z");
    await utimes(file, written, written);
    const items = [];
    for await (const item of readPapersFile(file, clock)) items.push(item);
    expect(items).toMatchObject([{ listing: { readAt: written.toISOString() } }]);
  });

  it("that was saved in the future has the votes of now: others would never replace them", async () => {
    const file = await fileOf("page.html", dailyPage(createWorld().slice(0, 1), "2026-03-03"));
    const saved = new Date("2062-03-03T09:00:00Z");
    await utimes(file, saved, saved);
    const line = '{"title": "P", "upvotes": {"count": 7, "readAt": "2062-03-03T09:00:00Z"}}';
    const [item] = (await readFileOf("a.jsonl", line)).listings;
    const items = [];
    for await (const one of readPapersFile(file, clock)) items.push(one);
    expect(item?.upvotes).toEqual({ count: 7, readAt: clock.now().toISOString() });
    expect(items).toMatchObject([{ listing: { upvotes: { readAt: clock.now().toISOString() } } }]);
  });

  it("that is too large to be a page is told, without being read", async () => {
    const file = await fileOf("huge.html", "<html>");
    await truncate(file, 3 * 1024 ** 3);
    const items = [];
    for await (const item of readPapersFile(file)) items.push(item);
    expect(items).toMatchObject([{ kind: "problem", problem: { found: "3221225472 bytes" } }]);
  });
});

describe("what is no file", () => {
  it.each([
    ["/dev/zero", "a device or pipe"],
    ["/dev", "a folder"],
  ])("is told and not read: %s is %s", async (place, found) => {
    const items = [];
    for await (const item of readPapersFile(place)) items.push(item);
    expect(items).toMatchObject([{ problem: { expected: "a file", found } }]);
  });
});

describe("the source of files", () => {
  it("reads files and folders with their folders, by name, and tells what it cannot read", async () => {
    const root = await temporaryFolder();
    await mkdir(path.join(root, "in", "deep"), { recursive: true });
    await writeFile(path.join(root, "in", "b.jsonl"), '{"title": "B"}');
    await writeFile(path.join(root, "in", "a.bib"), "@misc{a, title={A}}");
    await writeFile(path.join(root, "in", "deep", "c.jsonl"), '{"title": "C"}\n{"title": "cut');
    await writeFile(path.join(root, "in", "notes.pdf"), "%PDF");
    await writeFile(path.join(root, "in", "empty.jsonl"), "");
    await symlink("/etc/passwd", path.join(root, "in", "link.txt"));
    await writeFile(path.join(root, "anything"), '{"title": "D"}');
    const source = createFilesSource(
      [path.join(root, "in"), path.join(root, "anything"), path.join(root, "none")],
      clock,
    );
    const { papers, problems, lists } = await collect(source.read({ signal: never() }));
    expect(papers.map(({ listing }) => listing.title)).toEqual(["A", "B", "C", "D"]);
    expect(papers[0]?.from).toEqual({ source: "Files", list: "a.bib", readAt: "2026-03-06T12:00:00.000Z" });
    expect(lists).toEqual([
      "a.bib read",
      "b.jsonl read",
      "c.jsonl read",
      "empty.jsonl empty",
      "in empty",
      "anything read",
    ]);
    expect(problems).toEqual([
      'expected one JSON object (is the line cut off?), found “{"title": "cut”',
      expect.stringContaining("expected a file or folder that can be read, found ENOENT"),
    ]);
  });

  it("stops when it is told to", async () => {
    const file = await fileOf("a.jsonl", '{"title": "A"}\n{"title": "B"}\n');
    const stop = new AbortController();
    const read = async () => {
      for await (const item of createFilesSource([file], clock).read({ signal: stop.signal })) {
        if (item.kind === "paper") stop.abort(new Error("enough"));
      }
    };
    await expect(read()).rejects.toThrow("enough");
  });
});
