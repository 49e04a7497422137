import { monitorEventLoopDelay } from "node:perf_hooks";
import { createDiscordApp } from "../../adapters/discord/discord.ts";
import type { Platform } from "../../adapters/platform/platform.ts";
import { createWebServer } from "../../adapters/web/web.ts";
import { createSlackApp } from "../../adapters/slack/slack.ts";
import { createBot } from "../../src/bot/bot.ts";
import type { Library } from "../../src/library/library.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { readCorpus } from "./corpus.ts";
import type { PlatformOrder } from "./load.ts";
import { rounded } from "./statistics.ts";

/**
 * A platform's app over many papers, in a process of its own: `platform-app ORDER`, as JSON. Says `ready`, and where it
 * listens, when it is, and at the end of its input how late the event loop was and how long it used a processor since it was
 * told to go, in milliseconds.
 */
const order = JSON.parse(process.argv[2] ?? "") as PlatformOrder;
const index = createEmbeddedIndex();
await index.add(await readCorpus(order.papers));
const library: Library = {
  index,
  facts: () => Promise.reject(new Error("not asked in this benchmark")),
  titleOf: async (id) => (await index.get(id))?.title,
};
const tell = (message: string): void => void process.stderr.write(`${message}\n`);
let listening = "";
const log = {
  debug: () => undefined,
  info: (message: string) => void (listening = /at (http:\S+)/.exec(message)?.[1] ?? listening),
  warn: tell,
  error: tell,
};
const now = (): Date => new Date();
const newReference = (): string => "bench";
const digests = () => Promise.reject(new Error("not asked here"));
const bot = createBot({ library, digests, log, now, random: Math.random, newReference });
const store = await openSqliteStore(":memory:", now);

function createApp(): Platform {
  if (order.kind === "discord")
    return createDiscordApp(order.settings, { bot, memory: store.buttons, log, newReference });
  return createSlackApp(order.settings, { bot, store, log, newReference });
}

const app = createApp();
await app.start();
const mcp = () => Promise.reject(new Error("not asked here"));
const pages = createWebServer({ host: "127.0.0.1", port: 0 }, { bot, log, newReference, mcp });
if (order.pages === true) await pages.start();
const delay = monitorEventLoopDelay({ resolution: 5 });
process.stdout.write(`ready ${listening}\n`);
let used = process.cpuUsage();
process.stdin.once("data", () => {
  delay.enable();
  used = process.cpuUsage();
});
process.stdin.once("end", () => {
  const milliseconds = (share: number): number => rounded(delay.percentile(share) / 1e6);
  const eventLoopDelay = {
    p50: milliseconds(50),
    p95: milliseconds(95),
    p99: milliseconds(99),
    max: rounded(delay.max / 1e6),
  };
  const { user, system } = process.cpuUsage(used);
  process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000, eventLoopDelay })}\n`);
  void Promise.all([app.stop(), pages.stop()]).then(() => process.exit(0));
});
