import { allMatching } from "../../search/matches.ts";
import type { CslItem } from "../../citation/csl-item.ts";
import { cslItem } from "../../citation/csl-item.ts";
import { keyParts } from "../../citation/keys.ts";
import type { Paper } from "../../corpus/paper.ts";
import { parsePartialDate } from "../../corpus/partial-date.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import type { SearchQuery } from "../../search/query/search-query.ts";
import { wordsQuery } from "../../search/query/search-query.ts";

/** Searches for papers that may have the key of this one, the narrower first. */
function queriesFor(item: CslItem): readonly SearchQuery[] {
  const { author, year, word } = keyParts(item);
  const from = parsePartialDate(year ?? "");
  const before = parsePartialDate(String(Number(year) + 1));
  const inYear = from === undefined || before === undefined ? {} : { from, before };
  const wide = { ...wordsQuery(word), ...inYear };
  return author === undefined ? [wide] : [{ ...wide, authors: [author] }, wide];
}

/**
 * The papers of a library whose keys in citations may be those of these papers, and these: a paper's key depends on them. Names and
 * words are looked for as searches look for them; a search that does not find the paper itself is not believed.
 */
export async function namesakesOf(papers: readonly Paper[], index: PaperIndex): Promise<readonly Paper[]> {
  const found = new Map(papers.map((paper) => [paper.id, paper]));
  for (const paper of papers) {
    for (const query of queriesFor(cslItem(paper, ""))) {
      const matches = await allMatching(index, query);
      if (!matches.some(({ id }) => id === paper.id)) continue;
      for (const { id } of matches) {
        const other = found.get(id) ?? (await index.get(id));
        if (other !== undefined) found.set(id, other);
      }
      break;
    }
  }
  return [...found.values()];
}
