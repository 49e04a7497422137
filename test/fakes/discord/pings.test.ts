import { Routes } from "discord.js";
import { describe, expect, test } from "vitest";
import { fakeDiscord, restOf } from "./connect.ts";
import type { FakeDiscord } from "./index.ts";

const NOBODY = { users: [], roles: [], everyone: false };

/** Posts a message in #general and tells whom it pinged. */
async function pinged(discord: FakeDiscord, body: object): Promise<unknown> {
  await restOf(discord).post(Routes.channelMessages(discord.general.id), { body });
  return discord.messages(discord.general).at(-1)?.pings;
}

describe("a channel message", () => {
  test("pings whom it mentions unless allowed_mentions says otherwise", async () => {
    const discord = await fakeDiscord();
    const { id } = discord.user("ada");
    const { id: role } = discord.role("readers", { mentionable: true });
    const content = `<@${id}> <@&${role}>`;
    expect(await pinged(discord, { content })).toEqual({ users: [id], roles: [role], everyone: false });
    expect(await pinged(discord, { content, allowed_mentions: { parse: [] } })).toEqual(NOBODY);
    expect(await pinged(discord, { content, allowed_mentions: {} })).toEqual(NOBODY);
    const only = { parse: ["roles"], users: [id] };
    expect(await pinged(discord, { content, allowed_mentions: only })).toEqual({
      users: [id],
      roles: [role],
      everyone: false,
    });
  });

  test("pings everyone and closed roles only with that permission", async () => {
    const discord = await fakeDiscord();
    const { id: role } = discord.role("closed");
    const content = `@everyone <@&${role}>`;
    expect(await pinged(discord, { content })).toEqual(NOBODY);
    discord.setBotPermissions(discord.general, ["ViewChannel", "SendMessages", "MentionEveryone"]);
    expect(await pinged(discord, { content })).toEqual({ users: [], roles: [role], everyone: true });
    expect(await pinged(discord, { content: "@here" })).toMatchObject({ everyone: true });
    expect(await pinged(discord, { content, allowed_mentions: { parse: ["users"] } })).toEqual(NOBODY);
  });

  test("pings from text displays, though not from embeds", async () => {
    const discord = await fakeDiscord();
    const { id } = discord.user("ada");
    const display = { type: 10, content: `<@${id}>` };
    const nested = { flags: 32_768, components: [{ type: 17, components: [display] }] };
    expect(await pinged(discord, nested)).toMatchObject({ users: [id] });
    expect(await pinged(discord, { embeds: [{ description: `<@${id}>` }] })).toEqual(NOBODY);
  });

  test("pings whom it answers, unless that is switched off", async () => {
    const discord = await fakeDiscord();
    const ada = discord.user("ada");
    const message_reference = { message_id: ada.say(discord.general, "asked").id };
    const body = { content: "c", message_reference };
    expect(await pinged(discord, body)).toMatchObject({ users: [ada.id] });
    expect(await pinged(discord, { ...body, allowed_mentions: { parse: [] } })).toEqual(NOBODY);
    expect(await pinged(discord, { ...body, allowed_mentions: { replied_user: true } })).toMatchObject({
      users: [ada.id],
    });
  });
});

describe("a response to an interaction", () => {
  test("pings users only, also by the edit that fills it and not by later ones", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const app = discord.applicationId;
    await rest.put(Routes.applicationCommands(app), { body: [{ name: "ask", description: "d" }] });
    const { id: role } = discord.role("readers", { mentionable: true });
    const ada = discord.user("ada");
    const handle = ada.command("ask");
    const { id, token } = handle.interaction;
    await rest.post(Routes.interactionCallback(id, token), { body: { type: 5 }, auth: false });
    const edit = (content: string) =>
      rest.patch(Routes.webhookMessage(app, token, "@original"), { body: { content }, auth: false });
    await edit(`<@${ada.id}> <@&${role}>`);
    expect(handle.message?.pings).toEqual({ users: [ada.id], roles: [], everyone: false });
    await edit(`<@${discord.user("bob").id}>`);
    expect(handle.message?.pings.users).toEqual([ada.id]);
  });
});
