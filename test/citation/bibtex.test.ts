import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderBibtex } from "../../src/citation/bibtex/bibtex.ts";
import { bibtexNames } from "../../src/citation/bibtex/bibtex-names.ts";
import { OTHERS, cslItem } from "../../src/citation/csl-item.ts";
import { latexText, latexTitle } from "../../src/citation/bibtex/latex-text.ts";
import { citationKeys } from "../../src/citation/keys.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { guessNameParts } from "../../src/corpus/names/person-name.ts";
import { paperOf } from "./paper-of.ts";

const attention = paperOf({
  title: "Attention Is All You Need",
  arxiv: "1706.03762",
  date: "2017-06-12",
  arxivClass: "cs.CL",
  authors: { kind: "named", names: ["Ashish Vaswani", "Noam Shazeer"] },
});

describe("an entry", () => {
  it("of a preprint at arXiv has its identifier and class", () => {
    const item = cslItem(attention, "vaswani2017attention");
    expect(renderBibtex(item, "bibtex")).toBe(
      `@misc{vaswani2017attention,
  title = {Attention Is All You Need},
  author = {Vaswani, Ashish and Shazeer, Noam},
  year = {2017},
  month = jun,
  day = {12},
  eprint = {1706.03762},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  url = {https://arxiv.org/abs/1706.03762},
}`,
    );
    expect(renderBibtex(item, "biblatex")).toBe(
      `@online{vaswani2017attention,
  title = {Attention Is All You Need},
  author = {Vaswani, Ashish and Shazeer, Noam},
  date = {2017-06-12},
  eprint = {1706.03762},
  eprinttype = {arxiv},
  eprintclass = {cs.CL},
  url = {https://arxiv.org/abs/1706.03762},
}`,
    );
  });

  it("is of the kind of the work, and has the place it stands in", () => {
    const paper = paperOf({
      title: "Deep Things",
      type: "paper-conference",
      containerTitle: "Proceedings of X & Y",
      page: "12–34",
      publisher: "ACM",
      publisherPlace: "New York",
      doi: "10.1007/978-3_48",
    });
    const entry = renderBibtex(cslItem(paper, "deep"), "bibtex");
    expect(entry).toContain("@inproceedings{deep,");
    expect(entry).toContain(String.raw`  booktitle = {Proceedings of X \& Y},`);
    expect(entry).toContain("  pages = {12--34},");
    expect(entry).toContain("  address = {New York},");
    expect(entry).toContain("  doi = {10.1007/978-3_48},");
  });

  it("has the month of its arXiv identifier where no date is known", () => {
    const entry = renderBibtex(cslItem(paperOf({ title: "X", arxiv: "math/0305100" }), "x"), "biblatex");
    expect(entry).toContain("  date = {2003-05},");
  });
});

describe("names", () => {
  it.each([
    [{ literal: "Google Research" }, "{Google Research}", "{Google Research}"],
    [{ family: "De Sa", given: "Christopher" }, "De Sa, Christopher", "De Sa, Christopher"],
    [{ family: "López", given: "Ana" }, String.raw`L{\'o}pez, Ana`, "López, Ana"],
    [{ family: "King", suffix: "Jr.", given: "M. L." }, "King, Jr., M. L.", "King, Jr., M. L."],
    [
      { family: "Berg", "non-dropping-particle": "van der", given: "J." },
      "van der Berg, J.",
      "van der Berg, J.",
    ],
    [{ family: "hooks", given: "bell" }, "{hooks}, bell", "{hooks}, bell"],
    [{ family: "de Freitas", given: "N." }, "{de Freitas}, N.", "{de Freitas}, N."],
    [{ family: "Åberg García", given: "É." }, String.raw`{\r{A}}berg Garc{\'i}a, {\'E}.`, "Åberg García, É."],
    [{ family: "Nguyễn", given: "Văn" }, String.raw`Nguy{\~{\^e}}n, V{\u{a}}n`, "Nguyễn, Văn"],
    [
      { family: "Alembert", "non-dropping-particle": "d'", given: "J." },
      "{d'Alembert}, J.",
      "family={Alembert}, given={J.}, prefix={d'}",
    ],
    [{ family: "García López" }, String.raw`{Garc{\'i}a L{\'o}pez}`, "family={García López}"],
    [
      { literal: "Barnes and Noble, Inc. #1" },
      String.raw`{Barnes and Noble, Inc. \#1}`,
      String.raw`{Barnes and Noble, Inc. \#1}`,
    ],
    [OTHERS, "others", "others"],
  ])("such as %j stay whole and keep their parts", (name, bibtex, biblatex) => {
    expect(bibtexNames([name], "bibtex")).toBe(bibtex);
    expect(bibtexNames([name], "biblatex")).toBe(biblatex);
  });

  it("of which only the print is known are taken apart at their comma", () => {
    expect(guessNameParts("van der Berg, Jan")).toEqual({
      particle: "van der",
      family: "Berg",
      given: "Jan",
    });
    expect(guessNameParts("Martin King, Jr.")).toEqual({ family: "King", given: "Martin", suffix: "Jr." });
    expect(guessNameParts("King, Jr., Martin")).toEqual({ family: "King", given: "Martin", suffix: "Jr." });
  });
});

describe("a title", () => {
  it.each([
    [
      "BERT: Pre-training of Deep Bidirectional Transformers",
      "{BERT}: Pre-training of Deep Bidirectional Transformers",
    ],
    ["Learning DINOv2 in 3D", "Learning {DINOv2} in {3D}"],
    [
      "A U-Net for Self-Supervised RL-Based Q-Learning",
      "A {U-Net} for Self-Supervised {RL}-Based {Q-Learning}",
    ],
    ["Deep learning with Gaussian processes (GPs)", "Deep learning with {Gaussian} processes ({GPs})"],
    [
      "Deep learning with Gaussian processes in Python",
      "Deep learning with {Gaussian} processes in {Python}",
    ],
    ["k-means and t-SNE of a β", "{k-means} and {t-SNE} of a {β}"],
    ["ATTENTION IS ALL YOU NEED", "ATTENTION IS ALL YOU NEED"],
    ["{x} ~ 100% & C#_1 by T5", String.raw`\{x\} \textasciitilde{} 100\% \& {C\#\_1} by {T5}`],
  ])("%s keeps its capitals", (title, latex) => {
    expect(latexTitle(title, "none")).toBe(latex);
  });

  it("has formulas that LaTeX can set", () => {
    expect(latexTitle("A β-VAE in O(n²) and x̂₁₂", "symbols")).toBe(
      String.raw`A {{$\beta$}-VAE} in {O(n{$^{2}$}}) and {{$\hat{x}$}{$_{12}$}}`,
    );
    expect(latexText("a -- b", "none")).toBe("a -{}- b");
    expect(latexText("a } b", "none")).toBe(String.raw`a \textbraceright{} b`);
  });
});

describe("the keys of papers", () => {
  const keysOf = (papers: readonly Paper[]): readonly string[] =>
    citationKeys(papers.map((paper) => [paper, cslItem(paper, "")]));

  it("are of the author, the year and a word, one for each, whatever the order", () => {
    const other = paperOf({
      title: "Attention: a survey",
      date: "2017",
      authors: { kind: "named", names: ["A. Vaswani"] },
    });
    expect(keysOf([attention])).toEqual(["vaswani2017attention"]);
    const [, ofOther = ""] = keysOf([attention, other]);
    expect(ofOther).toMatch(/^vaswani2017attention[a-z]{2}$/);
    expect(keysOf([attention, other])).toEqual(["vaswani2017attention", ofOther]);
    expect(keysOf([other, attention])).toEqual([ofOther, "vaswani2017attention"]);
  });

  it("of a library are one for each, and the same whichever of its papers are cited, in whatever order", () => {
    const one = fc.record({
      title: fc.constantFrom("Attention one", "Attention two", "Deep", "深度学习"),
      date: fc.constantFrom("2017", "2018-05"),
      name: fc.constantFrom("A. Vaswani", "B. Vaswani", "C. Smith"),
      arxiv: fc.integer({ min: 1000, max: 1400 }).map((number) => `2301.0${number}`),
    });
    const entryOf = ({
      title,
      date,
      name,
      arxiv,
    }: {
      title: string;
      date: string;
      name: string;
      arxiv: string;
    }) => {
      const paper = paperOf({ title, date, arxiv, authors: { kind: "named", names: [name] } });
      return [paper, cslItem(paper, "")] as const;
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(one, { selector: ({ arxiv }) => arxiv, maxLength: 60 }),
        fc.nat(),
        (all, seed) => {
          const library = all.map(entryOf);
          const keys = new Map(citationKeys(library, library).map((key, i) => [library[i]?.[0].id, key]));
          expect(new Set(keys.values()).size).toBe(library.length);
          const some = library.toReversed().filter((_one, i) => (seed >> (i % 30)) % 2 === 1);
          expect(citationKeys(some, library)).toEqual(some.map(([{ id }]) => keys.get(id)));
        },
      ),
    );
  });

  it("are there where nothing is known that letters of ASCII can say", () => {
    expect(keysOf([paperOf({ title: "深度学习" })])).toEqual([expect.stringMatching(/^paper[0-9a-f]{8}$/)]);
    expect(keysOf([paperOf({ title: "深度学习", arxiv: "2301.00001" })])).toEqual(["arxiv230100001"]);
  });
});
