import { PermissionFlagsBits, Routes } from "discord.js";
import { describe, expect, test } from "vitest";
import { fakeDiscord, refusal, restOf } from "./connect.ts";

describe("a channel", () => {
  test("that is gone or cannot be seen, or where the bot may not write, refuses messages", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const post = (id: string, body: object = { content: "c" }) =>
      rest.post(Routes.channelMessages(id), { body });
    expect(await refusal(post(discord.bot.id))).toMatchObject({ code: 10003, status: 404 });
    const { general } = discord;
    discord.setBotPermissions(general, ["ViewChannel"]);
    expect(await refusal(post(general.id))).toMatchObject({ code: 50013, status: 403 });
    discord.setBotPermissions(general, ["ViewChannel", "SendMessages"]);
    await post(general.id);
    expect(await refusal(post(general.id, { embeds: [{ title: "t" }] }))).toMatchObject({ code: 50013 });
    discord.setBotPermissions(general, []);
    expect(await refusal(post(general.id))).toMatchObject({ code: 50001, status: 403 });
    const foreign = discord.channel("talk", { guild: discord.guild("Foreign", { botMember: false }) });
    expect(await refusal(post(foreign.id))).toMatchObject({ code: 50001 });
    discord.deleteChannel(general);
    expect(await refusal(post(general.id))).toMatchObject({ code: 10003 });
    expect(discord.violations).toEqual([]);
  });

  test("of a person who takes no direct messages refuses them (50007)", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const { id, user } = discord.user("ada", { acceptsDms: false });
    const body = { recipient_id: id };
    const dm = await rest.post(Routes.userChannels(), { body });
    expect(dm).toMatchObject({ id: discord.user("ada").dm.id, type: 1 });
    const send = () =>
      rest.post(Routes.channelMessages(discord.user("ada").dm.id), { body: { content: "c" } });
    expect(await refusal(send())).toMatchObject({ code: 50007, status: 403 });
    user.acceptsDms = true;
    await send();
    expect(
      await refusal(rest.post(Routes.userChannels(), { body: { recipient_id: discord.home.id } })),
    ).toMatchObject({ code: 10013 });
  });

  test("keeps a nonce and sends once what is enforced, in that channel", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const other = discord.channel("other");
    const body = { content: "c", nonce: "n", enforce_nonce: true };
    for (const { id } of [discord.general, discord.general, other])
      await rest.post(Routes.channelMessages(id), { body });
    expect(discord.messages(discord.general)).toHaveLength(1);
    expect(discord.messages(other)).toHaveLength(1);
    await rest.post(Routes.channelMessages(other.id), { body: { content: "c", nonce: "n" } });
    expect(discord.messages(other)).toHaveLength(2);
  });
});

describe("a message", () => {
  test("that is unknown or another's is not edited (10008, 50005), nor deleted without permission", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const { general } = discord;
    const said = discord.user("ada").say(general, "mine");
    const edit = (id: string) =>
      rest.patch(Routes.channelMessage(general.id, id), { body: { content: "c" } });
    expect(await refusal(edit(discord.bot.id))).toMatchObject({ code: 10008, status: 404 });
    expect(await refusal(edit(said.id))).toMatchObject({ code: 50005 });
    const path = Routes.channelMessage(general.id, said.id);
    expect(await refusal(rest.delete(path))).toMatchObject({ code: 50013 });
    discord.setBotPermissions(general, ["ViewChannel", "ManageMessages", "ReadMessageHistory"]);
    await rest.delete(path);
    expect(said.deleted).toBe(true);
    expect(await refusal(rest.get(path))).toMatchObject({ code: 10008 });
  });

  test("that is ephemeral is not found in its channel", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const body = [{ name: "ask", description: "d" }];
    await rest.put(Routes.applicationCommands(discord.applicationId), { body });
    const handle = discord.user("ada").command("ask");
    const { id, token } = handle.interaction;
    const answer = { type: 4, data: { content: "c", flags: 64 } };
    await rest.post(Routes.interactionCallback(id, token), { body: answer, auth: false });
    const path = Routes.channelMessage(discord.general.id, handle.message?.id ?? "");
    expect(await refusal(rest.get(path))).toMatchObject({ code: 10008 });
    expect(await rest.get(Routes.channelMessages(discord.general.id))).toEqual([]);
  });

  test("answers only one that is there, and needs the history for it", async () => {
    const discord = await fakeDiscord();
    const { general } = discord;
    const post = (reference: object) =>
      restOf(discord).post(Routes.channelMessages(general.id), {
        body: { content: "c", message_reference: reference },
      });
    const unknown = { message_id: discord.bot.id };
    expect((await refusal(post(unknown))).errors).toContain("REPLIES_UNKNOWN_MESSAGE");
    await post({ ...unknown, fail_if_not_exists: false });
    discord.setBotPermissions(general, ["ViewChannel", "SendMessages"]);
    expect(await refusal(post(unknown))).toMatchObject({ code: 160002 });
  });
});

describe("a thread", () => {
  test("starts once on a message, with a name and a known duration", async () => {
    const discord = await fakeDiscord({ openApi: false });
    const rest = restOf(discord);
    const said = discord.user("ada").say(discord.general, "topic");
    const start = (body: object) => rest.post(Routes.threads(discord.general.id, said.id), { body });
    expect((await refusal(start({ name: "x".repeat(101) }))).errors).toContain("BASE_TYPE_BAD_LENGTH");
    expect((await refusal(start({ name: " " }))).errors).toContain("BASE_TYPE_REQUIRED");
    expect((await refusal(start({ name: "n", auto_archive_duration: 61 }))).errors).toContain(
      "BASE_TYPE_CHOICES",
    );
    expect(await start({ name: "n", auto_archive_duration: 60 })).toMatchObject({ id: said.id, type: 11 });
    expect(await refusal(start({ name: "n" }))).toMatchObject({ code: 160004 });
  });

  test("needs its own permissions and a channel of a server", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const { general } = discord;
    const ada = discord.user("ada");
    const said = ada.say(general, "topic");
    const start = () => rest.post(Routes.threads(general.id, said.id), { body: { name: "n" } });
    discord.setBotPermissions(general, ["ViewChannel", "SendMessages"]);
    expect(await refusal(start())).toMatchObject({ code: 50013 });
    discord.setBotPermissions(general, ["ViewChannel", "SendMessages", "CreatePublicThreads"]);
    await start();
    const inThread = rest.post(Routes.channelMessages(said.id), { body: { content: "c" } });
    expect(await refusal(inThread)).toMatchObject({ code: 50013 });
    const direct = ada.say(ada.dm, "topic");
    const path = Routes.threads(ada.dm.id, direct.id);
    expect(await refusal(rest.post(path, { body: { name: "n" } }))).toMatchObject({ code: 50024 });
  });
});

describe("a request", () => {
  test("with a wrong token, to an unknown place or without a user agent is refused", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    expect(await refusal(rest.get("/nothing/here"))).toMatchObject({ code: 0, status: 404 });
    const wrong = restOf(discord).setToken("wrong");
    expect(await refusal(wrong.get(Routes.user()))).toMatchObject({ code: 0, status: 401 });
    const bare = await fetch(`${discord.apiUrl}/v10/users/@me`, {
      headers: { authorization: `Bot ${discord.token}` },
    });
    expect([bare.status, await bare.json()]).toMatchObject([403, { code: 40333 }]);
    const old = await fetch(`${discord.apiUrl}/v6/users/@me`, {
      headers: { authorization: `Bot ${discord.token}`, "user-agent": "DiscordBot (https://a.b, 1)" },
    });
    expect(old.status).toBe(404);
    const kinds = discord.violations.map(({ kind }) => kind);
    expect(kinds).toEqual(["unknown-route", "unauthorized", "user-agent", "unknown-route"]);
  });

  test("for the bot, its application, a guild and its members is answered", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const ada = discord.user("ada", { permissions: ["ManageGuild"] });
    expect(await rest.get(Routes.user())).toMatchObject({ id: discord.bot.id, bot: true });
    expect(await rest.get("/applications/@me")).toMatchObject({ id: discord.applicationId });
    expect(await rest.get(Routes.channel(discord.general.id))).toMatchObject({ name: "general", type: 0 });
    const guild = await rest.get(Routes.guild(discord.home.id));
    const roles = expect.arrayContaining([
      expect.objectContaining({ permissions: String(PermissionFlagsBits.ManageGuild) }),
    ]);
    expect(guild).toMatchObject({ name: "Home", roles });
    expect(await rest.get(Routes.guildMember(discord.home.id, ada.id))).toMatchObject({
      user: { username: "ada" },
    });
    expect(await refusal(rest.get(Routes.user(discord.home.id)))).toMatchObject({ code: 10013 });
    expect(await refusal(rest.get(Routes.guild(ada.id)))).toMatchObject({ code: 10004 });
    expect(await refusal(rest.get(Routes.guildMember(discord.home.id, discord.home.id)))).toMatchObject({
      code: 10007,
    });
  });
});
