import { setTimeout as sleep } from "node:timers/promises";
import { Routes } from "discord.js";
import { describe, expect, test } from "vitest";
import { refusal } from "./connect.ts";
import { FLAGS, MissedDeadline, WaitedInVain } from "./index.ts";
import { setting } from "./interaction-setting.ts";

describe("the first response", () => {
  test("comes too late after the deadline (10062), and the person sees that", async () => {
    const { discord, answer } = await setting({ responseDeadlineMs: 30 });
    const handle = discord.user("ada").command("ask");
    await expect(handle.outcome()).rejects.toThrow(MissedDeadline);
    expect(handle.missed).toBe(true);
    expect(await refusal(answer(handle, 4, { content: "c" }))).toMatchObject({ code: 10062, status: 404 });
    expect(discord.violations.map(({ kind }) => kind)).toEqual(["unanswered", "late"]);
  });

  test("cannot be given twice (40060)", async () => {
    const { discord, answer } = await setting();
    const handle = discord.user("ada").command("ask");
    await answer(handle, 5);
    expect(await refusal(answer(handle, 4, { content: "c" }))).toMatchObject({ code: 40060, status: 400 });
    expect(discord.violations.map(({ kind }) => kind)).toEqual(["acknowledged-twice"]);
  });

  test("needs the token of that interaction (10062)", async () => {
    const { discord, rest } = await setting();
    const { interaction } = discord.user("ada").command("ask");
    const path = Routes.interactionCallback(interaction.id, "wrong");
    expect(await refusal(rest.post(path, { body: { type: 5 }, auth: false }))).toMatchObject({ code: 10062 });
  });

  test("that is refused leaves the interaction open", async () => {
    const { discord, answer } = await setting();
    const handle = discord.user("ada").command("ask");
    expect(await refusal(answer(handle, 4, {}))).toMatchObject({ code: 50006 });
    await answer(handle, 4, { content: "c" });
    expect((await handle.outcome()).message?.content).toBe("c");
  });

  test("to a command is no update, and to typing only choices", async () => {
    const { discord, answer } = await setting();
    const ada = discord.user("ada");
    const command = ada.command("ask");
    for (const type of [1, 6, 7, 8, 12]) {
      expect((await refusal(answer(command, type, { content: "c" }))).errors).toContain("BASE_TYPE_CHOICES");
    }
    const typing = ada.autocomplete("ask", { q: "a" });
    for (const type of [4, 5, 9]) {
      expect((await refusal(answer(typing, type, { content: "c" }))).errors).toContain("BASE_TYPE_CHOICES");
    }
    await answer(typing, 8, { choices: [] });
  });

  test("that defers can carry the ephemeral flag and nothing else", async () => {
    const { discord, answer } = await setting();
    const handle = discord.user("ada").command("ask");
    expect((await refusal(answer(handle, 5, { flags: 32_768 }))).errors).toContain("BASE_TYPE_CHOICES");
    expect((await refusal(answer(handle, 5, { content: "c" }))).errors).toContain("UNKNOWN_PROPERTY");
    await answer(handle, 5, { flags: 64 });
    expect(handle.message?.flags).toBe(FLAGS.ephemeral | FLAGS.loading);
  });

  test("is 204 without content-type, or the message where it is asked for", async () => {
    const { discord, rest } = await setting();
    const ada = discord.user("ada");
    const silent = ada.command("ask").interaction;
    const path = Routes.interactionCallback(silent.id, silent.token);
    const bare = await fetch(`${discord.apiUrl}/v10${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "DiscordBot (https://a.b, 1)" },
      body: JSON.stringify({ type: 4, data: { content: "c" } }),
    });
    expect([bare.status, bare.headers.get("content-type")]).toEqual([204, null]);
    const asked = ada.command("ask");
    const { id, token } = asked.interaction;
    const full = await rest.post(Routes.interactionCallback(id, token), {
      body: { type: 4, data: { content: "c" } },
      query: new URLSearchParams({ with_response: "true" }),
      auth: false,
    });
    expect(full).toMatchObject({
      interaction: { id, response_message_id: asked.message?.id, response_message_ephemeral: false },
      resource: { type: 4, message: { content: "c" } },
    });
  });
});

const choice = (name: string, value: string) => ({ name, value });

describe("choices", () => {
  test.for([
    ["26 of them", Array.from({ length: 26 }, (_, at) => choice(`${at}`, `${at}`)), "BASE_TYPE_MAX_LENGTH"],
    ["a name over 100", [choice("x".repeat(101), "v")], "BASE_TYPE_BAD_LENGTH"],
    ["a value over 100", [choice("n", "x".repeat(101))], "BASE_TYPE_BAD_LENGTH"],
    ["an empty name", [choice("", "v")], "BASE_TYPE_REQUIRED"],
  ] as const)("are refused for %s", async ([, choices, error]) => {
    const { discord, answer } = await setting({ openApi: false });
    const typing = discord.user("ada").autocomplete("ask", { q: "a" });
    const refused = await refusal(answer(typing, 8, { choices }));
    expect(refused.code).toBe(50035);
    expect(refused.errors).toContain(error);
  });
});

describe("after the first response", () => {
  test("the token dies (50027)", async () => {
    const { discord, answer, edit, followUp } = await setting({ tokenLifeMs: 60 });
    const handle = discord.user("ada").command("ask");
    await answer(handle, 4, { content: "c" });
    await edit(handle, { content: "d" });
    await sleep(80);
    expect(await refusal(edit(handle, { content: "e" }))).toMatchObject({ code: 50027, status: 401 });
    expect(await refusal(followUp(handle, { content: "e" }))).toMatchObject({ code: 50027 });
    expect(handle.message?.content).toBe("d");
    expect(discord.violations.map(({ kind }) => kind)).toEqual(["expired-token", "expired-token"]);
  });

  test("and not before, there is something to edit or to follow up (10015)", async () => {
    const { discord, edit, followUp } = await setting();
    const handle = discord.user("ada").command("ask");
    expect(await refusal(edit(handle, { content: "c" }))).toMatchObject({ code: 10015 });
    expect(await refusal(followUp(handle, { content: "c" }))).toMatchObject({ code: 10015 });
  });

  test("a follow-up to a deferral fills it, and stays as private as the deferral", async () => {
    const { discord, answer, followUp } = await setting();
    const handle = discord.user("ada").command("ask");
    await answer(handle, 5);
    await followUp(handle, { content: "c", flags: 64 });
    const { message, followUps } = await handle.outcome();
    expect(message).toMatchObject({ content: "c", flags: 0 });
    expect(followUps).toEqual([]);
  });

  test("the response can be read, deleted and is then unknown (10008)", async () => {
    const { discord, rest, answer, edit } = await setting();
    const handle = discord.user("ada").command("ask");
    await answer(handle, 4, { content: "c" });
    const path = Routes.webhookMessage(discord.applicationId, handle.interaction.token, "@original");
    expect(await rest.get(path, { auth: false })).toMatchObject({ content: "c" });
    await rest.delete(path, { auth: false });
    expect((await handle.outcome()).message).toBeUndefined();
    expect(await refusal(edit(handle, { content: "d" }))).toMatchObject({ code: 10008 });
  });

  test("an edit cannot make a message ephemeral", async () => {
    const { discord, answer, edit } = await setting();
    const handle = discord.user("ada").command("ask");
    await answer(handle, 4, { content: "c" });
    expect((await refusal(edit(handle, { content: "d", flags: 64 }))).errors).toContain("BASE_TYPE_CHOICES");
  });

  test("an app that is only installed to the person has 5 follow-ups (40094)", async () => {
    const { discord, answer, followUp } = await setting();
    const ada = discord.user("ada", { hasApp: true });
    const foreign = discord.channel("talk", { guild: discord.guild("Foreign", { botMember: false }) });
    for (const channel of [foreign, discord.groupDm("friends")]) {
      const handle = ada.command("any", {}, { channel });
      await answer(handle, 4, { content: "c" });
      for (let at = 0; at < 5; at++) await followUp(handle, { content: `${at}` });
      expect(await refusal(followUp(handle, { content: "5" }))).toMatchObject({ code: 40094 });
    }
    const home = ada.command("any");
    await answer(home, 4, { content: "c" });
    for (let at = 0; at < 6; at++) await followUp(home, { content: `${at}` });
    expect(home.followUps).toHaveLength(6);
  });

  test("waiting for a deferral that is never filled ends", async () => {
    const { discord, answer } = await setting({ patienceMs: 50 });
    const handle = discord.user("ada").command("ask");
    await answer(handle, 5);
    await expect(handle.outcome()).rejects.toThrow(WaitedInVain);
  });
});
