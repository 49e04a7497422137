import { describe, expect, it } from "vitest";
import { parsePaperKey } from "../../../src/sources/semantic-scholar/paper-ids.ts";
import { readPaper } from "../../../src/sources/semantic-scholar/papers.ts";
import { s2Paper, s2Preprint } from "../recorded-works.ts";

const read = (paper: unknown) => readPaper(paper, "f");

describe("a paper of Semantic Scholar", () => {
  it("is read with all that a citation needs", () => {
    expect(read(s2Paper)).toEqual({
      title: "Construction of the Literature Graph in Semantic Scholar",
      arxivId: "1805.02262",
      abstract: "We describe a deployed scalable system for organizing published scientific literature.",
      date: "2018-05-06",
      authors: { kind: "named", names: ["Bridger Waleed Ammar", "Dirk Groeneveld"] },
      urls: [
        "https://doi.org/10.18653/V1/N18-3011",
        "https://aclanthology.org/N18-3011/",
        "https://www.semanticscholar.org/paper/649def34f8be52c8b66281af98ae884c09aef38b",
        "https://api.semanticscholar.org/CorpusID:19170988",
      ],
      type: "paper-conference",
      containerTitle: "North American Chapter of the Association for Computational Linguistics",
      volume: "3",
      page: "84–91",
      doi: "10.18653/v1/n18-3011",
      listedOn: "Semantic Scholar",
      sourceKind: "semantic-scholar",
    });
  });

  it("that stands on arXiv alone is a preprint, without a venue and a volume", () => {
    expect(read(s2Preprint)).toEqual({
      title: "Reinfection and low cross-immunity as drivers of epidemic resurgence",
      arxivId: "2106.15928",
      date: "2021",
      urls: [
        "https://www.semanticscholar.org/paper/f712fab0d58ae6492e3cdfc1933dae103ec12d5d",
        "https://api.semanticscholar.org/CorpusID:235683434",
      ],
      type: "article",
      listedOn: "Semantic Scholar",
      sourceKind: "semantic-scholar",
    });
  });

  it("of a journal is an article in it", () => {
    const journal = {
      ...s2Paper,
      publicationVenue: null,
      publicationTypes: ["Review", "JournalArticle"],
      venue: "",
    };
    expect(read({ ...journal, journal: { name: "Journal of Graphs", volume: "7" } })).toMatchObject({
      type: "article-journal",
      containerTitle: "Journal of Graphs",
      volume: "7",
    });
  });

  it("without a title is told", () => {
    expect(read({ paperId: "abc", title: null })).toEqual({
      file: "f",
      expected: "a paper with a title",
      found: "“abc”",
    });
  });
});

describe("an id that Semantic Scholar takes", () => {
  const hash = "649def34f8be52c8b66281af98ae884c09aef38b";

  it.each([
    [hash.toUpperCase(), hash],
    ["corpusid:215416146", "CorpusId:215416146"],
    ["doi:10.18653/v1/N18-3011", "DOI:10.18653/v1/n18-3011"],
    ["10.18653/v1/N18-3011", "DOI:10.18653/v1/n18-3011"],
    ["arXiv:2106.15928v2", "ARXIV:2106.15928"],
    ["2106.15928", "ARXIV:2106.15928"],
    ["acl:W12-3903", "ACL:W12-3903"],
    ["ACL:2023.acl-long.1", "ACL:2023.acl-long.1"],
    ["PMID:19872477", "PMID:19872477"],
    [`https://www.semanticscholar.org/paper/Some-Title-Ammar/${hash}?utm=1`, hash],
    ["https://api.semanticscholar.org/CorpusID:19170988", "CorpusId:19170988"],
    ["CorpusId:abc", undefined],
    ["constructor:1", undefined],
    ["https://example.org/649def34f8be52c8b66281af98ae884c09aef38b", undefined],
    ["literature graph", undefined],
  ])("%s is %s", (text, id) => {
    expect(parsePaperKey(text)).toBe(id);
  });
});
