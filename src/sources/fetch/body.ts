import { decodeText } from "./decode.ts";

/** What a caller expects an answer to be. */
export type Expected = "json" | "xml";

/** A body read to its end, or why it was not. `damaged` may be whole the next time, the others will not. */
export type Body =
  | { readonly kind: "whole"; readonly text: string }
  | { readonly kind: "damaged"; readonly found: string }
  | { readonly kind: "unfit"; readonly found: string };

/** Reads a body up to a size, counted after unpacking; undefined, and the transfer is stopped, when it is larger. */
async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  if (response.body === null) return new Uint8Array();
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
    await response.body.cancel();
    return undefined;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the transfer.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The title of an HTML page; undefined when the text is no HTML page. */
export function htmlTitle(text: string): string | undefined {
  const start = text
    .slice(0, 4000)
    .replace(/<!--[^]*?-->/g, "")
    .replace(/^\s*<\?xml[^>]*>/, "");
  if (!/^\s*<(?:!doctype\s+html|html|head|body)\b/i.test(start)) return undefined;
  return (/<title[^>]{0,200}>([^<]{0,200})/i.exec(start)?.[1] ?? "").trim();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function judge(text: string, expected: Expected): Body {
  const title = htmlTitle(text);
  // Error pages of a proxy in front of the service come with status 200 and go away again.
  if (title !== undefined) return { kind: "damaged", found: `an HTML page, “${title}”` };
  if (text.trim() === "") return { kind: "damaged", found: "an empty answer" };
  if (expected === "json" && !isJson(text)) {
    return { kind: "damaged", found: `${text.length} characters that are no JSON (cut off?)` };
  }
  return { kind: "whole", text };
}

/**
 * The text of an answer: whole, decoded and of the kind expected. XML is not parsed here, so that what comes before a
 * cut can still be read. Rejects when the transfer fails.
 */
export async function readBody(response: Response, expected: Expected, maxBytes: number): Promise<Body> {
  const bytes = await readBytes(response, maxBytes);
  if (bytes === undefined) return { kind: "unfit", found: `more than ${maxBytes} bytes` };
  const decoded = decodeText(bytes, response.headers.get("content-type") ?? "");
  return decoded.kind === "text" ? judge(decoded.text, expected) : { kind: "unfit", found: decoded.found };
}
