import { describe, expect, it } from "vitest";
import { readFileOf } from "./file-of.ts";

/** Files as programs and services that are seldom met write them, with what is kept of their first paper. */
const FILES: readonly (readonly [name: string, content: string, kept: object])[] = [
  [
    "savedrecs.txt",
    "\uFEFFPT\tAU\tAF\tTI\tSO\tLA\tDT\tDE\tAB\tPU\tPD\tPY\tVL\tIS\tBP\tEP\tDI\tUT\nJ\tAlpha, A; Beta, B\tAlpha, Ann; Beta, Ben\tOne\tJ X\tEnglish\tArticle\ta; b\tOf wombats.\tP\tMAR 12\t2020\t1\t2\t1\t9\t10.1000/w\tWOS:1\n",
    {
      title: "One",
      type: "article-journal",
      authors: { names: ["Ann Alpha", "Ben Beta"] },
      containerTitle: "J X",
      date: "2020-03-12",
      page: "1–9",
      doi: "10.1000/w",
      keywords: ["a", "b"],
    },
  ],
  [
    "csv-Alpha-set.csv",
    'PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n"123","One","De Alpha A, Beta BC.","J X. 2020","Alpha A","J X","2020","2020/03/01","","","10.1000/p"\n',
    { authors: { names: ["A De Alpha", "BC Beta"] }, containerTitle: "J X", date: "2020" },
  ],
  [
    "daily_papers.json",
    JSON.stringify([
      {
        paper: {
          id: "2602.23229",
          authors: [
            { name: "Ann Alpha", hidden: false },
            { name: "Ben Beta", hidden: true },
          ],
          publishedAt: "2026-02-26T17:08:18.000Z",
          title: "One",
          summary: "Of wombats.",
          upvotes: 10,
        },
        title: "One",
        numComments: 2,
      },
    ]),
    {
      title: "One",
      arxivId: "2602.23229",
      authors: { names: ["Ann Alpha"] },
      hiddenAuthors: [expect.any(String)],
      date: "2026-02-26",
      comments: 2,
    },
  ],
  [
    "notes.json",
    JSON.stringify({
      notes: [
        {
          id: "x",
          content: { title: { value: "One" }, authors: { value: ["Ann Alpha"] }, venue: { value: "ICLR" } },
        },
      ],
    }),
    { title: "One", authors: { names: ["Ann Alpha"] }, containerTitle: "ICLR" },
  ],
  [
    "europepmc.json",
    JSON.stringify({
      hitCount: 1,
      resultList: {
        result: [{ id: "1", title: "One", authorString: "Ann Alpha", journalTitle: "J X", pubYear: "2020" }],
      },
    }),
    { title: "One", authors: { names: ["Ann Alpha"] }, containerTitle: "J X", date: "2020" },
  ],
  [
    "biorxiv.json",
    JSON.stringify({ messages: [], collection: [{ doi: "10.1101/1", title: "One", date: "2020-03-01" }] }),
    { title: "One", date: "2020-03-01" },
  ],
  [
    "ads.bib",
    '@ARTICLE{2020ApJ,\n author = {{Alpha}, Ann and {Beta}, B.~C.},\n title = "{One}",\n journal = {\\apj},\n year = 2020,\n month = mar\n}\n',
    {
      title: "One",
      authors: { names: ["Ann Alpha", "B. C. Beta"] },
      containerTitle: "Astrophysical Journal",
      date: "2020-03",
    },
  ],
];

describe("a file as others write it", () => {
  it.each(FILES)("is read: %s", async (name, content, kept) => {
    const { listings, problems } = await readFileOf(name, content);
    expect(problems.filter((problem) => !problem.endsWith("(kept)"))).toEqual([]);
    expect(listings).toMatchObject([kept]);
  });
});
