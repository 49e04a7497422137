import { countOf, isObject, nestsTooDeep } from "../../corpus/merging/fields.ts";
import type { Fields } from "../../corpus/merging/fields.ts";
import { parseArxivId, parsePaperId } from "../../corpus/identifiers/paper-id.ts";
import { SOURCE_KINDS, STATUS_KINDS } from "../../corpus/paper.ts";
import type { Listing, Paper, PaperId } from "../../corpus/paper.ts";
import { isWorkType, PUBLICATION_TEXTS } from "../../corpus/publication.ts";
import { parsePartialDate } from "../../corpus/partial-date.ts";
import { UserError } from "../../user-error.ts";
import { RECORD_FORMAT } from "./record-format.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isInstant: Check = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));
const isCount: Check = (value) => countOf(value) !== undefined;
const areTexts: Check = (value) => Array.isArray(value) && value.every(isText);

const isNameParts: Check = (value) => isObject(value) && Object.values(value).every(isText);
const areNamed: Check = (value) =>
  isObject(value) &&
  value["kind"] === "named" &&
  areTexts(value["names"]) &&
  (value["parts"] === undefined || (Array.isArray(value["parts"]) && value["parts"].every(isNameParts)));

function textForms<Field extends string>(fields: readonly Field[]): Record<Field, Check> {
  return Object.fromEntries(fields.map((field) => [field, isText])) as Record<Field, Check>;
}

/** The form of each field; a line that was damaged or written by hand may have any, and none may stop the program. */
const FORMS: Readonly<Record<keyof Listing, Check>> = {
  title: isText,
  listedOn: isText,
  arxivId: (value) => typeof value === "string" && parseArxivId(value) === value,
  abstract: isText,
  date: (value) => typeof value === "string" && parsePartialDate(value) !== undefined,
  authors: (value) =>
    areNamed(value) || (isObject(value) && value["kind"] === "counted" && isCount(value["count"])),
  editors: areNamed,
  keywords: areTexts,
  ...textForms(PUBLICATION_TEXTS),
  type: isWorkType,
  organisation: (value) =>
    isObject(value) && isText(value["name"]) && (value["handle"] === undefined || isText(value["handle"])),
  comments: isCount,
  upvotes: (value) => isObject(value) && isCount(value["count"]) && isInstant(value["readAt"]),
  status: (value) =>
    isObject(value) && isText(value["words"]) && STATUS_KINDS.some((kind) => kind === value["kind"]),
  urls: areTexts,
  otherDois: areTexts,
  hiddenAuthors: areTexts,
  sourceKind: (value) => SOURCE_KINDS.some((kind) => kind === value),
  readAt: isInstant,
};

function isListing(value: unknown): value is Fields {
  if (!isObject(value) || value["title"] === undefined || value["listedOn"] === undefined) return false;
  return Object.entries(FORMS).every(([name, fits]) => value[name] === undefined || fits(value[name]));
}

/** A paper that was removed, as the record keeps it: what mentions of it are known by, and its title. */
export type RemovedPaper = Pick<Paper, "id" | "title" | "otherTitles" | "doi" | "otherDois" | "urls">;

/** One line of the record. */
export type StoredLine =
  | { readonly kind: "listing"; readonly listing: Listing }
  /** From here on the paper is not there, until it is taken in anew; sources that are read by themselves do not bring it back. */
  | { readonly kind: "removed"; readonly paper: RemovedPaper }
  /** Papers that were removed and are taken in by hand after this line. */
  | { readonly kind: "readmitted"; readonly ids: readonly PaperId[] }
  /** What follows needs a reader of this format. A file that was compacted begins with one, and has a name of its own. */
  | { readonly kind: "format"; readonly format: number; readonly generation?: string }
  /** All before it says what so many bytes of the file before it said, of which this was the sum (source-label.ts). */
  | { readonly kind: "compacted"; readonly bytes: number; readonly sha256: string };

/** What the lines begin with that are no listings. */
export const MARKS = ['{"removed":', '{"readmitted":', '{"format":', '{"compacted":'] as const;

const REMOVED_FORMS: Readonly<Record<Exclude<keyof RemovedPaper, "id">, Check>> = {
  title: isText,
  otherTitles: areTexts,
  doi: isText,
  otherDois: areTexts,
  urls: areTexts,
};

function isRemovedPaper(value: unknown): value is RemovedPaper {
  if (!isObject(value) || value["title"] === undefined) return false;
  const { id } = value;
  if (typeof id !== "string" || parsePaperId(id) !== id) return false;
  return Object.entries(REMOVED_FORMS).every(
    ([name, fits]) => value[name] === undefined || fits(value[name]),
  );
}

/** Reads a line that is no listing; undefined where it is damaged. */
function parseMarked(value: Fields): StoredLine | undefined {
  const { removed, readmitted, format, generation, compacted } = value;
  if (isRemovedPaper(removed)) return { kind: "removed", paper: removed };
  if (areTexts(readmitted)) return { kind: "readmitted", ids: readmitted as PaperId[] };
  if (isCount(format))
    return {
      kind: "format",
      format: format as number,
      ...(typeof generation === "string" ? { generation } : {}),
    };
  if (!isObject(compacted)) return undefined;
  const { bytes, sha256 } = compacted;
  return isCount(bytes) && typeof sha256 === "string"
    ? { kind: "compacted", bytes: bytes as number, sha256 }
    : undefined;
}

/** Reads one line of the record; undefined where it is damaged. */
export function parseStored(line: string): StoredLine | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (nestsTooDeep(value)) return undefined;
    if (isListing(value)) return { kind: "listing", listing: value as unknown as Listing };
    return isObject(value) ? parseMarked(value) : undefined;
  } catch {
    return undefined;
  }
}

/** A line as it is stored, with its end. */
export function renderStored(line: StoredLine): string {
  return `${JSON.stringify(bodyOf(line))}\n`;
}

function bodyOf(line: StoredLine): object {
  switch (line.kind) {
    case "listing":
      return line.listing;
    case "removed":
      return { removed: line.paper };
    case "readmitted":
      return { readmitted: line.ids };
    case "format":
      return { format: line.format, generation: line.generation };
    case "compacted":
      return { compacted: { bytes: line.bytes, sha256: line.sha256 } };
  }
}

/** Refuses what a newer version wrote: to pass its lines over would bring back what they take away. */
export function refuseNewer(line: StoredLine, file: string): void {
  if (line.kind !== "format" || line.format <= RECORD_FORMAT) return;
  throw new UserError(
    `${file} was written by a newer Paperboy (format ${line.format}; this one reads formats up to ${RECORD_FORMAT}). Install that version again, or set PAPERBOY_STATE to another folder; nothing was changed.`,
  );
}
