import { describe, expect, it } from "vitest";
import { parseWorkId, readWork, textOfInvertedIndex } from "../../../src/sources/openalex/works.ts";
import { openAlexPreprint, openAlexWork } from "../recorded-works.ts";

const read = (work: unknown) => readWork(work, "f");

describe("a work of OpenAlex", () => {
  it("is read with all that a citation needs", () => {
    expect(read(openAlexWork)).toEqual({
      title: "The state of OA: a large-scale analysis of the prevalence and impact of Open Access articles",
      abstract: "Despite growing interest in Open Access, there is need in it",
      date: "2018-02-13",
      authors: { kind: "named", names: ["Heather A. Piwowar", "Vincent Larivière"] },
      urls: ["https://doi.org/10.7717/peerj.4375", "https://openalex.org/W2741809807"],
      type: "article-journal",
      containerTitle: "PeerJ",
      publisher: "PeerJ, Inc.",
      issn: "2167-8359",
      license: "CC-BY",
      volume: "6",
      page: "e4375",
      doi: "10.7717/peerj.4375",
      language: "en",
      listedOn: "OpenAlex",
      sourceKind: "openalex",
    });
  });

  it("on arXiv has its identifier, no venue, and no more of the date than the year where that is all there is", () => {
    expect(read(openAlexPreprint)).toEqual({
      title: "Attention Is All You Need",
      arxivId: "1706.03762",
      date: "2017",
      authors: { kind: "named", names: ["Ashish Vaswani"], others: true },
      status: { kind: "retracted", words: "OpenAlex lists it as retracted" },
      urls: ["http://arxiv.org/abs/1706.03762", "https://openalex.org/W4385245566"],
      type: "article",
      page: "1–11",
      listedOn: "OpenAlex",
      sourceKind: "openalex",
    });
  });

  it("without a title is told", () => {
    expect(read({ ...openAlexWork, title: null })).toEqual({
      file: "f",
      expected: "a work with a title at “https://openalex.org/W2741809807”",
      found: "none",
    });
  });
});

describe("an inverted index", () => {
  it.each([
    [{ b: [1], a: [0, 2] }, "a b a"],
    [{ far: [1e15], near: [-3] }, "near far"],
    [{ a: "x", b: [null, "2"] }, undefined],
    [null, undefined],
    [{}, undefined],
  ])("%o is read as %o", (index, text) => {
    expect(textOfInvertedIndex(index)).toBe(text);
  });

  it("of more words than any abstract has is cut", () => {
    const index = { word: Array.from({ length: 1_000_000 }, (_none, i) => i) };
    expect(textOfInvertedIndex(index)?.split(" ")).toHaveLength(20_000);
  });
});

describe("an id of OpenAlex", () => {
  it.each([
    ["W2741809807", "W2741809807"],
    ["w2741809807", "W2741809807"],
    ["https://openalex.org/W2741809807", "W2741809807"],
    ["https://api.openalex.org/works/W2741809807", "W2741809807"],
    ["A2741809807", undefined],
    ["W", undefined],
  ])("%s is %s", (text, id) => {
    expect(parseWorkId(text)).toBe(id);
  });
});
