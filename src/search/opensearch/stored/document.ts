import { fold } from "../../../corpus/fold.ts";
import { identityKeys, lookupKeys } from "../../../corpus/identifiers/identity.ts";
import { titleKey, titlePaperId } from "../../../corpus/identifiers/paper-id.ts";
import type { Paper } from "../../../corpus/paper.ts";
import { lastDay } from "../../../corpus/partial-date.ts";
import { dayNumber } from "../../embedded/inverted/facts.ts";
import { foldedText } from "../../embedded/query/phrase.ts";
import { nameOf } from "../../embedded/ranking/standing-out.ts";
import { countTerms, definitionsOf } from "../../embedded/terms/paper-terms.ts";
import type { TermNumbers } from "../../embedded/terms/term-numbers.ts";
import { wordsOf as titleWordsOf } from "../../embedded/titles/title-index.ts";
import type { WordTable } from "../../meaning/word-table.ts";
import { quantise } from "../../meaning/vector-store.ts";
import type { PaperRecord } from "../../paper-index.ts";
import { wordsOfName } from "../../text/holders.ts";
import { bandsOf } from "./bands.ts";
import { documentId, lotOf, revisionOf, wholeKey } from "./keys.ts";

/** What papers are stored with: the numbers of terms, and the table that makes vectors; without one words alone count. */
export interface Storing {
  readonly terms: TermNumbers;
  readonly table: WordTable | undefined;
}

/** The beginnings of titles that are completed are no longer. */
const MOST_TITLE = 300;

const titlesOf = ({ title, otherTitles = [] }: Paper): string[] => [title, ...otherTitles];

/** Words of a folded text in their order; something stands between title and abstract that no phrase has. */
const tokensOf = (folded: string): string =>
  (folded.match(/[\p{L}\p{N}]+|\p{Cc}/gu) ?? []).map((token) => token.slice(0, 200)).join(" ");

/** What is known of a paper without its texts. */
function recordOf({
  id,
  date,
  comments,
  status,
  listedOn,
  organisation,
  upvotes,
  authors,
}: Paper): PaperRecord {
  return {
    id,
    listedOn,
    ...(date === undefined ? {} : { date }),
    ...(comments === undefined ? {} : { comments }),
    ...(status === undefined ? {} : { status }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(upvotes === undefined ? {} : { upvotes: { count: upvotes.count } }),
    ...(authors === undefined ? {} : { authors: authors.kind }),
  };
}

/** A paper's terms as words between spaces: each as often as it stands there, those of names apart. */
function termsOf(paper: Paper, { terms, table }: Storing): object {
  const { counts, length } = countTerms(paper, terms.wordTerms, terms.nameTerms);
  const words: string[] = [];
  const names: string[] = [];
  const stems: [string, number][] = [];
  for (const [term, count] of counts) {
    const text = terms.textOf(term);
    if (terms.isName(term)) names.push(text);
    else {
      stems.push([text, count]);
      for (let i = 0; i < Math.min(count, 255); i++) words.push(text);
    }
  }
  const vector = table?.encode(stems);
  return {
    terms: words.join(" "),
    names: names.join(" "),
    length,
    vector: vector === undefined ? null : Buffer.from(quantise(vector).buffer).toString("base64"),
    bands: vector === undefined ? null : bandsOf(vector).join(" "),
  };
}

/** What titles and identifiers a paper is found by. */
function namesOf(paper: Paper): object {
  const titles = titlesOf(paper);
  const keys = [...titles, nameOf(paper.title)].map(titleKey);
  return {
    titleKeys: [...new Set(keys.map((key) => key.slice(0, MOST_TITLE)))],
    titleHashes: [
      ...new Set(titles.flatMap((title) => [titleKey(title), titlePaperId(title)]).map(wholeKey)),
    ],
    titleWords: [...titleWordsOf(titles)].join(" "),
    identity: identityKeys(paper).map(wholeKey),
    known: lookupKeys(paper).map(wholeKey),
  };
}

/** What a paper is counted, filtered and ordered by. */
function factsOf(paper: Paper): object {
  const { date, comments, upvotes, status, authors, organisation, listedOn } = paper;
  const spoken =
    comments === undefined && upvotes === undefined ? null : (comments ?? 0) + (upvotes?.count ?? 0) / 1e6;
  const [name, handle] = [organisation?.name, organisation?.handle];
  return {
    first: date === undefined ? null : dayNumber(date),
    last: date === undefined ? null : dayNumber(lastDay(date)),
    year: date === undefined ? null : Number(date.slice(0, 4)),
    date: date ?? null,
    comments: comments ?? null,
    discussed: spoken,
    stands: status === undefined,
    authorsKind: authors?.kind ?? null,
    authors: authors?.kind === "named" ? authors.names.map((one) => [...wordsOfName(one)].join(" ")) : [],
    belonging: JSON.stringify([listedOn, organisation ?? null]),
    organisation: organisation === undefined ? null : JSON.stringify([name, handle ?? null]),
    organisationKeys: [name, handle].flatMap((one) => (one === undefined ? [] : [wholeKey(titleKey(one))])),
    organisationWords: name === undefined ? [] : [fold(name)],
    sources: [...listedOn],
    sourceKeys: listedOn.map((one) => wholeKey(titleKey(one))),
    sourceWords: listedOn.map((one) => fold(one)),
  };
}

/** A paper as it stands in the engine; `added` is its place among all papers where it is new. */
export interface StoredPaper {
  readonly id: string;
  readonly content: object & { readonly revision: string };
}

/** A paper as it stands in the engine. Its revision follows from all its content, so that the same paper is the same document. */
export function storedPaper(paper: Paper, storing: Storing): StoredPaper {
  const definitions = definitionsOf(paper);
  const content = {
    paper: JSON.stringify(paper),
    record: JSON.stringify(recordOf(paper)),
    id: paper.id,
    lot: lotOf(paper.id),
    phrases: tokensOf(foldedText(paper)),
    shorts: definitions.map(({ short }) => short),
    longs: definitions.map(({ long }) => wholeKey(long)),
    definitions: definitions.map(({ short, long }) => `${short}|${long}`),
    ...termsOf(paper, storing),
    ...namesOf(paper),
    ...factsOf(paper),
  };
  return { id: documentId(paper.id), content: { ...content, revision: revisionOf(JSON.stringify(content)) } };
}
