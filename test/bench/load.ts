import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { DiscordSettings } from "../../adapters/discord/discord.ts";
import type { SlackSettings } from "../../adapters/slack/settings.ts";
import { createFakeDiscord } from "../fakes/discord/index.ts";
import { createFakeSlack } from "../fakes/slack/index.ts";
import { percentile, rounded } from "./statistics.ts";

/** What the app's process is told. */
export type PlatformOrder = {
  readonly papers: number;
  /** Whether pages are served too. Default no. */
  readonly pages?: true;
} & (
  | { readonly kind: "discord"; readonly settings: DiscordSettings }
  | { readonly kind: "slack"; readonly settings: SlackSettings }
);

/** Commands a second, and for how many seconds. */
const RATE = 20;
const SECONDS = 30;

/** What people ask for: searches of every form, papers near others, help. */
export const ASKED: readonly (readonly [command: string, options: Record<string, string>])[] = [
  ["search", { query: "graph neural networks" }],
  ["search", { query: "how does pretraining help with reinforcement learning?" }],
  ["search", { query: "convolutional netwroks for segmentation after:2018" }],
  ["similar", { papers: "stream processing multicore" }],
  ["search", { query: "language model sort:newest" }],
  ["random", {}],
  ["help", {}],
];

/** A fake platform and somebody who asks there. */
export interface Stage {
  readonly name: string;
  readonly order: PlatformOrder;
  /** Tells the platform where the app listens; empty where the app connects by itself. */
  readonly serveAt: (address: string) => void;
  /** Resolves with the milliseconds until the app first responded, when the whole answer is there. */
  readonly ask: (command: string, options: Readonly<Record<string, string>>) => Promise<number>;
  readonly violations: readonly unknown[];
  readonly close: () => Promise<void>;
}

export async function discordStage(papers: number): Promise<Stage> {
  const discord = await createFakeDiscord({ openApi: false });
  const ana = discord.user("ana");
  return {
    name: "discord",
    order: { kind: "discord", papers, settings: { token: discord.token, apiUrl: discord.apiUrl } },
    serveAt: () => undefined,
    ask: async (command, options) =>
      (await ana.command(`paper ${command}`, options).outcome()).firstResponseMs,
    violations: discord.violations,
    close: () => discord.close(),
  };
}

async function slackStage(papers: number, transport: "socket" | "http"): Promise<Stage> {
  const slack = await createFakeSlack();
  const { appToken, botToken, signingSecret, ana, general } = slack;
  const http = { kind: "http", signingSecret, host: "127.0.0.1", port: 0 } as const;
  const connection: SlackSettings["connection"] =
    transport === "socket"
      ? { kind: "socket", appToken, botToken }
      : { ...http, identity: { kind: "token", botToken } };
  return {
    name: `slack over ${transport}`,
    order: { kind: "slack", papers, settings: { connection, apiUrl: slack.apiUrl, unfurl: false } },
    serveAt: (address) => slack.serveAt(address),
    async ask(command, options) {
      const text = `/paper ${command} ${Object.values(options).join(" ")}`.trim();
      const asked = await slack.command({ user: ana, channel: general, text });
      await asked.replied();
      return asked.afterMs;
    },
    violations: slack.violations,
    close: () => slack.close(),
  };
}

export const figures = (times: readonly number[]) => ({
  p50: rounded(percentile(times, 0.5)),
  p95: rounded(percentile(times, 0.95)),
  p99: rounded(percentile(times, 0.99)),
});

/** Sends commands at a steady rate; resolves with the times to the first response and to the whole answer. */
async function drive(stage: Stage): Promise<{ first: number[]; whole: number[] }> {
  const [first, whole]: [number[], number[]] = [[], []];
  const asked: Promise<void>[] = [];
  for (let i = 0; i < RATE * SECONDS; i++) {
    const [command, options] = ASKED[i % ASKED.length] ?? ["help", {}];
    const started = performance.now();
    asked.push(
      stage.ask(command, options).then((firstMs) => {
        first.push(firstMs);
        whole.push(performance.now() - started);
      }),
    );
    await sleep(1000 / RATE - (performance.now() - started));
  }
  await Promise.all(asked);
  return { first, whole };
}

/**
 * Sends 20 commands a second to the app on a fake platform and measures, in milliseconds, the time to the first response
 * and to the whole answer, and how late the app's event loop was meanwhile.
 */
async function measure(stage: Stage): Promise<object> {
  const script = fileURLToPath(new URL("platform-app.js", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(stage.order)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const [, address = ""] = String((await lines.next()).value).split(" ");
  if (address !== "") stage.serveAt(address);
  for (const [command, options] of ASKED) await stage.ask(command, options);
  child.stdin.write("go\n");
  const { first, whole } = await drive(stage);
  child.stdin.end();
  const { eventLoopDelay } = JSON.parse(String((await lines.next()).value)) as { eventLoopDelay: object };
  await once(child, "close");
  await stage.close();
  return {
    platform: stage.name,
    papers: stage.order.papers,
    commands: whole.length,
    aSecond: RATE,
    firstResponse: figures(first),
    answer: figures(whole),
    eventLoopDelay,
    violations: stage.violations.length,
  };
}

/** The load figures of every platform, one after the other. */
export async function* measurePlatforms(papers: number): AsyncGenerator<object> {
  yield await measure(await discordStage(papers));
  yield await measure(await slackStage(papers, "socket"));
  yield await measure(await slackStage(papers, "http"));
}
