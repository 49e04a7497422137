import { describe, expect, it } from "vitest";
import { authorCount } from "../../src/corpus/paper.ts";
import { mergeListings } from "../../src/corpus/merging/catalogue.ts";
import { parsePage } from "../../src/corpus/pages/parse-page.ts";
import { renderProblem } from "../../src/corpus/problem.ts";
import { readSeedPages } from "../support/seed-pages.ts";

const pages = await readSeedPages();
const parsed = pages.map(({ file, text }) => parsePage(file, text));
const listings = parsed.flatMap((page) => page.items);
const papers = mergeListings(listings);

const abstracts = (title: string): number[] =>
  listings.filter((listing) => listing.title === title).map((listing) => listing.abstract?.length ?? 0);

describe("the five saved pages", () => {
  it("give 189, 119, 69, 47 and 240 listings without a single problem", () => {
    expect(parsed.map((page) => page.items.length)).toEqual([189, 119, 69, 47, 240]);
    expect(parsed.flatMap((page) => page.problems).map(renderProblem)).toEqual([]);
  });

  it("hold 544 distinct papers with 544 distinct ids", () => {
    expect(papers).toHaveLength(544);
    expect(new Set(papers.map((paper) => paper.id)).size).toBe(544);
  });

  it("date 43 papers, count the authors of 41, and name the organisation of 2 and the comments of 11", () => {
    expect(papers.filter((paper) => paper.date !== undefined)).toHaveLength(43);
    expect(papers.filter((paper) => authorCount(paper) !== undefined)).toHaveLength(41);
    expect(papers.flatMap((paper) => paper.organisation ?? [])).toEqual([
      { handle: "openbmb", name: "OpenBMB" },
      { handle: "nvidia", name: "NVIDIA" },
    ]);
    expect(papers.filter((paper) => paper.comments !== undefined)).toHaveLength(11);
    expect(papers.some((paper) => paper.upvotes !== undefined)).toBe(false);
  });

  it("give a date without a year the page's own year, 2026", () => {
    const automata = papers.find(
      (paper) => paper.title === "Training Language Models via Neural Cellular Automata",
    );
    expect(automata).toMatchObject({
      date: "2026-03-09",
      comments: 4,
      authors: { kind: "counted", count: 4 },
    });
  });

  it("remember every page a paper stood on", () => {
    const guide = papers.find((paper) => paper.title.startsWith("A Pretrainer's Guide to Training Data"));
    expect(guide?.listedOn).toEqual([
      "000_9728e049e752ef7d.txt",
      "002_0d1cde02a173a9ba.txt",
      "003_1548ded74473aa95.txt",
      "004_04495877710f5129.txt",
    ]);
  });

  it("keep the fuller abstract of a paper listed twice", () => {
    const differing = papers.filter((paper) => new Set(abstracts(paper.title)).size > 1);
    expect(differing.length).toBeGreaterThan(0);
    for (const paper of differing) expect(paper.abstract).toHaveLength(Math.max(...abstracts(paper.title)));
  });

  it("leave no LaTeX command, entity or control character in a text", () => {
    for (const paper of papers) {
      expect(`${paper.title} ${paper.abstract ?? ""}`).not.toMatch(
        /\\[a-zA-Z]+|&[a-z]+;|\p{Cc}|\b(?:mathcal|textbf)\{/u,
      );
    }
  });
});
