import fc from "fast-check";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readAnthologyXml } from "../../../src/sources/anthology/read-anthology.ts";
import { readDblpXml } from "../../../src/sources/dblp/read-dblp.ts";
import type { FileItem } from "../../../src/sources/files/file-item.ts";
import { readPapersFile } from "../../../src/sources/files/read-file.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { anthologyXml, dblpXml, oldAnthologyXml } from "../recorded-xml.ts";

type Reader = typeof readDblpXml;
const chunksOf = (text: string, size = 1_000_000): Buffer[] => {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_none, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
};

async function read(reader: Reader, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  const papers: Extract<FileItem, { kind: "paper" }>[] = [];
  const problems: string[] = [];
  for await (const item of reader(chunks, "f.xml")) {
    if (item.kind === "paper") papers.push(item);
    if (item.kind === "problem") {
      const { line, expected, found } = item.problem;
      problems.push(`${line ?? ""}: expected ${expected}, found ${found}`);
    }
  }
  return { papers, problems };
}

describe("DBLP's dump", () => {
  it("is read record by record, with letters that its document type names", async () => {
    const { papers, problems } = await read(readDblpXml, chunksOf(dblpXml));
    expect(problems).toEqual([]);
    expect(papers.map(({ listing, line }) => [line, listing.title])).toEqual([
      [5, "Multi-CLS BERT: An Efficient Alternative to n2 Ensembling & more"],
      [18, "Attention Is All You Need"],
      [26, "Jim Gray, astronomer"],
      [29, "Is it so?"],
    ]);
    const [chapter, preprint, withdrawn, thesis] = papers.map(({ listing }) => listing);
    expect(chapter).toMatchObject({
      authors: { kind: "named", names: ["Haw-Shiuan Chang", "Wei Wang", "José García"] },
      date: "2023",
      type: "paper-conference",
      containerTitle: "ACL (1)",
      page: "821–854",
      doi: "10.18653/v1/2023.acl-long.48",
      urls: ["https://aclanthology.org/2023.acl-long.48", "https://doi.org/10.18653/v1/2023.acl-long.48"],
      listedOn: "f.xml",
    });
    expect(preprint).toMatchObject({ arxivId: "1706.03762", type: "article" });
    expect(preprint).not.toHaveProperty("volume");
    expect(preprint).not.toHaveProperty("containerTitle");
    expect(withdrawn).toMatchObject({
      status: { kind: "withdrawn", words: "DBLP lists it as withdrawn" },
      containerTitle: "Commun. ACM",
      issue: "11",
      urls: ["https://dblp.org/rec/journals/cacm/Szalay08"],
    });
    expect(thesis).toMatchObject({ type: "thesis", genre: "PhD thesis", publisher: "MIT" });
  });
});

describe("a file of the ACL Anthology", () => {
  it("is read paper by paper, with what its volume says", async () => {
    const { papers, problems } = await read(readAnthologyXml, chunksOf(anthologyXml));
    expect(problems).toEqual([]);
    expect(papers[0]).toMatchObject({
      line: 15,
      listing: {
        title: "One Cannot Stand for Everyone: BERT in O(n²)",
        abstract: "We study everyone & no one.",
        authors: {
          names: ["Yajiao Liu", "Jan van der Berg", "Madonna"],
          parts: [
            { family: "Liu", given: "Yajiao" },
            { family: "Berg", given: "Jan", particle: "van der" },
            { family: "Madonna" },
          ],
        },
        editors: { names: ["Anna Rogers"] },
        date: "2023-07",
        type: "paper-conference",
        containerTitle: "Proceedings of the 61st Annual Meeting of the ACL",
        publisher: "Association for Computational Linguistics",
        publisherPlace: "Toronto, Canada",
        page: "1–21",
        doi: "10.18653/v1/2023.acl-long.1",
        code: "https://github.com/example/one",
      },
    });
    expect(papers[0]?.listing.urls).toContain("https://aclanthology.org/2023.acl-long.1/");
    expect(papers[1]?.listing).toMatchObject({
      title: "Taken Back",
      urls: ["https://aclanthology.org/2023.acl-long.2/"],
      status: { kind: "retracted", words: "Retracted 2023-09-01: Errors in the data." },
    });
    expect(papers).toHaveLength(2);
  });

  it.each([
    ["P19", "1", "P19-1007"],
    ["W19", "2", "W19-0207"],
    ["D19", "6", "D19-0607"],
  ])("of before 2020 names papers in its old way: volume %s-%s, %s", async (collection, volume, id) => {
    const { papers } = await read(readAnthologyXml, chunksOf(oldAnthologyXml(collection, volume)));
    expect(papers[0]?.listing.urls).toEqual([`https://aclanthology.org/${id}/`]);
  });

  it("of a journal has articles", async () => {
    const meta =
      "<journal-title>Computational Linguistics</journal-title><journal-volume>45</journal-volume>";
    const { papers } = await read(readAnthologyXml, chunksOf(oldAnthologyXml("J19", "1", meta)));
    expect(papers[0]?.listing).toMatchObject({
      type: "article-journal",
      containerTitle: "Computational Linguistics",
      volume: "45",
    });
  });
});

const FILES = [
  ["DBLP's dump", readDblpXml, dblpXml],
  ["a file of the Anthology", readAnthologyXml, anthologyXml],
] as const;

describe.each(FILES)("%s", (_name, reader, text) => {
  it("gives the same however its bytes are cut", async () => {
    const whole = await read(reader, chunksOf(text));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (size) => {
        expect(await read(reader, chunksOf(text, size))).toEqual(whole);
      }),
    );
  });

  it("that is cut off gives what comes before, and tells it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.trimEnd().length - 1 }), async (length) => {
        const { problems } = await read(reader, chunksOf(text.slice(0, length)));
        expect(problems.length).toBeGreaterThan(0);
      }),
    );
  });

  it("when damaged is never thrown about", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length),
        fc.nat(30),
        fc.oneof(
          fc.string(),
          fc.constantFrom("<", "</x>", "&", "]]>", "<!--", "<![CDATA[", "<meta>", "\u0000"),
        ),
        async (at, length, put) => {
          const damaged = text.slice(0, at) + put + text.slice(at + length);
          const { papers } = await read(reader, chunksOf(damaged));
          for (const { listing } of papers) expect(listing.title).not.toBe("");
        },
      ),
    );
  });

  it("with bytes of another encoding is read up to these", async () => {
    const latin = Buffer.from(
      text.replace("ISO-8859-1", "UTF-8").replace("everyone", "\u00e9t\u00e9").replace("MIT", "\u00e9"),
      "latin1",
    );
    const { problems } = await read(reader, [latin]);
    expect(problems).toEqual([": expected text in UTF-8 to its end, found bytes that are not UTF-8"]);
  });
});

describe("hostile XML", () => {
  const record = "<article key='a'><title>T</title><year>2020</year></article>";
  async function* endless(head: string, piece: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(head);
    for (;;) yield Buffer.from(piece.repeat(1000));
  }

  it.each([
    ["elements in each other", "<dblp>", "<b>", /more than 200 deep/],
    ["a tag without an end", "<dblp><article", " ".repeat(100), /letters without an element/],
    ["a comment without an end", "<dblp><!--", "x".repeat(100), /letters without an element/],
    ["another root", "<html>", "<p></p>", /XML, found <html>/],
  ])("of %s is left before long", async (_what, head, piece, said) => {
    const { papers, problems } = await read(readDblpXml, endless(head, piece));
    expect([papers, problems.length]).toEqual([[], 1]);
    expect(problems[0]).toMatch(said);
  });

  it("fetches nothing, and grows no entity", async () => {
    const bomb = `<!DOCTYPE dblp [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><dblp><article key='a'><title>&b;&x;</title></article></dblp>`;
    const { papers } = await read(readDblpXml, chunksOf(bomb));
    expect(papers.map(({ listing }) => listing.title)).toEqual(["&b;&x;"]);
  });

  it("of a record that is too long loses that record alone", async () => {
    const long = `<article key='b'><title>${"x".repeat(2_000_000)}</title></article>`;
    const { papers, problems } = await read(
      readDblpXml,
      chunksOf(`<dblp>${record}\n${long}\n${record}</dblp>`),
    );
    expect(papers).toHaveLength(2);
    expect(problems).toEqual([expect.stringMatching(/^2: expected a record of at most 1048576 letters/)]);
  });

  it("of very many records is read to its end", async () => {
    let count = 0;
    async function* many(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("<dblp>");
      for (let n = 0; n < 400; n++) yield Buffer.from(record.repeat(100));
      yield Buffer.from("</dblp>");
    }
    for await (const item of readDblpXml(many(), "f.xml")) if (item.kind === "paper") count++;
    expect(count).toBe(40_000);
  });
});

describe("a file", () => {
  const readFile = async (name: string, text: string) => {
    const file = path.join(await temporaryFolder(), name);
    await writeFile(file, text);
    const { papers, problems } = await read(() => readPapersFile(file), []);
    return [papers.length, problems];
  };

  it.each([
    ["dblp.xml", dblpXml, 4],
    ["part-of-dblp", dblpXml.slice(dblpXml.indexOf("<dblp>")), 4],
    ["2023.acl.xml", anthologyXml, 2],
    ["collection.txt", anthologyXml, 2],
  ])("is known by its beginning: %s", async (name, text, papers) => {
    expect(await readFile(name, text)).toEqual([papers, []]);
  });

  it("of other XML is told by its own name", async () => {
    expect(await readFile("other.xml", "<?xml version='1.0'?><records><record/></records>")).toEqual([
      0,
      [
        ": expected a list of papers, found XML of another kind, <records>: export the references as RIS, BibTeX or CSL-JSON",
      ],
    ]);
  });
});
