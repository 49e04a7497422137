import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFileOf } from "../file-of.ts";

/** Lines of a record, with the line ends of Windows where that is asked for. */
const ris = (...lines: string[]): string => `${lines.join("\n")}\n`;

describe("numbers of a series and of a book under one name", () => {
  it.each([
    [["0028-0836", "1476-4687"], { issn: "0028-0836" }],
    [["978-1-5108-6096-4"], { isbn: "978-1-5108-6096-4" }],
    [["1234-567X (Electronic) 978 3 16 148410 0 (Print)"], { issn: "1234-567X", isbn: "978 3 16 148410 0" }],
    [["15708268"], { issn: "15708268" }],
  ])("are told apart: %j", async (numbers, expected) => {
    const lines = numbers.map((number) => `SN  - ${number}\n`).join("");
    const { listings } = await readFileOf("a.ris", `TY  - JOUR\nTI  - One\n${lines}ER  - \n`);
    const { issn, isbn } = listings[0] ?? {};
    expect(JSON.parse(JSON.stringify({ issn, isbn }))).toEqual(expected);
  });
});

describe("a RIS file", () => {
  it("as Zotero writes it is read with all that a citation needs", async () => {
    const text = ris(
      "TY  - CONF",
      "TI  - Attention Is All You Need",
      "AU  - Vaswani, Ashish",
      "AU  - van der Berg, Jan, Jr.",
      "AU  - Google Research",
      "T2  - Advances in Neural Information Processing Systems",
      "A2  - Guyon, Isabelle",
      "AB  - The dominant models",
      "are complex.",
      "PY  - 2017",
      "DA  - 2017/06/12/",
      "VL  - 30",
      "IS  - 2",
      "SP  - 5998",
      "EP  - 6008",
      "PB  - Curran Associates",
      "CY  - Long Beach",
      "SN  - 978-1-5108-6096-4",
      "LA  - en",
      "DO  - 10.5555/3295222.3295349",
      "UR  - http://arxiv.org/abs/1706.03762",
      "L1  - files/12/attention.pdf",
      "KW  - Transformers",
      "KW  - Attention",
      "Z9  - 12",
      "ER  - ",
      "",
    );
    const { listings, problems, fields } = await readFileOf("zotero.ris", text);
    expect(problems).toEqual([]);
    expect(fields).toEqual(["Z9"]);
    expect(listings).toEqual([
      {
        title: "Attention Is All You Need",
        arxivId: "1706.03762",
        type: "paper-conference",
        abstract: "The dominant models are complex.",
        date: "2017-06-12",
        authors: {
          kind: "named",
          names: ["Ashish Vaswani", "Jan van der Berg Jr.", "Google Research"],
          parts: [
            { family: "Vaswani", given: "Ashish" },
            { family: "Berg", given: "Jan", particle: "van der", suffix: "Jr." },
            { literal: "Google Research" },
          ],
        },
        editors: {
          kind: "named",
          names: ["Isabelle Guyon"],
          parts: [{ family: "Guyon", given: "Isabelle" }],
        },
        containerTitle: "Advances in Neural Information Processing Systems",
        volume: "30",
        issue: "2",
        page: "5998–6008",
        publisher: "Curran Associates",
        publisherPlace: "Long Beach",
        isbn: "978-1-5108-6096-4",
        language: "en",
        doi: "10.5555/3295222.3295349",
        keywords: ["Transformers", "Attention"],
        urls: ["http://arxiv.org/abs/1706.03762", "https://doi.org/10.5555/3295222.3295349"],
        listedOn: "zotero.ris",
        readAt: expect.any(String),
      },
    ]);
  });

  it("of EndNote, Scopus or Web of Science may begin with words, a mark of its bytes, and end lines as Windows does", async () => {
    const text =
      "\uFEFFProvider: ACM Digital Library\r\nContent: text/plain; charset=utf-8\r\n\r\n" +
      "TY  - JOUR\r\nT1  - One\r\nA1  - Müller, A.; Doe, B.\r\nJO  - J. Web Sem.\r\nY1  - 2020/05//\r\nSN  - 1570-8268\r\nSP  - 1-9\r\nER  -\r\n" +
      "TY - JOUR\r\nTI - Two\r\nPY - 2020///\r\nER -\r\n";
    const { listings, problems } = await readFileOf("export.txt", text);
    expect(problems).toEqual([]);
    expect(listings).toMatchObject([
      {
        title: "One",
        date: "2020-05",
        containerTitle: "J. Web Sem.",
        issn: "1570-8268",
        page: "1-9",
        authors: { names: ["A. Müller", "B. Doe"] },
      },
      { title: "Two", date: "2020", type: "article-journal" },
    ]);
  });

  it.each([
    ["T2  - arXiv preprint arXiv:1706.03762", "1706.03762"],
    ["DO  - 10.48550/arXiv.1706.03762", "1706.03762"],
    ["N1  - arXiv:cs/0112017 [cs.CL]", "cs/0112017"],
    ["M1  - arXiv:1706.03762", "1706.03762"],
  ])("gives the arXiv identifier of “%s”", async (line, arxivId) => {
    const { listings } = await readFileOf("a.ris", ris("TY  - JOUR", "TI  - One", line, "ER  - "));
    expect(listings).toMatchObject([{ arxivId }]);
  });

  it("tells a record without its end, its beginning, a title or a year, by its line", async () => {
    const text = ris(
      "TY  - JOUR",
      "TI  - One",
      "TY  - JOUR",
      "TI  - Two",
      "PY  - in press",
      "DO  - unknown",
      "ER  - ",
      "TI  - Three",
      "ER  - ",
      "TY  - JOUR",
      "AU  - Doe, A.",
      "DO  - 10.1000/1",
      "ER  - ",
    );
    const { listings, problems } = await readFileOf("a.ris", text);
    expect(listings.map(({ title }) => title)).toEqual(["One", "Two", "Three"]);
    expect(problems).toEqual([
      "1: expected a record that ends with “ER”, found its end without it (kept)",
      "5: expected a date in “PY”, found “in press” (kept)",
      "3: expected a DOI, found “unknown” (kept)",
      "8: expected a record that begins with “TY”, found “TI Three” (kept)",
      "10: expected an entry with a title, found “10.1000/1”",
    ]);
  });

  it("in another encoding is read as Windows-1252, which is told with the line", async () => {
    const text = Buffer.from(
      ris("TY  - JOUR", "TI  - One", "AU  - M\xfcller, A.", "AU  - Doe, B.", "ER  - "),
      "latin1",
    );
    const { listings, problems } = await readFileOf("a.ris", text);
    expect(listings).toMatchObject([{ title: "One", authors: { names: ["A. Müller", "B. Doe"] } }]);
    expect(problems).toEqual([
      "3: expected text in UTF-8, found bytes that are not UTF-8 and were read as Windows-1252 (kept)",
    ]);
  });

  it("may be of any length in flat memory", async () => {
    const record = Buffer.from(ris("TY  - JOUR", "TI  - One", `AB  - ${"x".repeat(2000)}`, "ER  - "));
    const { readTaggedFile } = await import("../../../src/sources/tagged/read-tagged.ts");
    const format = (await import("../../../src/sources/tagged/ris.ts")).ris;
    let read = 0;
    const chunks = (function* () {
      // The first is asked for first: none of them waits for the last.
      for (let i = 0; i < 1000; i++) {
        expect(read).toBeGreaterThanOrEqual(i - 1);
        yield record;
      }
    })();
    for await (const item of readTaggedFile(chunks, "a.ris", format)) if (item.kind === "paper") read++;
    expect(read).toBe(1000);
  });
});

const title = fc.stringMatching(/^[A-Z][a-z]{3,12} [a-z]{3,12} [0-9]{1,5}$/);
const record = fc.record({
  title,
  year: fc.integer({ min: 1900, max: 2025 }),
  author: fc.stringMatching(/^[A-Z][a-z]{2,8}$/),
});
const linesOf = (one: { title: string; year: number; author: string }): string[] => [
  "TY  - JOUR",
  `AU  - ${one.author}, A.`,
  `TI  - ${one.title}`,
  `PY  - ${one.year}`,
  "ER  - ",
];

/** Ways in which a record comes to harm; each gives the lines that are left of it. */
const HARMS: Readonly<Record<string, (lines: string[], at: number) => (string | Uint8Array)[]>> = {
  "loses a line": (lines, at) => lines.toSpliced(at, 1),
  "is cut off": (lines, at) => lines.slice(0, at + 1),
  "loses its beginning": (lines, at) => lines.slice(at),
  "has a line twice": (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ""),
  "is re-ordered": (lines, at) => [...lines.slice(at), ...lines.slice(0, at)],
  "has a line of other bytes": (lines, at) =>
    lines.with(at, "AU  - ä").map((line) => Buffer.from(line, line.includes("ä") ? "latin1" : "utf8")),
};

describe("a RIS file of which one record comes to harm", () => {
  it("gives every other record whole", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(record, { minLength: 1, maxLength: 5, selector: ({ title: one }) => one }),
        fc.constantFrom(...Object.keys(HARMS)),
        fc.nat(4),
        fc.nat(),
        async (records, harm, at, which) => {
          const harmed = which % records.length;
          const lines = records.flatMap((one, i) =>
            i === harmed ? (HARMS[harm]?.(linesOf(one), at) ?? []) : linesOf(one),
          );
          const bytes = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from("\n")]));
          const { listings, problems } = await readFileOf("a.ris", bytes);
          const whole = records.filter((_, i) => i !== harmed);
          for (const one of whole)
            expect(listings).toContainEqual(
              expect.objectContaining({ title: one.title, date: String(one.year), type: "article-journal" }),
            );
          const arrived = listings.some(({ title: one }) => one === records[harmed]?.title);
          expect(arrived || problems.length > 0).toBe(true);
        },
      ),
    );
  });
});

describe("a RIS file of lines that go on and on", () => {
  it("is read in time that grows with its length: its text ends at a million characters", async () => {
    const { listings } = await readFileOf(
      "a.ris",
      `TY  - JOUR\nTI  - One\nAB  - ${"a\n".repeat(500_000)}ER  - \n`,
    );
    expect(listings).toMatchObject([{ title: "One", abstract: expect.stringMatching(/^a a a .*…$/) }]);
  });
});
