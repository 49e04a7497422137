import { describe, expect, it } from "vitest";
import { readFileOf } from "../file-of.ts";

describe("PubMed's text", () => {
  it("is read with names, journal, DOI and the lines that go on; a record begins with its number", async () => {
    const text = [
      "",
      "PMID- 12345678",
      "OWN - NLM",
      "TI  - Attention to the retina in a title that",
      "      goes on.",
      "LID - 10.1000/ABC [doi]",
      "AB  - Of wombats.",
      "FAU - Vaswani, Ashish",
      "AU  - Vaswani A",
      "CN  - Wombat Consortium",
      "JT  - Journal of wombats",
      "DP  - 2020 May 17",
      "VI  - 12",
      "PG  - 1-9",
      "IS  - 1234-5678 (Print)",
      "ZZ  - what is this",
      "PMID- 2",
      "TI  - Two.",
      "AU  - van der Berg J",
      "DP  - soon",
      "",
      "AU  - Nobody N",
    ].join("\n");
    const { listings, problems, fields } = await readFileOf("pubmed.txt", text);
    expect(listings).toMatchObject([
      {
        title: "Attention to the retina in a title that goes on",
        authors: { names: ["Ashish Vaswani", "Wombat Consortium"] },
        containerTitle: "Journal of wombats",
        date: "2020-05-17",
        doi: "10.1000/abc",
        issn: "1234-5678",
        page: "1–9",
        urls: ["https://pubmed.ncbi.nlm.nih.gov/12345678/", "https://doi.org/10.1000/ABC"],
      },
      { title: "Two", authors: { parts: [{ family: "Berg", given: "J", particle: "van der" }] } },
    ]);
    expect(fields).toEqual(["ZZ"]);
    expect(problems).toEqual([
      "20: expected a date in “DP”, found soon (kept)",
      "22: expected a record that begins with “PMID”, found “AU Nobody N”",
    ]);
  });
});

describe("Web of Science's plain text", () => {
  it("is read with names one a line", async () => {
    const text =
      "\uFEFFFN Clarivate Analytics Web of Science\r\nVR 1.0\r\nPT J\r\nAU Vaswani, A\r\n   Shazeer, N\r\nAF Vaswani, Ashish\r\n   Shazeer, Noam\r\nTI Attention is all\r\n   you need\r\nSO NEURIPS\r\nPY 2017\r\nPD JUN 12\r\nBP 1\r\nEP 9\r\nDI 10.1000/1\r\nER\r\n\r\nEF\r\n";
    const { listings, problems, fields } = await readFileOf("savedrecs.txt", text);
    expect([problems, fields]).toEqual([[], []]);
    expect(listings).toMatchObject([
      {
        title: "Attention is all you need",
        authors: { names: ["Ashish Vaswani", "Noam Shazeer"] },
        date: "2017-06-12",
        page: "1–9",
        doi: "10.1000/1",
      },
    ]);
  });
});

describe("EndNote's format of percent signs", () => {
  it("is read as the ACL Anthology, ACM and Google Scholar write it", async () => {
    const text = [
      "%0 Conference Proceedings",
      "%T Attention to wombats",
      "%A Vaswani, Ashish",
      "%A van der Berg, Jan",
      "%Y Second, Tertiary",
      "%S Proceedings of the 2017 Conference on Wombats",
      "%D 2017",
      "%8 June 12",
      "%I Association for Wombats",
      "%C Berlin, Germany",
      "%F vaswani-2017",
      "%X Of wombats,",
      "and small ones.",
      "%U https://aclanthology.org/P17-1001/",
      "%R 10.18653/v1/P17-1001",
      "%P 1-9",
      "",
      "%0 Journal Article",
      "%T Two",
      "%A Google Research",
      "%J arXiv preprint arXiv:1706.03762",
      "%D soon",
      "%* what is this",
    ].join("\n");
    const { listings, problems, fields } = await readFileOf("export.enw", text);
    expect(listings).toMatchObject([
      {
        title: "Attention to wombats",
        type: "paper-conference",
        authors: { names: ["Ashish Vaswani", "Jan van der Berg"] },
        containerTitle: "Proceedings of the 2017 Conference on Wombats",
        abstract: "Of wombats, and small ones.",
        date: "2017-06-12",
        publisher: "Association for Wombats",
        publisherPlace: "Berlin, Germany",
        page: "1–9",
        doi: "10.18653/v1/p17-1001",
        urls: ["https://aclanthology.org/P17-1001/", "https://doi.org/10.18653/v1/P17-1001"],
      },
      { title: "Two", type: "article", arxivId: "1706.03762", authors: { names: ["Google Research"] } },
    ]);
    expect(fields).toEqual(["*"]);
    expect(problems).toEqual(["22: expected a date in “%D”, found soon (kept)"]);
  });
});
