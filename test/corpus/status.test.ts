import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJsonLine } from "../../src/sources/json/read-json.ts";
import { mergeListings } from "../../src/corpus/merging/catalogue.ts";
import type { Listing } from "../../src/corpus/paper.ts";
import { parseArxivId } from "../../src/corpus/identifiers/paper-id.ts";
import { statusInAbstract, statusInComment, statusInTitle } from "../../src/corpus/status.ts";
import { parseAtomQuery } from "../../src/sources/arxiv/atom-query.ts";

const NOTICES = [
  "This paper has been withdrawn by the author(s) due to an error in Lemma 3.",
  "This paper has been withdrawn by the author due to a crucial sign error in equation 1",
  "This submission has been withdrawn by arXiv administrators due to inappropriate text overlap.",
  "This submission has been removed by arXiv administrators because the submitter did not have the right.",
  "This article has been retracted.",
  "This manuscript is withdrawn.",
  "This arXiv submission has been temporarily withdrawn",
  "This preprint was withdrawn since the data were wrong",
  "This paper (v2) has been withdrawn",
  "This paper has been superseded by arXiv:2101.00001",
  "The authors have withdrawn this paper because of a gap in the proof.",
  "The author has withdrawn this manuscript.",
];
const COMMENTS = [
  ...NOTICES,
  "Withdrawn",
  "withdrawn by the authors",
  "Paper withdrawn due to errors",
  "Superseded by arXiv:2101.00001",
  "12 pages, 3 figures. This paper has been withdrawn by the authors.",
  "Submission withdrawn; see the newer paper",
  "Withdrawn pending revision",
  "Retracted.",
];
const ORDINARY = [
  "Patients withdrawn from the study were older.",
  "We study withdrawn drugs and why they failed.",
  "Withdrawn drugs are a lasting problem.",
  "Withdrawn from ICLR 2021",
  "Submitted to NeurIPS, later withdrawn from it",
  "This paper has been accepted at ICML. Withdrawn samples are in the appendix.",
  "This paper studies papers that have been withdrawn.",
  "This paper shows how retracted articles are still cited.",
  "Retracted articles are cited for years.",
  "The drug has been withdrawn by the maker.",
  "This drug has been withdrawn from the market.",
  "This work was removed from Wikipedia.",
  "This dataset has been withdrawn by its authors; we analyse why.",
  "The authors have withdrawn consent for the use of images.",
  "Retraction of a manifold onto its boundary",
  "Deformation retracts and retracted spaces",
  "This method has been superseded by transformers.",
  "Superseded models in production",
  "Alcohol withdrawal: a cohort study",
  "Removed 3 figures; this version has been shortened",
  "The paper withdrawn by others is cited here in full length",
];

describe("a paper's standing", () => {
  it.each(COMMENTS)("is read out of the comment %o", (text) => {
    expect(statusInComment(text)).toBeDefined();
  });
  it.each(NOTICES)("is read out of the notice %o", (text) => {
    expect(statusInAbstract(text)).toBeDefined();
  });
  it.each(ORDINARY)("is not told by %o", (text) => {
    expect([statusInComment(text), statusInAbstract(text), statusInTitle(text)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
  it.each([
    "RETRACTED: On x",
    "Retraction: On x",
    "[Retracted] On x",
    "Withdrawn: On x",
    "RETRACTED ARTICLE: On x",
  ])("is read out of the title %o", (title) => {
    expect(statusInTitle(title)).toBeDefined();
  });

  it.each([
    [{ withdrawn: true }, "withdrawn"],
    [{ retracted: true }, "retracted"],
    [{ status: "Superseded" }, "superseded"],
    [{ comments: "This paper has been withdrawn by the authors" }, "withdrawn"],
    [{ comments: 4, status: "published" }, undefined],
  ])("is read in JSON Lines from %o", (fields, kind) => {
    const line = JSON.stringify({ title: "On x", ...fields });
    expect([...readJsonLine(line, { file: "f", line: 1 })][0]).toMatchObject({ kind: "paper" });
    const read = [...readJsonLine(line, { file: "f", line: 1 })][0];
    expect(read?.kind === "paper" ? read.listing.status?.kind : "unread").toBe(kind);
  });

  it("is read in an answer of arXiv's", () => {
    const feed = `<feed xmlns:arxiv="x"><entry><title>On x</title><summary>We show x.</summary>
<arxiv:comment>This paper has been withdrawn by the author</arxiv:comment></entry></feed>`;
    expect(parseAtomQuery(feed, "q").items[0]?.listing.status).toEqual({
      kind: "withdrawn",
      words: "This paper has been withdrawn by the author",
    });
  });

  it("and the abstract before the notice stay, in whatever order the mentions come", () => {
    const arxivId = parseArxivId("2101.00001");
    if (arxivId === undefined) throw new Error("no id");
    const said = (abstract: string, readAt: string): Listing => ({
      title: "On x",
      arxivId,
      abstract,
      readAt,
      listedOn: "arXiv",
      sourceKind: "arxiv",
    });
    const mentions = [
      said("We show x.", "2026-01-01T00:00:00Z"),
      said("This submission has been withdrawn.", "2026-02-01T00:00:00Z"),
      said("This paper has been withdrawn by the author(s).", "2026-03-01T00:00:00Z"),
    ];
    const all = fc.shuffledSubarray(mentions, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(all, (order) => {
        expect(mergeListings(order)).toMatchObject([
          { abstract: "We show x.", status: { kind: "withdrawn", words: mentions[2]?.abstract } },
        ]);
      }),
    );
  });
});
