import { guessNameParts } from "../../corpus/names/person-name.ts";
import type { PaperStatus } from "../../corpus/paper.ts";
import { readableText } from "../../corpus/readable-text.ts";
import type { WorkType } from "../../corpus/publication.ts";
import type { Citation } from "../citation/citation.ts";
import { listingOf } from "../citation/citation.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import type { FileItem } from "../files/file-item.ts";
import { pageRange } from "../record-fields.ts";
import type { XmlForm } from "../xml/xml-records.ts";
import { readXmlRecords } from "../xml/xml-records.ts";
import type { XmlNode } from "../xml/xml-tree.ts";
import { childrenOf, childText, textOfNode } from "../xml/xml-tree.ts";

/**
 * The kinds of records that are papers or books (dblp.org/faq/16154937). Proceedings are volumes, and `www`, `person` and
 * `data` are no publications.
 */
const TYPES: ReadonlyMap<string, WorkType> = new Map<string, WorkType>([
  ["article", "article-journal"],
  ["inproceedings", "paper-conference"],
  ["incollection", "chapter"],
  ["book", "book"],
  ["phdthesis", "thesis"],
  ["mastersthesis", "thesis"],
]);
const GENRES: ReadonlyMap<string, string> = new Map([
  ["phdthesis", "PhD thesis"],
  ["mastersthesis", "Master's thesis"],
]);

const FORM: XmlForm = {
  root: "dblp",
  around: new Set(["dblp"]),
  records: new Set(TYPES.keys()),
  name: "DBLP's XML",
};

/** A person as printed: `Wei Wang 0001` is the first of several of that name. */
const printedName = (node: XmlNode): string => readableText(textOfNode(node)).replace(/\s+\d{4}$/, "");

const people = (node: XmlNode, name: string) =>
  childrenOf(node, name)
    .map(printedName)
    .filter((printed) => printed !== "")
    .map(guessNameParts);

/** What DBLP marks with `publtype="withdrawn"`, also beside other kinds. */
function readStatus({ attributes }: XmlNode): PaperStatus | undefined {
  const withdrawn = /\bwithdrawn\b/i.test(attributes["publtype"] ?? "");
  return withdrawn ? { kind: "withdrawn", words: "DBLP lists it as withdrawn" } : undefined;
}

const isDoi = (url: string): boolean => /^https?:\/\/(?:dx\.)?doi\.org\//i.test(url);

/** Addresses of the electronic edition; without any the record's own. */
function readAddresses(node: XmlNode): Pick<Citation, "urls" | "dois"> {
  const editions = childrenOf(node, "ee").map((one) => textOfNode(one).trim());
  const others = editions.filter((url) => !isDoi(url));
  const key = node.attributes["key"] ?? "";
  const own = /^[\w./-]+$/.test(key) ? [`https://dblp.org/rec/${key}`] : [];
  return { dois: editions.filter(isDoi), urls: editions.length === 0 ? own : others };
}

/** A record as a reference: on arXiv it stands in the journal CoRR, with `abs/2301.00001` as its volume. */
function citationOf(node: XmlNode): Citation {
  const text = (name: string): string | undefined => childText(node, name);
  const [journal, volume] = [text("journal"), text("volume")];
  const preprint = journal === "CoRR" ? /^abs\/(.+)$/.exec(volume ?? "")?.[1] : undefined;
  const title = childrenOf(node, "title")[0];
  const type = journal === "CoRR" ? "article" : TYPES.get(node.name);
  return {
    ...readAddresses(node),
    title:
      title === undefined
        ? undefined
        : textOfNode(title)
            .trim()
            .replace(/(?<!\.)\.$/, ""),
    authors: people(node, "author"),
    editors: people(node, "editor"),
    date: readLooseDate([text("year"), text("month")].filter((one) => one !== undefined).join(" ")),
    arxiv: preprint === undefined ? [] : [preprint],
    type,
    genre: GENRES.get(node.name),
    containerTitle: journal === "CoRR" ? undefined : (journal ?? text("booktitle")),
    collectionTitle: text("series"),
    volume: journal === "CoRR" ? undefined : volume,
    issue: text("number"),
    page: pageRange(text("pages")),
    publisher: text("publisher") ?? text("school"),
    isbn: text("isbn"),
  };
}

/**
 * The papers of DBLP's dump, `dblp.xml`, of any length (dblp.org/faq/16154937). Its document type names the letters with
 * accents, which are those of HTML, and is never fetched. Volumes of proceedings, home pages and data are passed over.
 */
export async function* readDblpXml(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
): AsyncGenerator<FileItem> {
  for await (const item of readXmlRecords(chunks, FORM, file)) {
    if (item.kind === "open") continue;
    if (item.kind === "problem") {
      yield item;
      continue;
    }
    const { node, line } = item;
    const read = listingOf(citationOf(node), { file, line });
    if (!("listing" in read)) {
      yield { kind: "problem", problem: read };
      continue;
    }
    const status = readStatus(node);
    const listing = status === undefined ? read.listing : { ...read.listing, status };
    yield { kind: "paper", listing, line, problems: read.problems };
  }
}
