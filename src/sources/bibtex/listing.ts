import { withoutAbsent } from "../../corpus/fields.ts";
import { doiUrl, parseWebUrl } from "../../corpus/links.ts";
import { arxivIdOf, parseArxivId } from "../../corpus/paper-id.ts";
import type { ArxivId, Authors, Listing } from "../../corpus/paper.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import { monthNumber, parsePartialDate } from "../../corpus/partial-date.ts";
import { readableText } from "../../corpus/readable-text.ts";
import { parseReference } from "../../corpus/reference.ts";
import { isName } from "../../corpus/author-names.ts";
import type { NameParts } from "../../corpus/person-name.ts";
import { guessNameParts, namedInParts, nameOfParts } from "../../corpus/person-name.ts";

/** The values of an entry by their names. */
type BibFields = ReadonlyMap<string, string>;

/** Readable, and free of the braces that only keep capitals. */
const plain = (text: string | undefined): string | undefined => {
  const readable = readableText(text ?? "")
    .replace(/[{}]/g, "")
    .trim();
  return readable === "" ? undefined : readable;
};

/** Cuts at ` and ` outside braces: `{Barnes and Noble}` is one name. */
function splitAuthors(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of text.matchAll(/[{}]|\sand\s/gi)) {
    if (token === "{") depth++;
    else if (token === "}") depth--;
    else if (depth === 0) {
      names.push(text.slice(from, index));
      from = index + token.length;
    }
  }
  return [...names, text.slice(from)];
}

/** `Last, First`, `von Last, Jr, First` or `First Last`; undefined for what names nobody. */
function readName(text: string): NameParts | undefined {
  const name = text.trim();
  if (name.startsWith("{") && name.endsWith("}")) return nameOfParts({ literal: name });
  const [last = "", second, third] = name.split(",");
  if (second === undefined) {
    const printed = plain(last);
    return printed === undefined || !isName(printed) ? undefined : guessNameParts(printed);
  }
  const [, particle = "", family = last] = /^\s*((?:\p{Ll}[\p{L}']*\s+)+)(\S.*)$/u.exec(last) ?? [];
  return nameOfParts(
    third === undefined
      ? { particle, family, given: second }
      : { particle, family, suffix: second, given: third },
  );
}

function readAuthors(text: string | undefined): Authors | undefined {
  const names = splitAuthors((text ?? "").replace(/\s+/g, " ")).filter((name) => name.trim() !== "");
  const others = names.at(-1)?.trim().toLowerCase() === "others";
  const read = (others ? names.slice(0, -1) : names).flatMap((name) => readName(name) ?? []);
  return namedInParts(read, others);
}

const twoDigits = (n: number | string): string => String(n).padStart(2, "0");

/** `date` of biblatex, or `year` with the `month` and `day` that are known. */
function readDate(fields: BibFields): PartialDate | undefined {
  const date = plain(fields.get("date"));
  const year = plain(fields.get("year"));
  if (date !== undefined) return parsePartialDate(date.replace(/[T/].*$/, ""));
  if (year === undefined) return undefined;
  const word = plain(fields.get("month"))?.replace(/\.$/, "") ?? "";
  const month = monthNumber(word) ?? (/^\d{1,2}$/.test(word) ? Number(word) : undefined);
  const day = plain(fields.get("day"));
  const precise = [
    month === undefined || day === undefined ? undefined : `${year}-${twoDigits(month)}-${twoDigits(day)}`,
    month === undefined ? undefined : `${year}-${twoDigits(month)}`,
    year,
  ];
  return precise.map((one) => (one === undefined ? undefined : parsePartialDate(one))).find(Boolean);
}

function readUrls(fields: BibFields): string[] {
  const url = parseWebUrl(plain(fields.get("url")) ?? "");
  const doi = doiUrl((fields.get("doi") ?? "").replace(/[{}\\]/g, ""));
  return [...new Set([url, doi].filter((one) => one !== undefined))];
}

/** `eprint` (with `archivePrefix = arXiv` or none), the DOI, the address, or `arXiv preprint arXiv:1706.03762`. */
function readArxivId(fields: BibFields): ArxivId | undefined {
  const archive = (fields.get("archiveprefix") ?? fields.get("eprinttype") ?? "arxiv").toLowerCase();
  const eprint = archive.includes("arxiv") ? (fields.get("eprint") ?? "").replace(/[{}\s]/g, "") : "";
  const given = parseArxivId(eprint.replace(/^arxiv:/i, ""));
  if (given !== undefined) return given;
  // DBLP: journal = {CoRR}, volume = {abs/1706.03762}.
  const volume = /^abs\/(.+)$/.exec(plain(fields.get("volume")) ?? "")?.[1];
  const announced = /\barXiv:\s*([\w./-]+)/i.exec(
    `${fields.get("journal") ?? ""} ${fields.get("note") ?? ""}`,
  )?.[1];
  for (const one of [eprint, fields.get("doi"), fields.get("url"), volume, announced]) {
    const reference = parseReference((one ?? "").replace(/[{}]/g, ""));
    if (reference?.kind === "paper") return arxivIdOf(reference.id);
  }
  return undefined;
}

/** What an entry says of a paper; undefined where it has no title. */
export function readListing(fields: BibFields, file: string): Listing | undefined {
  const title = plain(fields.get("title"));
  if (title === undefined) return undefined;
  const urls = readUrls(fields);
  return withoutAbsent<Listing>({
    title,
    arxivId: readArxivId(fields),
    abstract: plain(fields.get("abstract")),
    date: readDate(fields),
    authors: readAuthors(fields.get("author")),
    organisation: undefined,
    comments: undefined,
    upvotes: undefined,
    urls: urls.length === 0 ? undefined : urls,
    listedOn: file,
  });
}
