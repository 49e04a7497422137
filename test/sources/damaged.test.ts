import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Listing } from "../../src/corpus/paper.ts";
import { parseArxivId } from "../../src/corpus/identifiers/paper-id.ts";
import { PUBLICATION_TEXTS } from "../../src/corpus/publication.ts";
import { parsePartialDate } from "../../src/corpus/partial-date.ts";
import { parseAtomQuery } from "../../src/sources/arxiv/atom-query.ts";
import { parseDailyFeed } from "../../src/sources/arxiv/rss.ts";
import { parseBibtex } from "../../src/sources/bibtex/read-bibtex.ts";
import { readJsonLine } from "../../src/sources/json/read-json.ts";
import { parseDailyPapers } from "../../src/sources/huggingface/daily-papers.ts";
import { readWork } from "../../src/sources/crossref/works.ts";
import { readDoi } from "../../src/sources/datacite/dois.ts";
import { readWork as readOpenAlexWork } from "../../src/sources/openalex/works.ts";
import { readPaper } from "../../src/sources/semantic-scholar/papers.ts";
import { parseLiveFeed } from "../../src/sources/feed/live-feed.ts";
import { parseHtmlPage } from "../../src/sources/huggingface/html-page.ts";
import type { ReadRecord } from "../../src/sources/lookup.ts";
import { isListing } from "../../src/sources/lookup.ts";
import type { ParsedList } from "../../src/sources/source.ts";
import { feedText } from "../fakes/sources/feeds.ts";
import { dailyPage } from "../fakes/sources/hugging-face-items.ts";
import { createWorld } from "../fakes/sources/world.ts";
import { crossrefArticle, openAlexWork, s2Paper } from "./recorded-works.ts";
import { dataCiteSoftware } from "./recorded-dois.ts";
import { dailyItem, mixedRss, queryFeed, snapshotLine } from "./recorded.ts";

const reading = { file: "f", readAt: new Date("2026-03-06T12:00:00Z") };
const bibtex = `@string{x = "X"}
@article{a, title = {{B}ERT} # x, author = {Last, First and Other}, year = 2024, month = mar, eprint = {1706.03762}}
@misc(b, title = "Two", doi = {10.1145/1})`;

const entry = { link: "https://journal.example/1", authors: ["A. One"], doi: "10.5555/1" };
const journalFeed = feedText({ form: "rss-1", entries: [{ ...entry, title: "One" }] });

/** One record as a list. */
const listOf = (record: ReadRecord): ParsedList =>
  isListing(record)
    ? { items: [{ listing: record }], problems: [], whole: true }
    : { items: [], problems: [record], whole: true };

/** Records of services that are asked for single papers, each with what reads it. */
const records: Record<string, { readonly sample: object; readonly read: (value: unknown) => ReadRecord }> = {
  "a work of Crossref": { sample: crossrefArticle, read: (value) => readWork(value, "f") },
  "a work of OpenAlex": { sample: openAlexWork, read: (value) => readOpenAlexWork(value, "f") },
  "a work of DataCite": { sample: dataCiteSoftware, read: (value) => readDoi(value, "f") },
  "a paper of Semantic Scholar": { sample: s2Paper, read: (value) => readPaper(value, "f") },
};

/** What a record's JSON is read as; damaged JSON never comes that far. */
const parseRecord =
  (read: (value: unknown) => ReadRecord) =>
  (text: string): ParsedList => {
    try {
      return listOf(read(JSON.parse(text)));
    } catch (error) {
      if (error instanceof SyntaxError) return { items: [], problems: [], whole: false };
      throw error;
    }
  };

/** Every parser with a text that it reads without a problem. */
const parsers: Record<string, { readonly sample: string; readonly parse: (text: string) => ParsedList }> = {
  "daily papers": {
    sample: JSON.stringify([dailyItem, dailyItem]),
    parse: (text) => parseDailyPapers(text, reading),
  },
  "an HTML page": {
    sample: dailyPage(createWorld().slice(0, 2), "2026-03-03"),
    parse: (text) => parseHtmlPage(text, reading),
  },
  "the cards of a page": {
    sample: dailyPage(createWorld().slice(0, 3), "2026-03-03", { props: false }),
    parse: (text) => parseHtmlPage(text, reading),
  },
  "the query API": { sample: queryFeed, parse: (text) => parseAtomQuery(text, "f") },
  "a daily feed": { sample: mixedRss, parse: (text) => parseDailyFeed(text, "f", { crossLists: true }) },
  "a journal's feed": {
    sample: journalFeed,
    parse: (text) => parseLiveFeed(text, "f"),
  },
  BibTeX: { sample: bibtex, parse: (text) => parseBibtex("f", text) },
  "the snapshot": {
    sample: JSON.stringify(snapshotLine),
    parse(text) {
      const [item] = readJsonLine(text, { file: "f", line: 1 });
      return {
        items: item?.kind === "paper" ? [{ listing: item.listing }] : [],
        problems: item?.kind === "problem" ? [item.problem] : [],
        whole: true,
      };
    },
  },
};

for (const [name, { sample, read }] of Object.entries(records))
  parsers[name] = { sample: JSON.stringify(sample), parse: parseRecord(read) };

const FIELDS = new Set([
  ..."title arxivId abstract date authors organisation comments upvotes urls hiddenAuthors listedOn sourceKind readAt".split(
    " ",
  ),
  ...PUBLICATION_TEXTS,
  "keywords",
  "editors",
  "status",
]);

/** What about a listing is not as every listing must be, however damaged its source was. */
function unsound(listing: Listing): string[] {
  const { title, arxivId, date, authors, comments, urls } = listing;
  const wrong = {
    fields: Object.entries(listing).some(([name, value]) => !FIELDS.has(name) || value === undefined),
    title: title === "",
    arxivId: arxivId !== undefined && parseArxivId(arxivId) !== arxivId,
    date: date !== undefined && parsePartialDate(date) !== date,
    authors: authors?.kind === "named" && (authors.names.length === 0 || authors.names.includes("")),
    comments: comments !== undefined && !Number.isSafeInteger(comments),
    urls: urls?.some((url) => !/^https?:\/\//.test(url)) === true || urls?.length === 0,
  };
  return Object.entries(wrong).flatMap(([name, is]) => (is ? [name] : []));
}

/** What is wrong with what a parser gave. */
const flaws = ({ items, problems }: ParsedList): string[] => [
  ...items.flatMap(({ listing }) => unsound(listing)),
  ...problems.filter(({ expected, found }) => expected === "" || found === "").map(() => "problem"),
];

/** Pieces that begin something; a hundred thousand letters of them must not take time that grows with the square. */
const PIECES =
  '< <a <!-- <!----> & { } \\ $ $x @a{ [ " ( () <p ^{ \\frac{ arXiv: 10.1234/ x= <b> </b> <h3> &# a'.split(
    " ",
  );

/** Cuts a piece out, puts something in its place, and perhaps cuts the end off. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(40),
  put: fc.oneof(
    fc.constant(""),
    fc.string(),
    fc.constantFrom('"', "{", "}", "<", "&", "]]>", "null", "-1", "\u0000"),
  ),
  keep: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.boolean(),
});

describe.each(Object.entries(parsers))("%s", (_name, { sample, parse }) => {
  it("is read without a problem as it is", () => {
    const parsed = parse(sample);
    expect({ problems: parsed.problems, flaws: flaws(parsed) }).toEqual({ problems: [], flaws: [] });
    expect(parsed.items.length).toBeGreaterThan(0);
  });

  it("when damaged is never thrown about, and gives only sound papers", () => {
    fc.assert(
      fc.property(damage, ({ at, length, put, keep, cut }) => {
        const from = Math.floor(at * sample.length);
        const changed = sample.slice(0, from) + put + sample.slice(from + length);
        const text = cut ? changed.slice(0, Math.floor(keep * changed.length)) : changed;
        expect(flaws(parse(text))).toEqual([]);
      }),
    );
  });

  it.each(PIECES)("with nothing but %s in its middle is read to its end", (piece) => {
    const middle = Math.floor(sample.length / 2);
    const text = sample.slice(0, middle) + piece.repeat(100_000 / piece.length) + sample.slice(middle);
    expect(flaws(parse(text))).toEqual([]);
  });

  it("when it is anything at all is never thrown about", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
        expect(flaws(parse(text))).toEqual([]);
      }),
    );
  });
});

describe("the JSON of Hugging Face", () => {
  it("with any value in any place invents nothing", () => {
    const names = [...Object.keys(dailyItem.paper), ...Object.keys(dailyItem)];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        const paper = { ...dailyItem.paper, [name]: value };
        const json = JSON.stringify([{ ...dailyItem, [name]: value, paper }]);
        expect(flaws(parseDailyPapers(json, reading))).toEqual([]);
      }),
    );
  });
});

describe.each(Object.entries(records))("%s", (_name, { sample, read }) => {
  /** The record with a value in the place of any of its own, however deep. */
  const places: string[][] = [];
  const walk = (value: unknown, path: string[]): void => {
    if (path.length > 0) places.push(path);
    if (typeof value === "object" && value !== null)
      for (const [key, one] of Object.entries(value)) walk(one, [...path, key]);
  };
  walk(sample, []);
  const withValue = (value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown => {
    if (key === undefined) return put;
    const inner = (value as Record<string, unknown>)[key];
    if (Array.isArray(value))
      return value.map((one, i) => (String(i) === key ? withValue(one, rest, put) : one));
    return { ...(value as object), [key]: withValue(inner, rest, put) };
  };

  it("with any value in any place invents nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
        expect(flaws(listOf(read(withValue(sample, place, value))))).toEqual([]);
      }),
    );
  });
});
