import { describe, expect, it } from "vitest";
import type { Paper } from "../../src/corpus/paper.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { PaperIndex, SearchResult } from "../../src/search/paper-index.ts";
import { parseQuery } from "../../src/search/query/parse-query.ts";
import { paper } from "../digest/papers.ts";

const search = async (text: string, index: PaperIndex): Promise<SearchResult> => {
  const parsed = parseQuery(text, new Date("2026-11-21T12:00:00Z"));
  if (parsed.kind !== "search") throw new Error(`${text} is a reference`);
  return index.search(parsed.query, { offset: 0, limit: 10 });
};
const titles = ({ hits }: SearchResult): string[] => hits.map((hit) => hit.paper.title);

describe("plurals and slips", () => {
  it.each([
    ["GPUs", "GPU"],
    ["PDEs", "PDE"],
    ["SDEs", "SDE"],
    ["LLMs", "LLM"],
    ["matrices", "matrix"],
    ["indices", "index"],
    ["axes", "axis"],
    ["hypotheses", "hypothesis"],
    ["vertices", "vertex"],
    ["corpora", "corpus"],
    ["criteria", "criterion"],
    ["curricula", "curriculum"],
    ["cortices", "cortex"],
    ["equilibria", "equilibrium"],
    ["moduli", "modulus"],
    ["meta-analyses", "meta-analysis"],
    ["IPUs", "IPU"],
    ["IoUs", "IoU"],
  ])("“%s” meets “%s”", async (plural, singular) => {
    const forms = createEmbeddedIndex();
    await forms.add([paper(`On the ${singular}`), paper(`On ${plural} again`), paper("Thus of codes")]);
    for (const typed of [plural, singular]) expect((await search(typed, forms)).total).toBe(2);
  });

  it("two neighbouring letters that are swapped are one slip, also in a plural", async () => {
    const forms = createEmbeddedIndex();
    await forms.add([paper("On protein"), paper("It was proven"), paper("Proven, and proven twice")]);
    for (const typed of ["protien", "protiens"])
      expect((await search(typed, forms)).corrections).toEqual([{ typed, used: "protein" }]);
  });

  it("the plural of an acronym that no paper has is no other word", async () => {
    const forms = createEmbeddedIndex();
    await forms.add([paper("Thus spoke the wombat")]);
    expect(await search("TPUs", forms)).toMatchObject({ unknown: ["TPUs"], corrections: [], total: 0 });
  });

  it("letters that no accent makes meet the plain ones", async () => {
    const forms = createEmbeddedIndex();
    await forms.add([
      paper("Große Møller", { authors: { kind: "named", names: ["Łukasz Kaiser", "ĐORĐE Ilić"] } }),
    ]);
    for (const typed of ["grosse", "moller", "author:lukasz", "author:dorde", "author:ilic"])
      expect((await search(typed, forms)).total).toBe(1);
    for (const typed of ["Łukasz", "LUKASZ", "dorde"])
      expect(await search(typed, forms)).toMatchObject({ total: 1, unknown: [], corrections: [] });
  });
});

describe("a word in capitals", () => {
  const some = [
    paper("Clips of videos", { abstract: "Clips and clips and more clips, each clip from a video." }),
    paper("Clip and clips", { abstract: "A clip." }),
    paper("Images and texts together", {
      abstract:
        "Trained as CLIP is, on four hundred million pairs of both, with an encoder for each of them.",
    }),
    paper("OpenCLIP", { abstract: "Pairs of images." }),
    paper("ViCLIP for clips", { abstract: "Clips." }),
  ];
  it("is a name, which papers that have the name answer before those that have the word", async () => {
    const index = createEmbeddedIndex();
    await index.add(some);
    expect(
      titles(await search("CLIP", index))
        .slice(0, 2)
        .toSorted(),
    ).toEqual(["Images and texts together", "OpenCLIP"]);
  });

  it("is a word like any other where no paper has it as a name, or all is typed so", async () => {
    const index = createEmbeddedIndex();
    await index.add(some);
    const order = titles(await search("videos of clips", index));
    for (const typed of ["VIDEOS OF CLIPS", "VIDEOS of clips"])
      expect(titles(await search(typed, index))).toEqual(order);
  });
});

describe("names among the words", () => {
  const papers = [
    paper("Four bits are enough", { organisation: { name: "Example Labs of Ulm", handle: "exlabs" } }),
    paper("Enough of bits", {
      authors: { kind: "named", names: ["Ann O'Brien", "Shai Ben-David", "Wei Young"] },
    }),
    paper("Young, and full of labs"),
  ];
  it.each([
    ["bits exlabs", "Four bits are enough"],
    ["example labs", "Four bits are enough"],
    ["bits O'Brien", "Enough of bits"],
    ["obrien", "Enough of bits"],
    ["bits Ben-David", "Enough of bits"],
    ["ben david", "Enough of bits"],
    ["BenDavid", "Enough of bits"],
    ["author:obrien", "Enough of bits"],
    ['author:"ben david"', "Enough of bits"],
    ["author:Ben-David", "Enough of bits"],
  ])("“%s” finds the paper of that name, which lacks nothing", async (typed, title) => {
    const named = createEmbeddedIndex();
    await named.add(papers);
    const { hits, corrections } = await search(typed, named);
    expect(hits[0]).toMatchObject({ paper: { title }, missing: [] });
    expect(corrections).toEqual([]);
  });

  it("an author's name is not looked for in that of an organisation, nor parts of it in two names", async () => {
    const named = createEmbeddedIndex();
    await named.add(papers);
    for (const typed of ["author:exlabs", 'author:"shai young"'])
      expect((await search(typed, named)).total).toBe(0);
  });

  it("a common word that is also somebody's name weighs as the word does", async () => {
    const index = createEmbeddedIndex();
    await index.add([
      ...Array.from({ length: 30 }, (_, i) => paper(`Systems of ${"abcdefghij"[i % 10]}${i} parts`)),
      paper("Operating theatres of large towns", { organisation: { name: "Systems", handle: "sys" } }),
      paper("Operating great systems"),
    ]);
    expect(titles(await search("operating systems", index))[0]).toBe("Operating great systems");
  });

  it("a letter that papers write is nobody's initial", async () => {
    const index = createEmbeddedIndex();
    await index.add([
      ...Array.from({ length: 30 }, (_, i) => paper(`Of parts, e.g. ${i} wheels`)),
      paper("Parts of trees", { authors: { kind: "named", names: ["E. G. Wombat"] } }),
    ]);
    const { hits } = await search("parts, e.g. wheels", index);
    expect(hits.map((hit) => hit.paper.title)).not.toContain("Parts of trees");
  });
});

describe("a year among the words", () => {
  const years = createEmbeddedIndex();
  const hinton = { kind: "named", names: ["Geoffrey Hinton"] } as const;
  const of = (title: string, day: string): Paper => paper(title, { authors: hinton, day });
  it("is a wish for papers of that year where some have the other words", async () => {
    await years.add([
      of("Capsules, once more", "2017-10"),
      of("Capsules", "2025-03-04"),
      paper("2025 in view"),
    ]);
    const result = await search("hinton 2025", years);
    expect(result.year).toBe("2025");
    expect(titles(result)[0]).toBe("Capsules");
    expect(result.hits[0]?.missing).toEqual([]);
    expect(result.complete).toBe(1);
  });

  it("is a word where none has, in a phrase, beside a time, and alone", async () => {
    for (const typed of [
      "hinton 2024",
      '"hinton 2025"',
      "hinton 2025 since:2016",
      "2025",
      "hinton 2017 2025",
    ])
      expect((await search(typed, years)).year).toBeUndefined();
    expect((await search("hinton 2031", years)).corrections).toEqual([]);
  });
});
