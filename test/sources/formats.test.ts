import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { citePapers, joinEntries } from "../../src/citation/citations.ts";
import type { Format } from "../../src/citation/formats.ts";
import { FILE_ENDINGS } from "../../src/citation/formats.ts";
import { mergeListings } from "../../src/corpus/merging/catalogue.ts";
import type { Listing, Paper } from "../../src/corpus/paper.ts";
import { PUBLICATION_TEXTS } from "../../src/corpus/publication.ts";
import { readFileOf } from "./file-of.ts";

const text = (...lines: string[]): string => `${lines.join("\n")}\n`;

/** For each form references with all that the form can say and is read. */
const WHOLE: Readonly<Record<string, readonly [file: string, content: string]>> = {
  BibTeX: [
    "a.bib",
    "@article{a, title={One}, author={Alpha, Ann}, editor={Beta, Ben}, abstract={Of wombats.}, year=2019, month=mar, journal={J}, booktitle={B}, series={S}, eventtitle={E}, volume=1, number=2, pages={3--4}, edition={2}, publisher={P}, address={A}, doi={10.1000/1}, isbn={978-1-5108-6096-4}, issn={1570-8268}, language={english}, keywords={a, b}, url={https://a.org/1}, eprint={1706.03762}, archiveprefix={arXiv}, primaryclass={cs.CL}, version={2}, license={MIT}, code={https://a.org/c}, note={n}, howpublished={h}}\n@techreport{b, title={Two}, number=7, type={Technical report}}\n@article{c, title={Three}, journal={J}, issn={1570-8268}}",
  ],
  RIS: [
    "a.ris",
    text(
      "TY  - RPRT",
      "TI  - One",
      "AU  - Alpha, Ann",
      "A2  - Beta, Ben",
      "AB  - Of wombats.",
      "DA  - 2019/03/01",
      "T2  - J",
      "T3  - S",
      "VL  - 1",
      "IS  - 2",
      "SP  - 3",
      "EP  - 4",
      "ET  - 2",
      "PB  - P",
      "CY  - A",
      "DO  - 10.1000/1",
      "SN  - 978-1-5108-6096-4",
      "SN  - 1570-8268",
      "LA  - en",
      "KW  - a",
      "UR  - https://arxiv.org/abs/1706.03762",
      "M1  - 7",
      "M3  - Report",
      "ER  - ",
      "TY  - CONF",
      "TI  - Two",
      "T2  - E",
      "C3  - J",
      "N1  - arXiv:1706.03763 [cs.CL]",
      "ER  - ",
      "TY  - COMP",
      "TI  - Three",
      "ET  - 2.0",
      "ER  - ",
    ),
  ],
  "CSL-JSON": [
    "a.json",
    JSON.stringify([
      {
        type: "report",
        title: "One",
        author: [{ family: "Alpha" }],
        editor: [{ family: "Beta" }],
        abstract: "Of wombats.",
        issued: { "date-parts": [[2019, 3]] },
        "container-title": "J",
        "collection-title": "S",
        "event-title": "E",
        volume: 1,
        issue: 2,
        page: "3-4",
        number: "7",
        edition: 2,
        publisher: "P",
        "publisher-place": "A",
        genre: "G",
        DOI: "10.1000/1",
        ISBN: "1",
        ISSN: "2",
        version: "2",
        language: "en",
        custom: { license: "CC-BY-4.0", code: "https://a.org/c" },
        keyword: "a, b",
        URL: "https://arxiv.org/abs/1706.03762",
        note: "arXiv:1706.03762 [cs.CL]",
      },
    ]),
  ],
  "JSON, JSON Lines": [
    "a.jsonl",
    JSON.stringify({
      type: "report",
      title: "One",
      authors: [{ name: "Ann Alpha" }],
      editors: ["Ben Beta"],
      abstract: "Of wombats.",
      date: "2019-03",
      venue: "J",
      series: "S",
      event_title: "E",
      volume: "1",
      issue: "2",
      pages: "3-4",
      report_number: "7",
      edition: "2",
      publisher: "P",
      publisher_place: "A",
      genre: "G",
      doi: "10.1000/1",
      isbn: "1",
      issn: "2",
      version: "2",
      language: "en",
      license: "https://a.org/l",
      keywords: ["a"],
      url: "https://arxiv.org/abs/1706.03762",
      categories: "cs.CL",
      code: "https://a.org/c",
      "journal-ref": "J 1 (2019)",
    }),
  ],
  CSV: [
    "a.csv",
    text(
      "Item Type,Title,Author,Editor,Abstract,Date,Journal,Series,Conference name,Volume,Issue,Pages,Report number,Edition,Publisher,Place,Genre,Version,DOI,ISBN,ISSN,Language,Keywords,URL,Rights,Extra",
      'report,One,"Alpha, Ann","Beta, Ben",Of wombats.,2019-03,J,S,E,1,2,3-4,7,2,P,A,G,2,10.1000/1,1,2,en,a;b,https://arxiv.org/abs/1706.03762,CC BY 4.0,arXiv:1706.03762 [cs.CL]',
    ),
  ],
  PubMed: [
    "a.nbib",
    text(
      "PMID- 1",
      "TI  - One.",
      "FAU - Alpha, Ann",
      "FED - Beta, Ben",
      "AB  - Of wombats.",
      "DP  - 2019 Mar",
      "JT  - J",
      "CTI - S",
      "VI  - 1",
      "IP  - 2",
      "PG  - 3-4",
      "PB  - P",
      "PL  - A",
      "AID - 10.1000/1 [doi]",
      "ISBN- 1",
      "IS  - 2",
      "LA  - eng",
      "OT  - a",
      "LID - arXiv:1706.03762",
    ),
  ],
  "Web of Science": [
    "a.ciw",
    text(
      "FN Clarivate",
      "VR 1.0",
      "PT J",
      "TI One",
      "AF Alpha, Ann",
      "BE Beta, Ben",
      "AB Of wombats.",
      "PY 2019",
      "SO J",
      "SE S",
      "CT E",
      "VL 1",
      "IS 2",
      "BP 3",
      "EP 4",
      "AR 7",
      "AR arXiv:1706.03762",
      "PU P",
      "PI A",
      "DI 10.1000/1",
      "BN 1",
      "SN 1570-8268",
      "LA English",
      "DE a; b",
      "ER",
      "EF",
    ),
  ],
  "EndNote's XML": [
    "a.xml",
    text(
      '<?xml version="1.0"?><xml><records>',
      '<record><ref-type name="Report">27</ref-type><contributors><authors><author>Alpha, Ann</author></authors>',
      "<secondary-authors><author>Beta, Ben</author></secondary-authors></contributors><titles><title>One</title>",
      "<secondary-title>J</secondary-title><tertiary-title>S</tertiary-title></titles><abstract>Of wombats.</abstract>",
      "<dates><year>2019</year></dates><volume>1</volume><number>7</number><pages>3-4</pages><edition>2</edition>",
      "<publisher>P</publisher><pub-location>A</pub-location><work-type>G</work-type><language>en</language>",
      "<electronic-resource-num>10.1000/1</electronic-resource-num><isbn>1570-8268</isbn><notes>arXiv:1706.03762 [cs.CL]</notes>",
      "<keywords><keyword>a</keyword></keywords><urls><related-urls><url>https://a.org/1</url></related-urls></urls></record>",
      '<record><ref-type name="Journal Article">17</ref-type><titles><title>Two</title></titles><number>2</number>',
      "<isbn>978-1-5108-6096-4</isbn></record></records></xml>",
    ),
  ],
};

const FIELDS = [
  "title",
  "arxivId",
  "authors",
  "editors",
  "abstract",
  "date",
  ...PUBLICATION_TEXTS,
  "keywords",
  "urls",
] as const satisfies readonly (keyof Listing)[];

/** What `cite` writes of a paper in a format, read again. */
async function writtenAgain(paper: Paper, format: Format): Promise<Listing | undefined> {
  const style = { kind: "named", name: "apa" } as const;
  const { entries } = await citePapers([paper], { format, style, withAbstracts: true });
  const written = joinEntries(
    entries.map(({ entry }) => entry),
    format,
  );
  return (await readFileOf(`a.${FILE_ENDINGS[format]}`, written)).listings[0];
}

/** The formats in which papers go out again, each under the form in which it comes in. */
const OUT: Readonly<Record<string, readonly Format[]>> = {
  BibTeX: ["bibtex", "biblatex"],
  RIS: ["ris"],
  "CSL-JSON": ["csl-json"],
};

/** The fields that a form carries in, and out again of all that any form gave. */
async function carriedBy(form: string, all: readonly Listing[], known: ReadonlySet<string>) {
  const written = all
    .flatMap((one) => mergeListings([one]))
    .flatMap((paper) => (OUT[form] ?? []).map((format) => writtenAgain(paper, format)));
  const out = new Set((await Promise.all(written)).flatMap((listing) => Object.keys(listing ?? {})));
  return (field: string): string => {
    const ways = [...(known.has(field) ? ["in"] : []), ...(out.has(field) && form in OUT ? ["out"] : [])];
    return ways.length === 0 ? "–" : ways.join(", ");
  };
}

const cells = (row: readonly string[]): string => `| ${row.join(" | ")} |`;

describe("the table of forms and fields in docs/papers.md", () => {
  it("says of each field in which forms it comes in, and goes out again", async () => {
    const read = await Promise.all(
      Object.values(WHOLE).map(async ([name, content]) => (await readFileOf(name, content)).listings),
    );
    const carried = await Promise.all(
      Object.keys(WHOLE).map((form, i) =>
        carriedBy(form, read.flat(), new Set(read[i]?.flatMap((listing) => Object.keys(listing)))),
      ),
    );
    const rows = FIELDS.map((field) => cells([`\`${field}\``, ...carried.map((says) => says(field))]));
    const page = (await readFile(new URL("../../docs/papers.md", import.meta.url), "utf8")).replace(
      / +/g,
      " ",
    );
    const table = [cells(["field", ...Object.keys(WHOLE)]), ...rows];
    expect(table.filter((row) => !page.includes(row))).toEqual([]);
  });
});
