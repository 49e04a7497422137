import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readColumnMap } from "../../../src/sources/csv/columns.ts";
import { readCsv } from "../../../src/sources/csv/read-csv.ts";
import { readFileOf } from "../file-of.ts";

describe("a table of papers", () => {
  it("as Zotero exports it is read by the names of its columns", async () => {
    const text =
      '\uFEFF"Key","Item Type","Publication Year","Author","Title","Publication Title","ISSN","DOI","Url","Abstract Note","Date","Date Added","Pages","Issue","Volume","Manual Tags","Extra","Rating"\r\n' +
      '"ABCD","journalArticle","2017","Vaswani, Ashish; van der Berg, Jan","Attention, ""all"" you need","Journal of Wombats","1234-5678","10.1000/ABC","http://arxiv.org/abs/1706.03762","First line\nsecond line","2017-06-12","2020-01-01","1-9","2","30","a; b","arXiv:1706.03762 [cs]","5"\r\n';
    const { listings, problems, fields } = await readFileOf("zotero.csv", text);
    expect([problems, fields]).toEqual([[], ["Rating"]]);
    expect(listings).toEqual([
      {
        title: 'Attention, "all" you need',
        arxivId: "1706.03762",
        arxivClass: "cs",
        type: "article-journal",
        abstract: "First line second line",
        date: "2017-06-12",
        authors: {
          kind: "named",
          names: ["Ashish Vaswani", "Jan van der Berg"],
          parts: [
            { family: "Vaswani", given: "Ashish" },
            { family: "Berg", given: "Jan", particle: "van der" },
          ],
        },
        containerTitle: "Journal of Wombats",
        volume: "30",
        issue: "2",
        page: "1–9",
        issn: "1234-5678",
        doi: "10.1000/abc",
        keywords: ["a", "b"],
        urls: ["http://arxiv.org/abs/1706.03762", "https://doi.org/10.1000/ABC"],
        listedOn: "zotero.csv",
        readAt: expect.any(String),
      },
    ]);
  });

  it("as Scopus exports it has names with numbers, and pages in two columns", async () => {
    const text =
      'Authors,"Author full names","Author(s) ID",Title,Year,"Source title",Volume,Issue,"Art. No.","Page start","Page end","Cited by",DOI,Link,Abstract,"Author Keywords","Document Type"\n' +
      '"Vaswani A.; Shazeer N.","Vaswani, Ashish (57201); Shazeer, Noam (57202)","57201; 57202",Attention,2017,NeurIPS,30,,,"5998","6008",9,10.1000/1,https://www.scopus.com/1,Of wombats.,a; b,"Conference paper"\n';
    const { listings, problems, fields } = await readFileOf("scopus.csv", text);
    expect([problems, fields]).toEqual([[], []]);
    expect(listings).toMatchObject([
      {
        title: "Attention",
        type: "paper-conference",
        authors: { names: ["Ashish Vaswani", "Noam Shazeer"] },
        page: "5998–6008",
        date: "2017",
        containerTitle: "NeurIPS",
      },
    ]);
  });

  it.each([
    ["a.csv", "Title;Authors;Year\nOne;Ann Alpha, Ben Beta;2019\n"],
    ["a.tsv", "title\tauthors\tyear\nOne\tAnn Alpha and Ben Beta\t2019\n"],
    ["a.txt", "Year,Paper Title,Author\n2019,One,Ann Alpha & Ben Beta\n"],
  ])("may have semicolons or tabs, and any name: %s", async (name, text) => {
    const { listings } = await readFileOf(name, text);
    expect(listings).toMatchObject([
      { title: "One", date: "2019", authors: { names: ["Ann Alpha", "Ben Beta"] } },
    ]);
  });

  it("says which column has no meaning, and takes the meaning that it is told", async () => {
    const text = "Nome,Anno\nOne,2019\n";
    expect((await readFileOf("a.csv", text)).problems).toEqual([
      expect.stringMatching(
        /^1: expected a first row with the names of the columns.*--map "title=Name", found “Nome, Anno”$/,
      ),
    ]);
    const items = [];
    const columns = readColumnMap("title=Nome, year=Anno");
    for await (const item of readCsv([Buffer.from(text)], "a.csv", { delimiter: ",", columns }))
      items.push(item);
    expect(items).toMatchObject([{ listing: { title: "One", date: "2019" } }]);
    expect(() => readColumnMap("titel=Nome")).toThrow(
      /--map has “titel=Nome”; .* They can mean title, authors/,
    );
  });

  it("tells a row without a title, and a quote that is never closed, by its line, and reads all others", async () => {
    const text = 'Title,Year\nOne,2019\n"Two,2019\n,2019\nThree "quoted",2019\n"Four" more,2019\n';
    const { listings, problems } = await readFileOf("a.csv", text);
    expect(listings.map(({ title }) => title)).toEqual(["One", 'Three "quoted"', "Four more"]);
    expect(problems).toEqual([
      '3: expected a closing quotation mark, found “"Two,2019”',
      "4: expected a row with a title, found “2019”",
    ]);
  });
});

const cell = fc.string().map((text) => text.replace(/[\r\0]/g, ""));
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe("a table of which one row comes to harm", () => {
  it("gives every other row", async () => {
    const rows = fc.array(cell, { minLength: 1, maxLength: 6 });
    const harm = fc.constantFrom<(row: string) => string>(
      (row) => row.slice(0, -1),
      (row) => row.slice(1),
      (row) => row.slice(0, row.length / 2),
      (row) => `${row},${row}`,
      (row) => `"${row}`,
      (row) => `${row}"`,
    );
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(), harm, async (abstracts, which, damage) => {
        const harmed = which % abstracts.length;
        const written = abstracts.map((abstract, i) => {
          // Of a text over several lines nobody knows which quote was lost.
          const row = `${quoted(`Paper ${i}`)},${quoted(abstract.replaceAll("\n", " ").replaceAll('"', "'"))}`;
          return i === harmed ? damage(row) : row;
        });
        const found: string[] = [];
        const bytes = Buffer.from(`title,abstract\n${written.join("\n")}\n`);
        for await (const item of readCsv([bytes], "a.csv", { delimiter: "," }))
          if (item.kind === "paper") found.push(item.listing.title);
        expect(found).toEqual(
          expect.arrayContaining(abstracts.flatMap((_, i) => (i === harmed ? [] : [`Paper ${i}`]))),
        );
      }),
    );
  });
});
