import { describe, expect, it } from "vitest";
import type { Listing } from "../../../src/corpus/paper.ts";
import { parseArxivId } from "../../../src/corpus/identifiers/paper-id.ts";
import type { PartialDate } from "../../../src/corpus/partial-date.ts";
import { readFileOf } from "../file-of.ts";

const ARXIV_ID = parseArxivId("1706.03762") ?? expect.fail();

const json = (value: unknown, indent?: number): string => JSON.stringify(value, undefined, indent);

const attention = { title: "Attention Is All You Need", arxivId: "1706.03762" };

describe("answers of services in a file", () => {
  it("may be Crossref's: a list of works, or one", async () => {
    const work = {
      DOI: "10.1000/1",
      type: "journal-article",
      title: ["One"],
      author: [{ given: "Ann", family: "Alpha" }],
      "container-title": ["Journal of Ones"],
      issued: { "date-parts": [[2019, 3]] },
    };
    const paper = {
      title: "One",
      date: "2019-03",
      containerTitle: "Journal of Ones",
      doi: "10.1000/1",
      listedOn: "c.json",
    };
    for (const message of [{ items: [work, { ...work, title: ["Two"] }] }, work]) {
      const { listings, problems } = await readFileOf(
        "c.json",
        json({ status: "ok", "message-type": "x", message }),
      );
      expect(problems).toEqual([]);
      expect(listings[0]).toMatchObject({ ...paper, authors: { names: ["Ann Alpha"] } });
      expect(listings).toHaveLength("items" in message ? 2 : 1);
    }
  });

  it("may be OpenAlex's: pages of works, or works one a line", async () => {
    const work = {
      id: "https://openalex.org/W2741809807",
      doi: "https://doi.org/10.48550/arxiv.1706.03762",
      title: attention.title,
      publication_date: "2017-06-12",
      authorships: [{ author: { display_name: "Ashish Vaswani" } }],
      primary_location: { source: { display_name: "NeurIPS", type: "conference" } },
      abstract_inverted_index: { The: [0], models: [2], dominant: [1] },
    };
    for (const content of [
      json({ meta: { count: 1 }, results: [work], group_by: [] }),
      json(work),
      `${json(work)}\n${json(work)}\n`,
    ]) {
      const { listings, problems } = await readFileOf("o.json", content);
      expect(problems).toEqual([]);
      expect(listings[0]).toMatchObject({
        ...attention,
        abstract: "The dominant models",
        date: "2017-06-12",
        containerTitle: "NeurIPS",
        authors: { names: ["Ashish Vaswani"] },
      });
    }
  });

  it("may be Semantic Scholar's", async () => {
    const paper = {
      paperId: "204e3073870fae3d05bcbc2f6a8e263d9b72e776",
      externalIds: { ArXiv: "1706.03762", DOI: "10.1000/1", ACL: "P17-1", CorpusId: 13756489 },
      title: attention.title,
      abstract: null,
      venue: "NeurIPS",
      year: 2017,
      publicationDate: "2017-06-12",
      publicationTypes: ["Conference"],
      journal: { name: "Advances", volume: "30", pages: "1-12" },
      authors: [{ authorId: "1", name: "Ashish Vaswani" }],
      openAccessPdf: { url: "https://arxiv.org/pdf/1706.03762", status: "GREEN" },
      citationCount: 1,
    };
    for (const content of [json({ total: 1, offset: 0, data: [paper] }), json([paper], 2), json(paper)]) {
      const { listings, problems, fields } = await readFileOf("s.json", content);
      expect([problems, fields]).toEqual([[], []]);
      expect(listings).toMatchObject([
        {
          ...attention,
          date: "2017-06-12",
          type: "paper-conference",
          containerTitle: "Advances",
          volume: "30",
          page: "1–12",
          doi: "10.1000/1",
          authors: { names: ["Ashish Vaswani"] },
          urls: ["https://arxiv.org/pdf/1706.03762", "https://doi.org/10.1000/1"],
        },
      ]);
    }
  });

  it("may be DBLP's", async () => {
    const info = {
      authors: {
        author: [
          { "@pid": "1", text: "Wei Wang 0001" },
          { "@pid": "2", text: "Ashish Vaswani" },
        ],
      },
      title: "Attention is All you Need.",
      venue: "CoRR",
      volume: "abs/1706.03762",
      year: "2017",
      type: "Informal and Other Publications",
      ee: "http://arxiv.org/abs/1706.03762",
    };
    const answer = {
      result: { query: "x", hits: { "@total": "1", hit: [{ "@score": "1", "@id": "1", info }] } },
    };
    for (const content of [json(answer), json(answer, 2)]) {
      const { listings, problems } = await readFileOf("d.json", content);
      expect(problems).toEqual([]);
      expect(listings).toMatchObject([
        {
          title: "Attention is All you Need",
          arxivId: "1706.03762",
          date: "2017",
          type: "article",
          authors: { names: ["Wei Wang", "Ashish Vaswani"] },
        },
      ]);
    }
  });
});

describe("Semantic Scholar's papers", () => {
  it("that stand on arXiv beside a conference are of the conference, and on arXiv alone preprints", async () => {
    const onArxiv = {
      title: attention.title,
      externalIds: { ArXiv: "1706.03762", DBLP: "journals/corr/VaswaniSPUJGKP17" },
      journal: { name: "ArXiv", volume: "abs/1706.03762" },
      publicationTypes: ["JournalArticle", "Conference"],
      authors: [{ name: "Ashish Vaswani" }],
    };
    const { listings } = await readFileOf(
      "s.jsonl",
      [
        { ...onArxiv, venue: "Neural Information Processing Systems" },
        { ...onArxiv, venue: "arXiv.org", publicationTypes: ["JournalArticle"] },
        { contexts: [], citedPaper: { ...onArxiv, venue: "ICLR" } },
      ]
        .map((line) => json(line))
        .join("\n"),
    );
    expect(
      listings.map(({ arxivId, type, containerTitle, volume }) => [arxivId, type, containerTitle, volume]),
    ).toEqual([
      ["1706.03762", "paper-conference", "Neural Information Processing Systems", undefined],
      ["1706.03762", "article", undefined, undefined],
      ["1706.03762", "paper-conference", "ICLR", undefined],
    ]);
  });
});

describe("a record that this program keeps", () => {
  it("is read with every field that it has", async () => {
    const kept: Listing = {
      title: "One",
      arxivId: ARXIV_ID,
      abstract: "Of wombats.",
      date: "2019-03" as PartialDate,
      authors: {
        kind: "named",
        names: ["Jan van der Berg Jr.", "Google Research"],
        parts: [
          { family: "Berg", given: "Jan", particle: "van der", suffix: "Jr." },
          { literal: "Google Research" },
        ],
        others: true,
      },
      editors: { kind: "named", names: ["Ben Beta"], parts: [{ family: "Beta", given: "Ben" }] },
      organisation: { name: "Google", handle: "google" },
      comments: 3,
      upvotes: { count: 5, readAt: "2026-03-01T10:00:00.000Z" },
      status: { kind: "withdrawn", words: "withdrawn by its authors" },
      keywords: ["a", "b"],
      urls: ["https://a.org/1", "https://doi.org/10.1000/1"],
      hiddenAuthors: ["0123456789abcdef"],
      type: "report",
      containerTitle: "C",
      collectionTitle: "S",
      eventTitle: "E",
      volume: "1",
      issue: "2",
      page: "3–4",
      number: "TR-7",
      edition: "2",
      publisher: "P",
      publisherPlace: "A",
      genre: "Technical report",
      doi: "10.1000/1",
      isbn: "978-1-5108-6096-4",
      issn: "1570-8268",
      arxivClass: "cs.CL",
      version: "2",
      language: "en",
      license: "https://a.org/l",
      code: "https://a.org/c",
      journalRef: "J 1 (2019)",
      listedOn: "Crossref",
    };
    const { listings, problems, fields } = await readFileOf(
      "papers.jsonl",
      `${json({ ...kept, readAt: "2026-01-01T00:00:00.000Z", sourceKind: "crossref" })}\n`,
    );
    expect([problems, fields]).toEqual([[], []]);
    expect(listings).toEqual([{ ...kept, readAt: expect.any(String) }]);
  });
});

describe("JSON Lines", () => {
  it("may have the field's common names, and tell of each paper what was not understood", async () => {
    const { listings, problems, fields } = await readFileOf(
      "a.jsonl",
      [
        {
          title: "One",
          year: 2017,
          authors: [{ name: "Jan van der Berg" }],
          doi: "10.1000/1",
          pdf_url: "https://a.org/1.pdf",
          venue: "ICLR",
          keywords: ["a", "b"],
        },
        {
          title: "Two",
          published: "2017-06-12T10:00:00Z",
          authors: [{ first: "Ann", last: "Alpha" }],
          year: 2017,
          rating: 5,
        },
        { title: "Three", date: "soon", authors: 0 },
      ]
        .map((line) => json(line))
        .join("\n"),
    );
    expect(problems).toEqual([]);
    expect(fields).toEqual(["rating", "date", "authors"]);
    expect(listings).toMatchObject([
      {
        date: "2017",
        doi: "10.1000/1",
        containerTitle: "ICLR",
        keywords: ["a", "b"],
        urls: ["https://a.org/1.pdf", "https://doi.org/10.1000/1"],
        authors: {
          names: ["Jan van der Berg"],
          parts: [{ family: "Berg", given: "Jan", particle: "van der" }],
        },
      },
      { date: "2017-06-12", authors: { names: ["Ann Alpha"] } },
      { title: "Three" },
    ]);
  });
});
