import { isCategory } from "../../src/sources/arxiv/queries.ts";
import { MAX_WORDS } from "../../src/sources/huggingface/source.ts";
import type { LookupService } from "../../src/sources/lookup.ts";
import type { Selection } from "../../src/sources/selection.ts";
import { UserError } from "../../src/user-error.ts";
import { lookupPrefix } from "./sources/lookup-names.ts";
import { parseSelection } from "./sources/selection-names.ts";
import type { SourceName } from "./sources/source-names.ts";
import { parseSourceName } from "./sources/source-names.ts";

/** Where `ingest` is told to take papers from. */
export interface Places {
  readonly files: readonly string[];
  /** Read day by day. */
  readonly sources: readonly SourceName[];
  /** Read once and whole. */
  readonly selections: readonly Selection[];
}

type Place =
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "source"; readonly source: SourceName }
  | { readonly kind: "selection"; readonly selection: Selection };

/** What each service that is asked for single papers takes. */
const LOOKUP_MISTAKES: Readonly<Record<LookupService, (text: string) => string>> = {
  crossref: (text) =>
    `“${text}” is no DOI, such as crossref:10.1109/5.771073, and no words. To search Crossref for it all the same, write "crossref:search:WORDS".`,
  datacite: (text) =>
    `“${text}” is no DOI, such as datacite:10.5281/zenodo.3509134, and no words. To search DataCite for it all the same, write "datacite:search:WORDS".`,
  openalex: (text) =>
    `“${text}” is neither an id of OpenAlex, such as openalex:W2741809807, nor a DOI, such as openalex:10.1109/5.771073, and no words. To search OpenAlex for it all the same, write "openalex:search:WORDS".`,
  "semantic-scholar": (text) =>
    `“${text}” is no id that Semantic Scholar takes, such as s2:CorpusId:215416146, s2:ARXIV:2106.15928, s2:ACL:W12-3903, s2:DOI:10.1109/5.771073 or its own of 40 digits, and no words. To search Semantic Scholar for it all the same, write "s2:search:WORDS".`,
};

/** Begins like a source or a link and is none: what is allowed there. Undefined for what can be a file. */
function mistake(text: string): string | undefined {
  if (/^huggingface:/i.test(text))
    return `“${text}” is no list of Hugging Face. There are huggingface for what is new, huggingface:2026-03-06 for a day, huggingface:2026-W10 for a week, huggingface:2026-02 for a month, and "huggingface:search:curriculum learning" for a search.`;
  if (/^[a-z]+:\/\//i.test(text))
    return `“${text}” is no link to a paper on arXiv, such as https://arxiv.org/abs/2602.23229, and holds no DOI, such as https://doi.org/10.1109/5.771073. Of other pages, name the file they are saved in; a feed is named feed:${text}`;
  if (/^doi:/i.test(text)) return `“${text}” is no DOI; one looks like doi:10.1109/5.771073.`;
  const lookup = lookupPrefix(text);
  if (lookup !== undefined) return LOOKUP_MISTAKES[lookup.service](text);
  const arxiv = /^arxiv:(.*)$/is.exec(text)?.[1];
  if (arxiv === undefined || arxiv.split("+").every(isCategory)) return undefined;
  return `“${text}” is neither categories of arXiv, such as arxiv:cs.CL+cs.LG (https://arxiv.org/category_taxonomy lists them), nor the id of a paper, such as arxiv:2602.23229 or arxiv:cs/0112017. Several ids are several words.`;
}

function parsePlace(text: string): Place {
  const selection = parseSelection(text);
  if (selection?.kind === "search" && selection.words.length > MAX_WORDS)
    throw new UserError(
      `The search at Hugging Face has ${selection.words.length} characters; it can have ${MAX_WORDS}.`,
    );
  if (selection !== undefined) return { kind: "selection", selection };
  const wrong = mistake(text);
  if (wrong !== undefined) throw new UserError(wrong);
  const source = parseSourceName(text);
  return source === undefined ? { kind: "file", file: text } : { kind: "source", source };
}

/** Sorts the words after `ingest`. Throws a UserError for one that is meant as a source and cannot be. */
export function readPlaces(words: readonly string[]): Places {
  const places = words.map(parsePlace);
  return {
    files: places.flatMap((place) => (place.kind === "file" ? [place.file] : [])),
    sources: places.flatMap((place) => (place.kind === "source" ? [place.source] : [])),
    selections: places.flatMap((place) => (place.kind === "selection" ? [place.selection] : [])),
  };
}
