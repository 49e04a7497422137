import { describe, expect, it } from "vitest";
import { renderBibtex } from "../../src/citation/bibtex/bibtex.ts";
import { cslItem } from "../../src/citation/csl-item.ts";
import { mergeListings } from "../../src/corpus/merging/catalogue.ts";
import { readFileOf } from "./file-of.ts";

const read = async (file: string, text: string) => {
  const { listings, problems } = await readFileOf(file, text);
  expect(problems).toEqual([]);
  return listings[0];
};

/** Places where well-known tools misread or lose a record; `findings/` shows each with its version. */
describe("a record that other tools misread", () => {
  it("keeps a given name that begins with an accented capital, a particle for pandoc 3.9 and citation-js 0.8.2", async () => {
    const authors = String.raw`{\L}ukasz Kaiser and {\DJ}uro Kurepa and {\TH}or Berg`;
    const listing = await read("a.bib", `@misc{a, title = {T}, author = {${authors}}}`);
    expect(listing?.authors).toMatchObject({
      parts: [
        { given: "Łukasz", family: "Kaiser" },
        { given: "Đuro", family: "Kurepa" },
        { given: "Þor", family: "Berg" },
      ],
    });
  });

  it("keeps an address behind its percent sign and a DOI as it is, which bibtexparser 2.0.0b8 cuts and escapes", async () => {
    const text = "@online{k, title = {T}, url = {https://a.example/b%20c?page=2}, doi = {10.1002/a_b}}";
    expect(await read("a.bib", text)).toMatchObject({
      urls: ["https://a.example/b%20c?page=2", "https://doi.org/10.1002/a_b"],
      doi: "10.1002/a_b",
    });
  });

  it.each([
    ["2020/03/05/", "2020-03-05"],
    ["2020///", "2020"],
  ])("of RIS keeps the date %s, none or four years for pandoc 3.9", async (date, expected) => {
    const listing = await read(
      "a.ris",
      `TY  - JOUR\nTI  - T\nAU  - King, Martin Luther, Jr.\nPY  - ${date}\nER  - \n`,
    );
    expect(listing).toMatchObject({
      date: expected,
      authors: { parts: [{ family: "King", given: "Martin Luther", suffix: "Jr." }] },
    });
  });

  it("of RIS keeps both numbers under one tag, of which rispy 0.10.0 drops the second", async () => {
    const text = "TY  - CHAP\nTI  - T\nSN  - 1234-5678\nSN  - 978-3-16-148410-0\nER  - \n";
    expect(await read("a.ris", text)).toMatchObject({ issn: "1234-5678", isbn: "978-3-16-148410-0" });
  });

  it.each([
    ["A comparison of transformers and recurrent networks for low-resource translation", 1],
    [`${"So many words of an abstract in which nothing is said, and it goes on. ".repeat(4)}The end`, 4],
  ])("of RIS keeps the words that citation-js 0.8.2 cuts after 70 characters: %s", async (text, cuts) => {
    const lines = text.replaceAll(/.{70}/g, "$&\n");
    expect(lines.split("\n")).toHaveLength(cuts + 1);
    const listing = await read("a.ris", `TY  - JOUR\nTI  - T\nAB  - ${lines}\nER  - \n`);
    expect(listing?.abstract).toBe(text);
  });

  it("of RIS passes over the numbers that rispy 0.10.0 puts before each", async () => {
    const record = (number: number) => `${number}.\nTY  - JOUR\nTI  - T${number}\nER  - \n\n`;
    const { listings, problems } = await readFileOf("a.ris", record(1) + record(2) + record(3));
    expect([listings.map(({ title }) => title), problems]).toEqual([["T1", "T2", "T3"], []]);
  });

  it("keeps DOI, suffix and particle when it is cited as BibTeX, where pandoc 3.9 and citation-js 0.8.2 lose them", async () => {
    const names = "King, Jr., M. L. and Ludwig van Beethoven";
    const listing = await read("a.bib", `@misc{a, title = {T}, author = {${names}}, doi = {10.1000/xyz}}`);
    const [paper] = mergeListings(listing === undefined ? [] : [listing]);
    if (paper === undefined) throw new Error("The entry was not read.");
    const entry = renderBibtex(cslItem(paper, "k"), "bibtex");
    expect(entry).toContain("author = {King, Jr., M. L. and van Beethoven, Ludwig},");
    expect(entry).toContain("doi = {10.1000/xyz},");
  });

  it.each([
    [String.raw`The \texttt{numpy} array`, "The numpy array"],
    [String.raw`\textsf{Pyro}: an \mbox{n-gram} model`, "Pyro: an n-gram model"],
    [String.raw`$KL(p\|q)$ in \textup{B}ayes`, "KL(p‖q) in Bayes"],
  ])("keeps the words of %s, which pylatexenc 2.11 drops", async (title, expected) => {
    expect((await read("a.bib", `@misc{a, title = {${title}}}`))?.title).toBe(expected);
  });

  it("keeps initials that nameparser 2.6.0 and humanparser 2.7.0 take for a number behind the name", async () => {
    const listing = await read("a.bib", "@misc{a, title = {T}, author = {Nguyen, Thanh V and Ma, I}}");
    expect(listing?.authors).toMatchObject({
      parts: [
        { family: "Nguyen", given: "Thanh V" },
        { family: "Ma", given: "I" },
      ],
    });
  });

  it("is read behind an abbreviation, at which bibtex-parse-js 0.0.24 and its fork refuse the file", async () => {
    const text = '@string{pami = "IEEE Trans. PAMI"}\n@article{a, title = {T}, journal = pami}\n';
    expect((await read("a.bib", text))?.containerTitle).toBe("IEEE Trans. PAMI");
  });

  it("keeps names with two accents in BibTeX, which latexcodec 3.0.1 cannot write", async () => {
    const listing = await read("a.bib", String.raw`@misc{a, title = {T}, author = {Nguy{\~{\^e}}n, Thanh}}`);
    const [paper] = mergeListings(listing === undefined ? [] : [listing]);
    if (paper === undefined) throw new Error("The entry was not read.");
    const entry = renderBibtex(cslItem(paper, "k"), "bibtex");
    const again = await read("b.bib", entry);
    expect(again?.authors).toEqual(listing?.authors);
    expect(again?.authors).toMatchObject({ parts: [{ family: "Nguyễn", given: "Thanh" }] });
  });

  it("keeps a condition of an abstract in Atom, of which @extractus/feed-extractor 8.0.3 makes a tag, and every author, of whom rss-parser 3.13.0 gives the first", async () => {
    const text = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
<opensearch:totalResults>1</opensearch:totalResults><title>q</title><id>http://arxiv.org/api/q</id>
<updated>2023-03-01T00:00:00Z</updated><entry><id>http://arxiv.org/abs/2301.00010v2</id><updated>2023-02-01T00:00:00Z</updated>
<published>2023-01-01T00:00:00Z</published><title>T</title><summary>It holds whenever $x &lt; y$ and $y &gt; z$.</summary>
<author><name>Ann Alpha</name></author><author><name>Bob Beta</name></author></entry></feed>`;
    expect(await read("a.atom", text)).toMatchObject({
      abstract: "It holds whenever x < y and y > z.",
      date: "2023-01-01",
      authors: { names: ["Ann Alpha", "Bob Beta"] },
    });
  });
});
