import type { Paper } from "../../corpus/paper.ts";
import { foldedText } from "../embedded/query/phrase.ts";
import { fold } from "../../corpus/fold.ts";
import { titleKey } from "../../corpus/identifiers/paper-id.ts";
import { indexWords } from "../text/index-words.ts";
import { stem } from "../text/stem.ts";
import { wordsOfName } from "../text/holders.ts";
import { findWords, withoutUrls } from "../text/words.ts";

/** What standing queries look at in a paper: its terms, and its text once somebody asks for that. */
export interface PaperView {
  readonly paper: Paper;
  /** Stems of its words; `a:` before the words of its authors' names, `o:` before those of its organisation's. */
  readonly terms: ReadonlySet<string>;
  /** Its title and abstract, as phrases are looked for in them. */
  readonly text: () => string;
}

function addOrganisation(terms: Set<string>, { organisation }: Paper): void {
  if (organisation === undefined) return;
  const { name, handle } = organisation;
  terms.add(`o:${titleKey(name)}`);
  if (handle !== undefined) terms.add(`o:${titleKey(handle)}`);
  for (const word of fold(name).split(/\s+/)) if (word !== "") terms.add(`o:${word}`);
}

/** Reads a paper for standing queries. */
export function viewPaper(paper: Paper): PaperView {
  const terms = new Set<string>();
  const texts = [paper.title, paper.abstract ?? "", ...(paper.otherTitles ?? [])];
  for (const text of texts)
    for (const { raw } of findWords(withoutUrls(text)))
      for (const word of indexWords(raw)) terms.add(stem(word));
  if (paper.authors?.kind === "named")
    for (const name of paper.authors.names) for (const word of wordsOfName(name)) terms.add(`a:${word}`);
  addOrganisation(terms, paper);
  let text: string | undefined;
  return { paper, terms, text: () => (text ??= foldedText(paper)) };
}
