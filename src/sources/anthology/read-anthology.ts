import type { PaperStatus } from "../../corpus/paper.ts";
import { parseWebUrl } from "../../corpus/identifiers/links.ts";
import { readableText } from "../../corpus/readable-text.ts";
import type { Citation } from "../citation/citation.ts";
import { listingOf } from "../citation/citation.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import type { FileItem } from "../files/file-item.ts";
import { pageRange, partsOfName } from "../record-fields.ts";
import type { XmlForm } from "../xml/xml-records.ts";
import { readXmlRecords } from "../xml/xml-records.ts";
import type { XmlNode } from "../xml/xml-tree.ts";
import { childrenOf, childText, textOfNode } from "../xml/xml-tree.ts";

const FORM: XmlForm = {
  root: "collection",
  around: new Set(["collection", "volume"]),
  records: new Set(["meta", "paper"]),
  name: "XML of the ACL Anthology or of DBLP",
};

/** The volume that the papers which follow are in. */
interface Volume {
  readonly collection: string;
  readonly id: string;
  readonly meta?: XmlNode;
}

/** Formulas stand in TeX, and all other elements only mark how words look. */
const marked = (node: XmlNode): string =>
  textOfNode(node, ({ name }, text) => (name === "tex-math" ? `$${text}$` : text)).trim();

const markedText = (node: XmlNode, name: string): string | undefined => {
  const [child] = childrenOf(node, name);
  return child === undefined ? undefined : marked(child);
};

const people = (node: XmlNode | undefined, name: string) =>
  (node === undefined ? [] : childrenOf(node, name)).flatMap((person) => {
    const [given, family] = [childText(person, "first"), childText(person, "last")];
    const parts = partsOfName({ family, given, suffix: undefined, literal: undefined });
    return parts === undefined ? [] : [parts];
  });

/** Ids as the Anthology makes them: `P19-1001`, of workshops `W19-0102`, and since 2020 `2020.acl-main.1`. */
function anthologyId({ collection, id }: Volume, paper: string): string | undefined {
  if (!/^[\w-]+$/.test(id) || !/^\d{1,4}$/.test(paper)) return undefined;
  if (/^\d{4}\.[\w-]+$/.test(collection)) return `${collection}-${id}.${paper}`;
  if (!/^[A-Z]\d\d$/.test(collection)) return undefined;
  const wide =
    collection.startsWith("W") || collection === "C69" || (collection === "D19" && Number(id) >= 5);
  return wide
    ? `${collection}-${id.padStart(2, "0")}${paper.padStart(2, "0")}`
    : `${collection}-${id}${paper.padStart(3, "0")}`;
}

/** Where it is: `<url>` holds the id, or an address elsewhere. */
function addressOf(node: XmlNode, volume: Volume): string | undefined {
  const given = childText(node, "url");
  if (given !== undefined && /^https?:/i.test(given)) return parseWebUrl(given);
  const id =
    given !== undefined && /^[\w.-]+$/.test(given) ? given : anthologyId(volume, node.attributes["id"] ?? "");
  return id === undefined ? undefined : `https://aclanthology.org/${id}/`;
}

/** That the paper was retracted, or removed from the Anthology. */
function readStatus(node: XmlNode): PaperStatus | undefined {
  for (const [name, kind] of [
    ["retracted", "retracted"],
    ["removed", "withdrawn"],
  ] as const) {
    const [notice] = childrenOf(node, name);
    if (notice === undefined) continue;
    const day = notice.attributes["date"];
    const said = readableText(textOfNode(notice));
    const first = `${name.charAt(0).toUpperCase()}${name.slice(1)}${day === undefined ? "" : ` ${day}`}`;
    return { kind, words: said === "" ? first : `${first}: ${said}` };
  }
  return undefined;
}

/** The code that Papers with Code knew of. */
const codeOf = (node: XmlNode): string | undefined =>
  parseWebUrl(childrenOf(node, "pwccode")[0]?.attributes["url"] ?? "");

function citationOf(node: XmlNode, volume: Volume): Citation {
  const { meta } = volume;
  const ofVolume = (name: string): string | undefined =>
    meta === undefined ? undefined : markedText(meta, name);
  const journal = ofVolume("journal-title");
  const date = [ofVolume("year"), ofVolume("month")].filter((one) => one !== undefined).join(" ");
  const address = addressOf(node, volume);
  const doi = childText(node, "doi");
  return {
    title: markedText(node, "title"),
    abstract: markedText(node, "abstract"),
    authors: people(node, "author"),
    editors: people(meta, "editor"),
    date: readLooseDate(date),
    dois: doi === undefined ? [] : [doi],
    urls: address === undefined ? [] : [address],
    type: journal === undefined ? "paper-conference" : "article-journal",
    containerTitle: journal ?? ofVolume("booktitle"),
    volume: ofVolume("journal-volume"),
    issue: childText(node, "issue") ?? ofVolume("journal-issue"),
    page: pageRange(childText(node, "pages")),
    publisher: ofVolume("publisher"),
    publisherPlace: ofVolume("address"),
    isbn: ofVolume("isbn"),
    language: childText(node, "language"),
    code: codeOf(node),
  };
}

/** The volume after an element around papers began. */
function within(volume: Volume, name: string, id: string): Volume {
  return name === "collection" ? { collection: id, id: "" } : { collection: volume.collection, id };
}

/**
 * The papers of a file of the ACL Anthology's data (github.com/acl-org/acl-anthology, `data/xml`), with the abstracts, and
 * with what their volume says of all. Front matter is passed over.
 */
export async function* readAnthologyXml(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
): AsyncGenerator<FileItem> {
  let volume: Volume = { collection: "", id: "" };
  for await (const item of readXmlRecords(chunks, FORM, file)) {
    if (item.kind === "problem") yield item;
    else if (item.kind === "open") volume = within(volume, item.name, item.attributes["id"] ?? "");
    else if (item.node.name === "meta") volume = { ...volume, meta: item.node };
    else {
      const { node, line } = item;
      const read = listingOf(citationOf(node, volume), { file, line });
      const status = readStatus(node);
      if (!("listing" in read)) yield { kind: "problem", problem: read };
      else {
        const listing = status === undefined ? read.listing : { ...read.listing, status };
        yield { kind: "paper", listing, line, problems: read.problems };
      }
    }
  }
}
