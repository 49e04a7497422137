import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuery } from "../../src/search/query/parse-query.ts";
import { UserError } from "../../src/user-error.ts";

const now = new Date("2026-11-21T12:00:00Z");
const read = (text: string) => {
  const parsed = parseQuery(text, now);
  if (parsed.kind !== "search") throw new Error(`${text} is a reference`);
  return parsed.query;
};
const none = { phrases: [], excluded: [], organisations: [], authors: [], sources: [], sort: "relevance" };

/** What reading a text comes to: the kind of query, or the name of the error. */
function attempt(text: string): string {
  try {
    return parseQuery(text, now).kind;
  } catch (error) {
    return error instanceof Error ? error.name : "something else";
  }
}

describe("the query language", () => {
  it("reads words, phrases and exclusions", () => {
    expect(read('graph "message passing" networks -survey -"large scale"')).toEqual({
      ...none,
      text: "graph message passing networks",
      phrases: ["message passing"],
      excluded: ["survey", "large scale"],
    });
  });

  it("reads sources, by their whole names or some of their words", () => {
    expect(read('source:arXiv source:"Hugging Face" llm')).toEqual({
      ...none,
      text: "llm",
      sources: ["arXiv", "Hugging Face"],
    });
  });

  it("reads organisations, authors, dates and orders, in any case and order", () => {
    expect(read('ORG:nvidia sort:Newest llm author:"yoshua bengio" after:2024-06 before:2025')).toEqual({
      ...none,
      text: "llm",
      organisations: ["nvidia"],
      authors: ["yoshua bengio"],
      from: "2024-06-01",
      before: "2025-01-01",
      sort: "newest",
    });
  });

  it.each([
    ['since:"3 months ago"', "2026-08-21"],
    ['since:"3 months"', "2026-08-21"],
    ["since:yesterday", "2026-11-20"],
    ['since:"last week"', "2026-11-14"],
    ['after:"June 2024"', "2024-06-01"],
    ['since:"Mar 9"', "2026-03-09"],
    ['since:"Dec 24"', "2025-12-24"],
    ["after:2024-02-29", "2024-02-29"],
  ])("reads %s as from %s on", (text, from) => {
    expect(read(text).from).toBe(from);
  });

  it("takes the quotes and dashes of phones for straight ones", () => {
    expect(read("“in context” –survey —review")).toMatchObject({
      phrases: ["in context"],
      excluded: ["survey", "review"],
    });
  });

  it("leaves hyphens, colons before a space, ratios and a lone quote to the words", () => {
    expect(read('pre-training MiniCPM4: fast 3:1 16:9 5" - x').text).toBe(
      'pre-training MiniCPM4: fast 3:1 16:9 5" - x',
    );
  });

  it("knows a pasted link, DOI or identifier from words", () => {
    expect(parseQuery("https://arxiv.org/abs/1706.03762v2", now)).toEqual({
      kind: "reference",
      reference: { kind: "paper", id: "arxiv:1706.03762" },
    });
    expect(parseQuery("see https://arxiv.org/abs/1706.03762", now).kind).toBe("search");
  });

  it.each([
    [
      "foo:bar x",
      '“foo:” is not an operator. Use org:, author:, source:, after:, before:, since: and sort:, or put the words into quotes to search for them: "foo:bar".',
    ],
    ["sort:best", "“sort:best” is not an order. Use sort:relevance, sort:newest, sort:discussed."],
    [
      "after:soon",
      '“after:soon” is not a date. Write a year, month or day (after:2024, after:2024-06, after:2024-06-01) a season or decade (after:"spring 2021", after:1990s) or a time ago (after:3m, after:"3 months ago").',
    ],
    ["before:2024-13", "“before:2024-13” is not a date."],
    ["since:2024 after:2023", "The query says after: or since: more than once. Keep one of them."],
    ["sort:newest sort:newest", "The query says sort: more than once. Keep one of them."],
    ["-org:nvidia", "“-org:” is not possible: only words and phrases can be excluded, such as -survey."],
    ["constructor:x", "“constructor:” is not an operator."],
    ["   ", "The query is empty. Type a few words, such as: curriculum learning"],
    [
      "x".repeat(10_000),
      "The query has 10000 characters; at most 2000 are searched. Keep the words that matter most.",
    ],
  ])("refuses %.20s in words that say what is allowed", (text, message) => {
    expect(() => parseQuery(text, now)).toThrow(UserError);
    expect(() => parseQuery(text, now)).toThrow(message);
  });

  it("either reads a text or refuses it with a UserError, whatever it is", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom('"', "-", ":", "after:", "since:", "org:", " ", "“", "sort:newest", "2024"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(attempt(pieces.join(""))).toMatch(/^(search|reference|UserError)$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a date in a query", () => {
  const from = (text: string): string | undefined => {
    const parsed = parseQuery(text, new Date("2026-11-27T12:00:00Z"));
    return parsed.kind === "search" ? parsed.query.from : undefined;
  };
  it.each([
    ["since:3m", "2026-08-27"],
    ["since:2w", "2026-11-13"],
    ["since:10d", "2026-11-17"],
    ["since:1y", "2025-11-27"],
    ["since:1990s", "1990-01-01"],
    ["after:2010s", "2010-01-01"],
    ["after:spring 2021", "2021-03-01"],
    ['after:"autumn 2019"', "2019-09-01"],
    ["after:2020winter", "2020-12-01"],
    ["since:Q3 2024", "2024-07-01"],
    ["since:2024-Q1", "2024-01-01"],
    ["since:june 2020", "2020-06-01"],
  ])("“%s” is read as %s and leaves no word behind", (text, day) => {
    expect(from(`wombats ${text}`)).toBe(day);
    const parsed = parseQuery(`wombats ${text}`, new Date("2026-11-27T12:00:00Z"));
    expect(parsed).toMatchObject({ query: { text: "wombats" } });
  });

  it.each(["since:3s", 'since:"5 minutes"', "after:32.13.2024", "since:foo", "after:Q5"])(
    "“%s” is refused by name",
    (text) => {
      expect(() => from(`wombats ${text}`)).toThrow(/^“(?:since|after):.*” is not a date\. Write a year/);
    },
  );

  it("that leaves no day between two of them is refused", () => {
    expect(() => from("wombats since:2024 before:2023")).toThrow(
      "No day is both 2024-01-01 or later and before",
    );
  });
});
