import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createFakeDiscord } from "../fakes/discord/index.ts";
import { percentile, rounded } from "./statistics.ts";

/** Commands a second, and for how many seconds. */
const RATE = 20;
const SECONDS = 30;

/** What people ask for: searches of every form, papers near others, help. */
const ASKED: readonly (readonly [command: string, options: Record<string, string>])[] = [
  ["paper search", { query: "graph neural networks" }],
  ["paper search", { query: "how does pretraining help with reinforcement learning?" }],
  ["paper search", { query: "convolutional netwroks for segmentation", after: "2018" }],
  ["paper similar", { papers: "stream processing multicore" }],
  ["paper search", { query: "language model", sort: "newest" }],
  ["paper random", {}],
  ["paper help", {}],
];

const figures = (times: readonly number[]) => ({
  p50: rounded(percentile(times, 0.5)),
  p95: rounded(percentile(times, 0.95)),
  p99: rounded(percentile(times, 0.99)),
});

/**
 * Sends 20 commands a second to the app on a fake Discord and measures, in milliseconds, the time to the first
 * response and to the whole answer, and how late the app's event loop was meanwhile.
 */
export async function measureDiscord(papers: number): Promise<object> {
  const discord = await createFakeDiscord({ openApi: false });
  const script = fileURLToPath(new URL("discord-app.js", import.meta.url));
  const child = spawn(process.execPath, [script, discord.apiUrl, discord.token, String(papers)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const ana = discord.user("ana");
  for (const [command, options] of ASKED) await ana.command(command, options).outcome();
  child.stdin.write("go\n");
  const [first, whole]: [number[], number[]] = [[], []];
  const asked: Promise<void>[] = [];
  for (let i = 0; i < RATE * SECONDS; i++) {
    const [command, options] = ASKED[i % ASKED.length] ?? ["paper help", {}];
    const started = performance.now();
    asked.push(
      ana
        .command(command, options)
        .outcome()
        .then(({ firstResponseMs }) => {
          first.push(firstResponseMs);
          whole.push(performance.now() - started);
        }),
    );
    await sleep(1000 / RATE - (performance.now() - started));
  }
  await Promise.all(asked);
  child.stdin.end();
  const eventLoopDelay = JSON.parse(String((await lines.next()).value)) as object;
  await once(child, "close");
  await discord.close();
  const rules = discord.violations.length;
  return {
    platform: "discord",
    papers,
    commands: asked.length,
    aSecond: RATE,
    firstResponse: figures(first),
    answer: figures(whole),
    eventLoopDelay,
    violations: rules,
  };
}
