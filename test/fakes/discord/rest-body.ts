import type { IncomingMessage } from "node:http";
import { invalidBody, refusals } from "./api-error.ts";
import { LIMITS } from "./limits.ts";
import type { UploadedFile } from "./router.ts";

/** What a request carried: JSON, undefined for nothing, and files. */
export interface Carried {
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

/** Reads the raw bytes, at most 25 MiB of them. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= LIMITS.requestBytes) chunks.push(bytes);
  }
  if (size > LIMITS.requestBytes) throw refusals.tooLarge();
  return Buffer.concat(chunks);
}

/** Parses JSON, or `payload_json` and files of a multipart form: reference#uploading-files. */
export async function parseBody(bytes: Buffer, contentType: string): Promise<Carried> {
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (contentType.startsWith("application/json")) return { body: parseJson(bytes.toString()), files: [] };
  if (contentType.startsWith("multipart/form-data")) return parseForm(bytes, contentType);
  const message = `Expected "Content-Type" header to be one of {'application/json'}.`;
  throw invalidBody([{ path: [], code: "CONTENT_TYPE_INVALID", message }]);
}

async function parseForm(bytes: Buffer, contentType: string): Promise<Carried> {
  const form = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
  const files: UploadedFile[] = [];
  let body: unknown = {};
  for (const [name, value] of form) {
    if (typeof value !== "string") {
      const content = Buffer.from(await value.arrayBuffer());
      files.push({ field: name, name: value.name, bytes: value.size, content });
    }
    if (typeof value === "string" && name === "payload_json") body = parseJson(value);
  }
  return { body, files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusals.malformedJson();
  }
}
