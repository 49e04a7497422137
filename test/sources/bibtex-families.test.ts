import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderProblem } from "../../src/corpus/problem.ts";
import { parseBibtex } from "../../src/sources/bibtex/read-bibtex.ts";

const read = (text: string) => {
  const { items, problems } = parseBibtex("f.bib", text);
  return { listings: items.map(({ listing }) => listing), problems: problems.map(renderProblem) };
};

const child = "@inproceedings{a, title={A}, author={One, A.}, pages={1--9}, crossref={P}}";
const proceedings = `@proceedings{p, title={Proc. of X}, subtitle={Part 2}, year=2020, editor={Ed, B.}, publisher={ACM},
  doi={10.1145/1}, url={http://x.org}, abstract={All of it}, pages={1--999}}`;

describe("an entry with crossref", () => {
  it.each([
    ["before", `${proceedings}\n${child}`],
    ["behind", `${child}\n${proceedings}`],
  ])("takes the fields that it lacks from its parent %s it, but not what identifies that", (_place, text) => {
    expect(read(text)).toEqual({
      listings: [
        {
          title: "A",
          type: "paper-conference",
          authors: { kind: "named", names: ["A. One"], parts: [{ family: "One", given: "A." }] },
          editors: { kind: "named", names: ["B. Ed"], parts: [{ family: "Ed", given: "B." }] },
          containerTitle: "Proc. of X: Part 2",
          date: "2020",
          page: "1–9",
          publisher: "ACM",
          listedOn: "f.bib",
        },
      ],
      problems: [],
    });
  });

  it("takes booktitle before title, as BibTeX does, and keeps what it has", () => {
    const text = `@inproceedings{a, title={A}, year=2021, crossref={p}}
@proceedings{p, title={T}, booktitle={B}, year=2020}`;
    expect(read(text).listings).toMatchObject([{ containerTitle: "B", date: "2021" }]);
  });

  it("takes the title of a periodical as its journal, and through its book that of all volumes", () => {
    const text = `@periodical{j, title={Journal}, volume=3}
@article{a, title={A}, author={O}, crossref={j}}
@incollection{b, title={B}, author={O}, crossref={col}}
@collection{col, title={Col}, volume=2, crossref={mv}}
@mvcollection{mv, title={All}, publisher={Pub}}
@inbook{c, title={C}, author={O}, crossref={book}}
@book{book, title={Book}, author={Writer, W.}, year=1999}`;
    const { listings, problems } = read(text);
    const byTitle = listings.toSorted((one, other) => (one.title < other.title ? -1 : 1));
    expect(byTitle).toMatchObject([
      { title: "A", containerTitle: "Journal", volume: "3" },
      { title: "B", containerTitle: "Col", volume: "2", publisher: "Pub" },
      { title: "Book", date: "1999" },
      { title: "C", containerTitle: "Book", date: "1999" },
    ]);
    expect(problems).toEqual([]);
  });

  it("whose parent does not come is kept and told with its line, also where entries name each other", () => {
    expect(read("@inproceedings{a, title={A},\n crossref={none}}")).toMatchObject({
      listings: [{ title: "A" }],
      problems: ["f.bib:2: expected an entry “none” to take fields from of the entry “a”, found none"],
    });
    const ring =
      "@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}, year=2020}\n@book{c, title={C}, crossref={c}}";
    expect(
      read(ring)
        .listings.map(({ title }) => title)
        .toSorted(),
    ).toEqual(["A", "B", "C"]);
  });

  it("says the same in whatever order the entries stand", () => {
    const entries = [
      child,
      proceedings,
      "@xdata{x, publisher={XP}, year=2001}",
      "@misc{m, title={M}, author={N}, xdata={x, y}}",
      "@xdata{y, xdata={z}}",
      "@xdata{z, note={arXiv:1706.03762}}",
    ];
    const byTitle = (text: string) => read(text).listings.toSorted((a, b) => (a.title < b.title ? -1 : 1));
    const expected = byTitle(entries.join("\n"));
    expect(expected[1]).toMatchObject({ title: "M", date: "2001", publisher: "XP", arxivId: "1706.03762" });
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (order) => {
        expect(byTitle(order.join("\n"))).toEqual(expected);
        expect(read(order.join("\n")).problems).toEqual([]);
      }),
    );
  });
});

describe("what is no paper", () => {
  it("is none, and said where no paper stands in it", () => {
    expect(
      read("@proceedings{p, title={Proc}}\n@collection{c, title={Col}}\n@misc{m, title={M}}"),
    ).toMatchObject({
      listings: [{ title: "M" }],
      problems: [
        "f.bib:1: expected a paper, found @proceedings “p”, in which papers stand",
        "f.bib:2: expected a paper, found @collection “c”, in which papers stand",
      ],
    });
  });

  it.each([
    ['@string{a = "b"}\n@comment{x}', "only abbreviations, comments and preambles", true],
    ["", "an empty line", true],
    ["Dear all,\nhere are my papers.", "“Dear all,”", undefined],
  ])("%j alone is no list of papers, which is said", (text, found, kept) => {
    const { items, problems } = parseBibtex("f.bib", text);
    expect(items).toEqual([]);
    expect(problems).toMatchObject([{ expected: "entries of papers", found }]);
    expect(problems[0]?.kept).toBe(kept);
  });
});

describe("parents and children without end", () => {
  it("are forgotten one after the other, and every paper arrives", () => {
    const filler = "x".repeat(2000);
    const count = 6000;
    const text = Array.from(
      { length: count },
      (_, i) => `@inproceedings{c${i}, title={T${i}}, note={${filler}}, crossref={p${i}}}\n`,
    ).join("");
    const { listings, problems } = read(`${text}@proceedings{p${count - 1}, title={Last}}`);
    expect(listings).toHaveLength(count);
    expect(
      listings.filter(({ containerTitle }) => containerTitle === "Last").map(({ title }) => title),
    ).toEqual([`T${count - 1}`]);
    expect(problems).toHaveLength(count - 1);
  });
});
