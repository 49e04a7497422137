import type { webApi } from "@slack/bolt";
import type { Caller } from "../../../src/bot/command.ts";
import type { Reply } from "../../../src/bot/reply.ts";
import { textCard } from "../../../src/bot/reply.ts";
import { withoutCode } from "../../platform/cards.ts";
import type { Conversation } from "../files.ts";
import { bringText, mayUpload } from "../files.ts";
import type { Desk } from "./desk.ts";

/** Somebody who may be given files. */
export function withFiles({ withoutFiles: _none, ...caller }: Caller): Caller {
  return caller;
}

const LACKS =
  "As a file it would be whole: the app lacks the scope files:write, which whoever runs it can add (docs/slack.md).";
const REFUSED = "Slack took no file here, so that it comes in pages.";

/** The answer in pages, with the reason. */
async function inPages({ bot }: Desk, reply: Reply, caller: Caller, why: string): Promise<Reply> {
  const { again } = reply;
  if (again === undefined) return reply;
  const paged = await bot.handle({ ...again, caller: { ...caller, withoutFiles: true }, instead: true });
  return paged.tone === "plain" ? { ...paged, cards: [...paged.cards, textCard(why)] } : paged;
}

/** The conversation of somebody with the bot, which begins with a line there; undefined where that is not possible. */
async function directWith({ writePrivately }: Caller, name: string): Promise<Conversation | undefined> {
  const place = await writePrivately?.(`The file that you asked for: ${name}`).catch(() => undefined);
  return place === undefined ? undefined : { channel: place.channel };
}

/**
 * An answer whose text is wanted as a file: brings the file, and gives what is said of it. It goes into `to`, where those
 * are who read the answer, or else to the person alone, since Slack has no files in private answers. Other answers stay.
 */
export async function attach(
  desk: Desk,
  {
    reply,
    caller,
    client,
  }: { readonly reply: Reply; readonly caller: Caller; readonly client: webApi.WebClient },
  to: Conversation | undefined,
): Promise<Reply> {
  const { document, ...rest } = reply;
  if (document?.asFile !== true) return reply;
  if (!(await mayUpload(client))) return inPages(desk, reply, caller, LACKS);
  const target = to ?? (await directWith(caller, document.name));
  if (target === undefined || !(await bringText(client, document, target)))
    return inPages(desk, reply, caller, REFUSED);
  const where = to === undefined ? "in our direct conversation, under Apps" : "here";
  return {
    ...rest,
    cards: [...withoutCode(reply.cards), textCard(`It is the file ${document.name} ${where}.`)],
  };
}
