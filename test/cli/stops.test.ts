import { spawn } from "node:child_process";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { planOf } from "../digest/papers.ts";
import { openDiscord } from "../discord/app.ts";
import { openSlack } from "../slack/app.ts";
import { programSpawn } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const HOUR = 3_600_000;

/** A server of one's own on loopback, and how often it was asked. */
async function serve(answer: RequestListener) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, asked: () => asked };
}

async function start(env: Readonly<Record<string, string>>, ...args: string[]) {
  const state = await temporaryFolder();
  const child = spawn(...programSpawn(args, { PAPERBOY_STATE: state, ...env }));
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { log: "" };
  child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
  const closed = once(child, "close");
  const says = async (words: string | RegExp): Promise<void> => {
    await expect.poll(() => said.log, { timeout: 25_000 }).toMatch(words);
  };
  /** Sends signals, and tells what the program ended with and after how many milliseconds. */
  const stop = async (...signals: NodeJS.Signals[]) => {
    const began = performance.now();
    for (const signal of signals) {
      if (signal !== signals[0]) await sleep(700);
      child.kill(signal);
    }
    await closed;
    return { code: child.exitCode, signal: child.signalCode, milliseconds: performance.now() - began };
  };
  return { said, says, stop };
}

const discordAt = (url: string, token = "a.to.ken") => ({ DISCORD_TOKEN: token, DISCORD_API_URL: url });
const slackAt = (url: string) => ({
  SLACK_APP_TOKEN: "xapp-1-a",
  SLACK_BOT_TOKEN: "xoxb-1-b",
  SLACK_API_URL: `${url}/`,
});

const SILENT: RequestListener = () => undefined;
const BUSY: RequestListener = (_request, response) => {
  response.writeHead(429, { "content-type": "application/json", "retry-after": "600" });
  response.end(JSON.stringify({ message: "You are being rate limited.", retry_after: 600, global: false }));
};

/** The time that an end may take, and a little for a busy machine. */
const FIVE = 6000;

describe("a program that is asked to end", () => {
  it.each([
    ["does not answer", SILENT],
    ["asks to wait for ten minutes", BUSY],
  ])("ends in five seconds while a platform %s, and says what it was at", async (_what, answer) => {
    const { url, asked } = await serve(answer);
    const { said, stop } = await start({ ...discordAt(url), ...slackAt(url) });
    await expect.poll(asked, { timeout: 25_000 }).toBeGreaterThan(1);
    const { code, milliseconds } = await stop("SIGTERM");
    expect([code, milliseconds < FIVE]).toEqual([0, true]);
    expect(said.log).toContain("Ended before the start was over of discord, slack");
  });

  it("ends at once when it is asked a second time, by another signal", async () => {
    const { url } = await serve(SILENT);
    const slack = await openSlack();
    slack.failNext("chat.postMessage", { delayMs: 20_000 });
    const settings = {
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
    };
    const { said, says, stop } = await start({ ...settings, ...discordAt(url) });
    await says("Slack: ready");
    await slack.mention({ user: slack.ana, channel: slack.general, text: "help" });
    await slack.until(() => slack.calls.find(({ method }) => method === "chat.postMessage"), "the answer");
    const { code, milliseconds } = await stop("SIGINT", "SIGTERM");
    expect([code, milliseconds < FIVE]).toEqual([143, true]);
    expect(said.log).toContain("Asked again to end, by SIGTERM");
  });

  it("ends soon while it is starting", async () => {
    const { url } = await serve(SILENT);
    for (const wait of [300, 900, 1800]) {
      const { stop } = await start(slackAt(url));
      await sleep(wait);
      const { code, signal, milliseconds } = await stop("SIGTERM");
      expect([code === 0 || signal === "SIGTERM", milliseconds < FIVE]).toEqual([true, true]);
    }
  });

  it("ends while Discord has not taken its commands", async () => {
    const discord = await openDiscord();
    discord.failNext({ route: "GET /applications/:app/commands", status: 429, retryAfterSeconds: 600 });
    const { said, says, stop } = await start(discordAt(discord.apiUrl, discord.token));
    await says("Discord asks to wait");
    const { code, milliseconds } = await stop("SIGTERM");
    expect([code, milliseconds < FIVE]).toEqual([0, true]);
    expect(said.log).toContain("Ended before the start was over of discord");
  });

  it("finishes the digest that it is sending out of two hundred, begins no other, and sends each once in the end", async () => {
    const slack = await openSlack();
    const state = await temporaryFolder();
    const store = await openTestStore(path.join(state, "paperboy.sqlite"));
    const book = createBook(store, () => new Date());
    const due = new Date(Date.now() - HOUR);
    const createdAt = new Date(Date.now() - 3 * HOUR);
    const channels = Array.from({ length: 200 }, (_, i) => slack.channel(`papers-${i}`));
    for (const [i, channel] of channels.entries())
      await book.put({
        id: `s${i}`,
        place: { platform: "slack", server: slack.team.id, channel: channel.id },
        createdBy: "1",
        createdAt,
        scheduledSince: createdAt,
        plan: planOf({
          zone: "UTC",
          time: { hour: due.getUTCHours(), minute: due.getUTCMinutes() },
          delivery: "channel",
          runnersUp: 0,
        }),
        state: { kind: "active" },
      });
    const env = {
      PAPERBOY_STATE: state,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
    };
    const posted = (): number[] => channels.map((channel) => slack.messages(channel).length);
    const sum = (): number => posted().reduce((all, one) => all + one, 0);
    const { said, stop } = await start(env, "digest", "--now");
    await expect.poll(sum, { timeout: 40_000, interval: 5 }).toBeGreaterThan(10);
    const { code, milliseconds } = await stop("SIGTERM");
    expect([code, milliseconds < FIVE]).toEqual([1, true]);
    expect(said.log).toContain("slack was not through when the program was asked to end");
    expect(sum()).toBeLessThan(200);
    expect((await book.openRows()).filter(({ state: { kind } }) => kind === "claimed")).toEqual([]);
    const again = await start(env, "digest", "--now");
    await again.says(/Slack: ready/);
    await expect.poll(sum, { timeout: 60_000 }).toBe(200);
    expect(posted().every((one) => one === 1)).toBe(true);
  }, 120_000);
});
