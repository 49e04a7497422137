import path from "node:path";
import { xmlRoot } from "../xml/xml-root.ts";

/** A kind of file that holds papers, or may, and is not read, with what is possible instead. */
export interface RefusedKind {
  /** In the singular, with its article: `a PDF`. */
  readonly what: string;
  /** An instruction. */
  readonly instead: string;
}

const EXPORT = "export the library from there as RIS, BibTeX or CSL-JSON";

const PDF = {
  what: "a PDF",
  instead: "take the paper in by its id or DOI, or export its reference from Zotero as RIS or BibTeX",
};
const ZIP = { what: "a ZIP archive", instead: "unpack it, and name the folder" };
const WORD = {
  what: "a Word document",
  instead: "export the references from the program they were cited with as RIS or BibTeX",
};
const EXCEL = { what: "an Excel sheet", instead: "save it as CSV" };
const EPUB = { what: "an e-book", instead: "take its papers in by their ids or DOIs" };
const IMAGE = { what: "an image", instead: "take the papers in by their ids or DOIs" };
const SQLITE = { what: "an SQLite database, such as Zotero's", instead: EXPORT };
const ENDNOTE = { what: "an EndNote library", instead: EXPORT };
const PACKED = { what: "a packed file other than gzip", instead: "unpack it first" };
const RTF = { what: "a text in RTF", instead: "save it as plain text, RIS or BibTeX" };

const OPML = {
  what: "a list of feeds (OPML)",
  instead: "name arXiv's categories in it themselves, such as arxiv:cs.CL+cs.LG",
};

const OTHER_XML = (what: string): RefusedKind => ({
  what,
  instead: "export the references as RIS, BibTeX or CSL-JSON",
});

/** Forms of XML by how they begin, behind declarations and comments. */
const XML_KINDS: readonly (readonly [RegExp, RefusedKind])[] = [
  [/^<opml[\s>]/i, OPML],
  [
    /^<PubmedArticleSet[\s>]/i,
    { what: "PubMed's XML", instead: "choose “PubMed” or MEDLINE where it is exported" },
  ],
  [/^<mods(?:Collection)?[\s>]/i, OTHER_XML("a list in MODS")],
  [/^<(?:b:)?Sources[\s>]/i, OTHER_XML("Word's list of sources")],
  [/^<rdf:RDF[^>]*zotero\.org/i, OTHER_XML("Zotero's RDF")],
  [/^<TEI[\s>]/i, OTHER_XML("a document in TEI")],
  [/^<article[\s>]/i, { what: "an article in JATS", instead: "take the paper in by its id or DOI" }],
  [/^<(?:marc:)?(?:collection|record)\s[^>]*MARC21/i, OTHER_XML("a list in MARC")],
  [/^<svg[\s>]/i, IMAGE],
];

/** The elements of XML that is read, or that is a web page. */
const READ_XML = /^(?:dblp|collection|xml|rss|(?:\w+:)?feed|rdf:RDF|html)$/i;

/** XML of a kind that is not read: by what it is called, or by its outermost element. */
function refusedXml(start: string, name: string): RefusedKind | undefined {
  const root = xmlRoot(start);
  if (root === undefined) return undefined;
  const known = XML_KINDS.find(([pattern]) => pattern.test(root.tag + root.behind))?.[1];
  if (known !== undefined) return known;
  const isXml = /^\W{0,4}<\?xml\b/i.test(start) || /\.xml$/i.test(name);
  return isXml && !READ_XML.test(root.name) ? OTHER_XML(`XML of another kind, <${root.name}>`) : undefined;
}

const BY_ENDING: ReadonlyMap<string, RefusedKind> = new Map([
  ...[".pdf", ".djvu", ".ps"].map((ending) => [ending, PDF] as const),
  [".zip", ZIP],
  ...[".doc", ".docx", ".odt"].map((ending) => [ending, WORD] as const),
  ...[".xls", ".xlsx", ".ods"].map((ending) => [ending, EXCEL] as const),
  ...[".epub", ".mobi"].map((ending) => [ending, EPUB] as const),
  ...[".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".svg", ".heic"].map(
    (ending) => [ending, IMAGE] as const,
  ),
  ...[".sqlite", ".sqlite3", ".db"].map((ending) => [ending, SQLITE] as const),
  ...[".enl", ".enlx"].map((ending) => [ending, ENDNOTE] as const),
  ...[".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".tgz"].map((ending) => [ending, PACKED] as const),
  [".rtf", RTF],
  [".opml", OPML],
]);

/** What a kind begins with, as bytes of one character each, and what stands further on in its first bytes. */
interface Beginning {
  readonly begins: string;
  readonly holds?: string;
  readonly kind: RefusedKind;
}

const OLD_OFFICE = {
  what: "an old Office document",
  instead: "save it as CSV, or its references as RIS or BibTeX",
};

/** From the formats' own documents; those that are packed as ZIP name their parts in it. */
const BEGINNINGS: readonly Beginning[] = [
  { begins: "%PDF-", kind: PDF },
  { begins: "PK\u0003\u0004", holds: "mimetypeapplication/epub", kind: EPUB },
  { begins: "PK\u0003\u0004", holds: "word/", kind: WORD },
  { begins: "PK\u0003\u0004", holds: "xl/", kind: EXCEL },
  { begins: "PK\u0003\u0004", kind: ZIP },
  { begins: "PK\u0005\u0006", kind: ZIP },
  ...["\u0089PNG", "\u00FF\u00D8\u00FF", "GIF8", "II*\0", "MM\0*"].map((begins) => ({ begins, kind: IMAGE })),
  { begins: "RIFF", holds: "WEBP", kind: IMAGE },
  { begins: "SQLite format 3\0", kind: SQLITE },
  ...["BZh", "\u00FD7zXZ\0", "(\u00B5/\u00FD", "7z\u00BC\u00AF", "Rar!"].map((begins) => ({
    begins,
    kind: PACKED,
  })),
  { begins: "", holds: "\0ustar", kind: PACKED },
  { begins: "{\\rtf", kind: RTF },
  { begins: "\u00D0\u00CF\u0011\u00E0", kind: OLD_OFFICE },
];

/** The kind of a file by its name, for those that are not opened; undefined for all others. */
export const refusedByName = (name: string): RefusedKind | undefined =>
  BY_ENDING.get(path.extname(name).toLowerCase());

/** The kind of a file by its first bytes, and of one that is no text by its name; undefined for what may be read. */
export function refusedKind(head: Uint8Array, name: string): RefusedKind | undefined {
  const bytes = Buffer.from(head).toString("latin1");
  const known = BEGINNINGS.find(
    ({ begins, holds = "" }) => bytes.startsWith(begins) && bytes.includes(holds),
  )?.kind;
  const xml = refusedXml(bytes, name);
  if (xml !== undefined) return xml;
  const named = refusedByName(name);
  if (known === ZIP || known === undefined)
    return named !== undefined && (known === ZIP || bytes.includes("\0")) ? named : known;
  return known;
}
