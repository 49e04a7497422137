import { describe, expect, it } from "vitest";
import { readDoi } from "../../../src/sources/datacite/dois.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import { startDataCite } from "../../fakes/sources/datacite.ts";
import { createLookup, FAULTS, titles } from "../lookup-kit.ts";
import { dataCitePreprint, dataCiteSoftware } from "../recorded-dois.ts";

async function setUp() {
  const clock = createTestClock("2026-03-06T12:00:00Z");
  const fake = await startDataCite({ clock });
  return { clock, fake, ...createLookup("datacite", clock, { dataCiteUrl: fake.url }) };
}

describe("works by their DOIs", () => {
  it("come from DataCite, one a request, and those that are not there are told", async () => {
    const { fake, byIds } = await setUp();
    const read = await byIds("10.5281/ZENODO.3509134", "10.18420/informatik2020_01", "10.5555/none");
    expect(titles(read)).toEqual(["pandas-dev/pandas: Pandas", "Wombats im Kontext"]);
    expect(read.papers[1]?.listing).toMatchObject({
      type: "paper-conference",
      containerTitle: "INFORMATIK 2020",
      page: "1–9",
      date: "2021",
    });
    expect(read.problems).toEqual(["expected the paper 10.5555/none, found no work with this DOI"]);
    expect(fake.violations).toEqual([]);
  });

  it("are read with their names in parts, their day, kind, version, licence and words", () => {
    expect(readDoi(dataCiteSoftware, "f")).toEqual({
      title: "pandas-dev/pandas: Pandas",
      abstract: "Tables & series.",
      date: "2024-01-20",
      authors: {
        kind: "named",
        names: ["Ada van der Berg", "The pandas development team", "John Doe"],
        parts: [
          { family: "Berg", given: "Ada", particle: "van der" },
          { literal: "The pandas development team" },
          { family: "Doe", given: "John" },
        ],
      },
      keywords: ["data analysis"],
      urls: ["https://doi.org/10.5281/zenodo.3509134", "https://zenodo.org/doi/10.5281/zenodo.3509134"],
      type: "software",
      publisher: "Zenodo",
      doi: "10.5281/zenodo.3509134",
      version: "v2.2.0",
      language: "en",
      license: "https://opensource.org/licenses/BSD-3-Clause",
      listedOn: "DataCite",
      sourceKind: "datacite",
    });
    expect(readDoi(dataCitePreprint, "f")).toMatchObject({
      arxivId: "1706.03762",
      date: "2017-06",
      publisher: "arXiv",
      type: "article",
    });
  });

  it.each(FAULTS)(
    "come all the same, or are told as missing, where the answer is %o",
    async (fault, times, comes) => {
      const { fake, byIds } = await setUp();
      fake.failNext(fault, times);
      const read = await byIds("10.5281/zenodo.3509134");
      expect([titles(read).length, read.problems.length]).toEqual(comes ? [1, 0] : [0, 1]);
    },
  );
});

describe("a search at DataCite", () => {
  it("gives works with the words, whose signs are no operators", async () => {
    const { fake, search } = await setUp();
    expect(titles(await search("wombats: (im) kontext"))).toEqual(["Wombats im Kontext"]);
    expect(fake.requests[0]?.query.get("query")).toBe("wombats im kontext");
    expect(fake.violations).toEqual([]);
  });
});
