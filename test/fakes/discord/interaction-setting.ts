import { Routes, type REST } from "discord.js";
import { fakeDiscord, restOf } from "./connect.ts";
import type { FakeDiscord, FakeDiscordOptions, InteractionHandle } from "./index.ts";

const ASK = {
  name: "ask",
  description: "d",
  options: [{ type: 3, name: "q", description: "d", autocomplete: true }],
};
const ELSEWHERE = { name: "any", description: "d", integration_types: [0, 1], contexts: [0, 1, 2] };

/** A fake with two commands, and the ways an app answers an interaction. */
export interface Setting {
  readonly discord: FakeDiscord;
  readonly rest: REST;
  readonly answer: (handle: InteractionHandle, type: number, data?: object) => Promise<unknown>;
  readonly followUp: (handle: InteractionHandle, body: object) => Promise<unknown>;
  readonly edit: (handle: InteractionHandle, body: object) => Promise<unknown>;
}

/** Declares `ask`, which completes while somebody types, and `any`, which is there everywhere. */
export async function setting(options: FakeDiscordOptions = {}): Promise<Setting> {
  const discord = await fakeDiscord(options);
  const rest = restOf(discord);
  const app = discord.applicationId;
  await rest.put(Routes.applicationCommands(app), { body: [ASK, ELSEWHERE] });
  return {
    discord,
    rest,
    answer: ({ interaction: { id, token } }, type, data) =>
      rest.post(Routes.interactionCallback(id, token), { body: { type, data }, auth: false }),
    followUp: ({ interaction: { token } }, body) =>
      rest.post(Routes.webhook(app, token), { body, auth: false }),
    edit: ({ interaction: { token } }, body) =>
      rest.patch(Routes.webhookMessage(app, token, "@original"), { body, auth: false }),
  };
}
