type Decoder = InstanceType<typeof TextDecoder>;

/** Gives the bytes of a file as UTF-8 where a mark at its beginning says that they are UTF-16; the mark is taken away. */
export interface Utf8Stream {
  readonly push: (chunk: Uint8Array) => Buffer;
  readonly end: () => Buffer;
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function createUtf8Stream(): Utf8Stream {
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

/** How JabRef, BibDesk and Emacs write down a file's encoding, in what stands before the first entry. */
const DECLARED =
  /^[%\s]*Encoding:\s*([\w-]+)|saved with string encoding .*\(([^()]+)\)|-\*-.*\bcoding:\s*([\w-]+)/im;

/** Names that Java and macOS give to encodings, as patterns of what the Encoding Standard calls them. */
const OTHER_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^cp-?(\d+)$/, "windows-$1"],
  [/^iso-?8859-(\d+)$/, "iso-8859-$1"],
  [/^iso latin (\d)$/, "latin$1"],
  [/^iso-latin-(\d)$/, "latin$1"],
  [/^latin-(\d)$/, "latin$1"],
  [/^mac ?os ?roman|^macroman|^mac-roman$/, "macintosh"],
  [/^windows latin 1$/, "windows-1252"],
  [/^ms932$/, "shift_jis"],
  [/^sjis$/, "shift_jis"],
];

/** The encoding that a file says it has, by its name in the Encoding Standard; undefined for none, or one nobody knows. */
export function declaredEncoding(text: string): string | undefined {
  const [, ...names] = DECLARED.exec(text.slice(0, 4096)) ?? [];
  const name = names
    .find((one) => one !== undefined)
    ?.toLowerCase()
    .replace("_", "-");
  if (name === undefined) return undefined;
  const other = OTHER_NAMES.find(([pattern]) => pattern.test(name));
  const known = other === undefined ? name : name.replace(other[0], other[1]);
  try {
    return new TextDecoder(known).encoding;
  } catch {
    return undefined;
  }
}

/** A text, and where the first byte stood that is not UTF-8 and was read as Windows-1252. */
export interface DecodedText {
  readonly text: string;
  readonly misread?: number;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const WINDOWS = new TextDecoder("windows-1252");

function decodeAs(decoder: Decoder, bytes: Uint8Array): string | undefined {
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

/** The text of a block: UTF-8 where it is that, else what the file declares, else Windows-1252, which is told. */
export function decodeBlock(bytes: Buffer, declared: string | undefined): DecodedText {
  const text = decodeAs(UTF8, bytes);
  if (text !== undefined) return { text };
  const asDeclared =
    declared === undefined ? undefined : decodeAs(new TextDecoder(declared, { fatal: true }), bytes);
  return asDeclared === undefined ? decodeMixed(bytes) : { text: asDeclared };
}
