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
          arxivClass: "cs.CL",
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
