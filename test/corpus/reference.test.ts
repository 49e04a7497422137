import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doiUrl, paperLinks, paperUrl, parseWebUrl } from "../../src/corpus/identifiers/links.ts";
import {
  arxivPaperId,
  parseArxivId,
  parsePaperId,
  titleKey,
  titleKeyOf,
  titlePaperId,
} from "../../src/corpus/identifiers/paper-id.ts";
import type { ArxivId } from "../../src/corpus/paper.ts";
import { identityKeys } from "../../src/corpus/identifiers/identity.ts";
import { addressKeys } from "../../src/corpus/identifiers/paper-address.ts";
import { findReferences, parseReference, referenceKeys } from "../../src/corpus/identifiers/reference.ts";

/** Whether a paper with the one address is found by the other. */
function areOfOnePaper(one: string, other: string): boolean {
  const reference = parseReference(other);
  const keys = reference === undefined ? [] : referenceKeys(reference);
  return addressKeys(one).some((key) => keys.includes(key));
}

describe("a reference", () => {
  it.each([
    "1706.03762",
    "1706.03762v5",
    "arXiv:1706.03762",
    "arxiv:1706.03762",
    "https://arxiv.org/abs/1706.03762",
    "http://arxiv.org/abs/1706.03762v2",
    "https://arxiv.org/pdf/1706.03762.pdf",
    "arxiv.org/html/1706.03762v7",
    "https://huggingface.co/papers/1706.03762",
    "https://huggingface.co/papers/1706.03762.md",
    "https://hf.co/papers/1706.03762?ref=x",
    "https://www.alphaxiv.org/abs/1706.03762",
    "10.48550/arXiv.1706.03762",
    "https://doi.org/10.48550/arXiv.1706.03762",
    " <https://arxiv.org/abs/1706.03762> ",
    "<https://arxiv.org/abs/1706.03762|arxiv.org/abs/1706.03762>",
    "https://arxiv.org/abs/1706.03762?utm_source=x&utm_medium=social#S3",
    "https://export.arxiv.org/pdf/1706.03762v5.pdf",
    "https://cn.arxiv.org/abs/1706.03762/",
    "https://ar5iv.labs.arxiv.org/html/1706.03762",
    "https://ar5iv.org/abs/1706.03762v2",
    "https://www.alphaxiv.org/overview/1706.03762v7?tab=chat",
    "https://www.semanticscholar.org/arxiv/1706.03762",
    "https://api.semanticscholar.org/arXiv:1706.03762",
    "https://www.semanticscholar.org/paper/arXiv:1706.03762",
    "https://scirate.com/arxiv/1706.03762",
    "https://ui.adsabs.harvard.edu/abs/arXiv:1706.03762/abstract",
    "https://dblp.org/rec/journals/corr/abs-1706-03762.html",
    "https://dx.doi.org/10.48550/arXiv.1706.03762",
    "doi:10.48550/ARXIV.1706.03762",
    "https://web.archive.org/web/2023/https://arxiv.org/abs/1706.03762",
    "https://scholar.archive.org/work/abc/access/wayback/https://arxiv.org/pdf/1706.03762v5.pdf",
    "https://www.google.com/url?q=https%3A%2F%2Farxiv.org%2Fabs%2F1706.03762&sa=D",
    "arXiv:1706.03762v5 [cs.CL] 2 Aug 2023",
    "arXiv preprint arXiv:1706.03762",
    "arXiv 1706.03762",
    "abs/1706.03762",
    "(arXiv:1706.03762).",
    "“1706.03762”",
  ])("is read from %s", (text) => {
    expect(parseReference(text)).toEqual({ kind: "paper", id: "arxiv:1706.03762" });
  });

  it("is read from old arXiv identifiers", () => {
    expect(parseReference("https://arxiv.org/abs/cs/0112017v1")).toEqual({
      kind: "paper",
      id: "arxiv:cs/0112017",
    });
    expect(parseReference("math.GT/0309136")).toEqual({ kind: "paper", id: "arxiv:math/0309136" });
  });

  it("may be a DOI of another publisher, or an id of ours", () => {
    expect(parseReference("doi:10.1145/3292500.3330701")).toEqual({
      kind: "doi",
      doi: "10.1145/3292500.3330701",
    });
    expect(parseReference("title:tiny-language-models")).toEqual({
      kind: "paper",
      id: "title:tiny-language-models",
    });
  });

  it.each([
    "curriculum learning",
    "GPT-4",
    "3.5",
    "1706.99999999",
    "1799.12345",
    "10 papers",
    "and/or",
    "node.js/react",
    "example.org/abs/1706.03762",
    "1234567",
    "https://",
    "openreview.net",
    "",
  ])("is not found in “%s”", (text) => {
    expect(parseReference(text)).toBeUndefined();
  });
});

describe("a reference to a paper that arXiv need not have", () => {
  it.each([
    "10.1145/3292500.3330701",
    "doi:10.1145/3292500.3330701",
    "DOI: 10.1145/3292500.3330701.",
    "doi.org/10.1145/3292500.3330701",
    "https://doi.org/10.1145/3292500.3330701?utm_source=x",
    "http://dx.doi.org/10.1145%2F3292500.3330701",
    "https://dl.acm.org/doi/10.1145/3292500.3330701",
    "https://dl.acm.org/doi/pdf/10.1145/3292500.3330701",
    "https://dl.acm.org/doi/abs/10.1145/3292500.3330701#sec-ref",
    "https://doi-org.proxy.example.edu/10.1145/3292500.3330701",
    "https://example.org/view?id=10.1145/3292500.3330701&page=2",
    "(10.1145/3292500.3330701)",
    "10.1145 / 3292500.3330701",
    "doi: 10.1145/ 3292500.3330701",
  ])("is a DOI in %s", (text) => {
    expect(parseReference(text)).toEqual({ kind: "doi", doi: "10.1145/3292500.3330701" });
  });

  it.each([
    ["https://www.frontiersin.org/articles/10.3389/fnins.2020.00001/full", "10.3389/fnins.2020.00001"],
    ["https://link.springer.com/article/10.1007/s11263-015-0816-y", "10.1007/s11263-015-0816-y"],
    ["https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf", "10.1007/s11263-015-0816-y"],
    ["https://www.nature.com/articles/s41586-021-03819-2", "10.1038/s41586-021-03819-2"],
    ["https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", "10.1101/2020.01.01.123456"],
    [
      "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000001",
      "10.1371/journal.pone.0000001",
    ],
    ["https://doi.org/10.1016/S0140-6736(20)30183-5", "10.1016/s0140-6736(20)30183-5"],
  ])("is the DOI that %s has", (text, doi) => {
    expect(parseReference(text)).toEqual({ kind: "doi", doi });
  });

  it("is an address, or an old number without its archive", () => {
    expect(parseReference("https://example.org/abs/1706.03762")).toEqual({
      kind: "page",
      url: "https://example.org/abs/1706.03762",
    });
    expect(parseReference("openreview.net/forum?id=abc")).toEqual({
      kind: "page",
      url: "https://openreview.net/forum?id=abc",
    });
    for (const text of ["0305100v2", "0305100", "arXiv:0305100"])
      expect(parseReference(text)).toEqual({ kind: "number", number: "0305100" });
  });

  it.each([
    ["https://aclanthology.org/2023.acl-long.1/", "https://doi.org/10.18653/v1/2023.acl-long.1"],
    ["https://www.aclweb.org/anthology/P19-1001.pdf", "https://aclanthology.org/P19-1001"],
    ["https://openreview.net/pdf?id=HJxYz", "https://openreview.net/forum?id=HJxYz&noteId=1"],
    [
      "https://www.semanticscholar.org/paper/Attention-Vaswani/204e3073870fae3d05bcbc2f6a8e263d9b72e776?p2df",
      "https://api.semanticscholar.org/204e3073870fae3d05bcbc2f6a8e263d9b72e776",
    ],
    [
      "https://www.semanticscholar.org/paper/CorpusID:13756489",
      "https://api.semanticscholar.org/CorpusId/13756489",
    ],
    ["http://www.example.org/paper/1/?utm_source=a&fbclid=b#top", "https://example.org/paper/1"],
    [
      "https://direct.mit.edu/tacl/article/doi/10.1162/tacl_a_00349/96482/A-Primer",
      "https://doi.org/10.1162/tacl_a_00349",
    ],
  ])("is of one paper with another one: %s and %s", (one, other) => {
    expect(areOfOnePaper(one, other)).toBe(true);
    expect(areOfOnePaper(other, one)).toBe(true);
  });

  it.each([
    ["https://openreview.net/forum?id=abc", "https://openreview.net/forum?id=abd"],
    ["https://aclanthology.org/P19-1001", "https://aclanthology.org/P19-1002"],
    ["https://example.org/paper?id=1", "https://example.org/paper?id=2"],
    ["https://doi.org/10.1145/1.2", "https://doi.org/10.1145/1.3"],
    ["https://doi.org/10.18653/v1/p19-1001", "https://doi.org/10.18653/v1/p19-1002"],
    [
      "https://iopscience.iop.org/article/10.1088/1742-6596/1234/1/012345",
      "https://iopscience.iop.org/article/10.1088/1742-6596/1234/1/012346/pdf",
    ],
  ])("is not of one paper with another: %s and %s", (one, other) => {
    expect(areOfOnePaper(one, other)).toBe(false);
    expect(areOfOnePaper(other, one)).toBe(false);
  });

  it("is read in time that grows with the length of a text, whatever stands in it", () => {
    for (const part of [
      ")",
      "(",
      ").",
      "a.",
      "a",
      "10.1/)",
      "<1",
      "https://openreview.net/",
      "&quot;",
      "acl-1.",
    ]) {
      const text = `https://doi.org/10.1145/${part.repeat(40_000)}`;
      expect(parseReference(text)).toBeDefined();
      expect(findReferences(text.slice(0, 4000))).toEqual(expect.any(Array));
      expect(identityKeys({ urls: [`https://${part.repeat(40_000)}`] })).toEqual(expect.any(Array));
    }
  });

  it("is read from no text with a fault", () => {
    const part = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.constantFrom(
        "https://",
        "doi.org/",
        "10.1145/",
        "%",
        "%E0%A4",
        "?id=",
        "arxiv.org/abs/",
        "web.archive.org/web/",
        "[",
        "//",
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        const reference = parseReference(text);
        expect(reference === undefined ? [] : referenceKeys(reference)).toEqual(expect.any(Array));
        expect(findReferences(text)).toEqual(expect.any(Array));
      }),
    );
  });
});

describe("an id", () => {
  it("of a title fits a button whatever the title is, and is read back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (title) => {
        const id = titlePaperId(title);
        expect(id.length).toBeLessThanOrEqual("title:".length + 60);
        expect(parsePaperId(id)).toBe(id);
      }),
    );
  });

  it("of a title says what the title's key is, or how it begins", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "grapheme", maxLength: 400 }),
          fc
            .array(fc.constantFrom("graph", "Ünïcode", "—", "00c0ffee", "𠀀𠀀𠀀𠀀𠀀"), { maxLength: 20 })
            .map((some) => some.join(" ")),
        ),
        (title) => {
          const of = titleKeyOf(titlePaperId(title)) ?? { key: "none", whole: true };
          const key = titleKey(title);
          expect(of.whole ? key : key.slice(0, of.key.length)).toBe(of.key);
        },
      ),
    );
    expect(titleKeyOf(titlePaperId("Short title"))).toEqual({ key: "shorttitle", whole: true });
    expect(titleKeyOf(titlePaperId("A long title ".repeat(10)))?.whole).toBe(false);
    expect(titleKeyOf(arxivPaperId("1706.03762" as ArxivId))).toBeUndefined();
  });

  it("is the same for spellings that differ in case, accents and punctuation", () => {
    expect(titleKey("TÜLU 3: Pushing — Frontiers!")).toBe(titleKey("tulu 3 pushing frontiers"));
    expect(titlePaperId("TÜLU 3: Pushing Frontiers")).toBe(titlePaperId("Tulu 3 — pushing frontiers"));
  });

  it("of arXiv never has a version, and months are months", () => {
    expect(parseArxivId("2306.00001v12")).toBe("2306.00001");
    expect(parseArxivId("2313.00001")).toBeUndefined();
  });
});

describe("links", () => {
  it("lead to the search for the exact title where no identifier is known", () => {
    const paper = { id: titlePaperId("A & B: 100%?"), title: "A & B: 100%?" };
    expect(paperUrl(paper)).toBe("https://huggingface.co/papers?q=%22A+%26+B%3A+100%25%3F%22");
  });

  it("lead to the abstract on arXiv, then to Hugging Face", () => {
    const id = parsePaperId("arxiv:1706.03762");
    if (id === undefined) throw new Error("not an id");
    expect(paperLinks({ id, title: "x" }).map(({ url }) => url)).toEqual([
      "https://arxiv.org/abs/1706.03762",
      "https://huggingface.co/papers/1706.03762",
    ]);
  });

  it("are web addresses only, without credentials", () => {
    expect(parseWebUrl("https://a.org/x y")).toBe("https://a.org/x%20y");
    for (const url of ["javascript:alert(1)", "file:///etc/passwd", "https://user:pw@a.org", "no address"]) {
      expect(parseWebUrl(url)).toBeUndefined();
    }
  });
});

describe("the address behind a DOI", () => {
  it.each([
    ["10.1109/5.771073", "https://doi.org/10.1109/5.771073"],
    ["https://dx.doi.org/10.1109/5.771073", "https://doi.org/10.1109/5.771073"],
    ["doi: 10.1103/A.1 10.1103/B.2", "https://doi.org/10.1103/A.1"],
    ["10.48550/arXiv.1706.03762", undefined],
    ["5.771073", undefined],
    ["", undefined],
  ])("%s is %s", (doi, url) => {
    expect(doiUrl(doi)).toBe(url);
  });
});
