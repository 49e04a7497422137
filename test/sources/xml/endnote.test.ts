import { describe, expect, it } from "vitest";
import { readFileOf } from "../file-of.ts";

const style = (text: string): string => `<style face="normal" font="default" size="100%">${text}</style>`;
const records = (...all: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8" ?><xml><records>${all.map((one) => `<record>${one}</record>`).join("\n")}</records></xml>`;

const article = `<database name="My.enl" path="C:\\My.enl">My.enl</database><source-app name="EndNote" version="20.1">EndNote</source-app>
<rec-number>7</rec-number><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author>${style("van der Berg, Jan, Jr.")}</author><author>${style("Google Research,")}</author></authors></contributors>
<titles><title>${style("Water, H")}<style face="subscript" font="default" size="100%">2</style>${style("O &amp; more")}</title><secondary-title>${style("Journal of Rivers")}</secondary-title></titles>
<periodical><full-title>${style("Journal of Rivers")}</full-title></periodical>
<pages>${style("319-322")}</pages><volume>${style("4")}</volume><number>${style("2")}</number>
<keywords><keyword>${style("rivers")}</keyword><keyword>${style("lakes")}</keyword></keywords>
<dates><year>${style("2020")}</year><pub-dates><date>${style("May 17")}</date></pub-dates></dates>
<isbn>${style("1234-567X (Electronic)")}</isbn><electronic-resource-num>${style("10.1000/abc.7")}</electronic-resource-num>
<abstract>${style("Of rivers.")}</abstract><language>${style("English")}</language>
<urls><related-urls><url>${style("https://example.org/7")}</url></related-urls><pdf-urls><url>internal-pdf://1.pdf</url></pdf-urls></urls>`;

describe("EndNote's XML", () => {
  it("is read with all that EndNote keeps of a reference, whatever marks its letters have", async () => {
    const { listings, problems, fields } = await readFileOf("a.xml", records(article));
    expect(problems).toEqual([]);
    expect(fields).toEqual([]);
    expect(listings).toMatchObject([
      {
        title: "Water, H₂O & more",
        type: "article-journal",
        authors: {
          parts: [
            { family: "Berg", given: "Jan", particle: "van der", suffix: "Jr." },
            { literal: "Google Research" },
          ],
        },
        containerTitle: "Journal of Rivers",
        volume: "4",
        issue: "2",
        page: "319–322",
        date: "2020-05-17",
        issn: "1234-567X",
        doi: "10.1000/abc.7",
        keywords: ["rivers", "lakes"],
        abstract: "Of rivers.",
        language: "English",
        urls: ["https://example.org/7", "https://doi.org/10.1000/abc.7"],
      },
    ]);
  });

  it.each([
    [
      "a preprint",
      '<ref-type name="Electronic Article">43</ref-type><titles><title>One</title><secondary-title>arXiv preprint arXiv:1706.03762</secondary-title></titles>',
      { arxivId: "1706.03762", type: "article" },
    ],
    [
      "a chapter with editors, by its number alone",
      "<ref-type>5</ref-type><contributors><authors><author>Alpha, Ann</author></authors><secondary-authors><author>Beta, Bob</author></secondary-authors></contributors><titles><title>One</title><secondary-title>The Book</secondary-title><tertiary-title>The Series</tertiary-title></titles>",
      {
        type: "chapter",
        editors: { names: ["Bob Beta"] },
        containerTitle: "The Book",
        collectionTitle: "The Series",
      },
    ],
    [
      "a thesis, whose second authors advise",
      '<ref-type name="Thesis">32</ref-type><contributors><secondary-authors><author>Beta, Bob</author></secondary-authors></contributors><titles><title>One</title></titles><work-type>PhD thesis</work-type><publisher>MIT</publisher><dates><year>1999</year></dates>',
      { type: "thesis", genre: "PhD thesis", publisher: "MIT", date: "1999" },
    ],
    [
      "an edited book",
      '<ref-type name="Edited Book">28</ref-type><contributors><authors><author>Beta, Bob</author></authors></contributors><titles><title>One</title></titles><isbn>978-3-16-148410-0</isbn><edition>2</edition>',
      { type: "book", editors: { names: ["Bob Beta"] }, isbn: "978-3-16-148410-0", edition: "2" },
    ],
    [
      "a report with a number of its own",
      '<ref-type name="Report">27</ref-type><titles><title>One</title></titles><number>TR-7</number>',
      { type: "report", number: "TR-7" },
    ],
  ])("has every kind of work: %s", async (_kind, record, expected) => {
    const { listings, problems } = await readFileOf("library", records(record));
    expect(problems).toEqual([]);
    expect(listings[0]).toMatchObject(expected);
    expect(listings[0]?.editors !== undefined).toBe("editors" in expected);
  });

  it("tells a reference without a title, a field that nobody knows and a file that is cut off, and keeps the others", async () => {
    const file = records(
      "<titles/><electronic-resource-num>10.1000/x</electronic-resource-num>",
      "<titles><title>One</title></titles><mood>good</mood>",
      article,
    );
    const { listings, problems, fields } = await readFileOf("a.xml", file.slice(0, -200));
    expect(listings.map(({ title }) => title)).toEqual(["One"]);
    expect(fields).toEqual(["mood"]);
    expect(problems).toEqual([
      "1: expected an entry with a title, found “10.1000/x”",
      "3: expected a record to its end, found <record> that is cut off",
      expect.stringContaining("expected <xml> to its end, found a file that is cut off"),
    ]);
  });
});
