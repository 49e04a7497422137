import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Listing } from "../../src/corpus/paper.ts";
import { readFileOf } from "./file-of.ts";

/** Twelve items of a library, exported in every form that carries papers; what each form does not carry. */
const EXPORTS: Readonly<Record<string, { readonly lacks: readonly string[]; readonly recased?: true }>> = {
  "zotero-csl.json": { lacks: ["keywords"] },
  "zotero.csv": { lacks: [] },
  "zotero.ris": { lacks: ["license"] },
  // `document` for what BibTeX has no type for; of dates the year and the month.
  "zotero.bib": { lacks: ["eventTitle", "version", "day", "dataset", "software", "webpage"] },
  // Better BibTeX writes titles with capitals.
  "better-biblatex.bib": { lacks: ["license"], recased: true },
};

const name = (family: string, given: string, more: object = {}) => ({ family, given, ...more });

/** What Zotero shows of the items, in the terms of docs/papers.md. */
const SHOWN: readonly (Omit<Partial<Listing>, "authors" | "editors" | "date" | "arxivId"> & {
  readonly authors: readonly object[];
  readonly editors?: readonly object[];
  readonly date: string;
  readonly arxivId?: string;
})[] = [
  {
    type: "article-journal",
    title: "Learning H₂O dynamics with a β-VAE: a naïve approach",
    authors: [
      name("García López", "María"),
      name("Berg", "Jan", { particle: "van der" }),
      { literal: "Google Research" },
    ],
    date: "2021-06-12",
    containerTitle: "Journal of Wombats",
    volume: "30",
    issue: "2",
    page: "5998–6008",
    issn: "1570-8268",
    doi: "10.1000/abc.1",
    urls: ["https://example.org/water", "https://doi.org/10.1000/ABC.1"],
    abstract: "We study water & ice at 20% of the cost.",
    language: "en",
    keywords: ["Latent variables", "Water"],
    license: "CC-BY-4.0",
  },
  {
    type: "paper-conference",
    title: "BERT: Pre-training of Deep Bidirectional Transformers",
    authors: [name("King", "Martin", { suffix: "Jr." }), name("O'Neil", "Áine")],
    editors: [name("Burstein", "Jill"), name("Doran", "Christy")],
    date: "2019",
    containerTitle: "Proceedings of the 2019 Conference of the North",
    eventTitle: "Proceedings of the 2019 NAACL-HLT",
    page: "4171–4186",
    publisher: "Association for Computational Linguistics",
    publisherPlace: "Minneapolis, Minnesota",
    doi: "10.18653/v1/n19-1423",
    urls: ["https://aclanthology.org/N19-1423/", "https://doi.org/10.18653/v1/N19-1423"],
  },
  {
    type: "article",
    title: "Attention Is All You Need",
    authors: [name("Vaswani", "Ashish"), name("Kaiser", "Łukasz")],
    date: "2017-06-12",
    arxivId: "1706.03762",
    arxivClass: "cs",
    urls: ["http://arxiv.org/abs/1706.03762"],
    abstract: "The dominant sequence transduction models.",
    keywords: ["Computer Science - Computation and Language"],
  },
  {
    type: "book",
    title: "Deep Learning",
    authors: [name("Goodfellow", "Ian"), name("Cruz", "Ana", { particle: "de la" })],
    date: "2016",
    collectionTitle: "Adaptive computation",
    edition: "2",
    publisher: "The MIT Press",
    publisherPlace: "Cambridge, Massachusetts",
    isbn: "978-0-262-03561-3",
  },
  {
    type: "chapter",
    title: "Steps toward Artificial Intelligence",
    authors: [name("Minsky", "Marvin")],
    editors: [name("Luger", "George F.")],
    date: "1995",
    containerTitle: "Computation & Intelligence",
    page: "47–90",
    publisher: "Springer",
    publisherPlace: "Berlin",
    isbn: "978-3-540-12345-3",
  },
  {
    type: "thesis",
    title: "Untersuchungen zu dynamischen neuronalen Netzen",
    authors: [name("Hochreiter", "Sepp")],
    date: "1991",
    genre: "Diploma thesis",
    publisher: "Technische Universität München",
    publisherPlace: "München",
    language: "de",
  },
  {
    type: "report",
    title: "GPT-4 in O(n log n) steps",
    authors: [{ literal: "OpenAI" }],
    date: "2023-03",
    genre: "Technical report",
    number: "TR-2023-4",
    publisher: "OpenAI",
    publisherPlace: "San Francisco",
  },
  {
    type: "dataset",
    title: "ImageNet",
    authors: [name("Deng", "Jia")],
    date: "2010",
    publisher: "Zenodo",
    version: "1.0",
    doi: "10.5072/imagenet",
    urls: ["https://example.org/imagenet", "https://doi.org/10.5072/imagenet"],
  },
  {
    type: "software",
    title: "Transformers",
    authors: [name("Wolf", "Thomas")],
    date: "2020",
    publisher: "Hugging Face",
    version: "4.0.1",
    urls: ["https://example.org/transformers"],
  },
  {
    type: "webpage",
    title: "The Unreasonable Effectiveness of Recurrent Networks",
    authors: [name("Karpathy", "Andrej")],
    date: "2015-05-21",
    containerTitle: "Andrej Karpathy blog",
    urls: ["http://karpathy.github.io/2015/05/21/rnn-effectiveness/"],
  },
  {
    type: "article-journal",
    title: "Large-scale “attention” – Öfter than not",
    authors: [{ literal: "The NLLB Team" }],
    date: "2022-12",
    containerTitle: "Zeitschrift für Künstliche Intelligenz",
    volume: "XII",
    issue: "3-4",
    page: "e1234",
    doi: "10.1000/xyz.2",
    urls: ["https://doi.org/10.1000/xyz.2"],
  },
  {
    type: "paper-conference",
    title: "What is α-Rank?",
    authors: [name("Li", "伟"), name("Nguyễn", "Văn")],
    date: "2020",
    containerTitle: "International Conference on Learning Representations",
  },
];

/** A record as it is shown, without what the form does not carry. */
function carried(shown: object, { lacks, recased }: { lacks: readonly string[]; recased?: true }): object {
  const entries = Object.entries(shown).flatMap(([field, value]: [string, unknown]) => {
    if (lacks.includes(field)) return [];
    if (field === "type" && lacks.includes(String(value))) return [[field, "document"] as const];
    if (field === "date" && lacks.includes("day")) return [[field, String(value).slice(0, 7)] as const];
    const isTitle = field === "title" || field === "collectionTitle";
    return [[field, recased === true && isTitle ? String(value).toLowerCase() : value] as const];
  });
  return Object.fromEntries(entries);
}

describe("a library of Zotero", () => {
  it.each(Object.entries(EXPORTS))("exported as %s is kept as Zotero shows it", async (file, form) => {
    const content = await readFile(new URL(`zotero/${file}`, import.meta.url));
    const { listings, problems, fields } = await readFileOf(file, content);
    expect([problems, fields]).toEqual([[], []]);
    const kept = listings.map(({ readAt: _at, listedOn: _on, authors, editors, keywords, ...rest }) =>
      carried(
        {
          ...rest,
          authors: authors?.kind === "named" ? authors.parts : authors,
          ...(editors === undefined ? {} : { editors: editors.parts }),
          ...(keywords === undefined ? {} : { keywords: keywords.toSorted() }),
        },
        form,
      ),
    );
    expect(kept).toEqual(SHOWN.map((one) => carried(one, form)));
  });
});
