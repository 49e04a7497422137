import { invalidBody } from "../api-error.ts";
import { recordsOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import type { Context } from "../router.ts";

/**
 * The uploaded files of a request as attachments of a message, with the description that the body has for them
 * (reference#uploading-files); 50035 where one is over 10 MiB.
 */
export function storedFiles({ files, world }: Context, body: Json): Json[] {
  const said = recordsOf(body["attachments"]);
  const tooLarge = files.findIndex(({ bytes }) => bytes > LIMITS.attachmentBytes);
  if (tooLarge >= 0) {
    const message = `File cannot be larger than ${LIMITS.attachmentBytes} bytes.`;
    throw invalidBody([{ path: ["attachments", tooLarge], code: "BASE_TYPE_MAX_LENGTH", message }]);
  }
  return files.map(({ field, name, bytes }) => {
    const id = world.newId();
    const { description } = said.find((one) => `files[${String(one["id"])}]` === field) ?? {};
    return {
      id,
      filename: name,
      size: bytes,
      ...(typeof description === "string" ? { description } : {}),
      url: `https://cdn.invalid/${id}`,
      proxy_url: `https://cdn.invalid/${id}`,
    };
  });
}
