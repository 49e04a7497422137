import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderProblem } from "../../../src/corpus/problem.ts";
import { readJsonLine } from "../../../src/sources/json/read-json.ts";

const place = { file: "papers.jsonl", line: 7 };
/** What a line is read as, without what is empty. */
const parseJsonLine = (line: string, where: typeof place) => {
  const [item, ...more] = readJsonLine(line, where);
  expect(more).toEqual([]);
  if (item?.kind !== "paper") return item;
  const { kind, listing, problems = [], unknown = [] } = item;
  return {
    kind,
    listing,
    ...(problems.length > 0 && { problems }),
    ...(unknown.length > 0 && { unknown }),
  };
};
const read = (value: unknown) => parseJsonLine(JSON.stringify(value), place);
const problem = (line: string) => {
  const item = parseJsonLine(line, place);
  return item?.kind === "problem" ? renderProblem(item.problem) : item;
};

describe("a line of JSON Lines", () => {
  it("gives a paper with all that it says", () => {
    const paper = {
      id: "1706.03762v5",
      title: "Attention \\emph{Is} All &amp; More",
      abstract: "We propose\n the Transformer.",
      date: "2017-06-12T17:57:34Z",
      authors: ["Ashish Vaswani", "Noam Shazeer"],
      organisation: { name: "Google Brain", handle: "google" },
      comments: 3,
      upvotes: { count: 5, readAt: "2026-03-01T10:00:00Z" },
      url: "https://arxiv.org/abs/1706.03762",
      categories: ["cs.CL"],
    };
    expect(read(paper)).toEqual({
      kind: "paper",
      listing: {
        title: "Attention Is All & More",
        arxivId: "1706.03762",
        abstract: "We propose the Transformer.",
        date: "2017-06-12",
        authors: { kind: "named", names: ["Ashish Vaswani", "Noam Shazeer"] },
        organisation: { name: "Google Brain", handle: "google" },
        comments: 3,
        upvotes: { count: 5, readAt: "2026-03-01T10:00:00.000Z" },
        urls: ["https://arxiv.org/abs/1706.03762"],
        arxivClass: "cs.CL",
        listedOn: "papers.jsonl",
      },
    });
  });

  it.each([["extra"], ["note"]])(
    "takes no number under “%s” for a count of comments, and tells it",
    (name) => {
      expect(read({ title: "One", [name]: 1, comments: 2 })).toEqual({
        kind: "paper",
        listing: { title: "One", comments: 2, listedOn: "papers.jsonl" },
        unknown: [name],
      });
    },
  );

  it.each([
    [{ arxiv_id: "2306.00001v2" }],
    [{ arXivId: "arXiv:2306.00001" }],
    [{ "arxiv-id": "https://arxiv.org/abs/2306.00001" }],
    [{ arxiv: "2306.00001" }],
    [{ eprint: "2306.00001" }],
    [{ externalIds: { ArXiv: "2306.00001", CorpusId: 7 } }],
    [{ entry_id: "http://arxiv.org/abs/2306.00001v1" }],
    [{ pdf_url: "https://arxiv.org/pdf/2306.00001" }],
    [{ links: ["https://example.org/x", "https://arxiv.org/abs/2306.00001"] }],
    [{ DOI: "10.48550/arXiv.2306.00001" }],
  ])("takes the arXiv id out of %j", (fields) => {
    expect(read({ title: "x", ...fields })).toMatchObject({ listing: { arxivId: "2306.00001" } });
    expect(read({ title: "x", ...fields })).not.toHaveProperty("problems");
  });

  it("takes what other programs call otherwise, and a field's own name before that", () => {
    const others = {
      Title: "T",
      Summary: "S",
      publication_date: "2023-06-01",
      Author: ["A B"],
      link: "https://e.org/",
    };
    expect(read(others)).toMatchObject({
      listing: {
        title: "T",
        abstract: "S",
        date: "2023-06-01",
        authors: { names: ["A B"] },
        urls: ["https://e.org/"],
      },
    });
    expect(
      read({ ...others, title: "own", published: "2001", date: "2022", DOI: "10.1109/5.771073" }),
    ).toMatchObject({
      listing: { title: "own", date: "2022", urls: ["https://e.org/", "https://doi.org/10.1109/5.771073"] },
    });
    expect(read({ title: "x", year: 2019 })).toMatchObject({ listing: { date: "2019" } });
  });

  it("tells identifiers that it cannot read, and keeps the paper", () => {
    const item = read({ title: "x", arxiv_id: 2306.1, doi: "none", id: "s1", arxiv_comment: "12 pages" });
    expect(item).toMatchObject({ kind: "paper", listing: { title: "x" } });
    const problems = item?.kind === "paper" ? (item.problems ?? []) : [];
    expect(problems.map(renderProblem)).toEqual([
      "papers.jsonl:7: expected an arXiv identifier in “arxiv_id”, found “2306.1 (a number)”",
      "papers.jsonl:7: expected a DOI in “doi”, found “none”",
    ]);
  });

  it("finds the arXiv id behind an address", () => {
    expect(read({ title: "x", id: "s1", url: "https://huggingface.co/papers/2306.00001" })).toMatchObject({
      listing: { arxivId: "2306.00001" },
    });
  });

  it("of arXiv's snapshot is dated by its first version, never by its latest change", () => {
    const versions = [{ version: "v1", created: "Mon, 2 Apr 2007 19:18:42 GMT" }];
    expect(read({ title: "x", versions, update_date: "2008-11-26" })).toMatchObject({
      listing: { date: "2007-04-02" },
    });
    const changed = { title: "x", versions: [{ version: "v1" }], update_date: "2008-11-26" };
    expect(read(changed)).toEqual({
      kind: "paper",
      listing: { title: "x", version: "1", listedOn: "papers.jsonl" },
    });
  });

  it("reads names in their parts before the line of names, and leaves affiliations out", () => {
    const authors = "A. One (CERN, Geneva), B. Two and C. Three";
    const names = (more: object) => {
      const item = read({ title: "x", authors, ...more });
      return item?.kind === "paper" && item.listing.authors?.kind === "named"
        ? item.listing.authors.names
        : [];
    };
    expect(names({})).toEqual(["A. One", "B. Two", "C. Three"]);
    expect(names({ authors_parsed: [["One", "Ann", "Jr.", "CERN"], ["", "", ""], 7] })).toEqual([
      "Ann One Jr.",
    ]);
    expect(names({ authors_parsed: "none" })).toEqual(["A. One", "B. Two", "C. Three"]);
  });

  it("leaves out what is not known or makes no sense, and invents nothing", () => {
    const item = read({
      title: "x",
      id: "1904.038",
      date: "soon",
      authors: [],
      comments: -1,
      upvotes: 5,
      url: "javascript:alert(1)",
    });
    expect(item).toEqual({
      kind: "paper",
      listing: { title: "x", listedOn: "papers.jsonl" },
      unknown: ["date"],
    });
  });

  it.each([
    [
      '{"title": "cut o',
      'papers.jsonl:7: expected one JSON object (is the line cut off?), found “{"title": "cut o”',
    ],
    ["[1]", "papers.jsonl:7: expected one JSON object, found “[1]”"],
    [
      '{"abstract": "x"}',
      'papers.jsonl:7: expected an object with a “title” that is a text, found “{"abstract":"x"}”',
    ],
    [
      '{"title": "  "}',
      'papers.jsonl:7: expected an object with a “title” that is a text, found “{"title":"  "}”',
    ],
  ])("that is %s is a problem with file and line", (line, expected) => {
    expect(problem(line)).toBe(expected);
  });

  it("is passed over when it is blank", () => {
    expect(parseJsonLine("  ", place)).toBeUndefined();
  });

  it("never throws, whatever stands in it", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .record({
              title: fc.jsonValue(),
              authors: fc.jsonValue(),
              upvotes: fc.jsonValue(),
              url: fc.jsonValue(),
              organisation: fc.jsonValue(),
            })
            .map((value) => JSON.stringify(value)),
        ),
        (line) => {
          expect(["paper", "problem", undefined]).toContain(parseJsonLine(line, place)?.kind);
        },
      ),
    );
  });
});
