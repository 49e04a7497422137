import path from "node:path";
import { readAnthologyXml } from "../anthology/read-anthology.ts";
import { readBibtex } from "../bibtex/read-bibtex.ts";
import { readDblpXml } from "../dblp/read-dblp.ts";
import type { ColumnMap } from "../csv/columns.ts";
import { readCsv, tableStyleOf } from "../csv/read-csv.ts";
import { readEndnoteXml } from "../endnote/read-endnote.ts";
import { htmlTitle } from "../fetch/body.ts";
import { jsonStyleOf, readJson, readJsonLines } from "../json/read-json.ts";
import { readTaggedFile } from "../tagged/read-tagged.ts";
import { medline } from "../tagged/medline.ts";
import { refer } from "../tagged/refer.ts";
import { ris } from "../tagged/ris.ts";
import { webOfScience } from "../tagged/web-of-science.ts";
import type { XmlRoot } from "../xml/xml-root.ts";
import { xmlRoot } from "../xml/xml-root.ts";
import type { FileItem } from "./file-item.ts";

/** Reads papers out of a stream of bytes, one by one, in memory that stays flat. */
export type StreamReader = (
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
) => AsyncGenerator<FileItem>;

interface StreamedForm {
  readonly endings: readonly string[];
  /** Whether a file begins so; of XML its outermost element is given. */
  readonly begins: (start: string, root: XmlRoot | undefined) => boolean;
  readonly read: StreamReader;
}

/** The forms that are told by their beginning, and by a file's ending where that says nothing. */
const FORMS: readonly StreamedForm[] = [
  {
    endings: [".ris"],
    // Some services put their own name before the first record.
    begins: (start) => /^\s{0,4}TY\s{1,2}-\s/m.test(start) && !/^[{[<@%]/.test(start),
    read: (chunks, file) => readTaggedFile(chunks, file, ris),
  },
  {
    endings: [".nbib"],
    begins: (start) => /^PMID ?- /.test(start),
    read: (chunks, file) => readTaggedFile(chunks, file, medline),
  },
  {
    endings: [".enw", ".endf", ".refer"],
    begins: (start) => /^%[0AT] \S/.test(start),
    read: (chunks, file) => readTaggedFile(chunks, file, refer),
  },
  {
    endings: [".ciw"],
    begins: (start) => /^(?:FN .*\s+VR |PT [JBSPC]\s)/.test(start),
    read: (chunks, file) => readTaggedFile(chunks, file, webOfScience),
  },
  {
    endings: [],
    begins: (_start, root) => root?.name === "dblp",
    read: readDblpXml,
  },
  {
    endings: [],
    begins: (_start, root) => root?.name === "xml" && /^\s*<records[\s>]/.test(root.behind),
    read: readEndnoteXml,
  },
  {
    endings: [".xml"],
    // The collections of other places, such as MARC's, name their own space.
    begins: (_start, root) => root?.name === "collection" && !/\sxmlns/.test(root.tag),
    read: readAnthologyXml,
  },
  { endings: [".jsonl", ".ndjson"], begins: (start) => start.startsWith("{"), read: readJsonLines },
  { endings: [".bib"], begins: (start) => /^@\s*[A-Za-z]+\s*[{(]/.test(start), read: readBibtex },
];

/** Endings of the files that are read in folders. */
export const STREAMED_ENDINGS: readonly string[] = [
  ...FORMS.flatMap(({ endings }) => endings),
  ".csv",
  ".tsv",
];

/** What reads a file with this beginning and name; undefined where it is of another form. */
export function streamReaderOf(head: string, name: string, columns?: ColumnMap): StreamReader | undefined {
  const start = head.replace(/^\uFEFF/, "").trimStart();
  const ending = path.extname(name).toLowerCase();
  const style = jsonStyleOf(start);
  if (style !== undefined) return (chunks, file) => readJson(chunks, file, style);
  const root = xmlRoot(start);
  const form =
    FORMS.find(({ begins }) => begins(start, root)) ??
    // Such as a part of a snapshot that begins in the middle of a line; XML and web pages under another name are none.
    (root === undefined && htmlTitle(start) === undefined && start !== ""
      ? FORMS.find(({ endings }) => endings.includes(ending))
      : undefined);
  if (form !== undefined) return form.read;
  const table = !/^[{[<@%]/.test(start) ? tableStyleOf(start, name, columns) : undefined;
  return table === undefined ? undefined : (chunks, file) => readCsv(chunks, file, table);
}
