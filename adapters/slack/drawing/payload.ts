import type { types } from "@slack/bolt";
import type { InvocationMemory } from "../../../src/bot/line/invocation-text.ts";
import { shorten } from "../../../src/bot/line/invocation-text.ts";
import type { Invocation, Reply } from "../../../src/bot/reply.ts";
import { invocationsOf } from "../../platform/cards.ts";
import { plainText } from "../../platform/plain-text.ts";
import { LIMITS } from "./limits.ts";
import type { Showing } from "./render.ts";
import { fallbackText, renderReply } from "./render.ts";

/** A message: its blocks, and the text for notifications and screen readers. */
export interface Message {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

async function makeBlocks(
  reply: Reply,
  memory: InvocationMemory,
  showing: Omit<Showing, "textOf">,
): Promise<types.KnownBlock[]> {
  const all = [...invocationsOf(reply), ...(showing.share === undefined ? [] : [showing.share])];
  const textsIn = async (length: number): Promise<Map<Invocation, string>> => {
    const texts = await Promise.all(all.map((one) => shorten(one, length, memory)));
    return new Map(all.map((one, i) => [one, texts[i] ?? ""]));
  };
  const places = {
    button: await textsIn(LIMITS.buttonValue),
    option: await textsIn(LIMITS.optionValue),
  };
  return renderReply(reply, { ...showing, textOf: (one, place) => places[place].get(one) ?? "" });
}

/** A reply as a message, with the invocations behind its buttons kept where they are too long. */
export async function makeMessage(
  reply: Reply,
  memory: InvocationMemory,
  showing: Omit<Showing, "textOf"> = {},
): Promise<Message> {
  const blocks = await makeBlocks(reply, memory, showing);
  return { text: fallbackText(reply), blocks, unfurl_links: false, unfurl_media: false };
}

/** A reply as a modal. */
export async function makeModal(reply: Reply, memory: InvocationMemory): Promise<types.ModalView> {
  return {
    type: "modal",
    title: { type: "plain_text", text: "Paperboy", emoji: false },
    close: { type: "plain_text", text: "Close", emoji: false },
    blocks: await makeBlocks(reply, memory, {}),
  };
}

/** Words alone as a modal. */
export function wordsModal(text: string): types.ModalView {
  return {
    type: "modal",
    title: { type: "plain_text", text: "Paperboy", emoji: false },
    close: { type: "plain_text", text: "Close", emoji: false },
    blocks: [
      {
        type: "section",
        text: { type: "plain_text", text: plainText(text, LIMITS.sectionText), emoji: false },
      },
    ],
  };
}
