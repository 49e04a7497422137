import type { Fields } from "../../corpus/merging/fields.ts";
import { isObject, MAX_NESTING, nestsTooDeep } from "../../corpus/merging/fields.ts";
import type { Listing } from "../../corpus/paper.ts";
import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { Citation, CitationPlace } from "../citation/citation.ts";
import { listingOf } from "../citation/citation.ts";
import { readWork as readCrossrefWork } from "../crossref/works.ts";
import type { FileItem } from "../files/file-item.ts";
import { readDailyItems } from "../huggingface/daily-papers.ts";
import { readWork as readOpenAlexWork } from "../openalex/works.ts";
import { isCslItem, readCsl } from "./csl-item.ts";
import { isDblpHit, readDblpHit } from "./dblp-hit.ts";
import { readPlainPaper } from "./plain-paper.ts";

/** A place of which the line is known. */
export type JsonPlace = CitationPlace & { readonly line: number };

const asItem = (problem: Problem): FileItem => ({ kind: "problem", problem });

function citationItem(citation: Citation, place: JsonPlace, unknown: readonly string[] = []): FileItem {
  const read = listingOf(citation, place);
  if (!("listing" in read)) return asItem(read);
  return { kind: "paper", line: place.line, unknown, ...read };
}

/** What the reader of a service's answers made of an object that lies in a file. */
function serviceItem(read: Listing | Problem, { file, line }: JsonPlace): FileItem {
  return "title" in read
    ? { kind: "paper", line, listing: { ...read, listedOn: file } }
    : asItem({ ...read, file, line });
}

/** A spelling of papers in JSON. */
interface Dialect {
  /** Whether an object is written in it. */
  readonly is: (value: Fields) => boolean;
  readonly read: (value: Fields, place: JsonPlace) => FileItem;
}

/** The field's spellings, the most peculiar first; what is in none of these has plain names. */
const DIALECTS: readonly Dialect[] = [
  { is: isDblpHit, read: (value, place) => citationItem(readDblpHit(value), place) },
  {
    // Hugging Face's daily papers. Who hides a name there has it hidden here; votes would need the hour of their reading.
    is: (value) => isObject(value["paper"]) && "title" in value["paper"],
    read(value, place) {
      const { items, problems } = readDailyItems([value], { file: place.file, readAt: new Date(0) });
      const [read = { file: place.file, expected: "a paper", found: "none" }] = [
        ...items.map(({ listing: { upvotes: _votes, ...listing } }) => listing),
        ...problems,
      ];
      return serviceItem(read, place);
    },
  },
  {
    // OpenAlex's works.
    is: (value) =>
      ("authorships" in value || "abstract_inverted_index" in value) &&
      ("title" in value || "display_name" in value),
    read: (value, place) => serviceItem(readOpenAlexWork(value, place.file), place),
  },
  {
    // Crossref's works.
    is: (value) => Array.isArray(value["title"]) && typeof value["DOI"] === "string",
    read: (value, place) => serviceItem(readCrossrefWork(value, place.file), place),
  },
  {
    is: isCslItem,
    read(value, place) {
      const { citation, unknown } = readCsl(value);
      return citationItem(citation, place, unknown);
    },
  },
  { is: () => true, read: readPlainPaper },
];

/** OpenReview's values stand each in an object of its own. */
const unwrapped = (content: Fields): Fields =>
  Object.fromEntries(
    Object.entries(content).map(([name, one]) => [
      name,
      isObject(one) && "value" in one ? one["value"] : one,
    ]),
  );

/** The papers of an answer of a service that lies in a file as one object; undefined for an object that is a paper itself. */
function papersInside(value: Fields): readonly unknown[] | undefined {
  if ("title" in value) return undefined;
  const { message, result } = value;
  if (isObject(message)) return Array.isArray(message["items"]) ? (message["items"] as unknown[]) : [message];
  const hits = isObject(result) ? result["hits"] : undefined;
  if (isObject(hits)) return Array.isArray(hits["hit"]) ? (hits["hit"] as unknown[]) : [];
  // Semantic Scholar's lists of citations and references.
  const linked = value["citedPaper"] ?? value["citingPaper"];
  if (isObject(linked)) return [linked];
  const { content, resultList } = value;
  if (isObject(content) && "title" in content) return [unwrapped(content)];
  if (isObject(resultList))
    return Array.isArray(resultList["result"]) ? (resultList["result"] as unknown[]) : [];
  const names =
    "items results data papers works records docs entries recommendedPapers collection notes".split(" ");
  return names.map((name) => value[name]).find((one): one is unknown[] => Array.isArray(one));
}

/**
 * The papers of an object of JSON, in whichever of the field's spellings it is: CSL-JSON, answers of Crossref, OpenAlex, DBLP
 * and Semantic Scholar, arXiv's snapshot, or plain names such as `title` and `authors`.
 */
export function* readJsonRecord(value: unknown, place: JsonPlace): Generator<FileItem> {
  if (nestsTooDeep(value)) {
    const expected = `an object nested at most ${MAX_NESTING} deep`;
    yield asItem({ ...place, expected, found: "one nested deeper" });
    return;
  }
  if (!isObject(value)) {
    yield asItem({ ...place, expected: "one JSON object", found: quoteLine(JSON.stringify(value) ?? "") });
    return;
  }
  const inside = papersInside(value);
  if (inside !== undefined) for (const one of inside) yield* readJsonRecord(one, place);
  else {
    const item = DIALECTS.find(({ is }) => is(value))?.read(value, place);
    if (item !== undefined) yield item;
  }
}
