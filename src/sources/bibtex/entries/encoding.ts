import type { DecodedText } from "../../files/encoding.ts";
import { decodeAs, textOfBytes } from "../../files/encoding.ts";

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

/** The text of a block: UTF-8 where it is that, else what the file declares, else Windows-1252, which is told. */
export function decodeBlock(bytes: Buffer, declared: string | undefined): DecodedText {
  const read = textOfBytes(bytes);
  if (read.misread === undefined || declared === undefined) return read;
  const text = decodeAs(new TextDecoder(declared, { fatal: true }), bytes);
  return text === undefined ? read : { text };
}
