import { authorKey } from "../../../src/corpus/names/author-names.ts";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/corpus/merging/catalogue.ts";
import { renderProblem } from "../../../src/corpus/problem.ts";
import { parseDailyPapers } from "../../../src/sources/huggingface/daily-papers.ts";
import { parseHtmlPage } from "../../../src/sources/huggingface/html-page.ts";
import { dailyPage } from "../../fakes/sources/hugging-face-items.ts";
import { createWorld } from "../../fakes/sources/world.ts";
import { dailyItem, oldSearch } from "../recorded.ts";

const reading = { file: "daily", readAt: new Date("2026-03-06T12:00:00Z") };
const read = (value: unknown) => parseDailyPapers(JSON.stringify(value), reading);
const listing = (value: unknown) => read(value).items[0]?.listing;
const withPaper = (changes: object) => [{ ...dailyItem, paper: { ...dailyItem.paper, ...changes } }];

const garosi = {
  title: "Large Multimodal Models as General In-Context Classifiers",
  arxivId: "2602.23229",
  abstract: "Which multimodal model should we use for classification?",
  date: "2026-02-26",
  authors: { kind: "named", names: ["Marco Garosi"] },
  organisation: { name: "Multimedia and Human Understanding Group", handle: "MHUGLab" },
  comments: 1,
  upvotes: { count: 10, readAt: "2026-03-06T12:00:00.000Z" },
  urls: ["https://github.com/marco-garosi/CIRCLE", "https://circle-lmm.github.io/"],
  code: "https://github.com/marco-garosi/CIRCLE",
  hiddenAuthors: [authorKey("Somebody Else")],
  listedOn: "Hugging Face Papers",
  sourceKind: "huggingface",
};

describe("an item of the daily papers", () => {
  it("gives all that is the paper's own, the votes with their time, and the day it was listed", () => {
    expect(read([dailyItem])).toEqual({
      items: [{ listing: garosi, day: "2026-03-06" }],
      problems: [],
      whole: true,
    });
  });

  it("never prints the name of an author who hides it", () => {
    expect(JSON.stringify(read([dailyItem]))).not.toContain("Somebody Else");
    const hidden = dailyItem.paper.authors.map((author) => ({ ...author, hidden: true }));
    expect(listing(withPaper({ authors: hidden }))?.authors).toEqual({ kind: "counted", count: 2 });
  });

  it("is dated by the inner time: the outer one is Eastern time printed as UTC", () => {
    const late = { ...dailyItem, publishedAt: "2026-02-26T20:30:00.000Z" };
    const paper = { ...dailyItem.paper, publishedAt: "2026-02-27T01:30:00.000Z" };
    expect(listing([{ ...late, paper }])?.date).toBe("2026-02-27");
    const { publishedAt: _none, ...undated } = dailyItem.paper;
    expect(listing([{ ...late, paper: undated }])?.date).toBe("2026-02-26");
  });

  it("takes midnight as a day, not as a moment", () => {
    expect(read(withPaper({ submittedOnDailyAt: "2026-05-18T00:00:00.000Z" })).items[0]?.day).toBe(
      "2026-05-18",
    );
    expect(listing(withPaper({ publishedAt: "2026-05-18T00:00:00-04:00" }))?.date).toBe("2026-05-18");
    expect(listing(withPaper({ publishedAt: "2026-05-18T23:00:00-04:00" }))?.date).toBe("2026-05-19");
  });

  it.each(["2602.23229", " 2602.23229v3 ", "https://arxiv.org/abs/2602.23229v1", "arXiv:2602.23229"])(
    "is the paper of its identifier, in the form %o too",
    (id) => expect(listing(withPaper({ id }))?.arxivId).toBe("2602.23229"),
  );

  it("takes code as an address and as owner/name, and no address that is none", () => {
    expect(listing(withPaper({ githubRepo: "marco-garosi/CIRCLE" }))?.urls).toEqual(garosi.urls);
    expect(listing(withPaper({ githubRepo: "javascript:alert(1)", projectPage: 7 }))).not.toHaveProperty(
      "urls",
    );
  });

  it("takes the organisation of either level", () => {
    const { organization, ...paper } = dailyItem.paper;
    expect(listing([{ ...dailyItem, paper }])).not.toHaveProperty("organisation");
    expect(listing([{ ...dailyItem, paper, organization }])?.organisation).toEqual(garosi.organisation);
  });

  it("is read flat too, as single papers and older searches are", () => {
    expect(listing(dailyItem.paper)).toMatchObject({ arxivId: "2602.23229", date: "2026-02-26" });
    expect(read(oldSearch).items).toEqual([
      {
        listing: {
          title: "An Older Paper",
          arxivId: "2306.00001",
          listedOn: "Hugging Face Papers",
          sourceKind: "huggingface",
        },
      },
    ]);
  });

  it("may have fields that are not known: they are kept out, and are no error", () => {
    const more = { ...dailyItem, brandNew: { deep: [1, 2] }, paper: { ...dailyItem.paper, another: "x" } };
    expect(read([more])).toEqual(read([dailyItem]));
  });

  it("may lack everything but its title", () => {
    expect(read([{ paper: { title: "Alone" } }])).toEqual({
      items: [{ listing: { title: "Alone", listedOn: "Hugging Face Papers", sourceKind: "huggingface" } }],
      problems: [],
      whole: true,
    });
  });

  it("without a title is a problem, and the others are read", () => {
    const { items, problems } = read([{ paper: { id: "2602.1" } }, dailyItem, null]);
    expect(items).toHaveLength(1);
    expect(problems.map(renderProblem)).toEqual([
      'daily: expected a paper with a title, found “{"paper":{"id":"2602.1"}}”',
      "daily: expected a paper with a title, found “null”",
    ]);
  });

  it("is quoted in a problem without its authors: some of them may hide their names", () => {
    const { title: _none, authors, ...paper } = dailyItem.paper;
    const untitled = [{ paper: { authors, ...paper } }];
    const json = JSON.stringify([{ paper: { authors: authors.toReversed() } }]);
    const page = `<div data-target="DailyPapers" data-props="${json.slice(0, -5).replaceAll('"', "&quot;")}">`;
    const problems = [
      ...read(untitled).problems,
      ...parseDailyPapers(json, reading).problems,
      ...parseDailyPapers(json.slice(0, -5), reading).problems,
      ...parseHtmlPage(page, reading).problems,
    ];
    expect(problems).toHaveLength(5);
    expect(problems.map(renderProblem).join("\n")).not.toMatch(/Somebody|Garosi/);
  });

  it("that stands there twice is one paper, with the later and fuller facts", () => {
    const catalogue = createCatalogue();
    const fewer = { ...dailyItem, paper: { id: "2602.23229", title: "Large Multimodal Models", upvotes: 9 } };
    for (const { listing: one } of read([dailyItem, fewer, dailyItem]).items) catalogue.file(one);
    expect(catalogue.papers()).toHaveLength(1);
    expect(catalogue.papers()[0]).toMatchObject({ authors: garosi.authors, upvotes: { count: 10 } });
  });
});

describe("an answer that is no list", () => {
  it.each([
    ["cut off", JSON.stringify([dailyItem]).slice(0, 700), "a list of papers in JSON (is it cut off?)"],
    ["an HTML page", "<!DOCTYPE html><title>502</title>", "a list of papers in JSON (is it cut off?)"],
    ["empty", "", "a list of papers in JSON (is it cut off?)"],
    ["an error", '{"error":"Sorry"}', "a list of papers"],
    ["a number", "12", "a list of papers"],
  ])("because it is %s, is one problem and no papers", (_name, text, expected) => {
    const { items, problems, whole } = parseDailyPapers(text, reading);
    expect({ items, whole }).toEqual({ items: [], whole: false });
    expect(problems).toMatchObject([{ file: "daily", expected }]);
  });

  it.each([
    ["items of another form", [{ arxivId: "2602.23229", name: "x" }, { arxivId: "2602.23230" }]],
    ["an object around the list", { dailyPapers: [dailyItem] }],
    ["a message", { message: "Service busy, try again later" }],
    ["nothing", [null]],
  ])("because it holds %s, is not a list without papers", (_name, value) => {
    const { items, problems, whole } = read(value);
    expect({ items, whole }).toEqual({ items: [], whole: false });
    expect(problems).not.toEqual([]);
  });

  it("because it nests without end, is a problem and throws nothing", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    expect(parseDailyPapers(deep, reading)).toMatchObject({ items: [], whole: false });
    expect(parseDailyPapers(`[{"paper":{"id":${deep}}}]`, reading)).toMatchObject({
      items: [],
      whole: false,
    });
  });

  it("is not an empty list: that is a weekend", () => {
    expect(read([])).toEqual({ items: [], problems: [], whole: true });
  });
});

describe("a page saved as HTML", () => {
  const papers = createWorld().slice(0, 6);
  const html = dailyPage(papers, "2026-03-03");

  it("gives what its JSON says, with the day of the page", () => {
    const { items, problems, whole } = parseHtmlPage(html, reading);
    expect({ problems, whole }).toEqual({ problems: [], whole: true });
    expect(items.map(({ listing: { arxivId }, day }) => [arxivId, day])).toEqual(
      papers.map(({ id }) => [id, "2026-03-03"]),
    );
    expect(items[0]?.listing).toMatchObject({
      title: "Curriculum Learning at Scale: Part 1",
      abstract: expect.stringContaining("with O(n²) cost & 5% fewer tokens than <baseline>"),
      authors: { kind: "named", names: ["Ada Lovelace"] },
    });
  });

  it("is read the same when the attributes stand in another order", () => {
    const turned = html.replace(
      /<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" (data-props="[^"]*")>/,
      '<div $1 data-target="DailyPapers" class="SVELTE_HYDRATER contents">',
    );
    expect(turned).not.toBe(html);
    expect(parseHtmlPage(turned, reading)).toEqual(parseHtmlPage(html, reading));
  });

  it("whose JSON has another form gives what its cards show", () => {
    const changed = html.replaceAll("&quot;title&quot;", "&quot;name&quot;");
    expect(changed).not.toBe(html);
    const { items, problems } = parseHtmlPage(changed, reading);
    expect(items.map(({ listing: { arxivId } }) => arxivId)).toEqual(papers.map(({ id }) => id));
    expect(problems).toHaveLength(papers.length);
  });

  it("without the JSON gives what its cards show, and says no more than they do", () => {
    const { items, problems } = parseHtmlPage(dailyPage(papers, "2026-03-03", { props: false }), reading);
    expect(problems).toEqual([]);
    expect(items.map(({ listing: one }) => one)).toEqual(
      papers.map((paper) => ({
        title: paper.title.replace(/\s+/g, " "),
        arxivId: paper.id,
        authors: { kind: "counted", count: paper.authors.length },
        comments: paper.comments,
        upvotes: { count: paper.upvotes, readAt: "2026-03-06T12:00:00.000Z" },
        listedOn: "Hugging Face Papers",
        sourceKind: "huggingface",
      })),
    );
  });

  it("with damaged JSON gives its cards and the problem", () => {
    const { items, problems } = parseHtmlPage(
      html.replace("&quot;dailyPapers&quot;:", "&quot;daily"),
      reading,
    );
    expect(items).toHaveLength(6);
    expect(problems).toMatchObject([{ expected: "a list of papers in “data-props”" }]);
  });

  it("cut off among its cards keeps those before the cut", () => {
    const plain = dailyPage(papers, "2026-03-03", { props: false });
    const cut = plain.slice(0, plain.lastIndexOf("</h3>") - 12);
    expect(parseHtmlPage(cut, reading).items).toHaveLength(5);
  });

  it("that is another page is one problem", () => {
    const { items, problems } = parseHtmlPage("<!DOCTYPE html>\n<title>Sign in</title>", reading);
    expect(items).toEqual([]);
    expect(problems.map(renderProblem)).toEqual([
      "daily: expected a Hugging Face page with papers in “data-props” or on cards, found “<!DOCTYPE html>”",
    ]);
  });
});
