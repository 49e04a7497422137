import { isAscii } from "node:buffer";

type Decoder = InstanceType<typeof TextDecoder>;

/**
 * One rule for all files of papers that are text: UTF-8, or UTF-16 where a mark at their beginning says so, as Windows' programs
 * save it; any other byte is read as Windows-1252, and told.
 */

/** Gives the bytes of a file as UTF-8 where a mark at its beginning says that they are UTF-16; the mark is taken away. */
interface Utf8Stream {
  readonly push: (chunk: Uint8Array) => Buffer;
  readonly end: () => Buffer;
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function createUtf8Stream(): Utf8Stream {
  /** Until it is known what the bytes are. */
  let head: Buffer | undefined = Buffer.alloc(0);
  let decoder: Decoder | undefined;
  const pass = (bytes: Buffer): Buffer =>
    decoder === undefined ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
  const open = (bytes: Buffer): Buffer => {
    head = undefined;
    if (bytes[0] === 0xff && bytes[1] === 0xfe) decoder = new TextDecoder("utf-16le");
    else if (bytes[0] === 0xfe && bytes[1] === 0xff) decoder = new TextDecoder("utf-16be");
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return pass(marked ? bytes.subarray(3) : bytes);
  };
  return {
    push(chunk) {
      if (head === undefined) return pass(asBuffer(chunk));
      head = Buffer.concat([head, chunk]);
      return head.length < 3 ? Buffer.alloc(0) : open(head);
    },
    end() {
      const rest = head === undefined ? Buffer.alloc(0) : open(head);
      return decoder === undefined ? rest : Buffer.concat([rest, Buffer.from(decoder.decode())]);
    },
  };
}

/** The bytes of a stream as UTF-8, without a mark. */
export async function* utf8Chunks(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const stream = createUtf8Stream();
  for await (const chunk of chunks) yield stream.push(chunk);
  yield stream.end();
}

/** What is told where bytes are not UTF-8. */
export const MISREAD = {
  expected: "text in UTF-8",
  found: "bytes that are not UTF-8 and were read as Windows-1252",
} as const;

/** A text, and where the first byte stood that is not UTF-8 and was read as Windows-1252. */
export interface DecodedText {
  readonly text: string;
  readonly misread?: number;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const WINDOWS = new TextDecoder("windows-1252");

/** The text of bytes; undefined where they are not of the encoding. The decoder is a fatal one. */
export function decodeAs(decoder: Decoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Letters of UTF-8 as they show in Latin-1, or bytes that are none. */
const HIGH = /([\xC2-\xDF][\x80-\xBF]|[\xE0-\xEF][\x80-\xBF]{2}|[\xF0-\xF4][\x80-\xBF]{3})|[\x80-\xFF]/g;

/** Letters in UTF-8 as they are, and every other byte as Windows-1252: files are often put together from two. */
function decodeMixed(bytes: Buffer): DecodedText {
  let misread: number | undefined;
  let shift = 0;
  const text = bytes
    .toString("latin1")
    .replace(HIGH, (found: string, letter: string | undefined, at: number) => {
      const raw = Buffer.from(found, "latin1");
      const read = letter === undefined ? undefined : decodeAs(UTF8, raw);
      if (read === undefined) misread ??= at - shift;
      const written = read ?? WINDOWS.decode(raw);
      shift += found.length - written.length;
      return written;
    });
  return misread === undefined ? { text } : { text, misread };
}

/** The text of bytes: what is not UTF-8 in them is read as Windows-1252. */
export function textOfBytes(bytes: Buffer): DecodedText {
  // Most are of ASCII alone, which is read in half the time.
  if (isAscii(bytes)) return { text: bytes.toString("latin1") };
  const text = decodeAs(UTF8, bytes);
  return text === undefined ? decodeMixed(bytes) : { text };
}
