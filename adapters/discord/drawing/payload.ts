import type { APIMessageTopLevelComponent } from "discord.js";
import { MessageFlags } from "discord.js";
import type { Invocation, Reply } from "../../../src/bot/reply.ts";
import type { InvocationMemory } from "../../../src/bot/line/invocation-text.ts";
import { shorten } from "../../../src/bot/line/invocation-text.ts";
import { invocationsOf } from "../../platform/cards.ts";
import { drawPng } from "../../platform/pictures.ts";
import { plainText } from "../../platform/plain-text.ts";
import { LIMITS } from "./limits.ts";
import type { Showing } from "./render.ts";
import { fits, renderReply } from "./render.ts";

/** A message of components in which nothing pings. */
export interface Payload {
  readonly flags: MessageFlags.IsComponentsV2;
  readonly components: APIMessageTopLevelComponent[];
  /** What is attached. Where a message is changed, `attachments: []` takes off what was attached before. */
  readonly files?: { readonly attachment: Buffer; readonly name: string; readonly description?: string }[];
  readonly allowedMentions: { readonly parse: []; readonly repliedUser: false };
}

/** Room for the mark of a custom id: `r39:`. */
const MARK = 4;

/**
 * A reply as the body of a message, with the invocations behind its buttons kept where they are too long. `attaches` says
 * whether a text that is too long may be a file: in answers to interactions and in direct messages it may (docs.discord.com,
 * interactions/receiving-and-responding: `app_permissions`), elsewhere a right of its own is needed. Default no.
 */
export async function makePayload(
  reply: Reply,
  memory: InvocationMemory,
  {
    attaches = false,
    ...showing
  }: Omit<Showing, "idOf" | "file" | "picture"> & { readonly attaches?: boolean } = {},
): Promise<Payload> {
  const file = attaches && (reply.document?.asFile === true || !fits(reply)) ? reply.document : undefined;
  const png = attaches && reply.picture !== undefined ? await drawPng(reply.picture) : undefined;
  const picture =
    png === undefined || reply.picture === undefined
      ? undefined
      : { name: `${reply.picture.name}.png`, alt: plainText(reply.picture.alt, LIMITS.description) };
  const files = [
    ...(file === undefined ? [] : [{ attachment: Buffer.from(`${file.text}\n`), name: file.name }]),
    ...(png === undefined || picture === undefined
      ? []
      : [{ attachment: png, name: picture.name, description: picture.alt }]),
  ];
  const all = [...invocationsOf(reply), ...(showing.share === undefined ? [] : [showing.share])];
  const texts = await Promise.all(all.map((one) => shorten(one, LIMITS.customId - MARK, memory)));
  const ids = new Map<Invocation, string>(all.map((one, i) => [one, texts[i] ?? ""]));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: renderReply(reply, {
      ...showing,
      ...(file === undefined ? {} : { file: file.name }),
      ...(picture === undefined ? {} : { picture }),
      idOf: (one) => ids.get(one) ?? "",
    }),
    ...(files.length === 0 ? {} : { files }),
    allowedMentions: { parse: [], repliedUser: false },
  };
}
