import { arxivPaperId, titleKey, titlePaperId } from "./paper-id.ts";
import type { Authors, Listing, Paper, PaperFacts, PaperId } from "./paper.ts";

/** The value that says more; the first when both say as much, so that the order of the sources decides. */
function fuller<T>(a: T | undefined, b: T | undefined, measure: (value: T) => number): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return measure(b) > measure(a) ? b : a;
}

const authorsKnown = (authors: Authors): number =>
  authors.kind === "named" ? authors.names.length + 1_000_000 : authors.count;

/** Leaves out what is undefined, so that absent facts are absent properties. */
function present<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/**
 * The facts of two mentions of one paper. The fuller abstract, the more precise date, names before a number of
 * authors, the organisation with a handle, the higher number of comments and the later reading of the votes win;
 * of equals the first.
 */
function mergeFacts(a: PaperFacts, b: PaperFacts): PaperFacts {
  const urls = [...new Set([...(a.urls ?? []), ...(b.urls ?? [])])];
  return present({
    abstract: fuller(a.abstract, b.abstract, (text) => text.length),
    date: fuller(a.date, b.date, (date) => date.length),
    authors: fuller(a.authors, b.authors, authorsKnown),
    organisation: fuller(a.organisation, b.organisation, (o) => (o.handle === undefined ? 0 : 1)),
    comments: fuller(a.comments, b.comments, (n) => n),
    upvotes: fuller(a.upvotes, b.upvotes, (votes) => Date.parse(votes.readAt)),
    urls: urls.length === 0 ? undefined : urls,
  });
}

function paperOf({ arxivId, listedOn, title, ...facts }: Listing): Paper {
  const id = arxivId === undefined ? titlePaperId(title) : arxivPaperId(arxivId);
  return { id, title, ...facts, listedOn: [listedOn] };
}

/** One paper out of two mentions of it; an arXiv id replaces an id made from the title. */
function mergePapers(a: Paper, b: Paper): Paper {
  const id = a.id.startsWith("title:") ? b.id : a.id;
  return { id, title: a.title, ...mergeFacts(a, b), listedOn: [...new Set([...a.listedOn, ...b.listedOn])] };
}

/** What adding a listing did to a catalogue. */
export type Filed =
  | { readonly kind: "new"; readonly paper: Paper }
  /** `replaced` is the id under which the paper was filed before. */
  | { readonly kind: "merged"; readonly paper: Paper; readonly replaced: PaperId };

/** The papers known so far, each once, however often it is listed. */
export interface Catalogue {
  readonly file: (listing: Listing) => Filed;
  readonly papers: () => Paper[];
}

/**
 * Files listings so that the same paper is one paper: the same arXiv id, or the same title after folding case,
 * accents and punctuation, unless both carry different arXiv ids.
 */
export function createCatalogue(known: Iterable<Paper> = []): Catalogue {
  const byId = new Map<PaperId, Paper>();
  const byTitle = new Map<string, PaperId>();
  const put = (paper: Paper): void => {
    byId.set(paper.id, paper);
    byTitle.set(titleKey(paper.title), paper.id);
  };
  const findSame = (paper: Paper): Paper | undefined => {
    const sameId = byId.get(paper.id);
    if (sameId !== undefined) return sameId;
    const sameTitle = byTitle.get(titleKey(paper.title));
    if (sameTitle === undefined) return undefined;
    const bothIdentified = sameTitle.startsWith("arxiv:") && paper.id.startsWith("arxiv:");
    return bothIdentified ? undefined : byId.get(sameTitle);
  };
  for (const paper of known) put(paper);
  return {
    file(listing) {
      const paper = paperOf(listing);
      const before = findSame(paper);
      if (before === undefined) {
        put(paper);
        return { kind: "new", paper };
      }
      const merged = mergePapers(before, paper);
      if (merged.id !== before.id) byId.delete(before.id);
      put(merged);
      return { kind: "merged", paper: merged, replaced: before.id };
    },
    papers: () => [...byId.values()],
  };
}

/** The distinct papers among listings, in the order of their first mention. */
export function mergeListings(listings: Iterable<Listing>): Paper[] {
  const catalogue = createCatalogue();
  for (const listing of listings) catalogue.file(listing);
  return catalogue.papers();
}
