import CSL from "citeproc";
import { describe, expect, it } from "vitest";
import type { CitedAs, Citations } from "../../src/citation/citations.ts";
import { citePapers, joinEntries } from "../../src/citation/citations.ts";
import type { StyleName } from "../../src/citation/style.ts";
import { STYLES, prepareStyle } from "../../src/citation/style.ts";
import type { NamedAuthors } from "../../src/corpus/paper.ts";
import { readFileOf } from "../sources/file-of.ts";
import { paperOf } from "./paper-of.ts";

const named = (...names: string[]): NamedAuthors => ({ kind: "named", names });

const attention = paperOf({
  title: "Attention Is All You Need",
  arxiv: "1706.03762",
  date: "2017-06-12",
  arxivClass: "cs.CL",
  authors: {
    kind: "named",
    names: ["Christopher De Sa", "Martin Luther King Jr.", "Google Research"],
    parts: [
      { family: "De Sa", given: "Christopher" },
      { family: "King", given: "Martin Luther", suffix: "Jr." },
      { literal: "Google Research" },
    ],
    others: true,
  },
});

const bert = paperOf({
  title: "BERT: pre-training of deep transformers for *language*",
  date: "2019",
  type: "paper-conference",
  containerTitle: "Proceedings of NAACL",
  page: "4171–4186",
  publisher: "ACL",
  doi: "10.18653/v1/n19-1423",
  keywords: ["language", "pre-training"],
  abstract: "We introduce BERT.",
  authors: named("Jacob Devlin", "Ming-Wei Chang"),
});

const withdrawn = paperOf({
  title: "A wombat",
  date: "2020-05",
  authors: named("Anna Zoe"),
  status: { kind: "withdrawn", words: "This paper was withdrawn by the authors" },
});

const cited = (as: Partial<CitedAs>, ...papers: Parameters<typeof citePapers>[0]): Promise<Citations> =>
  citePapers(papers, {
    format: "text",
    style: { kind: "named", name: "apa" },
    withAbstracts: false,
    ...as,
  });

const textOf = async (...call: Parameters<typeof cited>): Promise<string> => {
  const { entries } = await cited(...call);
  return joinEntries(
    entries.map(({ entry }) => entry),
    call[0].format ?? "text",
  );
};

describe("RIS", () => {
  it("has a tag for each fact, pages in two parts, and groups with a comma behind", async () => {
    expect(await textOf({ format: "ris", withAbstracts: true }, attention, bert)).toBe(
      `TY  - UNPB
ID  - desa2017attention
TI  - Attention Is All You Need
AU  - De Sa, Christopher
AU  - King, Martin Luther, Jr.
AU  - Google Research,
PY  - 2017
DA  - 2017/06/12/
PB  - arXiv
DB  - arXiv
AN  - arXiv:1706.03762
UR  - https://arxiv.org/abs/1706.03762
ER  - 
TY  - CPAPER
ID  - devlin2019bert
TI  - BERT: pre-training of deep transformers for *language*
AU  - Devlin, Jacob
AU  - Chang, Ming-Wei
PY  - 2019
T2  - Proceedings of NAACL
SP  - 4171
EP  - 4186
PB  - ACL
DO  - 10.18653/v1/n19-1423
KW  - language
KW  - pre-training
AB  - We introduce BERT.
ER  - `,
    );
  });
});

describe("CSL-JSON", () => {
  it("is an array of items with names in their parts and the precision of dates that is known", async () => {
    const items = JSON.parse(await textOf({ format: "csl-json" }, attention, withdrawn)) as unknown[];
    expect(items).toEqual([
      {
        id: "desa2017attention",
        type: "article",
        title: "Attention Is All You Need",
        author: [
          { family: "De Sa", given: "Christopher" },
          { family: "King", given: "Martin Luther", suffix: "Jr." },
          { literal: "Google Research" },
          { literal: "others" },
        ],
        issued: { "date-parts": [[2017, 6, 12]] },
        publisher: "arXiv",
        number: "arXiv:1706.03762",
        archive: "arXiv",
        archive_location: "1706.03762",
        custom: { "primary-class": "cs.CL" },
        URL: "https://arxiv.org/abs/1706.03762",
      },
      {
        id: "zoe2020wombat",
        type: "document",
        title: "A wombat",
        author: [{ family: "Zoe", given: "Anna" }],
        issued: { "date-parts": [[2020, 5]] },
        status: "withdrawn",
        note: "This paper was withdrawn by the authors",
      },
    ]);
  });
});

describe("a licence and the address of the code", () => {
  it("come back out of CSL-JSON, which has no variables for them", async () => {
    const paper = paperOf({
      title: "A wombat",
      license: "CC-BY-4.0",
      code: "https://github.com/a/wombat",
    });
    const written = await textOf({ format: "csl-json" }, paper);
    expect((JSON.parse(written) as object[])[0]).toMatchObject({
      custom: { license: "CC-BY-4.0", code: "https://github.com/a/wombat" },
    });
    const { listings, problems, fields } = await readFileOf("a.json", written);
    expect([problems, fields]).toEqual([[], []]);
    expect(listings[0]).toMatchObject({ license: "CC-BY-4.0", code: "https://github.com/a/wombat" });
  });
});

describe("text in a style", () => {
  const EXPECTED: Readonly<Record<StyleName, readonly string[]>> = {
    apa: [
      "De Sa, C., King, M. L., Jr., Google Research et al. (2017). Attention Is All You Need (arXiv:1706.03762). arXiv. https://arxiv.org/abs/1706.03762",
      "Devlin, J., & Chang, M.-W. (2019). BERT: pre-training of deep transformers for *language*. Proceedings of NAACL, 4171–4186. https://doi.org/10.18653/v1/n19-1423",
    ],
    ieee: [
      "[1] J. Devlin and M.-W. Chang, “BERT: pre-training of deep transformers for *language*,” in Proceedings of NAACL, ACL, 2019, pp. 4171–4186. doi: 10.18653/v1/n19-1423.",
      "[2] C. De Sa, M. L. King Jr., Google Research et al., “Attention Is All You Need,” Jun. 12, 2017, arXiv: arXiv:1706.03762. [Online]. Available: https://arxiv.org/abs/1706.03762",
    ],
    acm: [
      "[1] De Sa, C. et al. 2017. Attention Is All You Need. arXiv.",
      "[2] Devlin, J. and Chang, M.-W. 2019. BERT: pre-training of deep transformers for *language*. Proceedings of NAACL (2019), 4171–4186.",
    ],
    "chicago-author-date": [
      "De Sa, Christopher, Martin Luther King Jr., Google Research et al. 2017. “Attention Is All You Need.” arXiv:1706.03762. Preprint, arXiv, June 12. https://arxiv.org/abs/1706.03762.",
      "Devlin, Jacob, and Ming-Wei Chang. 2019. “BERT: Pre-Training of Deep Transformers for *language*.” Proceedings of NAACL, 4171–86. https://doi.org/10.18653/v1/n19-1423.",
    ],
    nature: [
      "1. Devlin, J. & Chang, M.-W. BERT: pre-training of deep transformers for *language*. in Proceedings of NAACL 4171–4186 (ACL, 2019). doi:10.18653/v1/n19-1423.",
      "2. De Sa, C., King, M. L., Jr., Google Research et al. Attention Is All You Need. Preprint at https://arxiv.org/abs/1706.03762 (2017).",
    ],
  };

  it.each(STYLES)(
    "%s has names, dates and addresses as it asks for, in its order, twice alike",
    async (name) => {
      const as = { style: { kind: "named", name } } as const;
      const text = await textOf(as, bert, attention);
      expect(text.split("\n\n")).toEqual(EXPECTED[name]);
      await textOf(as, withdrawn);
      expect(await textOf(as, bert, attention)).toBe(text);
    },
  );

  it("is prepared without sorting that would take seconds to build, and with any other", () => {
    const unsorted = STYLES.map((name) => prepareStyle({ kind: "named", name }, CSL.parseXml).unsorted);
    expect(unsorted).toEqual([true, false, false, true, false]);
  });

  it("parts works of one author and year, and says which no longer stand", async () => {
    const one = paperOf({ title: "Alpha", date: "2020", authors: named("Anna Zoe") });
    expect(await textOf({}, withdrawn, one)).toBe(
      "Zoe, A. (2020a). Alpha.\n\nZoe, A. (2020b, May). A wombat. [Withdrawn]",
    );
  });

  it("is Markdown with emphasis and addresses, and with no signs of the titles' own", async () => {
    expect(await textOf({ format: "markdown" }, bert)).toBe(
      String.raw`- Devlin, J., & Chang, M.-W. (2019). BERT: pre-training of deep transformers for \*language\*. *Proceedings of NAACL*, 4171–4186. <https://doi.org/10.18653/v1/n19-1423>`,
    );
  });

  it("is what a file says, in the language it names, or else what the file lacks", async () => {
    const file = (xml: string) => ({ kind: "file", name: "my.csl", xml }) as const;
    const style = (layout: string, language: string) =>
      file(
        `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="${language}"><info><title>t</title><id>t</id><updated>2020-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation>${layout}</style>`,
      );
    const layout =
      '<bibliography><layout><names variable="author"><name and="text"/></names><text variable="title" prefix=": "/></layout></bibliography>';
    expect(await textOf({ style: style(layout, "de-DE") }, bert)).toBe(
      "Jacob Devlin und Ming-Wei Chang: BERT: pre-training of deep transformers for *language*",
    );
    expect((await cited({ style: style(layout, "xx-XX") }, bert)).notes).toEqual([
      "Words of the style such as “and” are English: there are none here in “xx-XX”.",
    ]);
    await expect(cited({ style: style("", "en-US") }, bert)).rejects.toThrow("has no bibliography");
    for (const xml of ["", "not XML", "<a><b></a>", "<locale/>"])
      await expect(cited({ style: file(xml) }, bert)).rejects.toThrow("“my.csl” is no style");
  });
});
