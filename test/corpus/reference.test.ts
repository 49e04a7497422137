import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doiUrl, paperLinks, paperUrl, parseWebUrl } from "../../src/corpus/links.ts";
import {
  arxivPaperId,
  parseArxivId,
  parsePaperId,
  titleKey,
  titleKeyOf,
  titlePaperId,
} from "../../src/corpus/paper-id.ts";
import type { ArxivId } from "../../src/corpus/paper.ts";
import { parseReference } from "../../src/corpus/reference.ts";

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
    "https://example.org/abs/1706.03762",
    "10 papers",
    "",
  ])("is not found in “%s”", (text) => {
    expect(parseReference(text)).toBeUndefined();
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
