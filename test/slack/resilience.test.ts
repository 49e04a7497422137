import { describe, expect, it } from "vitest";
import { SHORTCUTS } from "../../adapters/slack/declare.ts";
import { send } from "../../adapters/slack/listening/respond.ts";
import type { TransportKind } from "./app.ts";
import { createApp, first, need, openSlack, shownText, startApp } from "./app.ts";

describe("starting in Slack", () => {
  it("says that the bot token is wrong, and which page to open", async () => {
    const { app } = await createApp({
      change: (settings) => ({
        ...settings,
        connection: { kind: "socket", appToken: "xapp-1-A-1-x", botToken: "xoxb-wrong" },
      }),
    });
    await expect(app.start()).rejects.toThrow(
      /does not accept SLACK_BOT_TOKEN\. Open https:\/\/api\.slack\.com/,
    );
  });

  it("says that the app token is wrong", async () => {
    const { app } = await createApp({
      change: (settings) =>
        settings.connection.kind === "socket"
          ? { ...settings, connection: { ...settings.connection, appToken: "xapp-1-A-1-wrong" } }
          : settings,
    });
    await expect(app.start()).rejects.toThrow(/does not accept SLACK_APP_TOKEN/);
  });

  it("says which scopes are missing; those for links only where links become cards", async () => {
    const slack = await openSlack({
      scopes: [
        "commands",
        "chat:write",
        "app_mentions:read",
        "im:history",
        "users:read",
        "channels:read",
        "groups:read",
        "channels:history",
        "groups:history",
      ],
    });
    const { app } = await createApp({ slack });
    await expect(app.start()).rejects.toThrow(/lacks the scopes links:read, links:write\. .*Reinstall/);
    const { lines } = await startApp({ slack, unfurl: false });
    expect(lines.join("\n")).toContain("Slack: ready for");
  });

  it("goes on trying while Slack cannot be reached, and says so", async () => {
    const slack = await openSlack();
    slack.failNext("auth.test", { drop: true, times: 2 });
    slack.failNext("apps.connections.open", { status: 503, times: 2 });
    const { lines } = await startApp({ slack });
    const text = lines.join("\n");
    expect(text.match(/Slack cannot be reached; trying again in [\d.]+ s/g)).toHaveLength(2);
    expect(text.match(/info Slack is reached again after \d+ s/g)).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith("warn"))).toHaveLength(2);
    expect(text).toContain("Slack: ready for");
    expect(text).not.toMatch(/xox|xapp/);
  });

  it("can be stopped while Slack cannot be reached", async () => {
    const slack = await openSlack();
    slack.failNext("auth.test", { drop: true, times: 1000 });
    const { app } = await createApp({ slack });
    const started = app.start();
    await app.stop();
    await expect(started).resolves.toBeUndefined();
  });
});

describe("the connection of Socket Mode", () => {
  it("is opened again at once after a refresh, and after a break, and goes on answering", async () => {
    const { slack } = await startApp();
    const { ana, general } = slack;
    const ask = async (): Promise<void> => {
      const asked = await slack.command({ user: ana, channel: general, text: "/paper about" });
      await asked.replied();
    };
    slack.socket.disconnect("refresh_requested");
    await slack.until(() => (slack.socket.opened() >= 2 ? true : undefined), "the second connection");
    await slack.socket.connected();
    await ask();
    slack.socket.drop();
    await slack.until(() => (slack.socket.opened() >= 3 ? true : undefined), "the third connection");
    await slack.socket.connected();
    await ask();
    slack.failNext("apps.connections.open", { drop: true, times: 3 });
    slack.socket.disconnect("warning");
    await slack.until(() => (slack.socket.opened() >= 4 ? true : undefined), "the fourth connection");
    await slack.socket.connected();
    await ask();
    expect(slack.violations).toEqual([]);
  });

  it("ends the app when the token was withdrawn", async () => {
    const { app, slack } = await startApp();
    await slack.uninstall();
    await expect(app.failed).rejects.toThrow(/SLACK_(BOT|APP)_TOKEN/);
  });
});

describe.each<TransportKind>(["socket", "http"])("answering over %s", (transport) => {
  it("acknowledges at once however long the answer takes", async () => {
    const { slack } = await startApp({
      transport,
      changeBot: (bot) => ({
        ...bot,
        handleLine: async (line, caller) => {
          await new Promise((resolve) => setTimeout(resolve, 400));
          return bot.handleLine(line, caller);
        },
      }),
    });
    const asked = await slack.command({ user: slack.ana, channel: slack.general, text: "/paper about" });
    expect(asked.acknowledged).toBe(true);
    expect(asked.answers).toEqual([]);
    await asked.replied();
  });

  it("tells the person a reference when an answer fails, and the operator the same", async () => {
    const { slack, lines } = await startApp({
      transport,
      changeBot: (bot) => ({
        ...bot,
        handleLine: () => Promise.reject(new Error("xoxb-1-secret broke")),
        handleMention: () => Promise.reject(new Error("broke")),
      }),
    });
    const { ana, general } = slack;
    const asked = await slack.command({ user: ana, channel: general, text: "/paper about" });
    const told = first(await asked.replied());
    expect(told.ephemeralFor).toBe(ana.id);
    expect(told.text).toContain("under ref-1");
    const mention = await slack.mention({ user: ana, channel: general, text: "help" });
    expect(first(await mention.replied()).ephemeralFor).toBe(ana.id);
    expect(lines.join("\n")).toContain("A command failed (ref-1)");
    expect(lines.join("\n")).not.toContain("secret");
  });

  it("waits where Slack asks to, and tries again where Slack fails", async () => {
    const { slack } = await startApp({ transport });
    const { ana, general } = slack;
    slack.failNext("chat.postMessage", { status: 429, retryAfter: 1 });
    slack.failNext("chat.postMessage", { status: 500 });
    const mention = await slack.mention({ user: ana, channel: general, text: "help" });
    await mention.replied();
    slack.failNext("response_url", { status: 500 });
    const asked = await slack.command({ user: ana, channel: general, text: "/paper about" });
    await asked.replied();
    expect(slack.violations).toEqual([]);
  });

  it("opens a window though Slack has limited another call of the workspace", async () => {
    const { slack } = await startApp({ transport });
    const { ana, general } = slack;
    // With @slack/web-api 8.2.0 all that this client calls meanwhile waits.
    slack.failNext("chat.postMessage", { status: 429, retryAfter: 6 });
    await slack.mention({ user: ana, channel: general, text: "help" });
    await slack.until(() => slack.calls.find(({ method }) => method === "chat.postMessage"), "a post");
    await (await slack.globalShortcut({ user: ana, callbackId: SHORTCUTS.search })).opened();
    expect(slack.calls.filter(({ method }) => method === "chat.postMessage")).toHaveLength(1);
  });

  it("answers what is under way before it stops", async () => {
    const { app, slack } = await startApp({
      transport,
      changeBot: (bot) => ({
        ...bot,
        handleLine: async (line, caller) => {
          await new Promise((resolve) => setTimeout(resolve, 300));
          return bot.handleLine(line, caller);
        },
      }),
    });
    const asked = await slack.command({ user: slack.ana, channel: slack.general, text: "/paper about" });
    await app.stop();
    expect(asked.answers).toHaveLength(1);
  });

  it("says how to search again under a button whose search is forgotten", async () => {
    const slack = await openSlack();
    const { ana, general } = slack;
    const query = "pretraining ".repeat(40).trim();
    const { app } = await startApp({ transport, slack });
    const asked = await slack.command({ user: ana, channel: general, text: `/paper search ${query}` });
    const answer = first(await asked.replied());
    const forgotten = JSON.parse(
      JSON.stringify(answer.blocks).replaceAll(/"value":"[^"]*"/g, '"value":"#forgotten"'),
    ) as typeof answer.blocks;
    await app.stop();
    await startApp({ transport, slack });
    answer.blocks = forgotten;
    await slack.press(answer, { user: ana, button: "run:0" });
    await slack.until(() => (shownText(answer).includes("too old") ? true : undefined), "an explanation");
    expect(slack.violations).toEqual([]);
  });
});

describe("answers that are tried again", () => {
  it("are not once the app ends, however long the pause would be", async () => {
    const ending = new AbortController();
    let tries = 0;
    const respond = (): Promise<never> => {
      tries++;
      ending.abort();
      return Promise.reject(new Error("busy"));
    };
    await expect(send(respond, { text: "here" }, ending.signal)).rejects.toThrow("busy");
    expect(tries).toBe(1);
  });
});

describe("signed requests", () => {
  it("are refused when the signature is wrong, the body was changed, or they are old", async () => {
    const { slack } = await startApp({ transport: "http" });
    const { ana, general } = slack;
    const statusOf = async (forge: object): Promise<number | undefined> =>
      (await slack.command({ user: ana, channel: general, text: "/paper about", forge })).status;
    expect(await statusOf({ unsigned: true })).toBe(401);
    expect(await statusOf({ tampered: true })).toBe(401);
    expect(await statusOf({ secret: "another" })).toBe(401);
    expect(await statusOf({ ageSeconds: 600 })).toBe(401);
    expect((await slack.verifyUrl("are you there")).ack).toMatchObject({ challenge: "are you there" });
    expect(need(slack.calls[0]).method).toBe("auth.test");
  });
});
