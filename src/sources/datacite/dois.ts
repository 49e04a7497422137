import type { Fields } from "../../corpus/merging/fields.ts";
import { isObject, textOf, withoutAbsent } from "../../corpus/merging/fields.ts";
import { doiUrl, parseDoi, parseWebUrl } from "../../corpus/identifiers/links.ts";
import { parseArxivId } from "../../corpus/identifiers/paper-id.ts";
import type { Listing } from "../../corpus/paper.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import { parsePartialDate, parseTimestampDay } from "../../corpus/partial-date.ts";
import type { NameParts } from "../../corpus/names/person-name.ts";
import { guessNameParts, namedInParts } from "../../corpus/names/person-name.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { WorkType } from "../../corpus/publication.ts";
import { isWorkType } from "../../corpus/publication.ts";
import { textOfJats } from "../crossref/jats.ts";
import type { ReadRecord } from "../lookup.ts";
import { pageRange, partsOfName } from "../record-fields.ts";

/** The name of the service. */
export const DATACITE = "DataCite";

/** DataCite's `resourceTypeGeneral` (DataCite Metadata Schema 4.5, appendix 1) in CSL's terms. */
const TYPES: ReadonlyMap<string, WorkType> = new Map<string, WorkType>([
  ["Preprint", "article"],
  ["JournalArticle", "article-journal"],
  ["DataPaper", "article-journal"],
  ["ConferencePaper", "paper-conference"],
  ["ConferenceProceeding", "book"],
  ["Book", "book"],
  ["BookChapter", "chapter"],
  ["Dissertation", "thesis"],
  ["Report", "report"],
  ["Standard", "standard"],
  ["Dataset", "dataset"],
  ["Software", "software"],
  ["ComputationalNotebook", "software"],
  ["PeerReview", "review"],
]);

const ARXIV_DOI = /^10\.48550\/arxiv\.(.+)$/;

const objects = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);
const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

/** The day it appeared: `Issued`, or as much as is known of it. */
function readDate(work: Fields): PartialDate | undefined {
  const dates = objects(work["dates"]);
  for (const type of ["Issued", "Available", "Submitted", "Created"]) {
    for (const { date, dateType } of dates) {
      const text = dateType === type ? (textOf(date) ?? "") : "";
      // Of `2020-01-01/2020-02-01` the beginning.
      const [first = ""] = text.split("/");
      const day = parsePartialDate(first) ?? parseTimestampDay(first);
      if (day !== undefined) return day;
    }
  }
  const year = work["publicationYear"];
  return parsePartialDate(String(typeof year === "number" ? year : (textOf(year) ?? "")));
}

function readCreator(creator: Fields): readonly NameParts[] {
  const name = textOf(creator["name"]);
  if (creator["nameType"] === "Organizational") return name === undefined ? [] : [{ literal: name }];
  const parts = partsOfName({
    family: creator["familyName"],
    given: creator["givenName"],
    suffix: undefined,
    literal: undefined,
  });
  if (parts !== undefined && textOf(creator["familyName"]) !== undefined) return [parts];
  return name === undefined ? [] : [guessNameParts(name)];
}

/** The title itself, of several that are marked as others. */
function readTitle(work: Fields): string | undefined {
  const titles = objects(work["titles"]);
  const own = titles.find(({ titleType }) => titleType === undefined || titleType === null) ?? titles[0];
  return typeof own?.["title"] === "string" ? textOfJats(own["title"]) : undefined;
}

function readAbstract(work: Fields): string | undefined {
  const found = objects(work["descriptions"]).find(({ descriptionType }) => descriptionType === "Abstract");
  return typeof found?.["description"] === "string" ? textOfJats(found["description"]) : undefined;
}

function readLicense(work: Fields): string | undefined {
  const [first] = objects(work["rightsList"]);
  return (
    parseWebUrl(textOf(first?.["rightsUri"]) ?? "") ?? textOf(first?.["rightsIdentifier"])?.toUpperCase()
  );
}

/** What it is about; fields of science are no words of the authors. */
function readKeywords(work: Fields): string[] | undefined {
  const subjects = objects(work["subjects"]).flatMap(({ subject }) => textOf(subject) ?? []);
  const words = [...new Set(subjects.filter((one) => !/^FOS:/i.test(one)))];
  return words.length === 0 ? undefined : words;
}

/** The journal or book that it stands in; of a repository nothing. */
function readContainer(
  work: Fields,
  type: WorkType | undefined,
): Pick<Listing, "containerTitle" | "volume" | "issue" | "page"> {
  const container = fieldsOf(work["container"]);
  if (type === "article" || type === "dataset" || type === "software") return {};
  const [first, last] = [textOf(container["firstPage"]), textOf(container["lastPage"])];
  const pages = first === undefined || last === undefined ? first : `${first}-${last}`;
  return withoutAbsent<Pick<Listing, "containerTitle" | "volume" | "issue" | "page">>({
    containerTitle: textOf(container["title"]),
    volume: textOf(container["volume"]),
    issue: textOf(container["issue"]),
    page: pageRange(pages),
  });
}

function readType(work: Fields): WorkType | undefined {
  const types = fieldsOf(work["types"]);
  const csl = textOf(types["citeproc"]);
  return TYPES.get(textOf(types["resourceTypeGeneral"]) ?? "") ?? (isWorkType(csl) ? csl : undefined);
}

/** Reads one record of DataCite's REST API: support.datacite.org/reference/get_dois-id, DataCite Metadata Schema 4.5. */
export function readDoi(value: unknown, file: string): ReadRecord {
  const work = fieldsOf(fieldsOf(value)["attributes"]);
  const doi = parseDoi(textOf(work["doi"]) ?? "");
  const title = readTitle(work);
  if (title === undefined) {
    return { file, expected: `a work with a title at ${quoteLine(doi ?? "")}`, found: "none" };
  }
  const inDoi = ARXIV_DOI.exec(doi ?? "")?.[1];
  const arxivId = inDoi === undefined ? undefined : parseArxivId(inDoi);
  const type = readType(work);
  const publisher = work["publisher"];
  const urls = [doiUrl(doi ?? ""), parseWebUrl(textOf(work["url"]) ?? "")].filter((url) => url !== undefined);
  return withoutAbsent<Listing>({
    title,
    arxivId,
    abstract: readAbstract(work),
    date: readDate(work),
    authors: namedInParts(objects(work["creators"]).flatMap(readCreator)),
    organisation: undefined,
    comments: undefined,
    upvotes: undefined,
    keywords: readKeywords(work),
    urls: urls.length === 0 ? undefined : urls,
    type,
    ...readContainer(work, type),
    publisher: textOf(isObject(publisher) ? publisher["name"] : publisher),
    doi: arxivId === undefined ? doi : undefined,
    version: textOf(work["version"]),
    language: textOf(work["language"]),
    license: readLicense(work),
    listedOn: DATACITE,
    sourceKind: "datacite",
  });
}
