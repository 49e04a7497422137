import { describe, expect, it } from "vitest";
import { renderProblem } from "../../../src/corpus/problem.ts";
import { parseAtomQuery } from "../../../src/sources/arxiv/atom-query.ts";
import { parseDailyFeed } from "../../../src/sources/arxiv/rss.ts";
import { readXmlFeed } from "../../../src/sources/arxiv/xml-records.ts";
import { dailyAtom, dailyRss, errorFeed, queryFeed as fakeFeed } from "../../fakes/sources/arxiv-feeds.ts";
import { createWorld } from "../../fakes/sources/world.ts";
import { mixedRss, queryFeed } from "../recorded.ts";

const onlyNew = { crossLists: false };
const papers = createWorld().slice(0, 8);

describe("an answer of the query API", () => {
  it("gives all that it says of a paper, dated by its first version", () => {
    expect(parseAtomQuery(queryFeed, "query")).toEqual({
      items: [
        {
          listing: {
            title: "Large Multimodal Models as General In-Context Classifiers",
            arxivId: "2602.23229",
            abstract: "Which multimodal model should we use for classification?",
            date: "2026-02-26",
            authors: { kind: "named", names: ["Marco Garosi", "Massimiliano Mancini"] },
            urls: ["https://doi.org/10.1109/CVPR.2026.1"],
            doi: "10.1109/cvpr.2026.1",
            arxivClass: "cs.CV",
            version: "2",
            listedOn: "arXiv",
            sourceKind: "arxiv",
          },
        },
      ],
      problems: [],
      whole: true,
      entries: 1,
      total: 1,
    });
  });

  it("that is an error is a problem in arXiv's own words, though it is a feed with an entry", () => {
    const { items, problems, whole } = parseAtomQuery(errorFeed("incorrect id format for 1234"), "query");
    expect({ items, whole }).toEqual({ items: [], whole: false });
    expect(problems.map(renderProblem)).toEqual([
      "query: expected papers, found the error “incorrect id format for 1234”",
    ]);
  });

  it("cut off gives the papers before the cut, and says that it is", () => {
    const feed = fakeFeed(papers, { total: 8, start: 0 });
    const { items, problems, whole } = parseAtomQuery(
      feed.slice(0, feed.lastIndexOf("<summary>") + 30),
      "query",
    );
    expect(items.map(({ listing }) => listing.arxivId)).toEqual(papers.slice(0, 7).map(({ id }) => id));
    expect({ whole, problems: problems.map(renderProblem) }).toEqual({
      whole: false,
      problems: ["query: expected a feed to its end, found a feed that is cut off"],
    });
  });

  it("without a title, id, date or authors loses only those", () => {
    const bare = "<feed><entry><title>Alone</title></entry><entry><id>x</id></entry></feed>";
    const { items, problems } = parseAtomQuery(bare, "query");
    expect(items).toEqual([{ listing: { title: "Alone", listedOn: "arXiv", sourceKind: "arxiv" } }]);
    expect(problems.map(renderProblem)).toEqual(["query: expected an entry with a title, found “x”"]);
  });

  it("whose entries have another form is not a list without papers", () => {
    const changed = fakeFeed(papers, { total: 8, start: 0 }).replaceAll("title>", "headline>");
    expect(parseAtomQuery(changed, "query")).toMatchObject({ items: [], whole: false, entries: 8 });
  });

  it("may write its texts as CDATA, and its identifiers in the old form and with a version", () => {
    const feed = `<feed><entry><id>http://arxiv.org/abs/hep-th/9901001v3</id>
<title><![CDATA[Bounds on $n < m$\n & <more>]]></title></entry></feed>`;
    expect(parseAtomQuery(feed, "query").items).toEqual([
      {
        listing: {
          title: "Bounds on n < m & <more>",
          arxivId: "hep-th/9901001",
          version: "3",
          listedOn: "arXiv",
          sourceKind: "arxiv",
        },
      },
    ]);
  });

  it.each(["", "   ", "<html><body>503</body></html>", '{"error":1}', "Rate exceeded."])(
    "that is %o is no feed",
    (text) => {
      expect(parseAtomQuery(text, "query")).toMatchObject({
        items: [],
        whole: false,
        problems: [{ expected: "an Atom feed" }],
      });
    },
  );
});

describe("entities of XML", () => {
  const hostile = `<?xml version="1.0"?>
<!DOCTYPE feed [<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>
<feed><entry><title>A &lt;tag&gt; &amp; &#233;&#x4e2d; [&file;] [&b;]</title></entry></feed>`;

  it("are the five of XML and numbers: nothing is read from outside, and nothing grows", () => {
    const [listing] = parseAtomQuery(hostile, "query").items.map((item) => item.listing);
    expect(listing?.title).toBe("A <tag> & é中 [&file;] [&b;]");
  });

  it("come with nesting that is not followed without end, and what stood before it is kept", () => {
    const deep = `<feed><entry><title>x</title></entry>${"<a>".repeat(5_000_000)}`;
    const { records, whole } = readXmlFeed(deep);
    expect({ count: records.length, whole }).toEqual({ count: 1, whole: false });
  });
});

describe("a daily feed", () => {
  it("gives the new papers with the day of their announcement, and neither replacements nor cross-lists", () => {
    expect(parseDailyFeed(mixedRss, "rss", onlyNew)).toEqual({
      items: [
        {
          listing: {
            title: "Token Merging for Multilingual Speech Recognition in O(n²)",
            arxivId: "2603.01151",
            abstract: "Leading multilingual & low-resource models are expensive.",
            date: "2026-03-06",
            authors: { kind: "named", names: ["A. Müller", "Mei Chen"] },
            urls: ["https://doi.org/10.1145/3366423"],
            listedOn: "arXiv",
            sourceKind: "arxiv-feed",
          },
          day: "2026-03-06",
        },
      ],
      problems: [],
      whole: true,
      day: "2026-03-06",
    });
  });

  it("gives cross-lists where they are wanted, without a date: they may be old", () => {
    const { items } = parseDailyFeed(mixedRss, "rss", { crossLists: true });
    expect(items[1]).toEqual({
      listing: {
        title: "A cross-list",
        arxivId: "2603.01999",
        abstract: "Listed twice.",
        authors: { kind: "named", names: ["Someone"] },
        listedOn: "arXiv",
        sourceKind: "arxiv-feed",
      },
      day: "2026-03-06",
    });
    expect(items).toHaveLength(2);
  });

  it("says the same as RSS and as Atom", () => {
    const categories = ["cs.CL", "cs.LG"];
    const rss = parseDailyFeed(dailyRss(papers, "2026-03-03", categories), "feed", { crossLists: true });
    const atom = parseDailyFeed(dailyAtom(papers, "2026-03-03", categories), "feed", { crossLists: true });
    const without = ({ listing: { urls: _doi, ...listing }, day }: (typeof rss.items)[number]) => ({
      listing,
      day,
    });
    expect(atom.items.map(without)).toEqual(rss.items.map(without));
    expect(rss.items).toHaveLength(8);
  });

  it("is read whatever prefixes its names have", () => {
    const other = mixedRss.replaceAll("arxiv:", "paper:").replaceAll("dc:", "d:");
    expect(parseDailyFeed(other, "rss", onlyNew)).toEqual(parseDailyFeed(mixedRss, "rss", onlyNew));
  });

  it("without announce types reads them out of the description", () => {
    const silent = mixedRss.replace(/<arxiv:announce_type>(?:new|cross|replace)<\/arxiv:announce_type>/g, "");
    expect(parseDailyFeed(silent, "rss", onlyNew).items).toHaveLength(1);
  });

  it("of a weekend is empty, and that is no problem", () => {
    expect(parseDailyFeed(dailyRss([], "2026-03-07", ["cs.CL"]), "rss", onlyNew)).toMatchObject({
      items: [],
      problems: [],
      whole: true,
    });
  });

  it("cut off gives what comes before the cut", () => {
    const cut = mixedRss.slice(0, mixedRss.indexOf("A cross-list"));
    const { items, whole, problems } = parseDailyFeed(cut, "rss", onlyNew);
    expect(items).toHaveLength(1);
    expect({ whole, count: problems.length }).toEqual({ whole: false, count: 1 });
  });

  it("that is an error of arXiv's, or has items of another form, is a problem and no list", () => {
    const error = parseDailyFeed(errorFeed("bad category cs.XX"), "atom", onlyNew);
    expect(error).toMatchObject({ items: [], whole: false });
    expect(error.problems.map(renderProblem)).toEqual([
      "atom: expected papers, found the error “bad category cs.XX”",
    ]);
    const changed = mixedRss.replaceAll("title>", "headline>");
    expect(parseDailyFeed(changed, "rss", onlyNew)).toMatchObject({ items: [], whole: false });
  });

  it("of two thousand papers is read whole, and each version is the one paper", () => {
    const many = papers
      .slice(0, 1)
      .flatMap((model) =>
        Array.from({ length: 2000 }, (_none, i) => ({ ...model, id: `2603.${String(i).padStart(5, "0")}` })),
      );
    const xml = dailyRss(many, "2026-03-03", ["cs.CL"]).replaceAll(/(oai:\S+?)v1</g, "$1v3<");
    const { items, problems, whole } = parseDailyFeed(xml, "rss", onlyNew);
    expect({ problems, whole }).toEqual({ problems: [], whole: true });
    expect(items.map(({ listing }) => listing.arxivId)).toEqual(many.map(({ id }) => id));
  });

  it("that is an HTML page is a problem", () => {
    expect(parseDailyFeed("<!DOCTYPE html><html></html>", "rss", onlyNew)).toMatchObject({
      items: [],
      problems: [{ file: "rss", expected: "an RSS or Atom feed" }],
      whole: false,
    });
  });
});
