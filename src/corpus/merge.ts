import { authorKey } from "./author-names.ts";
import { withoutAbsent } from "./fields.ts";
import { PUBLICATION_TEXTS } from "./publication.ts";
import type { Authors, FactName, Listing, Origin, Paper, PaperFacts, PaperId } from "./paper.ts";
import { originsByFact, takenFrom } from "./origin.ts";
import { isNotice, statusInAbstract, statusInTitle } from "./status.ts";
import { arxivIdOf, arxivPaperId, titleKey, titlePaperId } from "./paper-id.ts";
import type { FactValues, Statement } from "./precedence.ts";
import { believed } from "./precedence.ts";

/** The facts that may be absent, in the order in which papers and stored listings have them. */
export const FACTS = [
  "abstract",
  "date",
  "authors",
  "organisation",
  "comments",
  "upvotes",
  "urls",
  "hiddenAuthors",
  "status",
  "editors",
  "keywords",
  ...PUBLICATION_TEXTS,
] as const satisfies readonly (keyof PaperFacts)[];

/** Authors without those who hide their names; their number alone where nobody is left. */
function withoutHidden(authors: Authors, hidden: readonly string[]): Authors {
  if (authors.kind === "counted" || hidden.length === 0) return authors;
  const shown = authors.names.map((name) => !hidden.includes(authorKey(name)));
  if (!shown.includes(true)) return { kind: "counted", count: authors.names.length };
  const { parts } = authors;
  return {
    ...authors,
    names: authors.names.filter((_name, i) => shown[i]),
    ...(parts === undefined ? {} : { parts: parts.filter((_part, i) => shown[i]) }),
  };
}

/** A listing with its standing read out of its texts; a notice is no abstract, whichever version it came with. */
function withStatus(listing: Listing): Listing {
  const { abstract, ...rest } = listing;
  const said = abstract === undefined ? undefined : statusInAbstract(abstract);
  const status = listing.status ?? said ?? statusInTitle(listing.title);
  const kept = abstract === undefined || isNotice(abstract) ? rest : listing;
  return status === undefined ? kept : { ...kept, status };
}

function paperOf(listing: Listing): Paper {
  const { arxivId, listedOn, sourceKind = "file", readAt, title, ...facts } = withStatus(listing);
  const named: FactName[] = ["title", ...(arxivId === undefined ? [] : (["arxivId"] as const))];
  const taken = [...named, ...FACTS.filter((fact) => facts[fact] !== undefined)];
  const origin: Origin = { kind: sourceKind, listedOn, ...(readAt === undefined ? {} : { readAt }) };
  return {
    id: arxivId === undefined ? titlePaperId(title) : arxivPaperId(arxivId),
    title,
    ...facts,
    ...(facts.authors === undefined
      ? {}
      : { authors: withoutHidden(facts.authors, facts.hiddenAuthors ?? []) }),
    listedOn: [listedOn],
    origins: [{ ...origin, facts: taken }],
  };
}

const valueOf = <Fact extends FactName>(paper: Paper, fact: Fact): FactValues[Fact] | undefined =>
  (fact === "arxivId" ? arxivIdOf(paper.id) : paper[fact as keyof Paper]) as FactValues[Fact] | undefined;

/** All titles but the chosen one that would give a paper another id. */
function otherTitles(chosen: string, papers: readonly Paper[]): string[] {
  const titles = papers.flatMap(({ title, otherTitles: others = [] }) => [title, ...others]);
  const byId = new Map(titles.map((title) => [titlePaperId(title), title]));
  byId.delete(titlePaperId(chosen));
  return [...byId.values()];
}

/** What two lists have, each once; undefined where there is nothing. */
function union(a: readonly string[] = [], b: readonly string[] = []): string[] | undefined {
  const all = [...new Set([...a, ...b])];
  return all.length === 0 ? undefined : all;
}

/** A paper that names nobody who hides, whoever said so: its authors can then be compared with those of another. */
function hide(paper: Paper, hiddenAuthors: readonly string[] | undefined): Paper {
  const { authors } = paper;
  if (authors === undefined || hiddenAuthors === undefined) return paper;
  return { ...paper, authors: withoutHidden(authors, hiddenAuthors) };
}

/** Names with the parts that another mention of the very same names gives. */
function withPartsOf(
  authors: Authors | undefined,
  said: readonly (Authors | undefined)[],
): Authors | undefined {
  if (authors?.kind !== "named" || authors.parts !== undefined) return authors;
  const keys = authors.names.map(authorKey).join(" ");
  const parts = said.flatMap((one) =>
    one?.kind === "named" && one.parts !== undefined && one.names.map(authorKey).join(" ") === keys
      ? [one.parts]
      : [],
  )[0];
  return parts === undefined ? authors : { ...authors, parts };
}

/** One paper out of two mentions of it: of each fact the believed value with its origin (precedence.ts). */
function mergePapers(known: Paper, mention: Paper): Paper {
  const hiddenAuthors = union(known.hiddenAuthors, mention.hiddenAuthors);
  const [a, b] = [hide(known, hiddenAuthors), hide(mention, hiddenAuthors)];
  const [from, also] = [originsByFact(a), originsByFact(b)];
  const origins = new Map<FactName, Origin>();
  const choose = <Fact extends FactName>(fact: Fact): FactValues[Fact] | undefined => {
    const statements = [
      { value: valueOf(a, fact), origin: from.get(fact) },
      { value: valueOf(b, fact), origin: also.get(fact) },
    ].filter(
      (one): one is Statement<FactValues[Fact]> => one.value !== undefined && one.origin !== undefined,
    );
    const [first, second] = statements;
    const best = first && second ? believed(fact, first, second) : first;
    if (best !== undefined) origins.set(fact, best.origin);
    return best?.value;
  };
  const title = choose("title") ?? a.title;
  const arxivId = choose("arxivId");
  const facts = Object.fromEntries(FACTS.map((fact) => [fact, choose(fact)])) as PaperFacts;
  const others = otherTitles(title, [a, b]);
  return withoutAbsent<Paper>({
    id: arxivId === undefined ? a.id : a.id.startsWith("title:") ? b.id : a.id,
    title,
    ...(facts as Required<PaperFacts>),
    authors: withPartsOf(facts.authors, [a.authors, b.authors]),
    hiddenAuthors,
    urls: union(a.urls, b.urls),
    listedOn: [...new Set([...a.listedOn, ...b.listedOn])],
    origins: takenFrom(origins),
    otherTitles: others.length === 0 ? undefined : others,
  });
}

/** What adding a listing did to a catalogue. */
export type Filed =
  | { readonly kind: "new"; readonly paper: Paper }
  /** `replaced` are the ids under which the paper was filed before: two when the listing showed that they are one. */
  | { readonly kind: "merged"; readonly paper: Paper; readonly replaced: readonly PaperId[] };

/** The papers known so far, each once, however often it is listed. */
export interface Catalogue {
  /** What a listing makes of the papers; changes nothing. */
  readonly look: (listing: Listing) => Filed;
  /** Has what a look found, before anything else is kept. */
  readonly keep: (filed: Filed) => void;
  /** Looks and keeps. */
  readonly file: (listing: Listing) => Filed;
  readonly papers: () => Paper[];
}

/**
 * Files listings so that the same paper is one paper: the same arXiv id, or the same title after folding case,
 * accents and punctuation, unless both carry different arXiv ids. Titles are all those a paper was listed under. Of
 * several papers with one title a mention without an id is of the one with the first id, in whatever order they came.
 */
export function createCatalogue(known: Iterable<Paper> = []): Catalogue {
  const byId = new Map<PaperId, Paper>();
  const byTitle = new Map<string, PaperId>();
  const put = (paper: Paper): void => {
    byId.set(paper.id, paper);
    for (const key of [paper.title, ...(paper.otherTitles ?? [])].map(titleKey)) {
      const other = byTitle.get(key);
      if (other === undefined || !byId.has(other) || paper.id < other) byTitle.set(key, paper.id);
    }
  };
  const findSame = (paper: Paper): Paper[] => {
    const sameId = byId.get(paper.id);
    const sameTitle = byId.get(byTitle.get(titleKey(paper.title)) ?? paper.id);
    const bothIdentified = sameTitle?.id.startsWith("arxiv:") === true && paper.id.startsWith("arxiv:");
    const twin = bothIdentified ? undefined : sameTitle;
    return [...new Set([sameId, twin])].filter((one) => one !== undefined);
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
    papers: () => [...byId.values()],
  };
}

/** The distinct papers among listings, in the order of their first mention. */
export function mergeListings(listings: Iterable<Listing>): Paper[] {
  const catalogue = createCatalogue();
  for (const listing of listings) catalogue.file(listing);
  return catalogue.papers();
}
