import { describe, expect, it } from "vitest";
import type { NameParts } from "../../src/corpus/names/person-name.ts";
import { readFileOf } from "./file-of.ts";

const namesOf = async (file: string, content: string): Promise<readonly NameParts[] | undefined> => {
  const { authors } = (await readFileOf(file, content)).listings[0] ?? {};
  return authors?.kind === "named" ? authors.parts : undefined;
};

describe("names as people write them in BibTeX", () => {
  it.each([
    ["Martin Luther King, Jr.", [{ given: "Martin Luther", family: "King", suffix: "Jr." }]],
    ["John Smith, Ph.D.", [{ given: "John", family: "Smith", suffix: "Ph.D." }]],
    ["Smith, III", [{ family: "Smith", suffix: "III" }]],
    [
      "Mayor, V. and Doe, M.D. and Roe, II",
      [
        { given: "V.", family: "Mayor" },
        { given: "M.D.", family: "Doe" },
        { given: "II", family: "Roe" },
      ],
    ],
    [
      "Vaswani A and van der Berg JW",
      [
        { given: "A", family: "Vaswani" },
        { given: "JW", family: "Berg", particle: "van der" },
      ],
    ],
    ["山田 太郎 and 王, 雷", [{ literal: "山田 太郎" }, { given: "雷", family: "王" }]],
    [
      String.raw`Ann Alpha \and Bob Beta`,
      [
        { given: "Ann", family: "Alpha" },
        { given: "Bob", family: "Beta" },
      ],
    ],
    [
      String.raw`Doe, J.$^{1,2}$ and Roe\textsuperscript{*}, R.`,
      [
        { given: "J.", family: "Doe" },
        { given: "R.", family: "Roe" },
      ],
    ],
    ["Al Gore and Andrew And", [{ given: "Al", family: "Gore" }, { literal: "Andrew" }]],
  ])("are taken apart: %s", async (author, expected) => {
    expect(await namesOf("a.bib", `@misc{a, title={One}, author={${author}}}`)).toEqual(expected);
  });
});

describe("names as people write them in RIS", () => {
  it.each([
    ["Müller H.-J.", { given: "H.-J.", family: "Müller" }],
    ["Smith J", { given: "J", family: "Smith" }],
    ["de Souza, Ana P Jr", { given: "Ana P", family: "Souza", particle: "de", suffix: "Jr" }],
    ["IBM AI", { literal: "IBM AI" }],
  ])("are taken apart: %s", async (author, expected) => {
    expect(await namesOf("a.ris", `TY  - JOUR\nTI  - One\nAU  - ${author}\nER  - \n`)).toEqual([expected]);
  });
});

describe("names and dates as people write them in JSON", () => {
  it("are read from objects and lines of many spellings", async () => {
    const authors = [{ firstName: "Ann", lastName: "van der Alpha" }, { fullName: "Bob Beta" }];
    expect(await namesOf("a.jsonl", JSON.stringify({ title: "One", authors }))).toEqual([
      { given: "Ann", family: "Alpha", particle: "van der" },
      { given: "Bob", family: "Beta" },
    ]);
    expect(await namesOf("a.jsonl", JSON.stringify({ title: "One", authors: "Smith, J.; Doe, J." }))).toEqual(
      [
        { given: "J.", family: "Smith" },
        { given: "J.", family: "Doe" },
      ],
    );
    const line = JSON.stringify({
      title: "One",
      date: { year: 2020, month: 5 },
      arxiv: { id: "1706.03762" },
    });
    expect((await readFileOf("a.jsonl", line)).listings).toMatchObject([
      { date: "2020-05", arxivId: "1706.03762" },
    ]);
  });
});

describe("an entry of BibTeX with a small fault", () => {
  it.each([
    ["no comma behind its key", "@misc{a title={One}, year=2001}", 0],
    ["semicolons between its fields", "@misc{a, title={One}; year=2001}", 1],
    ["a colon for an equals sign", "@misc{a, title:{One}, year=2001}", 1],
    ["a day with full stops", "@misc{a, title={One}, date={01.02.2001}}", 0],
  ])("is read whole: %s", async (_fault, entry, told) => {
    const { listings, problems } = await readFileOf("a.bib", entry);
    expect(listings).toMatchObject([{ title: "One", date: expect.stringMatching(/^2001/) }]);
    expect(problems).toHaveLength(told);
  });

  it("is told where it has lost its beginning, also behind a brace", async () => {
    const { listings, problems } = await readFileOf(
      "a.bib",
      "@misc{a, title={One}}\n{title={Lost}, year=2018}\n",
    );
    expect(listings).toHaveLength(1);
    expect(problems).toEqual(["2: expected an entry around the field, found “{title={”"]);
  });

  it("has its DOI, whatever was done to the angle brackets in it", async () => {
    for (const [open, close] of [
      ["$<$", "$>$"],
      [String.raw`\textless{}`, String.raw`\textgreater{}`],
      ["&lt;", "&gt;"],
    ]) {
      const { listings } = await readFileOf(
        "a.bib",
        `@misc{a, title={One}, doi={10.1002/(SICI)1097:8${open}693::AID${close}3.0.CO;2-O}}`,
      );
      expect(listings).toMatchObject([{ doi: "10.1002/(sici)1097:8<693::aid>3.0.co;2-o" }]);
    }
  });
});

describe("other lists as programs export them", () => {
  it("may begin with the line by which Excel knows what parts cells", async () => {
    const { listings, problems } = await readFileOf(
      "a.csv",
      "sep=;\r\nTitle;Year;Journal/Conference\r\nOne;2020;ICML\r\n",
    );
    expect([listings, problems]).toMatchObject([
      [{ title: "One", date: "2020", containerTitle: "ICML" }],
      [],
    ]);
  });

  it("say of a paper that it was retracted", async () => {
    const record = "PMID- 1\nTI  - One.\nPT  - Journal Article\nPT  - Retracted Publication\nSO  - X.\n";
    expect((await readFileOf("a.nbib", record)).listings).toMatchObject([{ status: { kind: "retracted" } }]);
  });
});
