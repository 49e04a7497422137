import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { fatalLoginError } from "../../adapters/discord/connection/start-errors.ts";
import { shownText } from "../fakes/discord/index.ts";
import { createApp, openDiscord, startApp } from "./app.ts";

describe("the start", () => {
  it("registers the declared commands once, and again only when they have changed", async () => {
    const { app, discord, lines } = await startApp();
    expect(discord.commandWrites).toHaveLength(1);
    expect(discord.commands().map((one) => one.declared["name"])).toEqual(["paper", "Find similar papers"]);
    expect(lines.join("\n")).toMatch(/the commands were registered/);
    await app.stop();
    const again = await startApp({ discord });
    expect(discord.commandWrites).toHaveLength(1);
    expect(again.lines.join("\n")).toMatch(/the commands are registered/);
    await again.app.stop();
    const changed = await startApp({
      discord,
      changeBot: (bot) => ({ ...bot, commands: bot.commands.filter(({ name }) => name !== "random") }),
    });
    expect(discord.commandWrites).toHaveLength(2);
    expect(changed.lines.join("\n")).toMatch(/were registered/);
    expect(discord.violations).toEqual([]);
  });

  it("registers in one server where a setting says so", async () => {
    const discord = await openDiscord();
    await startApp({ discord, guildId: discord.home.id });
    expect(discord.commands(discord.home.id)).toHaveLength(2);
    expect(discord.commands().filter(({ guildId }) => guildId === undefined)).toEqual([]);
  });

  it("prints the link that adds it to a server, with the least permissions", async () => {
    const { discord, lines } = await startApp();
    const link = lines.join("\n").match(/https:\/\/discord\.com\/oauth2\/authorize\S+/)?.[0] ?? "";
    const query = new URL(link).searchParams;
    expect([query.get("client_id"), query.get("scope")]).toEqual([
      discord.applicationId,
      "bot applications.commands",
    ]);
    // View Channel, Send Messages, Read Message History, Send Messages in Threads
    expect(BigInt(query.get("permissions") ?? 0)).toBe(
      (1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 35n) | (1n << 38n),
    );
  });

  it("names the page to open for a token that is not valid", async () => {
    const { app } = await createApp({ token: "not.a.token" });
    await expect(app.start()).rejects.toThrow(
      /Discord does not accept DISCORD_TOKEN\. Open https:\/\/discord\.com\/developers\/applications/,
    );
  });

  it.each([4010, 4014, 4401, 4004])(
    "does not take an address with port %s where nobody listens for a refusal",
    async (port) => {
      const fatal = fatalLoginError(
        Object.assign(new Error(`connect ECONNREFUSED 127.0.0.1:${port}`), { code: "ECONNREFUSED" }),
      );
      expect(fatal).toBeUndefined();
    },
  );

  it("names the page to open when the gateway does not take the token", async () => {
    const discord = await openDiscord();
    discord.gateway.setSilence("ready");
    const { app } = await createApp({ discord });
    const started = app.start();
    await expect.poll(() => discord.gateway.identified.length, { timeout: 3000 }).toBe(1);
    discord.gateway.close(4004);
    await expect(started).rejects.toThrow(/Discord does not accept DISCORD_TOKEN\./);
  });

  it("names the page to open when Discord refuses the intents", async () => {
    const discord = await openDiscord();
    discord.gateway.setSilence("ready");
    const { app } = await createApp({ discord });
    const started = app.start();
    await expect.poll(() => discord.gateway.identified.length, { timeout: 3000 }).toBe(1);
    discord.gateway.close(4014);
    await expect(started).rejects.toThrow(
      /Discord refuses the intents\. Open https:\/\/discord\.com\/developers/,
    );
  });

  it("tries again when Discord does not answer the login or fails, and never hangs", async () => {
    const discord = await openDiscord();
    discord.gateway.setSilence("all");
    const { app, lines } = await createApp({ discord });
    setTimeout(() => discord.gateway.setSilence("none"), 1700);
    await app.start();
    expect(lines[0]).toMatch(
      /warn Discord cannot be reached; trying again in 0\.1 s: Error: Discord did not answer the login within 1\.5 s/,
    );
    const { message } = await discord.user("ana").command("paper about").outcome();
    expect(message && shownText(message)).toContain("544");
  });

  it("waits out a Discord that answers with errors", async () => {
    const discord = await openDiscord();
    discord.failNext({ route: "GET /gateway/bot", status: 503, times: 5 });
    const { app, lines } = await createApp({ discord });
    await app.start();
    expect(lines[0]).toMatch(/warn Discord cannot be reached; trying again/);
  });
});

describe("the registration of the commands", () => {
  const route = "GET /applications/:app/commands";

  it("is tried again when Discord fails or drops the connection", async () => {
    for (const fault of [{ status: 503 }, { drop: true }]) {
      const discord = await openDiscord();
      // discord.js itself tries four times.
      discord.failNext({ route, ...fault, times: 5 });
      const { lines } = await startApp({ discord });
      expect(lines[0]).toMatch(/warn Discord cannot be reached; trying again in 0\.1 s/);
      expect(lines.join("\n")).toContain("the commands were registered");
    }
  });

  it("is given up when the app is stopped meanwhile", async () => {
    const discord = await openDiscord();
    discord.failNext({ route, status: 503, times: 1000 });
    const { app, lines } = await createApp({ discord });
    const started = app.start();
    await expect.poll(() => lines.length, { timeout: 10_000 }).toBeGreaterThan(0);
    await app.stop();
    await started;
    expect(lines.join("\n")).not.toContain("registered");
  });

  it.each(["1", "4711471147114711", "my server"])(
    "names the setting where “%s” is no server of the app",
    async (id) => {
      const { app } = await createApp({ guildId: id });
      await expect(app.start()).rejects.toThrow(
        new RegExp(`DISCORD_GUILD_ID is “${id}”, but the app is in no server of that id\\. .*Copy Server ID`),
      );
    },
  );
});

describe("under way", () => {
  it("answers though the connection, kept open since the last request, had just been closed", async () => {
    const { discord, lines } = await startApp();
    const routes = [
      "POST /interactions/:interaction/:token/callback",
      "PATCH /webhooks/:app/:token/messages/:message",
    ];
    for (const route of routes) {
      discord.failNext({ route, drop: true });
      const { message } = await discord.user("ana").command("paper search", { query: "grokking" }).outcome();
      expect(message && shownText(message)).toContain("grokking");
    }
    expect(lines.join("\n")).not.toMatch(/warn|error/);
  });

  it("never sends a message a second time over a closed connection, since the first one may be there", async () => {
    const { discord, lines } = await startApp();
    const route = "POST /channels/:channel/messages";
    discord.failNext({ route, applied: true, drop: true });
    discord.user("ana").say(discord.general, `<@${discord.bot.id}> search grokking`);
    await expect.poll(() => lines.join("\n"), { timeout: 10_000 }).toContain("A mention failed (ref-1)");
    const sent = discord.messages(discord.general).filter(({ author }) => author.id === discord.bot.id);
    expect(sent).toHaveLength(1);
  });

  it("leaves out what a gateway says that is no frame, tells it once, and answers on", async () => {
    const { discord, lines } = await startApp();
    for (const text of ['{"op":0,"d":{}}', "<html>", '{"op":9,"d":"yes"}']) discord.gateway.say(text);
    const { message } = await discord.user("ana").command("paper about").outcome();
    expect(message && shownText(message)).toContain("544");
    expect(lines.filter((line) => line.includes("no frame of Discord's"))).toHaveLength(1);
    expect(lines.join("\n")).not.toContain("was lost");
  });

  it("honours a rate limit and a passing error of Discord", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    const route = "PATCH /webhooks/:app/:token/messages/:message";
    const statuses = () =>
      discord.requests.filter((one) => `${one.method} ${one.route}` === route).map(({ status }) => status);
    discord.failNext({ route, status: 429, retryAfterSeconds: 0.2 });
    expect((await ana.command("paper about").outcome()).message).toBeDefined();
    expect(statuses()).toEqual([429, 200]);
    discord.failNext({ route, status: 502 });
    expect((await ana.command("paper about").outcome()).message).toBeDefined();
    expect(statuses()).toEqual([429, 200, 502, 200]);
    expect(discord.violations).toEqual([]);
  });

  it("goes on after a lost connection and a request to reconnect, where it left off", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    for (const lose of [() => discord.gateway.drop(), () => discord.gateway.requestReconnect()]) {
      const resumed = discord.gateway.resumed();
      lose();
      await expect.poll(() => discord.gateway.resumed(), { timeout: 8000 }).toBeGreaterThan(resumed);
      expect((await ana.command("paper about").outcome()).message).toBeDefined();
    }
  });

  it("reports a handler that throws with a reference, tells the person, and stays alive", async () => {
    const { discord, lines } = await startApp({
      changeBot: (bot) => ({
        ...bot,
        handle: (call) =>
          call.command === "random" ? Promise.reject(new Error("out of luck")) : bot.handle(call),
      }),
    });
    const ana = discord.user("ana");
    const { message: told } = await ana.command("paper random").outcome();
    expect(told && shownText(told)).toContain("ref-1");
    expect(lines).toContainEqual("error An interaction failed (ref-1)");
    expect((await ana.command("paper about").outcome()).message).toBeDefined();
  });

  it("logs what Discord refused without the token that would let others answer", async () => {
    const { discord, lines, errors } = await startApp();
    const route = "PATCH /webhooks/:app/:token/messages/:message";
    discord.failNext({ route, status: 400, body: { code: 50035, message: "Invalid Form Body" }, times: 1 });
    const handle = discord.user("ana").command("paper about");
    await expect.poll(() => lines.join("\n"), { timeout: 3000 }).toContain("An interaction failed (ref-1)");
    const logged = inspect(errors, { depth: 6 });
    expect(logged).toContain("50035");
    expect(logged).not.toContain(handle.interaction.token);
  });

  it("lives on when an answer comes too late", async () => {
    const discord = await openDiscord({ responseDeadlineMs: 150 });
    const { lines } = await startApp({ discord });
    const ana = discord.user("ana");
    discord.failNext({ route: "POST /interactions/:interaction/:token/callback", delayMs: 400, times: 1 });
    await expect(ana.command("paper about").acknowledged()).rejects.toThrow("did not respond");
    await expect
      .poll(() => lines.filter((line) => line.includes("too late or twice")).length, { timeout: 3000 })
      .toBe(1);
    expect((await ana.command("paper about").outcome()).message).toBeDefined();
  });

  it("lives on when the quarter of an hour for an answer is over", async () => {
    const { app, discord, lines } = await startApp();
    const ended = app.failed.catch((error: unknown) => String(error));
    const ana = discord.user("ana");
    discord.failNext({
      route: "PATCH /webhooks/:app/:token/messages/:message",
      status: 401,
      body: { code: 50027, message: "Invalid Webhook Token" },
    });
    ana.command("paper about");
    await expect.poll(() => lines.join("\n"), { timeout: 3000 }).toContain("came too late or twice");
    expect(await Promise.race([ended, Promise.resolve("alive")])).toBe("alive");
    expect((await ana.command("paper about").outcome()).message).toBeDefined();
  });

  it("takes an event that is delivered twice once", async () => {
    let calls = 0;
    const { discord } = await startApp({
      changeBot: (bot) => ({
        ...bot,
        handleLine: (said, who) => {
          calls++;
          return bot.handleLine(said, who);
        },
      }),
    });
    const ana = discord.user("ana");
    ana.say(discord.general, `<@${discord.bot.id}> dinov2`);
    const answers = () =>
      discord
        .messages(discord.general)
        .filter(({ author, onlyFor }) => author.id === discord.bot.id && onlyFor === undefined).length;
    await expect.poll(answers, { timeout: 3000 }).toBe(1);
    ana.say(discord.general, `<@${discord.bot.id}> dinov2`);
    discord.gateway.repeatLast();
    await ana.command("paper about").outcome();
    expect([calls, answers()]).toEqual([2, 2]);
    discord.gateway.repeatLast();
    expect((await ana.command("paper about").outcome()).message).toBeDefined();
    expect(discord.violations).toEqual([]);
  });

  it("ends with the page to open when Discord withdraws the token", async () => {
    const { app, discord } = await startApp();
    discord.failNext({ route: "POST /channels/:channel/messages", status: 401, times: 1 });
    discord.user("ana").say(discord.general, `<@${discord.bot.id}> dinov2`);
    await expect(app.failed).rejects.toThrow(/DISCORD_TOKEN.*Reset Token/);
  });

  it("answers what is under way before it stops", async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { app, discord } = await startApp({
      changeBot: (bot) => ({ ...bot, handle: async (call) => held.then(() => bot.handle(call)) }),
    });
    const handle = discord.user("ana").command("paper about");
    await handle.acknowledged();
    const stopped = app.stop();
    release();
    await stopped;
    expect(handle.message && shownText(handle.message)).toContain("544");
  });
});
