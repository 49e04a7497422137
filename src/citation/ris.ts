import type { WorkType } from "../corpus/publication.ts";
import type { CslItem, CslName } from "./csl-item.ts";
import { isOthers } from "./csl-item.ts";

/** What RIS calls kinds of works (Reference Manager's list of 2011), as Zotero exchanges them; a preprint is unpublished. */
const TYPES: Readonly<Record<WorkType, string>> = {
  article: "UNPB",
  "article-journal": "JOUR",
  "article-magazine": "MGZN",
  "article-newspaper": "NEWS",
  book: "BOOK",
  chapter: "CHAP",
  dataset: "DATA",
  document: "GEN",
  "entry-encyclopedia": "ENCYC",
  manuscript: "MANSCPT",
  "paper-conference": "CPAPER",
  patent: "PAT",
  "post-weblog": "BLOG",
  report: "RPRT",
  review: "JOUR",
  software: "COMP",
  speech: "SLIDE",
  standard: "STAND",
  thesis: "THES",
  webpage: "ELEC",
};

type Line = readonly [tag: string, text: string | undefined];

/** `van der Berg, Jan, Jr.`. A comma behind a group says that its name is one (EndNote, Zotero). */
function risName({ literal, family, given, suffix, ...rest }: CslName): string {
  if (literal !== undefined) return `${literal},`;
  const particle = rest["non-dropping-particle"];
  const last = particle === undefined ? family : `${particle} ${family ?? ""}`;
  return [last, given ?? "", ...(suffix === undefined ? [] : [suffix])].join(", ").replace(/, $/, ",");
}

/** Names a line each. That there are more than these RIS has no way to say. */
const nameLines = (tag: string, names: readonly CslName[] | undefined): Line[] =>
  (names ?? []).filter((name) => !isOthers(name)).map((name) => [tag, risName(name)]);

const twoDigits = (number: number): string => String(number).padStart(2, "0");

/** The year, and the date as `2017/06/12/`, parts that are not known left empty. */
function dateLines({ issued }: CslItem): Line[] {
  if (issued === undefined) return [];
  const [year, month, day] = issued["date-parts"][0];
  const date = `${year}/${month === undefined ? "" : twoDigits(month)}/${day === undefined ? "" : twoDigits(day)}/`;
  return [
    ["PY", String(year)],
    ["DA", month === undefined ? undefined : date],
  ];
}

function pageLines({ page }: CslItem): Line[] {
  const [, from, to] = /^([^\s–—-]+)\s*[–—-]+\s*([^\s–—-]+)$/u.exec(page ?? "") ?? [];
  return [
    ["SP", from ?? page],
    ["EP", to],
  ];
}

const WITH_NUMBERS = new Set<WorkType>(["report", "patent", "standard"]);

/** The number of a report below the tag that reports have for it; of an article below that of article numbers. */
function numberLines({ type, number, archive }: CslItem): Line[] {
  if (number === undefined || (archive === "arXiv" && number.startsWith("arXiv:"))) return [];
  return [[WITH_NUMBERS.has(type) ? "M1" : "C7", number]];
}

function publicationLines(item: CslItem): Line[] {
  const numbers = [item.ISBN, item.ISSN].filter((one) => one !== undefined);
  return [
    ["T2", item["container-title"] ?? (item.type === "paper-conference" ? item["event-title"] : undefined)],
    ["T3", item["collection-title"]],
    ["VL", item.volume],
    ["IS", item.issue],
    ...pageLines(item),
    ...numberLines(item),
    // Of programs and data the version, as Zotero has it.
    ["ET", item.edition ?? (item.type === "software" || item.type === "dataset" ? item.version : undefined)],
    ["PB", item.publisher],
    ["CY", item["publisher-place"]],
    ["M3", item.genre],
    ["SN", numbers.length === 0 ? undefined : numbers.join(" ")],
  ];
}

/** An item as a record of RIS. */
export function renderRis(item: CslItem): string {
  const lines: Line[] = [
    ["TY", TYPES[item.type]],
    ["ID", item.id],
    ["TI", item.title],
    ...nameLines("AU", item.author),
    ...nameLines("ED", item.editor),
    ...dateLines(item),
    ...publicationLines(item),
    ["DB", item.archive],
    ["AN", item.archive_location === undefined ? undefined : `arXiv:${item.archive_location}`],
    ["DO", item.DOI],
    ["UR", item.URL],
    ["LA", item.language],
    ...(item.keyword?.split(", ") ?? []).map((word): Line => ["KW", word]),
    ["AB", item.abstract],
    ["N1", item.note],
  ];
  const written = lines.flatMap(([tag, text]) =>
    text === undefined ? [] : [`${tag}  - ${text.replace(/\s+/g, " ")}`],
  );
  return [...written, "ER  - "].join("\n");
}
