import type { APIMessageTopLevelComponent } from "discord.js";
import { MessageFlags } from "discord.js";
import type { Invocation, Reply } from "../../src/bot/reply.ts";
import type { InvocationMemory } from "../../src/bot/invocation-text.ts";
import { shorten } from "../../src/bot/invocation-text.ts";
import { invocationsOf } from "../platform/cards.ts";
import { LIMITS } from "./limits.ts";
import type { Showing } from "./render.ts";
import { renderReply } from "./render.ts";

/** A message of components in which nothing pings. */
export interface Payload {
  readonly flags: MessageFlags.IsComponentsV2;
  readonly components: APIMessageTopLevelComponent[];
  readonly allowedMentions: { readonly parse: []; readonly repliedUser: false };
}

/** Room for the mark of a custom id: `r39:`. */
const MARK = 4;

/** A reply as the body of a message, with the invocations behind its buttons kept where they are too long. */
export async function makePayload(
  reply: Reply,
  memory: InvocationMemory,
  showing: Omit<Showing, "idOf"> = {},
): Promise<Payload> {
  const all = [...invocationsOf(reply), ...(showing.share === undefined ? [] : [showing.share])];
  const texts = await Promise.all(all.map((one) => shorten(one, LIMITS.customId - MARK, memory)));
  const ids = new Map<Invocation, string>(all.map((one, i) => [one, texts[i] ?? ""]));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: renderReply(reply, { ...showing, idOf: (one) => ids.get(one) ?? "" }),
    allowedMentions: { parse: [], repliedUser: false },
  };
}
