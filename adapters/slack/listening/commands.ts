import type { RespondFn, SlashCommand, webApi } from "@slack/bolt";
import { shareOf } from "../../platform/cards.ts";
import type { Desk } from "./desk.ts";
import { callerAt } from "../caller.ts";
import { bringPicture } from "../files.ts";
import { attach, withFiles } from "./attachments.ts";
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
  const { user_id: user, team_id: team, channel_id: channel } = command;
  const caller = withFiles(callerAt({ user, team, channel, client }));
  const answered = await desk.bot.handleLine(readText(command.text), caller);
  // What one person alone reads in a channel cannot have a file there.
  const to = channel.startsWith("D") ? { channel } : undefined;
  const reply = await attach(desk, { reply: answered, caller, client }, to);
  const message = await makeMessage(reply, desk.memory, shareOf(reply));
  await send(respond, { ...message, response_type: "ephemeral" }, desk.ended);
  if (to !== undefined) await bringPicture(client, reply.picture, to);
}
