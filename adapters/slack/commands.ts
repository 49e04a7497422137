import type { RespondFn, SlashCommand } from "@slack/bolt";
import { shareOf } from "../platform/cards.ts";
import type { Desk } from "./desk.ts";
import { callerOf } from "./desk.ts";
import { makeMessage } from "./payload.ts";
import { readText } from "./read-text.ts";
import { send } from "./respond.ts";

/** `/paper …`, answered privately. */
export async function answerCommand(desk: Desk, command: SlashCommand, respond: RespondFn): Promise<void> {
  const reply = await desk.bot.handleLine(readText(command.text), callerOf(command.user_id));
  const message = await makeMessage(reply, desk.memory, shareOf(reply));
  await send(respond, { ...message, response_type: "ephemeral" });
}
