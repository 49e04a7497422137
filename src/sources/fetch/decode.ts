/** The text of bytes, or what about their encoding is wrong. */
export type Decoded =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "undecodable"; readonly found: string };

/** How far into a text its own declaration is looked for. */
const DECLARATION_BYTES = 1024;

/** The name of an encoding by a byte-order mark. */
function byMark([a, b]: Uint8Array): string | undefined {
  if (a === 0xff && b === 0xfe) return "utf-16le";
  return a === 0xfe && b === 0xff ? "utf-16be" : undefined;
}

/** The name of an encoding that an XML or HTML text declares of itself. */
function byDeclaration(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString("latin1");
  const found =
    /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head) ??
    /<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head);
  // A declaration that can be read here is not in UTF-16, whatever it says.
  return /^utf-?16/i.test(found?.[1] ?? "") ? undefined : found?.[1];
}

/** The `charset` of a Content-Type; undefined where there is none. */
function byHeader(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1];
}

/** Undefined where the bytes are not of the encoding. Throws a RangeError for one that does not exist. */
function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Western and similar encodings, which any bytes are valid in: declaring one says little. */
const isSingleByte = (encoding: string): boolean =>
  /^(?:windows-|iso-8859-)/.test(new TextDecoder(encoding).encoding);

/**
 * Decodes a text: by its byte-order mark, else the charset of `contentType`, else what XML or HTML declare of
 * themselves, else UTF-8; valid UTF-8 is never taken for an encoding of single bytes, whatever is declared. Bytes that are not of that encoding are an answer, never a replacement character: half a
 * name must not be stored.
 */
export function decodeText(bytes: Uint8Array, contentType = ""): Decoded {
  const encoding = byMark(bytes) ?? byHeader(contentType) ?? byDeclaration(bytes) ?? "utf-8";
  try {
    const text = (isSingleByte(encoding) ? decodeAs("utf-8", bytes) : undefined) ?? decodeAs(encoding, bytes);
    if (text !== undefined) return { kind: "text", text };
    return { kind: "undecodable", found: `bytes that are not ${encoding.toUpperCase()}` };
  } catch {
    return { kind: "undecodable", found: `the unknown encoding “${encoding}”` };
  }
}
