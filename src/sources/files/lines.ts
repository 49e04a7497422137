import { textOfBytes } from "./encoding.ts";

/** A line of a file with its number from 1. */
export type FileLine =
  | {
      readonly kind: "line";
      readonly number: number;
      readonly text: string;
      /** Whether bytes of it were not UTF-8, and were read as Windows-1252. */
      readonly misread?: true;
    }
  /** Longer than a line may be; its bytes were counted and let go. */
  | { readonly kind: "too-long"; readonly number: number; readonly bytes: number };

/** An entry of arXiv's snapshot has up to 60 KB; a line of more than this is no paper. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024;

const NEWLINE = 0x0a;

function decodeLine(bytes: Buffer, number: number): FileLine {
  const { text, misread } = textOfBytes(bytes);
  const line = { kind: "line", number, text: text.endsWith("\r") ? text.slice(0, -1) : text } as const;
  return misread === undefined ? line : { ...line, misread: true };
}

/**
 * The lines of a stream of bytes, one at a time. Never holds more than one chunk and one line of at most `maxBytes`
 * (default 4 MB): a longer one is told as soon as it ends, and reading goes on after it. Line ends may be Windows'.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes = MAX_LINE_BYTES,
): AsyncGenerator<FileLine> {
  let pieces: Buffer[] = [];
  let size = 0;
  let number = 0;
  const add = (piece: Buffer): void => {
    size += piece.length;
    if (size <= maxBytes) pieces.push(piece);
    else pieces = [];
  };
  const take = (): FileLine => {
    number++;
    const line: FileLine =
      size > maxBytes ? { kind: "too-long", number, bytes: size } : decodeLine(Buffer.concat(pieces), number);
    pieces = [];
    size = 0;
    return line;
  };
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      add(bytes.subarray(from, end));
      yield take();
      from = end + 1;
    }
    add(bytes.subarray(from));
  }
  if (size > 0) yield take();
}
