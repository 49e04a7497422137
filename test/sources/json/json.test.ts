import { describe, expect, it } from "vitest";
import { readFileOf } from "../file-of.ts";

const json = (value: unknown, indent?: number): string => JSON.stringify(value, undefined, indent);

describe("a file of CSL-JSON", () => {
  const item = {
    id: "vaswani2017",
    type: "paper-conference",
    title: "Attention Is All You Need",
    author: [
      { family: "Vaswani", given: "Ashish" },
      { family: "Berg", given: "Jan", "non-dropping-particle": "van der", suffix: "Jr." },
      { family: "de Souza", given: "Ana" },
      { literal: "Google Research" },
    ],
    issued: { "date-parts": [["2017", 6, 12]] },
    "container-title": "NeurIPS",
    page: "1-12",
    volume: 30,
    DOI: "10.1000/ABC",
    note: "arXiv:1706.03762 [cs.CL]",
    custom: "mine",
    accessed: { "date-parts": [[2020]] },
  };
  it("may be an array or one object, and gives names, dates and places in their parts", async () => {
    for (const content of [json([item]), json([item], 2), json(item, 2), `\uFEFF${json([item], 1)}\n`]) {
      const { listings, problems, fields } = await readFileOf("refs.json", content);
      expect([problems, fields]).toEqual([[], ["custom"]]);
      expect(listings).toEqual([
        {
          title: "Attention Is All You Need",
          arxivId: "1706.03762",
          type: "paper-conference",
          date: "2017-06-12",
          authors: {
            kind: "named",
            names: ["Ashish Vaswani", "Jan van der Berg Jr.", "Ana de Souza", "Google Research"],
            parts: [
              { family: "Vaswani", given: "Ashish" },
              { family: "Berg", given: "Jan", particle: "van der", suffix: "Jr." },
              { family: "Souza", given: "Ana", particle: "de" },
              { literal: "Google Research" },
            ],
          },
          containerTitle: "NeurIPS",
          page: "1–12",
          volume: "30",
          doi: "10.1000/abc",
          urls: ["https://doi.org/10.1000/ABC"],
          listedOn: "refs.json",
          readAt: expect.any(String),
        },
      ]);
    }
  });

  it.each([
    [{ "date-parts": [[2017]] }, "2017"],
    [{ "date-parts": [[2017, 6]] }, "2017-06"],
    [{ "date-parts": [["2017", "06", "12"]] }, "2017-06-12"],
    [
      {
        "date-parts": [
          [2017, 6, 1],
          [2017, 6, 5],
        ],
      },
      "2017-06-01",
    ],
    [{ "date-parts": [[2017]], season: 2 }, "2017"],
    [{ "date-parts": [[2017, 21]] }, "2017"],
    [{ raw: "2017-06-12" }, "2017-06-12"],
    [{ literal: "Spring 2017" }, "2017"],
    ["2017-06", "2017-06"],
  ])("reads the date %j", async (issued, date) => {
    const { listings } = await readFileOf("refs.json", json([{ type: "article", title: "A", issued }]));
    expect(listings).toMatchObject([{ date }]);
  });
});

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
          page: "1-12",
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
