import { describe, expect, it } from "vitest";
import { renderProblem } from "../../src/corpus/problem.ts";
import { parseBibtex } from "../../src/sources/bibtex/read-bibtex.ts";

const read = (text: string) => {
  const { items, problems } = parseBibtex("papers.bib", text);
  return { listings: items.map(({ listing }) => listing), problems: problems.map(renderProblem) };
};
const one = (text: string) => read(text).listings[0];

describe("an entry of BibTeX", () => {
  it("as arXiv exports it gives all that it says", () => {
    const entry = `@misc{vaswani2023attention,
      title={Attention Is All You Need},
      author={Ashish Vaswani and Noam Shazeer and {\\L}ukasz Kaiser},
      year={2023},
      eprint={1706.03762},
      archivePrefix={arXiv},
      primaryClass={cs.CL},
      url={https://arxiv.org/abs/1706.03762},
      abstract = {The dominant sequence transduction models
        are based on \\emph{complex} networks: $O(n^2)$.},
}`;
    expect(read(entry)).toEqual({
      listings: [
        {
          title: "Attention Is All You Need",
          arxivId: "1706.03762",
          abstract: "The dominant sequence transduction models are based on complex networks: O(n²).",
          date: "2023",
          authors: {
            kind: "named",
            names: ["Ashish Vaswani", "Noam Shazeer", "Łukasz Kaiser"],
            parts: [
              { given: "Ashish", family: "Vaswani" },
              { given: "Noam", family: "Shazeer" },
              { given: "Łukasz", family: "Kaiser" },
            ],
          },
          type: "article",
          arxivClass: "cs.CL",
          urls: ["https://arxiv.org/abs/1706.03762"],
          listedOn: "papers.bib",
        },
      ],
      problems: [],
    });
  });

  it("keeps capitals without their braces, and reads accents", () => {
    expect(
      one(String.raw`@article{a, title = "{BERT}: {P}re-training of M{\"u}ller's {\'E}tude"}`)?.title,
    ).toBe("BERT: Pre-training of Müller's Étude");
  });

  it("turns names round and keeps their parts, corporate ones whole, and that there are others", () => {
    const names = (text: string) => one(`@article{a, title={x}, author={${text}}}`)?.authors;
    expect(names("Vaswani, Ashish and van der Berg, Jr., Jan and {Barnes and Noble} and others")).toEqual({
      kind: "named",
      names: ["Ashish Vaswani", "Jan van der Berg Jr.", "Barnes and Noble"],
      parts: [
        { given: "Ashish", family: "Vaswani" },
        { given: "Jan", particle: "van der", family: "Berg", suffix: "Jr." },
        { literal: "Barnes and Noble" },
      ],
      others: true,
    });
    expect(names("others")).toBeUndefined();
  });

  it.each([
    ["date = {2024-03-05}", "2024-03-05"],
    ["date = {2024-03/2024-05}", "2024-03"],
    ["year = 2024, month = mar, day = 5", "2024-03-05"],
    ["year = {2024}, month = {March}", "2024-03"],
    ["year = 2024, month = 3", "2024-03"],
    ["year = 2024, month = {spring}", "2024"],
    ["year = {in press}", undefined],
  ])("dates %s as precisely as it is known: %s", (fields, date) => {
    expect(one(`@article{a, title={x}, ${fields}}`)?.date).toBe(date);
  });

  it.each([
    "eprint = {1706.03762v5}, archivePrefix = {arXiv}",
    "eprint = {arXiv:1706.03762}",
    "doi = {10.48550/arXiv.1706.03762}",
    "url = {https://arxiv.org/pdf/1706.03762v2.pdf}",
    "journal = {arXiv preprint arXiv:1706.03762}",
    "journal = {CoRR}, volume = {abs/1706.03762}",
  ])("finds the arXiv id in %s", (fields) => {
    expect(one(`@article{a, title={x}, ${fields}}`)?.arxivId).toBe("1706.03762");
  });

  it("takes no other archive's number for an arXiv id", () => {
    expect(one("@article{a, title={x}, eprint={1706.03762}, eprinttype={pubmed}}")).not.toHaveProperty(
      "arxivId",
    );
  });

  it("gives the publisher's DOI as an address, and no address that is none", () => {
    const entry = String.raw`@article{a, title={x}, doi={10.1145/33\_6}, url={javascript:alert(1)}}`;
    expect(one(entry)?.urls).toEqual(["https://doi.org/10.1145/33_6"]);
  });

  it("is read with abbreviations, joined pieces, round brackets and without a key", () => {
    const text = `@string{cvpr = "Computer Vision"}
@comment{ignore, title={no}}
@preamble{"\\newcommand{\\x}{y}"}
Mail me@example.org about these.
@inproceedings(a, title = cvpr # { and } # "Words", year = 2024)
@misc{title = {No Key}}`;
    expect(read(text)).toMatchObject({
      listings: [{ title: "Computer Vision and Words", date: "2024" }, { title: "No Key" }],
      problems: [],
    });
  });
});

describe("a damaged entry", () => {
  it("is read as far as it goes and told with its line, and the others are read", () => {
    const text = `@article{a, title={One}, year=2020}
@article{b, title={Two, year=2021}
@article{c, title={Three}, year=2022}

@article{d, year=2023}
@article{e title}
@article{f, title={Six}`;
    const { listings, problems } = read(text);
    expect(listings.map(({ title, date }) => [title, date])).toEqual([
      ["One", "2020"],
      ["Two", "2021"],
      ["Three", "2022"],
      ["Six", undefined],
    ]);
    expect(problems).toEqual([
      "papers.bib:2: expected a closing brace of “title” of the entry “b”, found “, year=2021}”",
      "papers.bib:5: expected an entry with a title, found “d”",
      "papers.bib:6: expected an entry with a title, found “e title”",
      "papers.bib:7: expected “}” of the entry “f”, found the end of the entry",
    ]);
  });

  it("a hundred thousand times is read in linear time", () => {
    for (const entry of ["@a{x={", "@a{x={\n", "@a{b,x={}\n @a{b,", "@"]) {
      expect(read(entry.repeat(100_000)).listings).toEqual([]);
    }
  });
});
