import { messagesOf, parseBody } from "./args.ts";
import type { RawAnswer } from "./faults.ts";
import type { Json } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { addMessage, checkMessage, removeMessage, writeMessage } from "./messages.ts";
import { broken, refused, SlackError } from "./slack-error.ts";
import { newId, violate, workspaceOf, type Message, type ResponseUrl, type World } from "./world.ts";

const KNOWN = new Set([
  "attachments",
  "blocks",
  "delete_original",
  "link_names",
  "markdown_text",
  "metadata",
  "mrkdwn",
  "parse",
  "replace_original",
  "response_type",
  "text",
  "thread_ts",
  "unfurl_links",
  "unfurl_media",
]);

/** A new address for later answers to an interaction. */
export function newResponseUrl(
  world: World,
  made: Pick<ResponseUrl, "exchangeId" | "channel" | "user" | "source">,
): ResponseUrl {
  const url: ResponseUrl = { ...made, id: newId("r"), createdAt: world.clock.now(), uses: 0 };
  world.responseUrls.set(url.id, url);
  return url;
}

/** What is posted to a response_url: 5 times within 30 minutes. */
export function answerResponseUrl(
  world: World,
  id: string,
  posted: { raw: string; contentType: string },
): RawAnswer {
  try {
    const url = world.responseUrls.get(id);
    if (url === undefined) throw refused("invalid_url");
    if (world.clock.now() - url.createdAt > LIMITS.responseUrlLifeMs) throw broken("expired_url");
    if (url.uses >= LIMITS.responseUrlUses) throw broken("used_url");
    const body = parseBody(posted.raw, posted.contentType);
    if (body === undefined || !posted.contentType.startsWith("application/json"))
      throw broken("invalid_payload");
    url.uses++;
    act(world, url, body);
    return { status: 200, headers: { "content-type": "text/plain" }, body: "ok" };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    if (error.violation)
      violate(world, ["response_url: " + error.message, ...messagesOf(error.extra)].join(" | "));
    const status = error.message.endsWith("_url") ? 404 : 400;
    const body = JSON.stringify({ ok: false, error: error.message });
    return { status, headers: { "content-type": "application/json" }, body };
  }
}

function act(world: World, url: ResponseUrl, body: Json): void {
  checkProperties(body);
  const { source } = url;
  if (body["delete_original"] === true) {
    if (source === undefined) throw broken("invalid_payload", ["[ERROR] there is no original to delete"]);
    return removeMessage(world, source);
  }
  if (
    source !== undefined &&
    body["replace_original"] === undefined &&
    body["delete_original"] === undefined
  ) {
    violate(world, "response_url: says neither whether to replace nor whether to keep the original");
  }
  checkMessage(world, body, { where: "response_url", text: LIMITS.text, total: false });
  if (body["replace_original"] === true && source !== undefined) return writeMessage(world, source, body);
  return void addAnswer(world, { ...url, via: "response_url" }, body);
}

function checkProperties(body: Json): void {
  const unknown = Object.keys(body).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0)
    throw broken(
      "invalid_payload",
      unknown.map((key) => `[ERROR] unknown: ${key}`),
    );
  const { response_type: type } = body;
  if (type !== undefined && type !== "ephemeral" && type !== "in_channel") {
    throw broken("invalid_payload", ["[ERROR] response_type must be ephemeral or in_channel"]);
  }
}

interface Answering extends Pick<ResponseUrl, "exchangeId" | "channel" | "user"> {
  readonly via: Message["via"];
  readonly source?: Message | undefined;
}

/** Stores an answer to an interaction; only the person sees it unless it says `in_channel`. */
export function addAnswer(world: World, answering: Answering, body: Json): Message {
  const { channel, exchangeId, via, source } = answering;
  const thread = body["thread_ts"];
  const placing = {
    channel,
    exchangeId,
    via,
    user: workspaceOf(world, channel.teamId).botUser.id,
    from: "app",
    threadTs: typeof thread === "string" ? thread : source?.threadTs,
    ephemeralFor: body["response_type"] === "in_channel" ? undefined : answering.user,
  } as const;
  return addMessage(world, placing, body);
}
