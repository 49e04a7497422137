import { identityKeys } from "../identifiers/identity.ts";
import { mergePapers, paperOf } from "./merge.ts";
import { titleKey } from "../identifiers/paper-id.ts";
import type { Listing, Paper, PaperId } from "../paper.ts";

/** What adding a listing did to a catalogue. */
export type Filed =
  | { readonly kind: "new"; readonly paper: Paper }
  /** `replaced` are the ids under which the paper was filed before: several when the listing showed that they are one. */
  | { readonly kind: "merged"; readonly paper: Paper; readonly replaced: readonly PaperId[] };

/** The papers known so far, each once, however often it is listed. */
export interface Catalogue {
  /** What a listing makes of the papers; changes nothing. */
  readonly look: (listing: Listing) => Filed;
  /** Has what a look found, before anything else is kept. */
  readonly keep: (filed: Filed) => void;
  /** Looks and keeps. */
  readonly file: (listing: Listing) => Filed;
  /** The papers that a paper is the same as. */
  readonly same: (paper: Paper) => readonly Paper[];
  /** Takes papers out; unknown ids are passed over. */
  readonly drop: (ids: Iterable<PaperId>) => void;
  readonly papers: () => Paper[];
}

const isNumbered = ({ id }: Paper): boolean => id.startsWith("arxiv:");

/** What a paper is filed under besides its id, what tells most first: DOIs and the like, then titles. */
function namesOf(paper: Paper): string[] {
  const titles = [paper.title, ...(paper.otherTitles ?? [])];
  return [...identityKeys(paper), ...titles.map((title) => `title:${titleKey(title)}`)];
}

/**
 * Files listings so that the same paper is one paper: the same arXiv id, the same DOI or id of a service (identity.ts), or
 * the same title after folding case, accents and punctuation, unless both carry different arXiv ids. Titles and DOIs are all
 * those a paper was listed under. Of several papers with one DOI or title a mention without an arXiv id is of the one with the
 * first id.
 *
 * The papers are the same in whatever order the listings come: two papers have a name in common only where both have arXiv
 * ids, since a paper without one is merged with whatever shares a name with it, and gives it all its names.
 */
export function createCatalogue(known: Iterable<Paper> = []): Catalogue {
  const byId = new Map<PaperId, Paper>();
  const byName = new Map<string, PaperId>();
  const put = (paper: Paper): void => {
    byId.set(paper.id, paper);
    for (const name of namesOf(paper)) {
      const other = byName.get(name);
      if (other === undefined || !byId.has(other) || paper.id < other) byName.set(name, paper.id);
    }
  };
  const named = (name: string): Paper | undefined => {
    const id = byName.get(name);
    return id === undefined ? undefined : byId.get(id);
  };
  const findSame = (paper: Paper): Paper[] => {
    const sameNames = namesOf(paper).flatMap((name) => named(name) ?? []);
    const numbered = isNumbered(paper) ? byId.get(paper.id) : sameNames.find(isNumbered);
    const others = sameNames.filter((one) => !isNumbered(one));
    return [...new Set([...(numbered === undefined ? [] : [numbered]), ...others])];
  };
  const look = (listing: Listing): Filed => {
    const paper = paperOf(listing);
    const before = findSame(paper);
    return before.length === 0
      ? { kind: "new", paper }
      : {
          kind: "merged",
          paper: [...before, paper].reduce(mergePapers),
          replaced: before.map(({ id }) => id),
        };
  };
  const keep = (filed: Filed): void => {
    if (filed.kind === "merged") for (const id of filed.replaced) if (id !== filed.paper.id) byId.delete(id);
    put(filed.paper);
  };
  for (const paper of known) put(paper);
  return {
    look,
    keep,
    file(listing) {
      const filed = look(listing);
      keep(filed);
      return filed;
    },
    same: findSame,
    drop(ids) {
      for (const id of ids) byId.delete(id);
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
