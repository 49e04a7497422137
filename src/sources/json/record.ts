import type { Fields } from "../../corpus/fields.ts";
import { isObject, MAX_NESTING, nestsTooDeep } from "../../corpus/fields.ts";
import { readJsonPaper } from "../../corpus/jsonl.ts";
import type { Listing } from "../../corpus/paper.ts";
import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { Citation, CitationPlace } from "../citation/citation.ts";
import { listingOf } from "../citation/citation.ts";
import { readWork as readCrossrefWork } from "../crossref/works.ts";
import type { FileItem } from "../files/read-file.ts";
import { readWork as readOpenAlexWork } from "../openalex/works.ts";
import { isCslItem, readCsl } from "./csl-item.ts";
import { isDblpHit, readDblpHit } from "./dblp-hit.ts";

/** A place of which the line is known. */
type Place = CitationPlace & { readonly line: number };

const asItem = (problem: Problem): FileItem => ({ kind: "problem", problem });

function citationItem(citation: Citation, place: Place, unknown: readonly string[] = []): FileItem {
  const read = listingOf(citation, place);
  if (!("listing" in read)) return asItem(read);
  return { kind: "paper", line: place.line, unknown, ...read };
}

/** What the reader of a service's answers made of an object that lies in a file. */
function serviceItem(read: Listing | Problem, { file, line }: Place): FileItem {
  return "title" in read
    ? { kind: "paper", line, listing: { ...read, listedOn: file } }
    : asItem({ ...read, file, line });
}

const isOpenAlexWork = (value: Fields): boolean =>
  ("authorships" in value || "abstract_inverted_index" in value) &&
  ("title" in value || "display_name" in value);

const isCrossrefWork = (value: Fields): boolean =>
  Array.isArray(value["title"]) && typeof value["DOI"] === "string";

/** The papers of an answer of a service that lies in a file as one object; undefined for an object that is a paper itself. */
function papersInside(value: Fields): readonly unknown[] | undefined {
  if ("title" in value) return undefined;
  const { message, result } = value;
  if (isObject(message)) return Array.isArray(message["items"]) ? (message["items"] as unknown[]) : [message];
  const hits = isObject(result) ? result["hits"] : undefined;
  if (isObject(hits)) return Array.isArray(hits["hit"]) ? (hits["hit"] as unknown[]) : [];
  const names = ["items", "results", "data", "papers", "works", "records", "docs", "entries"];
  return names.map((name) => value[name]).find((one): one is unknown[] => Array.isArray(one));
}

/**
 * The papers of an object of JSON, in whichever of the field's spellings it is: CSL-JSON, answers of Crossref, OpenAlex, DBLP
 * and Semantic Scholar, arXiv's snapshot, or plain names such as `title` and `authors`.
 */
export function* readJsonRecord(value: unknown, place: Place): Generator<FileItem> {
  if (!isObject(value)) {
    yield asItem({ ...place, expected: "one JSON object", found: quoteLine(JSON.stringify(value) ?? "") });
    return;
  }
  if (nestsTooDeep(value)) {
    const expected = `an object nested at most ${MAX_NESTING} deep`;
    yield asItem({ ...place, expected, found: "one nested deeper" });
    return;
  }
  const inside = papersInside(value);
  if (inside !== undefined) for (const one of inside) yield* readJsonRecord(one, place);
  else if (isDblpHit(value)) yield citationItem(readDblpHit(value), place);
  else if (isOpenAlexWork(value)) yield serviceItem(readOpenAlexWork(value, place.file), place);
  else if (isCrossrefWork(value)) yield serviceItem(readCrossrefWork(value, place.file), place);
  else if (isCslItem(value)) {
    const { citation, unknown } = readCsl(value);
    yield citationItem(citation, place, unknown);
  } else {
    const item = readJsonPaper(value, place);
    yield item.kind === "paper" ? { ...item, line: place.line } : item;
  }
}
