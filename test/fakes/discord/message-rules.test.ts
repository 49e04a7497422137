import { Routes, type REST } from "discord.js";
import { describe, expect, test } from "vitest";
import { fakeDiscord, refusal, restOf } from "./connect.ts";
import type { FakeDiscord } from "./index.ts";
import { ALLOWED, REFUSED, display, v2, x } from "./message-bodies.ts";

/** Posts a body to #general as it stands, without discord.js. */
function postRaw({ apiUrl, general, token }: FakeDiscord, body: string): Promise<Response> {
  const headers = {
    authorization: `Bot ${token}`,
    "content-type": "application/json",
    "user-agent": "DiscordBot (https://a.b, 1)",
  };
  return fetch(`${apiUrl}/v10/channels/${general.id}/messages`, { method: "POST", headers, body });
}

async function startedInteraction(discord: FakeDiscord, rest: REST): Promise<`/${string}`> {
  const body = { name: "ask", description: "d" };
  await rest.post(Routes.applicationCommands(discord.applicationId), { body });
  const { interaction } = discord.user("ada").command("ask");
  return Routes.interactionCallback(interaction.id, interaction.token);
}

describe("a message body is refused for", () => {
  test.for(REFUSED)("%s, in a channel and as a response", async ([, body, error, at]) => {
    const discord = await fakeDiscord({ openApi: false });
    const rest = restOf(discord);
    const inChannel = await refusal(rest.post(Routes.channelMessages(discord.general.id), { body }));
    expect(inChannel).toMatchObject({ code: 50035, status: 400 });
    expect(inChannel.errors).toContain(`"${error}"`);
    expect(inChannel.errors).toContain(`"${at}"`);
    const callback = await startedInteraction(discord, rest);
    const response = await refusal(rest.post(callback, { body: { type: 4, data: body }, auth: false }));
    expect(response).toMatchObject({ code: 50035, errors: `{"data":${inChannel.errors}}` });
    expect(discord.violations.map(({ kind, where }) => [kind, where])).toEqual([
      ["body", "POST /channels/:channel/messages"],
      ["body", "POST /interactions/:interaction/:token/callback"],
    ]);
    expect(discord.messages(discord.general)).toEqual([]);
  });

  test("nothing to show (50006), spaces included", async () => {
    const discord = await fakeDiscord();
    const post = (body: object) => restOf(discord).post(Routes.channelMessages(discord.general.id), { body });
    expect(await refusal(post({}))).toMatchObject({ code: 50006, status: 400 });
    expect(await refusal(post({ content: "  ", embeds: [] }))).toMatchObject({ code: 50006 });
  });

  test("text displays of so many bytes that the server itself fails", async () => {
    const discord = await fakeDiscord();
    // 3386 characters of 3 bytes and the 12 of the text display: the edge.
    const path = Routes.channelMessages(discord.general.id);
    await restOf(discord).post(path, { body: v2(display("語".repeat(3386))) });
    const body = v2(display(`${"語".repeat(3386)}x`));
    const sent = restOf(discord).post(Routes.channelMessages(discord.general.id), { body });
    await expect(sent).rejects.toThrow(/Internal Server Error/i);
    expect(discord.violations).toHaveLength(1);
  });

  test("an ephemeral flag, a long nonce, a missing enforced one or 4 stickers, in a channel", async () => {
    const discord = await fakeDiscord();
    const post = (body: object) => restOf(discord).post(Routes.channelMessages(discord.general.id), { body });
    expect((await refusal(post({ content: "c", flags: 64 }))).errors).toContain("BASE_TYPE_CHOICES");
    expect((await refusal(post({ content: "c", nonce: x(26) }))).errors).toContain("BASE_TYPE_MAX_LENGTH");
    expect((await refusal(post({ content: "c", enforce_nonce: true }))).errors).toContain(
      "BASE_TYPE_REQUIRED",
    );
    const sticker_ids = Array.from({ length: 4 }, () => discord.bot.id);
    expect((await refusal(post({ content: "c", sticker_ids }))).errors).toContain("BASE_TYPE_MAX_LENGTH");
  });

  test("a file over 10 MiB, and a request over 25 MiB", async () => {
    const discord = await fakeDiscord();
    const post = (bytes: number) =>
      restOf(discord).post(Routes.channelMessages(discord.general.id), {
        body: { content: "c" },
        files: [{ name: "a.bin", data: Buffer.alloc(bytes) }],
      });
    await post(10_485_760);
    expect((await refusal(post(10_485_761))).errors).toContain("attachments");
    const sized = async (bytes: number) => {
      const body = `{"content":"c"}${" ".repeat(bytes - 15)}`;
      const answer = await postRaw(discord, body);
      return answer.status;
    };
    expect(await sized(26_214_400)).toBe(200);
    expect(await sized(26_214_401)).toBe(413);
  });

  test("a body that is no JSON", async () => {
    const discord = await fakeDiscord();
    const answer = await postRaw(discord, "{");
    expect(await answer.json()).toMatchObject({ code: 50109 });
  });
});

describe("a message body is let through with", () => {
  test.for(ALLOWED)("%s", async ([, body]) => {
    const discord = await fakeDiscord();
    await restOf(discord).post(Routes.channelMessages(discord.general.id), { body });
    expect(discord.messages(discord.general)).toHaveLength(1);
    expect(discord.violations).toEqual([]);
  });
});

describe("an edit", () => {
  test("leaves what it does not name and clears what it sets to null", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const body = { content: "c", embeds: [{ title: "t" }] };
    await rest.post(Routes.channelMessages(discord.general.id), { body });
    const [message] = discord.messages(discord.general);
    if (message === undefined) throw new Error("no message");
    const path = Routes.channelMessage(discord.general.id, message.id);
    await rest.patch(path, { body: { content: null } });
    expect(message).toMatchObject({ content: "", embeds: [{ title: "t" }] });
    expect(await refusal(rest.patch(path, { body: { embeds: [] } }))).toMatchObject({ code: 50006 });
  });

  test("cannot give a message of components v2 content, nor make one of it that keeps content", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const send = async (body: object) => {
      await rest.post(Routes.channelMessages(discord.general.id), { body });
      return Routes.channelMessage(discord.general.id, discord.messages(discord.general).at(-1)?.id ?? "");
    };
    const error = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    const modern = await send(v2(display("t")));
    expect((await refusal(rest.patch(modern, { body: { content: "c" } }))).errors).toContain(error);
    const legacy = await send({ content: "c" });
    expect((await refusal(rest.patch(legacy, { body: v2(display("t")) }))).errors).toContain(error);
    await rest.patch(legacy, { body: { ...v2(display("t")), content: null } });
  });
});
