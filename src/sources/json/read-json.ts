import { quoteLine } from "../../corpus/problem.ts";
import { MISREAD } from "../files/encoding.ts";
import type { FileItem } from "../files/file-item.ts";
import type { FileLine } from "../files/lines.ts";
import { MAX_LINE_BYTES, readLines } from "../files/lines.ts";
import type { JsonPlace } from "./record.ts";
import { readJsonRecord } from "./record.ts";
import type { JsonRecord, JsonStyle } from "./scan.ts";
import { createJsonScanner, HOLDER } from "./scan.ts";

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The objects of a line that is none as a whole: what was cut off stands before them, or they stand side by side. */
function* objectsOf(text: string, { file, line }: JsonPlace): Generator<FileItem> {
  const scanner = createJsonScanner("objects");
  const records = [...scanner.push(Buffer.from(text)), ...scanner.end()];
  if (records.some(({ kind }) => kind === "record")) {
    yield* itemsOf(
      records.map((record) => ({ ...record, line })),
      file,
    );
    return;
  }
  const expected = "one JSON object (is the line cut off?)";
  yield { kind: "problem", problem: { file, line, expected, found: quoteLine(text.trim()) } };
}

/** The papers of a line of JSON Lines, or what is wrong with it; none for a blank one. */
export function* readJsonLine(text: string, place: JsonPlace): Generator<FileItem> {
  if (text.trim() === "") return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    yield* objectsOf(text, place);
    return;
  }
  yield* readJsonRecord(value, place);
}

function* readLine(line: FileLine, file: string): Generator<FileItem> {
  const place = { file, line: line.number };
  if (line.kind === "too-long") {
    const expected = `a line of at most ${MAX_LINE_BYTES} bytes`;
    yield { kind: "problem", problem: { ...place, expected, found: `one of ${line.bytes}` } };
    return;
  }
  yield* readJsonLine(line.text, place);
  if (line.misread === true) yield { kind: "problem", problem: { ...place, ...MISREAD, kept: true } };
}

/** JSON Lines out of a stream of bytes; memory stays flat whatever the length of file and lines. */
export async function* readJsonLines(chunks: Chunks, file: string): AsyncGenerator<FileItem> {
  for await (const line of readLines(chunks)) yield* readLine(line, file);
}

function* itemsOf(records: Iterable<JsonRecord>, file: string): Generator<FileItem> {
  for (const record of records) {
    if (record.kind === "record") {
      const place = { file, line: record.line };
      yield* readJsonRecord(record.value, place);
      if (record.misread === true) yield { kind: "problem", problem: { ...place, ...MISREAD, kept: true } };
    } else {
      const { line, expected, found } = record;
      yield { kind: "problem", problem: { file, line, expected, found } };
    }
  }
}

/** Papers out of a file of JSON that is no JSON Lines; memory stays flat whatever its length. */
export async function* readJson(chunks: Chunks, file: string, style: JsonStyle): AsyncGenerator<FileItem> {
  const scanner = createJsonScanner(style);
  for await (const chunk of chunks)
    yield* itemsOf(scanner.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)), file);
  yield* itemsOf(scanner.end(), file);
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * How the objects of a file with this beginning stand in it; undefined for JSON Lines, and for what is no JSON. An answer of a
 * service has its papers in an array before which there is no title; objects over several lines begin with an open one.
 */
export function jsonStyleOf(start: string): JsonStyle | undefined {
  if (/^\[\s*(?:[{\]]|$)/.test(start)) return "array";
  if (!start.startsWith("{")) return undefined;
  HOLDER.lastIndex = 0;
  const holder = HOLDER.exec(start);
  if (holder !== null && !/"(?:title|name|display_name)"\s*:/.test(start.slice(0, holder.index)))
    return "answer";
  const [first = "", second] = start.split("\n").filter((line) => line.trim() !== "");
  return second === undefined || second.startsWith("{") || isJson(first) ? undefined : "objects";
}
