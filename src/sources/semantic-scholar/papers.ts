import type { Fields } from "../../corpus/merging/fields.ts";
import { isObject, textOf, textsOf, withoutAbsent } from "../../corpus/merging/fields.ts";
import { isName } from "../../corpus/names/author-names.ts";
import { doiUrl, parseDoi, parseWebUrl } from "../../corpus/identifiers/links.ts";
import { parseArxivId } from "../../corpus/identifiers/paper-id.ts";
import type { Authors, Listing } from "../../corpus/paper.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import { parsePartialDate } from "../../corpus/partial-date.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { WorkType } from "../../corpus/publication.ts";
import type { ReadRecord } from "../lookup.ts";
import { pageRange } from "../record-fields.ts";

/** What every paper that was read at Semantic Scholar carries as `listedOn`. */
export const SEMANTIC_SCHOLAR = "Semantic Scholar";

/** The fields that are asked for: api.semanticscholar.org/api-docs/graph, “paper/batch”. */
export const PAPER_FIELDS = [
  "externalIds",
  "url",
  "title",
  "abstract",
  "venue",
  "publicationVenue",
  "year",
  "publicationDate",
  "publicationTypes",
  "journal",
  "authors",
] as const;

/** What the kind of the venue says, and then the types of the paper, of which some stand beside each other. */
const BY_VENUE: ReadonlyMap<string, WorkType> = new Map<string, WorkType>([
  ["journal", "article-journal"],
  ["conference", "paper-conference"],
]);
const TYPES: ReadonlyMap<string, WorkType> = new Map<string, WorkType>([
  ["Conference", "paper-conference"],
  ["BookSection", "chapter"],
  ["Book", "book"],
  ["Dataset", "dataset"],
  ["JournalArticle", "article-journal"],
]);

/** Names under which a preprint on arXiv stands where a venue would. */
const PREPRINTS = /^(?:arxiv(?:\.org)?(?: e-prints)?|corr|computing research repository)$/i;

const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

function readAuthors(value: unknown): Authors | undefined {
  const people = Array.isArray(value) ? value.filter(isObject) : [];
  const names = people.flatMap(({ name }) => textOf(name) ?? []).filter(isName);
  return names.length === 0 ? undefined : { kind: "named", names };
}

function readDate(paper: Fields): PartialDate | undefined {
  const { year } = paper as { year?: unknown };
  return (
    parsePartialDate(textOf(paper["publicationDate"]) ?? "") ??
    (typeof year === "number" ? parsePartialDate(String(year)) : undefined)
  );
}

/** Where it was published; a paper that stands on arXiv alone is a preprint. */
function readVenue(
  paper: Fields,
): Pick<Listing, "type" | "containerTitle" | "volume" | "page" | "issn"> | undefined {
  const [venue, journal] = [fieldsOf(paper["publicationVenue"]), fieldsOf(paper["journal"])];
  const names = [journal["name"], venue["name"], paper["venue"]].flatMap((name) => textOf(name) ?? []);
  const containerTitle = names.find((name) => !PREPRINTS.test(name));
  if (containerTitle === undefined) return names.length === 0 ? undefined : { type: "article" };
  const types = textsOf(paper["publicationTypes"]);
  const own = [...TYPES].find(([name]) => types.includes(name))?.[1];
  const inJournal = !PREPRINTS.test(textOf(journal["name"]) ?? "");
  return withoutAbsent<Pick<Listing, "type" | "containerTitle" | "volume" | "page" | "issn">>({
    type: BY_VENUE.get(textOf(venue["type"])?.toLowerCase() ?? "") ?? own,
    containerTitle,
    volume: inJournal ? textOf(journal["volume"]) : undefined,
    page: inJournal ? pageRange(textOf(journal["pages"])) : undefined,
    issn: textOf(venue["issn"]),
  });
}

/** Addresses: of the publisher, of the ACL's Anthology, and of Semantic Scholar, by both of its ids. */
function readUrls(paper: Fields, ids: Fields): string[] | undefined {
  const acl = textOf(ids["ACL"]);
  const { CorpusId: corpus } = ids as { CorpusId?: unknown };
  const given = [
    doiUrl(textOf(ids["DOI"]) ?? ""),
    acl === undefined || !/^[\w.-]+$/.test(acl) ? undefined : `https://aclanthology.org/${acl}/`,
    parseWebUrl(textOf(paper["url"]) ?? ""),
    typeof corpus !== "number" || !Number.isSafeInteger(corpus)
      ? undefined
      : `https://api.semanticscholar.org/CorpusID:${corpus}`,
  ].filter((url) => url !== undefined);
  return given.length === 0 ? undefined : given;
}

/** Reads one paper of Semantic Scholar's Academic Graph: api.semanticscholar.org/api-docs/graph. */
export function readPaper(value: unknown, file: string): ReadRecord {
  const paper = fieldsOf(value);
  const title = textOf(paper["title"]);
  if (title === undefined) {
    const found = quoteLine(textOf(paper["paperId"]) ?? "");
    return { file, expected: "a paper with a title", found };
  }
  const ids = fieldsOf(paper["externalIds"]);
  const doi = parseDoi(textOf(ids["DOI"]) ?? "");
  return withoutAbsent<Listing>({
    title,
    arxivId: parseArxivId(textOf(ids["ArXiv"]) ?? ""),
    abstract: textOf(paper["abstract"]),
    date: readDate(paper),
    authors: readAuthors(paper["authors"]),
    organisation: undefined,
    comments: undefined,
    upvotes: undefined,
    urls: readUrls(paper, ids),
    ...readVenue(paper),
    doi: doi?.startsWith("10.48550/arxiv.") === true ? undefined : doi,
    listedOn: SEMANTIC_SCHOLAR,
    sourceKind: "semantic-scholar",
  });
}
