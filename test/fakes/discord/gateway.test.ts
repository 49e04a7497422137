import { Events, GatewayIntentBits, type ClientOptions } from "discord.js";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { clientOf, connected, fakeDiscord } from "./connect.ts";
import type { FakeDiscord } from "./index.ts";

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;

/** The contents of the messages that a client hears, in order. */
async function hearing(discord: FakeDiscord, intents: ClientOptions["intents"]): Promise<string[]> {
  const heard: string[] = [];
  const client = await connected(discord, { intents });
  client.on(Events.MessageCreate, (message) => void heard.push(message.content));
  return heard;
}

/** Sends frames to the gateway by hand and gives the code it closes with. */
async function closeCode(discord: FakeDiscord, ...frames: unknown[]): Promise<number> {
  const socket = new WebSocket(discord.apiUrl.replace("http", "ws").replace("/api", ""));
  return new Promise((resolve) => {
    socket.on("close", (code) => resolve(code));
    socket.once("message", () => {
      for (const frame of frames) socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
    });
  });
}

const identify = (discord: FakeDiscord, more: object = {}) => ({
  op: 2,
  d: { token: discord.token, intents: 1, properties: {}, ...more },
});

/** A heartbeat of so many bytes, 15 of them around its text. */
const sized = (bytes: number) => ({ op: 1, d: "x".repeat(bytes - 15) });

describe("logging in", () => {
  test("fails with the wrong token (4004), over REST too", async () => {
    const discord = await fakeDiscord();
    expect(await closeCode(discord, identify(discord, { token: "wrong" }))).toBe(4004);
    await expect(clientOf(discord).login("wrong.token")).rejects.toThrow(/invalid token/i);
    expect(discord.violations.map(({ kind }) => kind)).toEqual(["gateway", "unauthorized"]);
    expect(discord.requests[0]?.authorization).toBe("invalid");
  });

  test("fails with a privileged intent that was not granted (4014)", async () => {
    const options = { intents: [Guilds, MessageContent] };
    const strict = await fakeDiscord();
    await expect(clientOf(strict, options).login(strict.token)).rejects.toThrow(/disallowed intents/i);
    const granting = await fakeDiscord({ granted: ["messageContent"] });
    const client = await connected(granting, options);
    expect(client.isReady()).toBe(true);
  });

  test("is refused with unknown intents (4013), a wrong shard (4010) and broken frames (4002)", async () => {
    const discord = await fakeDiscord();
    expect(await closeCode(discord, identify(discord, { intents: 1 << 18 }))).toBe(4013);
    expect(await closeCode(discord, identify(discord, { shard: [2, 2] }))).toBe(4010);
    expect(await closeCode(discord, "{")).toBe(4002);
    // 4096 bytes are let through to the next frame, 4097 are not.
    expect(await closeCode(discord, sized(4096), { op: 99 })).toBe(4001);
    expect(await closeCode(discord, sized(4097), { op: 99 })).toBe(4002);
  });

  test("comes before everything else (4003) and once (4005), and sends are limited (4008)", async () => {
    const discord = await fakeDiscord();
    expect(await closeCode(discord, { op: 3, d: {} })).toBe(4003);
    expect(await closeCode(discord, { op: 99 })).toBe(4001);
    expect(await closeCode(discord, identify(discord), identify(discord))).toBe(4005);
    const beats = Array.from({ length: 121 }, () => ({ op: 1, d: null }));
    expect(await closeCode(discord, ...beats)).toBe(4008);
  });

  test("can be left without READY, and without any answer", async () => {
    for (const silence of ["ready", "all"] as const) {
      const discord = await fakeDiscord();
      discord.gateway.setSilence(silence);
      const client = clientOf(discord);
      let ready = false;
      client.once(Events.ClientReady, () => {
        ready = true;
      });
      client.login(discord.token).catch(() => {});
      await expect.poll(() => discord.gateway.identified.length).toBe(1);
      expect([ready, discord.gateway.connections()]).toEqual([false, 1]);
    }
  });
});

describe("a session", () => {
  test.for([
    ["a broken connection", (discord: FakeDiscord) => discord.gateway.drop()],
    ["a request to reconnect", (discord: FakeDiscord) => discord.gateway.requestReconnect()],
    ["a close with 4000", (discord: FakeDiscord) => discord.gateway.close(4000)],
    ["a resumable invalid session", (discord: FakeDiscord) => discord.gateway.invalidate(true)],
  ] as const)("is resumed after %s, and misses nothing", async ([, interrupt]) => {
    const discord = await fakeDiscord();
    const heard = await hearing(discord, [Guilds, GuildMessages]);
    interrupt(discord);
    discord.user("ada").say(discord.general, `<@${discord.bot.id}> missed?`);
    await expect.poll(() => heard, { timeout: 8000 }).toEqual([`<@${discord.bot.id}> missed?`]);
    await expect.poll(() => discord.gateway.resumed()).toBe(1);
    expect(discord.gateway.identified).toHaveLength(1);
  });

  test("begins anew after an invalid one that cannot be resumed", async () => {
    const discord = await fakeDiscord();
    await connected(discord);
    discord.gateway.invalidate(false);
    await expect.poll(() => discord.gateway.identified.length, { timeout: 8000 }).toBe(2);
    expect(discord.gateway.resumed()).toBe(0);
  });

  test("is closed when heartbeats stay away (4009)", async () => {
    const discord = await fakeDiscord({ heartbeatIntervalMs: 30 });
    expect(await closeCode(discord, identify(discord))).toBe(4009);
  });

  test("stays while heartbeats come", async () => {
    const discord = await fakeDiscord({ heartbeatIntervalMs: 60 });
    const client = await connected(discord);
    await expect.poll(() => client.ws.ping, { timeout: 2000 }).toBeGreaterThanOrEqual(0);
    expect(discord.gateway.connections()).toBe(1);
  });
});

describe("events", () => {
  test("carry content only where Discord shows it to an app without that intent", async () => {
    const discord = await fakeDiscord();
    const heard = await hearing(discord, [Guilds, GuildMessages, DirectMessages]);
    const ada = discord.user("ada");
    const mention = `<@${discord.bot.id}> hi`;
    ada.say(discord.general, "secret");
    const mentioning = ada.say(discord.general, mention);
    ada.say(ada.dm, "direct");
    ada.say(discord.general, "answer", { to: mentioning });
    await expect.poll(() => heard).toEqual(["", mention, "direct", ""]);
  });

  test("carry content always where the intent was granted", async () => {
    const discord = await fakeDiscord({ granted: ["messageContent"] });
    const heard = await hearing(discord, [Guilds, GuildMessages, MessageContent]);
    discord.user("ada").say(discord.general, "open");
    await expect.poll(() => heard).toEqual(["open"]);
  });

  test("come only for the intents identified with, and only from where the bot is", async () => {
    const discord = await fakeDiscord();
    const heard = await hearing(discord, [Guilds, DirectMessages]);
    const hidden = await hearing(discord, [Guilds, GuildMessages]);
    const ada = discord.user("ada");
    const closed = discord.channel("closed", { botPermissions: [] });
    const foreign = discord.channel("talk", { guild: discord.guild("Foreign", { botMember: false }) });
    for (const channel of [discord.general, closed, foreign, ada.dm])
      ada.say(channel, `<@${discord.bot.id}>`);
    await expect.poll(() => heard.length).toBe(1);
    await expect.poll(() => hidden.length).toBe(1);
  });

  test("tell of new and deleted channels, lost permissions and lost guilds", async () => {
    const discord = await fakeDiscord();
    const client = await connected(discord);
    const channel = discord.channel("papers");
    await expect.poll(() => client.channels.cache.has(channel.id)).toBe(true);
    discord.setBotPermissions(channel, ["ViewChannel"]);
    const mayStill = () => {
      const known = client.channels.cache.get(channel.id);
      return known === undefined || known.isDMBased()
        ? undefined
        : known.permissionsFor(client.user)?.has("SendMessages");
    };
    await expect.poll(mayStill).toBe(false);
    discord.deleteChannel(channel);
    await expect.poll(() => client.channels.cache.has(channel.id)).toBe(false);
    discord.kickBot(discord.home);
    await expect.poll(() => client.guilds.cache.size).toBe(0);
  });
});
