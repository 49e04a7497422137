import { monitorEventLoopDelay } from "node:perf_hooks";
import { createDiscordApp } from "../../adapters/discord/discord.ts";
import { createBot } from "../../src/bot/bot.ts";
import type { Library } from "../../src/library/library.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { readCorpus } from "./corpus.ts";
import { rounded } from "./statistics.ts";

/**
 * The Discord app over many papers, in a process of its own: `discord-app API_URL TOKEN PAPERS`. Says `ready` when it
 * is, and at the end of its input how late the event loop was, in milliseconds.
 */
const [apiUrl = "", token = "", papers = ""] = process.argv.slice(2);
const index = createEmbeddedIndex();
await index.add(await readCorpus(Number(papers)));
const library: Library = {
  index,
  facts: () => Promise.reject(new Error("not asked in this benchmark")),
  ingest: () => Promise.reject(new Error("not asked in this benchmark")),
};
const tell = (message: string): void => void process.stderr.write(`${message}\n`);
const log = { info: () => {}, warn: tell, error: tell };
const newReference = (): string => "bench";
const noDigests = () => Promise.reject(new Error("not asked here"));
const bot = createBot({
  library,
  digests: noDigests,
  log,
  now: () => new Date(),
  random: Math.random,
  newReference,
});
const memory = { keep: async () => {}, recall: () => Promise.resolve(undefined) };
const app = createDiscordApp({ token, apiUrl }, { bot, memory, log, newReference });
await app.start();
const delay = monitorEventLoopDelay({ resolution: 5 });
process.stdout.write("ready\n");
process.stdin.once("data", () => delay.enable());
process.stdin.once("end", () => {
  const milliseconds = (share: number): number => rounded(delay.percentile(share) / 1e6);
  process.stdout.write(
    `${JSON.stringify({ p50: milliseconds(50), p99: milliseconds(99), max: rounded(delay.max / 1e6) })}\n`,
  );
  void app.stop().then(() => process.exit(0));
});
