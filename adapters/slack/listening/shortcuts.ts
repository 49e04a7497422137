import type { MessageShortcut, RespondFn, ViewOutput, ViewResponseAction } from "@slack/bolt";
import { shareOf } from "../../platform/cards.ts";
import type { Desk } from "./desk.ts";
import { anybody, somebodyIn } from "./desk.ts";
import { makeMessage, makeModal } from "../drawing/payload.ts";
import { readText } from "./read-text.ts";
import { send } from "./respond.ts";
import { readForm } from "./search-form.ts";

/** Where a message and the cards below its links name papers. */
const NAMED_IN = ["title", "title_link", "from_url", "original_url"] as const;

function textsOf(attachments: unknown): string[] {
  if (!Array.isArray(attachments)) return [];
  return attachments.flatMap((one: unknown) =>
    typeof one !== "object" || one === null
      ? []
      : NAMED_IN.flatMap((name) => {
          const value: unknown = Reflect.get(one, name);
          return typeof value === "string" ? [value] : [];
        }),
  );
}

/** Find similar papers, in the menu of a message. */
export async function answerMessageShortcut(
  desk: Desk,
  { message, user, team, channel }: MessageShortcut,
  respond: RespondFn,
): Promise<void> {
  const text = [message.text ?? "", ...textsOf(message["attachments"])].map(readText).join("\n");
  const reply = await desk.bot.handleMessage(text, somebodyIn(user.id, team?.id, channel.id));
  const made = await makeMessage(reply, desk.memory, shareOf(reply));
  await send(respond, { ...made, response_type: "ephemeral" }, desk.ended);
}

/** A form that somebody filled in. */
export interface FilledForm {
  readonly view: Pick<ViewOutput, "state">;
  readonly user: { readonly id: string };
}

/** Answers a filled-in search form in its place; a mistake is told at the field that people type in. */
export async function answerForm(desk: Desk, { view, user }: FilledForm): Promise<ViewResponseAction> {
  const args = readForm(view);
  const reply = await desk.bot.handle({ command: "search", args, caller: anybody(user.id) });
  if (reply.tone === "mistake") return { response_action: "errors", errors: { query: reply.summary } };
  return { response_action: "update", view: await makeModal(reply, desk.memory) };
}
