import { Events, Routes, type Client } from "discord.js";
import { describe, expect, test } from "vitest";
import { connected, fakeDiscord, refusal, restOf } from "./connect.ts";
import type { FakeDiscord } from "./index.ts";

const POST = "POST /channels/:channel/messages";

function send(client: Client, discord: FakeDiscord): Promise<unknown> {
  const channel = client.channels.cache.get(discord.general.id);
  if (!channel?.isSendable()) throw new Error("no channel");
  return channel.send("c");
}

describe("a fault", () => {
  test("429 makes discord.js wait and try again", async () => {
    const discord = await fakeDiscord();
    const client = await connected(discord);
    const limits: unknown[] = [];
    client.rest.on("rateLimited", ({ global }) => void limits.push(global));
    discord.failNext({ route: POST, status: 429, retryAfterSeconds: 0.2 });
    const before = Date.now();
    await send(client, discord);
    expect(Date.now() - before).toBeGreaterThanOrEqual(190);
    expect(limits).toEqual([false]);
    discord.failNext({ route: POST, status: 429, retryAfterSeconds: 0.1, scope: "global" });
    await send(client, discord);
    expect(limits.at(-1)).toBe(true);
    expect(discord.messages(discord.general)).toHaveLength(2);
  });

  test("429 looks as Discord's", async () => {
    const discord = await fakeDiscord();
    discord.failNext({ status: 429, retryAfterSeconds: 2 });
    const answer = await fetch(`${discord.apiUrl}/v10/users/@me`);
    expect(await answer.json()).toEqual({
      message: "You are being rate limited.",
      retry_after: 2,
      global: false,
    });
    expect(answer.headers.get("retry-after")).toBe("2");
    expect(answer.headers.get("x-ratelimit-bucket")).toMatch(/\w+/);
    discord.failNext({ status: 429, scope: "global" });
    const global = await fetch(`${discord.apiUrl}/v10/users/@me`);
    expect(await global.json()).toMatchObject({ global: true });
    expect(global.headers.get("x-ratelimit-global")).toBe("true");
    expect(global.headers.get("x-ratelimit-bucket")).toBeNull();
    expect(discord.violations).toEqual([]);
  });

  test("503 comes as HTML, so many times and no more", async () => {
    const discord = await fakeDiscord();
    const client = await connected(discord);
    discord.failNext({ route: POST, status: 503, times: 2 });
    await expect(send(client, discord)).rejects.toMatchObject({ status: 503 });
    await send(client, discord);
    const statuses = discord.requests.filter(({ method }) => method === "POST").map(({ status }) => status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  test("with a body of its own answers that", async () => {
    const discord = await fakeDiscord();
    discord.failNext({ status: 403, body: { message: "Missing Permissions", code: 50013 } });
    expect(await refusal(restOf(discord).get(Routes.user()))).toMatchObject({ code: 50013, status: 403 });
    await restOf(discord).get(Routes.user());
  });

  test("401 makes discord.js forget its token", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    discord.failNext({ status: 401 });
    expect(await refusal(rest.get(Routes.user()))).toMatchObject({ status: 401 });
    await expect(rest.get(Routes.user())).rejects.toThrow(/Expected token/);
  });

  test("can drop the connection before or after the work was done", async () => {
    const discord = await fakeDiscord();
    const post = () =>
      restOf(discord).post(Routes.channelMessages(discord.general.id), { body: { content: "c" } });
    discord.failNext({ route: POST, drop: true });
    await expect(post()).rejects.toThrow(/other side closed|socket|fetch failed|ECONNRESET/i);
    expect(discord.messages(discord.general)).toHaveLength(0);
    discord.failNext({ route: POST, drop: true, applied: true });
    await expect(post()).rejects.toThrow(/other side closed|socket|fetch failed|ECONNRESET/i);
    expect(discord.messages(discord.general)).toHaveLength(1);
  });

  test("can be mere slowness, and strikes only its route", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    discord.failNext({ route: "/gateway/bot", delayMs: 150 });
    const before = Date.now();
    await rest.get(Routes.user());
    expect(Date.now() - before).toBeLessThan(140);
    await rest.get(Routes.gatewayBot());
    expect(Date.now() - before).toBeGreaterThanOrEqual(145);
    discord.failNext({ status: 500 });
    discord.clearFaults();
    await rest.get(Routes.user());
  });

  test("on the callback is met by the deadline of the interaction", async () => {
    const discord = await fakeDiscord({ responseDeadlineMs: 80 });
    const client = await connected(discord);
    const body = [{ name: "ask", description: "d" }];
    await restOf(discord).put(Routes.applicationCommands(discord.applicationId), { body });
    client.on(Events.InteractionCreate, (one) => {
      if (one.isChatInputCommand()) void one.reply("c").catch(() => {});
    });
    discord.failNext({ route: "/interactions/:interaction/:token/callback", delayMs: 150 });
    await expect(discord.user("ada").command("ask").outcome()).rejects.toThrow(/did not respond/);
    await expect.poll(() => discord.violations.map(({ kind }) => kind)).toEqual(["unanswered", "late"]);
  });
});
