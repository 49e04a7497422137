import { mergeListings } from "../../src/corpus/merging/catalogue.ts";
import { parseArxivId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Listing, Paper } from "../../src/corpus/paper.ts";
import { parsePartialDate } from "../../src/corpus/partial-date.ts";

/** What a test says of a paper: a listing, with its date and its arXiv identifier as text. */
export type Said = Partial<Omit<Listing, "date" | "arxivId">> & {
  readonly title: string;
  readonly date?: string;
  readonly arxiv?: string;
};

/** A paper as it is in the corpus, of what one listing says. */
export function paperOf({ date, arxiv, ...facts }: Said): Paper {
  const day = parsePartialDate(date ?? "");
  const arxivId = parseArxivId(arxiv ?? "");
  const [paper] = mergeListings([
    {
      listedOn: "test",
      ...facts,
      ...(day === undefined ? {} : { date: day }),
      ...(arxivId === undefined ? {} : { arxivId }),
    },
  ]);
  if (paper === undefined) throw new Error("A listing gives a paper.");
  return paper;
}
