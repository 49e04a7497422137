import type { RespondFn, SlashCommand, webApi } from "@slack/bolt";
import { shareOf } from "../../platform/cards.ts";
import type { Desk } from "./desk.ts";
import { callerAt } from "../caller.ts";
import { makeMessage } from "../drawing/payload.ts";
import { readText } from "./read-text.ts";
import { send } from "./respond.ts";

/** A command as it came, and the ways to answer. */
interface Called {
  readonly command: SlashCommand;
  readonly respond: RespondFn;
  readonly client: webApi.WebClient;
}

/** `/paper …`, answered privately. */
export async function answerCommand(desk: Desk, { command, respond, client }: Called): Promise<void> {
  const reply = await desk.bot.handleLine(
    readText(command.text),
    callerAt({ user: command.user_id, team: command.team_id, channel: command.channel_id, client }),
  );
  const message = await makeMessage(reply, desk.memory, shareOf(reply));
  await send(respond, { ...message, response_type: "ephemeral" }, desk.ended);
}
