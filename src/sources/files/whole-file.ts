import path from "node:path";
import { parsePage } from "../../corpus/pages/parse-page.ts";
import type { Listing } from "../../corpus/paper.ts";
import type { Problem } from "../../corpus/problem.ts";
import { htmlTitle } from "../fetch/body.ts";
import { decodeText } from "../fetch/decode.ts";
import { parseHtmlPage } from "../huggingface/html-page.ts";
import { xmlRoot } from "../xml/xml-root.ts";
import { MISREAD, textOfBytes } from "./encoding.ts";
import { parseFeedFile } from "../feed/feed-file.ts";
import type { FileItem } from "./file-item.ts";

/** Saved pages and feeds, which are read as a whole, may be this large; all other forms may have any size. */
export const MAX_WHOLE_BYTES = 64 * 1024 * 1024;

type Form = "html" | "feed" | "page";

/** What a saved page or feed is, by its beginning, and by its name where that says nothing. */
function formOf(text: string, name: string): Form {
  const start = text.slice(0, 16 * 1024).trimStart();
  if (htmlTitle(start) !== undefined) return "html";
  if (/^(?:rss|(?:\w+:)?feed|rdf:RDF)$/i.test(xmlRoot(start)?.name ?? "")) return "feed";
  return start !== "" && /\.html?$/i.test(path.basename(name)) ? "html" : "page";
}

/** All bytes; undefined where they are too many. */
export async function wholeBytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const all: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > MAX_WHOLE_BYTES) return undefined;
    all.push(chunk);
  }
  return Buffer.concat(all);
}

/** A saved page or feed, and when it was saved. */
interface WholeFile {
  readonly bytes: Buffer;
  readonly savedAt: Date;
}

function parseWhole(
  form: Form,
  name: string,
  { text, savedAt }: { text: string; savedAt: Date },
): { items: readonly Listing[]; problems: readonly Problem[] } {
  switch (form) {
    case "html": {
      // The votes are those of the hour at which the page was saved.
      const { items, problems } = parseHtmlPage(text, { file: name, readAt: savedAt });
      return { items: items.map(({ listing }) => ({ ...listing, listedOn: name })), problems };
    }
    case "feed": {
      const { items, problems } = parseFeedFile(text, name);
      return { items: items.map(({ listing }) => ({ ...listing, listedOn: name })), problems };
    }
    case "page":
      return parsePage(name, text);
  }
}

/** The papers of a saved page or feed. */
export async function* readWholeFile(name: string, file: WholeFile): AsyncGenerator<FileItem> {
  const decoded = decodeText(file.bytes);
  if (decoded.kind === "undecodable" && !decoded.found.endsWith("UTF-8")) {
    yield {
      kind: "problem",
      problem: { file: name, expected: "text as it says it is", found: decoded.found },
    };
    return;
  }
  const { text } = decoded.kind === "text" ? decoded : textOfBytes(file.bytes);
  if (decoded.kind === "undecodable")
    yield { kind: "problem", problem: { file: name, ...MISREAD, kept: true } };
  const { items, problems } = parseWhole(formOf(text, name), name, { text, savedAt: file.savedAt });
  for (const listing of items) yield { kind: "paper", listing };
  for (const problem of problems) yield { kind: "problem", problem };
}
