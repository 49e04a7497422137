import type { webApi } from "@slack/bolt";
import type { Reply } from "../../src/bot/reply.ts";
import { cutWhole } from "../platform/plain-text.ts";
import { drawPng } from "../platform/pictures.ts";

/** What is brought as a file. `alt` is what a picture shows, for those who do not see it. */
interface Upload {
  readonly name: string;
  readonly data: Buffer;
  readonly alt?: string;
}

/** Where a file goes: a channel or a direct conversation, by its id, and a thread of it. */
export interface Conversation {
  readonly channel: string;
  readonly thread?: string | undefined;
}

/** How long the bytes of a file may take, in milliseconds. */
const PATIENCE = 20_000;

/** reference/methods/files.getUploadURLExternal: a longer description is refused with alt_txt_too_large. */
const ALT_LENGTH = 1000;

/** Whether the app may bring files; one that was made before the scope files:write was asked for may not. */
export async function mayUpload(client: webApi.WebClient): Promise<boolean> {
  const { response_metadata } = await client.auth.test();
  return response_metadata?.scopes?.includes("files:write") === true;
}

/** Whether bytes may be sent to an address: Slack's, or of the server that the app talks to in its place. */
function isSlacks(address: string, { slackApiUrl }: webApi.WebClient): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, origin } = new URL(address);
  const own = URL.canParse(slackApiUrl) && new URL(slackApiUrl).origin === origin;
  return own || (protocol === "https:" && hostname.endsWith(".slack.com"));
}

/**
 * Brings a file into a conversation, by the three steps of docs.slack.dev/messaging/working-with-files. The library's
 * `filesUploadV2` takes the same steps, but with `alt_text`, which Slack's method calls `alt_txt`, so that no picture would
 * have its description.
 */
async function upload(
  client: webApi.WebClient,
  { name, data, alt }: Upload,
  { channel, thread }: Conversation,
): Promise<void> {
  const described = alt === undefined ? {} : { alt_txt: cutWhole(alt, ALT_LENGTH) };
  const asked = { filename: name, length: data.length, ...described };
  const { upload_url: address = "", file_id: id = "" } = await client.files.getUploadURLExternal(asked);
  if (!isSlacks(address, client)) throw new Error("Slack named an address for a file that is not its own");
  const sent = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: new Uint8Array(data),
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!sent.ok) throw new Error(`Slack did not take the file ${name}: HTTP ${sent.status}`);
  const where = thread === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: thread };
  await client.files.completeUploadExternal({ files: [{ id, title: name }], ...where });
}

/** Brings a text as a file; false where that is not possible there, and nothing was brought. */
export async function bringText(
  client: webApi.WebClient,
  { name, text }: { readonly name: string; readonly text: string },
  to: Conversation,
): Promise<boolean> {
  try {
    await upload(client, { name, data: Buffer.from(`${text}\n`) }, to);
    return true;
  } catch {
    return false;
  }
}

/** Brings the picture of an answer below its words, which say all of it; where that is not possible they stand alone. */
export async function bringPicture(
  client: webApi.WebClient,
  picture: Reply["picture"],
  to: Conversation,
): Promise<void> {
  if (picture === undefined) return;
  try {
    if (!(await mayUpload(client))) return;
    const data = await drawPng(picture);
    if (data !== undefined) await upload(client, { name: `${picture.name}.png`, data, alt: picture.alt }, to);
  } catch {
    // The words are there.
  }
}
