import { describe, expect, it } from "vitest";
import { renderProblem } from "../../src/corpus/problem.ts";
import { parseBibtex, readBibtex } from "../../src/sources/bibtex/read-bibtex.ts";

const read = (text: string) => {
  const { items, problems } = parseBibtex("f.bib", text);
  return { listings: items.map(({ listing }) => listing), problems: problems.map(renderProblem) };
};
const entry = (fields: string, type = "misc") => read(`@${type}{k, title={x},\n ${fields}}`);
const one = (fields: string, type?: string) => entry(fields, type).listings[0];

describe("the publication of an entry", () => {
  it("is that of a journal's article", () => {
    const text = String.raw`@article{he, title = {Deep {ResNets}}, subtitle = {A Study},
      journal = {J. Mach. Learn. Res.}, volume = 12, number = {3}, pages = {1--9}, publisher = {MIT Press},
      address = {Cambridge, MA}, issn = {1532-4435}, doi = {https://doi.org/10.1145/33\_6.ABC}, language = {ngerman},
      keywords = {learning; {deep} nets; learning}, url = {https://github.com/a/b\_c},
      note = {Code at \url{https://gitlab.com/x/y}}, file = {a.pdf:a.pdf:PDF}, favourite = {yes}}`;
    expect(read(text)).toEqual({
      listings: [
        {
          title: "Deep ResNets: A Study",
          type: "article-journal",
          containerTitle: "J. Mach. Learn. Res.",
          volume: "12",
          issue: "3",
          page: "1–9",
          publisher: "MIT Press",
          publisherPlace: "Cambridge, MA",
          issn: "1532-4435",
          doi: "10.1145/33_6.abc",
          language: "de",
          keywords: ["learning", "deep nets"],
          code: "https://github.com/a/b_c",
          urls: ["https://github.com/a/b_c", "https://gitlab.com/x/y", "https://doi.org/10.1145/33_6.abc"],
          listedOn: "f.bib",
        },
      ],
      problems: [],
    });
  });

  it("is that of a paper in proceedings, in the words of biblatex", () => {
    const text = `@inproceedings{a, title={x}, booktitle={Proc. of X}, booksubtitle={Part 2}, series={LNCS},
      eventtitle={X 2020}, location={Rome}, organization={ACM}, edition={2}, isbn={978-1}, editor={Ed, A. and {The Board}},
      eid={e12}, number={4}}`;
    expect(read(text).listings[0]).toMatchObject({
      type: "paper-conference",
      containerTitle: "Proc. of X: Part 2",
      collectionTitle: "LNCS",
      eventTitle: "X 2020",
      publisherPlace: "Rome",
      publisher: "ACM",
      edition: "2",
      isbn: "978-1",
      number: "e12",
      issue: "4",
      editors: { names: ["A. Ed", "The Board"] },
    });
  });

  it.each([
    ["article", "journal={J}", "article-journal"],
    ["article", "journal={arXiv preprint arXiv:1706.03762}", "article"],
    ["article", "entrysubtype={magazine}, journaltitle={M}", "article-magazine"],
    ["Book", "", "book"],
    ["inbook", "", "chapter"],
    ["incollection", "", "chapter"],
    ["inreference", "", "entry-encyclopedia"],
    ["conference", "", "paper-conference"],
    ["phdthesis", "", "thesis"],
    ["techreport", "", "report"],
    ["unpublished", "", "manuscript"],
    ["www", "", "webpage"],
    ["online", "eprint={1706.03762}, eprinttype={arxiv}", "article"],
    ["software", "", "software"],
    ["dataset", "", "dataset"],
    ["patent", "", "patent"],
    ["misc", "", "document"],
    ["misc", "eprint={1706.03762}", "article"],
  ])("@%s with %s is of the type %s", (type, fields, expected) => {
    expect(one(fields, type)?.type).toBe(expected);
  });

  it.each([
    ["thesis", "type={phdthesis}, institution={MIT}", { genre: "PhD thesis", publisher: "MIT" }],
    ["mastersthesis", "school={ETH}", { genre: "Master’s thesis", publisher: "ETH" }],
    ["phdthesis", "type={Dissertation}", { genre: "Dissertation" }],
    ["techreport", "number={TR-7}", { genre: "Technical report", number: "TR-7" }],
  ])("@%s with %s says what it calls itself", (type, fields, expected) => {
    expect(one(fields, type)).toMatchObject(expected);
  });

  it.each([
    ["1--9", "1–9"],
    ["1-9", "1–9"],
    ["pp. 1 -- 9", "1–9"],
    ["7, 41--43", "7, 41–43"],
    ["13:1--13:25", "13:1–13:25"],
    ["3-1--3-20", "3-1–3-20"],
    ["e1234", "e1234"],
    ["S12-S15", "S12–S15"],
    ["100--", "100"],
  ])("has the pages %s as %s", (pages, expected) => {
    expect(one(`pages={${pages}}`)?.page).toBe(expected);
  });

  it.each([
    ["copyright = {Creative Commons Attribution 4.0 International}", "CC-BY-4.0"],
    ["copyright = {Creative Commons Attribution Non Commercial Share Alike 4.0}", "CC-BY-NC-SA-4.0"],
    [
      "copyright = {arXiv.org perpetual, non-exclusive license}",
      "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
    ],
    ["license = {https://opensource.org/licenses/MIT}", "https://opensource.org/licenses/MIT"],
    ["license = {Apache-2.0}", "Apache-2.0"],
    ["copyright = {Copyright 2020 Elsevier}", undefined],
  ])("with %s has the licence %s", (fields, expected) => {
    expect(one(fields)?.license).toBe(expected);
  });
});

describe("the identifiers of an entry", () => {
  it.each([
    ["howpublished = {\\url{https://arxiv.org/abs/1706.03762}}", "1706.03762"],
    ["note = {arXiv:1706.03762 [cs.CL]}", "1706.03762"],
    ["annote = {Available at http://arxiv.org/abs/1706.03762v2.}", "1706.03762"],
    ["journal = {arXiv:1706.03762 [cs]}", "1706.03762"],
    ["journal = {arXiv e-prints}, eid = {arXiv:1706.03762}, pages = {arXiv:1706.03762}", "1706.03762"],
    ["arxivId = {1706.03762}", "1706.03762"],
    ["volume = {abs/1706.03762}", "1706.03762"],
    ["eprint = {hep-th/9711200}", "hep-th/9711200"],
    ["eprint = {9711200}, primaryclass = {hep-th}", "hep-th/9711200"],
    ["eprint = {9711200}, archiveprefix = {hep-th}", "hep-th/9711200"],
    ["url = {arxiv.org/abs/1706.03762}", "1706.03762"],
    ["note = {Comment on arXiv:1706.03762}", undefined],
    ["note = {See arXiv:1706.03762 and arXiv:1706.03763}", undefined],
    ["eprint = {1706.03762}, eprinttype = {pubmed}", undefined],
  ])("with %s lead to arXiv's %s", (fields, id) => {
    expect(one(fields)?.arxivId).toBe(id);
  });

  it("give class and version, and leave no number that only repeats them", () => {
    const text =
      "journal={arXiv e-prints}, eid={arXiv:1706.03762}, pages={arXiv:1706.03762}, eprint={1706.03762v5}, primaryClass={cs.CL}";
    expect(one(text, "article")).toEqual({
      title: "x",
      arxivId: "1706.03762",
      type: "article",
      arxivClass: "cs.CL",
      version: "5",
      listedOn: "f.bib",
    });
  });

  it("that cannot be read are told with their line, and the paper is kept", () => {
    expect(entry("eprint={unknown},\n doi={n/a},\n url={see my page}")).toEqual({
      listings: [{ title: "x", type: "document", listedOn: "f.bib" }],
      problems: [
        "f.bib:4: expected a web address in “url” of the entry “k”, found “see my page”",
        "f.bib:3: expected a DOI in “doi” of the entry “k”, found “n/a”",
        "f.bib:2: expected an arXiv identifier in “eprint” of the entry “k”, found “unknown”",
      ],
    });
  });

  it("are read behind LaTeX, several in a field too", () => {
    expect(
      one(String.raw`url={http://a.org/{\textasciitilde}x/\%7Eb\_c http://b.org/\#d}, doi={10.1/x}`),
    ).toMatchObject({
      urls: ["http://a.org/~x/%7Eb_c", "http://b.org/#d"],
    });
    expect(one("url={https://dl.acm.org/doi/10.1145/3442188.3445922}")?.doi).toBe("10.1145/3442188.3445922");
  });

  it("have a DOI that was broken at its slash", () => {
    expect(one("doi={10.1145 / 3442188.3445922}")?.doi).toBe("10.1145/3442188.3445922");
    expect(one("doi={https://doi.org/10.1145/\n  3442188.3445922}")?.doi).toBe("10.1145/3442188.3445922");
  });
});

describe("an entry", () => {
  it("whose note says that it no longer stands is marked", () => {
    expect(one("note = {This paper has been withdrawn by the author}")?.status?.kind).toBe("withdrawn");
    expect(one("note = {Retracted}")?.status?.kind).toBe("retracted");
    expect(one("pubstate = {retracted}")?.status?.kind).toBe("retracted");
    expect(one("note = {Accepted; withdrawn from the workshop}")?.status).toBeUndefined();
  });

  it("has no tags in its title and abstract", () => {
    const text =
      "@misc{k, title={The <i>E. coli</i> and H<sub>2</sub>O if a < b}, abstract={<p>One.</p><jats:p>Two.</jats:p>}}";
    expect(read(text).listings[0]).toMatchObject({
      title: "The E. coli and H₂O if a < b",
      abstract: "One. Two.",
    });
  });

  it("tells each field and each type that nobody knows by its name", async () => {
    const text =
      "@misc{a, title={A}, favourite={1}, Timestamp={2}}\n@song{b, title={B}, favourite={1}, mood={2}}";
    const names: string[] = [];
    for await (const item of readBibtex([Buffer.from(text)], "f"))
      if (item.kind === "field") names.push(item.name);
    expect(names).toEqual(["favourite", "@song", "favourite", "mood"]);
  });
});
