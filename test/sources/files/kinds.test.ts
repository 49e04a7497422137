import { writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createFilesSource } from "../../../src/sources/files/files-source.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { readFileOf } from "../file-of.ts";
import { collect, never } from "../kit.ts";

const clock = createTestClock("2026-03-06T12:00:00Z");
const lines = '{"title": "One"}\n{"title": "Two"}\n';

describe("a packed file", () => {
  it("is read as what was packed, by its beginning or its name without .gz", async () => {
    const files: [string, string][] = [
      ["a.jsonl.gz", lines],
      ["b.bib.gz", "% mine\n@misc{a, title={One}}\n@misc{b, title={Two}}"],
      ["c.ris.gz", "TY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nTI  - Two\nER  - \n"],
      ["d", JSON.stringify([{ title: "One" }, { title: "Two" }])],
    ];
    for (const [name, content] of files) {
      const { listings, problems } = await readFileOf(name, gzipSync(content));
      expect([listings.map(({ title }) => title), problems]).toEqual([["One", "Two"], []]);
    }
  });

  it("that is cut off or damaged is told, and what came before is read", async () => {
    const many = Array.from({ length: 5000 }, (_, i) => `{"title": "Paper ${i} ${Math.sin(i)}"}\n`).join("");
    const packed = gzipSync(many);
    const cut = await readFileOf("a.jsonl.gz", packed.subarray(0, packed.length / 2));
    expect(cut.listings.length).toBeGreaterThan(500);
    expect(cut.problems.at(-1)).toMatch(/expected a whole gzip file, found .*; what came before was read/);
    const damaged = await readFileOf("a.jsonl.gz", packed.fill(0, packed.length - 500, packed.length - 100));
    expect(damaged.problems.at(-1)).toMatch(/expected a whole gzip file/);
  });

  it("that is a bomb ends with words", async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, '{"a"'));
    const { listings, problems } = await readFileOf("a.jsonl.gz", bomb);
    expect(listings).toEqual([]);
    expect(problems).toEqual([
      "-: expected a whole gzip file, found one that grows more than 200 times as large; the rest is left out",
    ]);
  });
});

describe("a file that is no list of papers", () => {
  it.each([
    ["a.pdf", "%PDF-1.7\n…", /a PDF: take the paper in by its id or DOI/],
    ["a.zip", "PK\u0003\u0004\u0014\0", /a ZIP archive: unpack it/],
    ["a.docx", "PK\u0003\u0004\u0014\0[Content_Types].xml", /a Word document: export/],
    ["a.xlsx", "PK\u0003\u0004\u0014\0", /an Excel sheet: save it as CSV/],
    ["a.epub", "PK\u0003\u0004\u0014\0mimetypeapplication/epub+zip", /an e-book/],
    ["a.enl", "\0\u0001\0", /an EndNote library: export the library from there as RIS, BibTeX or CSL-JSON/],
    ["zotero.sqlite", "SQLite format 3\0", /an SQLite database, such as Zotero's: export the library/],
    ["a.png", Buffer.from("\x89PNG\r\n", "latin1"), /an image/],
    ["unnamed", "%PDF-1.4", /a PDF/],
    ["a.rtf", "{\\rtf1", /a text in RTF/],
    ["a.xml", '<?xml version="1.0"?><opml version="2.0"><body/></opml>', /a list of feeds \(OPML\)/],
    [
      "a.xml",
      '<?xml version="1.0"?><playlist><track/></playlist>',
      /XML of another kind, <playlist>: export/,
    ],
    ["a", '<?xml version="1.0"?><!-- x --><OAI-PMH xmlns="y">', /XML of another kind, <OAI-PMH>/],
    ["a.xml", "<article><front/></article>", /an article in JATS: take the paper in by its id or DOI/],
    ["a.xml", '<?xml version="1.0"?><collection xmlns="http://www.loc.gov/MARC21/slim">', /a list in MARC/],
    ["a", '<svg xmlns="http://www.w3.org/2000/svg"/>', /an image/],
    [
      "a.xml",
      '<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "x">\n<PubmedArticleSet>',
      /PubMed's XML/,
    ],
    ["a.xml", '<?xml version="1.0"?><modsCollection xmlns="x">', /a list in MODS/],
  ])("is refused by its own kind: %s", async (name, content, found) => {
    const { listings, problems } = await readFileOf(name, content);
    expect(listings).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(found)]);
  });

  it.each(["a.jsonl", "a.ris", "a.txt", "a"])("is no error where it is empty: %s", async (name) => {
    expect(await readFileOf(name, "\n")).toEqual({ listings: [], problems: [], fields: [] });
  });

  it("is passed over in a folder, and counted by its kind", async () => {
    const folder = await temporaryFolder();
    for (const name of ["a.jsonl", "b.pdf", "c.pdf", "d.xlsx", "notes.md"])
      await writeFile(path.join(folder, name), name === "a.jsonl" ? lines : "%PDF");
    const found = [];
    for await (const item of createFilesSource([folder], clock).read({ signal: never() }))
      if (item.kind === "list" && item.file?.passed !== undefined) found.push([...item.file.passed]);
    expect(found).toEqual([
      [
        [expect.stringContaining("a PDF: "), 2],
        ["an Excel sheet: save it as CSV", 1],
        ["any other file", 1],
      ],
    ]);
  });
});

describe("standard input", () => {
  it("is read as a file is", async () => {
    const input = (async function* () {
      yield gzipSync(lines);
    })();
    const { papers, lists } = await collect(
      createFilesSource(["-"], clock, { input }).read({ signal: never() }),
    );
    expect(papers.map(({ listing }) => [listing.title, listing.listedOn])).toEqual([
      ["One", "standard input"],
      ["Two", "standard input"],
    ]);
    expect(lists).toEqual(["standard input read"]);
  });
});
