import { authorKey } from "../names/author-names.ts";
import { withoutAbsent } from "./fields.ts";
import { PUBLICATION_TEXTS } from "../publication.ts";
import type { Authors, FactName, Listing, Origin, Paper, PaperFacts, PaperId } from "../paper.ts";
import { BY_IDENTIFIER, originsByFact, takenFrom } from "../origin.ts";
import { isNotice, statusInAbstract, statusInTitle } from "../status.ts";
import { arxivIdOf, arxivMonth, arxivPaperId, parseArxivId, titlePaperId } from "../identifiers/paper-id.ts";
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
  "otherDois",
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

/** arXiv's own DOIs are its identifiers: `10.48550/arXiv.1706.03762`. */
const ARXIV_DOI = /^10\.48550\/arxiv\.(.+)$/i;

/** A listing with its identifiers in one form: a DOI of arXiv's is the identifier, and others are in lower case. */
function withIdentifiers(listing: Listing): Listing {
  const { doi, ...rest } = listing;
  if (doi === undefined) return listing;
  const inDoi = ARXIV_DOI.exec(doi)?.[1];
  if (inDoi === undefined) return { ...listing, doi: doi.toLowerCase() };
  const arxivId = rest.arxivId ?? parseArxivId(inDoi);
  return arxivId === undefined ? rest : { ...rest, arxivId };
}

/** The paper that a listing states. */
function statedBy(given: Listing): Paper {
  const listing = withStatus(withIdentifiers(given));
  const { arxivId, listedOn, sourceKind = "file", readAt, title, ...facts } = listing;
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

/** The paper that a listing is, taken by itself, with the month of its identifier where no date is stated. */
export function paperOf(listing: Listing): Paper {
  const paper = statedBy(listing);
  const arxivId = arxivIdOf(paper.id);
  const date = arxivId === undefined || paper.date !== undefined ? undefined : arxivMonth(arxivId);
  if (date === undefined) return paper;
  return { ...paper, date, origins: [...paper.origins, { ...BY_IDENTIFIER, facts: ["date"] }] };
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

/** Where each fact of a paper was taken from; a DOI that is not believed is one of the others. */
function originsOf(paper: Paper): Map<FactName, Origin> {
  const origins = originsByFact(paper);
  const doi = origins.get("doi");
  if (doi !== undefined && !origins.has("otherDois")) origins.set("otherDois", doi);
  return origins;
}

/** A paper that is compared with another: what it says of each fact. */
type Saying = <Fact extends FactName>(fact: Fact) => Statement<FactValues[Fact]> | undefined;

function sayingOf(paper: Paper): Saying {
  const origins = originsOf(paper);
  return (fact) => {
    const [value, origin] = [valueOf(paper, fact), origins.get(fact)];
    return value === undefined || origin === undefined ? undefined : { value, origin };
  };
}

/** What is believed of two papers that are one. */
function believedOf(a: Paper, b: Paper): Saying {
  const [first, second] = [sayingOf(a), sayingOf(b)];
  return (fact) => {
    const [one, other] = [first(fact), second(fact)];
    return one && other ? believed(fact, one, other) : (one ?? other);
  };
}

/** A paper whose other DOIs are all that it has but the believed one. */
function withOtherDois(paper: Paper, chosen: string | undefined): Paper {
  const { otherDois, ...rest } = paper;
  const all = union(otherDois, paper.doi === undefined ? [] : [paper.doi]) ?? [];
  const others = all.filter((doi) => doi !== chosen);
  return others.length === 0 ? rest : { ...rest, otherDois: others };
}

/** The id of two papers that are one: the arXiv identifier, else of all their titles' ids the first in order, whichever came first. */
function idOf(a: Paper, b: Paper): PaperId {
  const known = [a.id, b.id].find((id) => id.startsWith("arxiv:"));
  if (known !== undefined) return known;
  const titles = [a, b].flatMap(({ title, otherTitles: others = [] }) => [title, ...others]);
  return titles.map(titlePaperId).reduce((first, id) => (id < first ? id : first));
}

/** One paper out of two mentions of it: of each fact the believed value with its origin (precedence.ts). */
export function mergePapers(known: Paper, mention: Paper): Paper {
  const hiddenAuthors = union(known.hiddenAuthors, mention.hiddenAuthors);
  const doi = believedOf(known, mention)("doi")?.value;
  const ready = (paper: Paper): Paper => withOtherDois(hide(paper, hiddenAuthors), doi);
  const [a, b] = [ready(known), ready(mention)];
  const statement = believedOf(a, b);
  const origins = new Map<FactName, Origin>();
  const choose = <Fact extends FactName>(fact: Fact): FactValues[Fact] | undefined => {
    const best = statement(fact);
    if (best !== undefined) origins.set(fact, best.origin);
    return best?.value;
  };
  const title = choose("title") ?? a.title;
  choose("arxivId");
  const facts = Object.fromEntries(FACTS.map((fact) => [fact, choose(fact)])) as PaperFacts;
  const others = otherTitles(title, [a, b]);
  return withoutAbsent<Paper>({
    id: idOf(a, b),
    title,
    ...(facts as Required<PaperFacts>),
    authors: withPartsOf(facts.authors, [a.authors, b.authors]),
    hiddenAuthors,
    urls: union(a.urls, b.urls),
    otherDois: union(a.otherDois, b.otherDois),
    listedOn: [...new Set([...a.listedOn, ...b.listedOn])],
    origins: takenFrom(origins),
    otherTitles: others.length === 0 ? undefined : others,
  });
}
