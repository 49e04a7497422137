import { describe, expect, it } from "vitest";
import { textOfJats } from "../../../src/sources/crossref/jats.ts";
import { readWork } from "../../../src/sources/crossref/works.ts";
import {
  crossrefArticle,
  crossrefChapter,
  crossrefIssue,
  crossrefNotice,
  crossrefProceedings,
  crossrefRetracted,
} from "../recorded-works.ts";

const read = (work: unknown) => readWork(work, "f");

describe("a work of Crossref", () => {
  it("is read with all that a citation needs", () => {
    expect(read(crossrefArticle)).toEqual({
      title: "Learning Escherichia coli grammars: An example with n parts",
      arxivId: "2401.00017",
      abstract: "Background: We learn n-grams & more in O(n²). Results: It works.",
      date: "2024-03-07",
      authors: {
        kind: "named",
        names: ["Ada van der Berg", "John Doe Jr.", "The Example Collaboration"],
        parts: [
          { family: "Berg", given: "Ada", particle: "van der" },
          { family: "Doe", given: "John", suffix: "Jr." },
          { literal: "The Example Collaboration" },
        ],
      },
      urls: ["https://doi.org/10.1234/JEX.2024.17"],
      type: "article-journal",
      containerTitle: "Journal of Examples",
      volume: "12",
      issue: "2",
      page: "319–322",
      publisher: "Example University Press",
      publisherPlace: "Oxford",
      doi: "10.1234/jex.2024.17",
      issn: "1234-5678",
      language: "en",
      license: "https://creativecommons.org/licenses/by/4.0/",
      listedOn: "Crossref",
      sourceKind: "crossref",
    });
  });

  it("of a conference names the proceedings, their editors and the event, and its day where one is known", () => {
    expect(read(crossrefProceedings)).toMatchObject({
      title: "On the Dangers of Stochastic Parrots: Can Language Models Be Too Big? 🦜",
      type: "paper-conference",
      date: "2021-03-03",
      editors: { names: ["Ed Itor"] },
      eventTitle: "FAccT '21: 2021 ACM Conference",
      isbn: "9781450383097",
    });
  });

  it("that is a chapter stands in its book, and the book in its series; a date that is none is none", () => {
    expect(read(crossrefChapter)).toMatchObject({
      type: "chapter",
      containerTitle: "MICCAI 2015",
      collectionTitle: "Lecture Notes in Computer Science",
      date: "2015",
      number: "e17",
    });
  });

  it("is retracted where a notice says so, and the notice itself is not", () => {
    expect(read(crossrefRetracted)).toMatchObject({
      date: "1998-02",
      status: {
        kind: "retracted",
        words: "Retraction, 2010-02-06, https://doi.org/10.1016/s0140-6736(10)60175-4",
      },
    });
    expect(read(crossrefNotice)).not.toHaveProperty("status");
    const concern = {
      ...crossrefArticle,
      "updated-by": [{ type: "expression_of_concern" }, { type: "constructor" }],
    };
    expect(read(concern)).not.toHaveProperty("status");
    const withdrawn = { ...crossrefArticle, "updated-by": [{ type: "withdrawal", label: "Withdrawal" }] };
    expect(read(withdrawn)).toMatchObject({ status: { kind: "withdrawn", words: "Withdrawal" } });
  });

  it.each([
    [crossrefIssue, "the type “journal-issue”"],
    [{ ...crossrefArticle, title: [] }, "no title"],
    [null, "the type “”"],
  ])("that is no paper is told: %#", (work, found) => {
    expect(read(work)).toMatchObject({ file: "f", found });
  });
});

describe("an abstract in JATS", () => {
  it.each([
    ["<p>One</p><p>Two</p>", "One Two"],
    ["Plain &lt;text&gt; without elements", "Plain <text> without elements"],
    ["<jats:title>Summary.</jats:title><jats:p>Text</jats:p>", "Text"],
    ["<mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math>", "x=1"],
    ["<jats:p>cut off in <jats:ital", "cut off in"],
    ["<jats:p>H<jats:sub>2</jats:sub>O</jats:p>", "H2O"],
    ["<jats:p> </jats:p>", undefined],
  ])("%s is read as %o", (markup, text) => {
    expect(textOfJats(markup)).toBe(text);
  });
});
