import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { percentile, rounded } from "../bench/statistics.ts";
import { createFakeDiscord } from "../fakes/discord/index.ts";
import { createFakeSlack } from "../fakes/slack/index.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { paperMaker } from "./made-papers.ts";

/**
 * The program on both platforms, asked twice a second on each, while another process takes papers in, one file after the
 * other: `npm run soak -- [--minutes 20] [--papers 20000] [--file 500] [--still]`. Prints one line of JSON, and ends with 1
 * where a command was not answered within the three seconds that both platforms allow. `--still` takes nothing in meanwhile.
 */
const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "20" },
    papers: { type: "string", default: "20000" },
    file: { type: "string", default: "500" },
    still: { type: "boolean", default: false },
  },
});

/** Milliseconds between two commands on a platform. */
const PAUSE_MS = 500;

const ASKED: readonly (readonly [command: string, options: Readonly<Record<string, string>>])[] = [
  ["search", { query: "graph neural networks" }],
  ["search", { query: "how does pretraining help with reinforcement learning?" }],
  ["search", { query: '"language models" netwroks after:2018' }],
  ["search", { query: "vision sort:newest" }],
  ["search", { query: '-"of the" models' }],
  ["similar", { papers: "FastDINOv2" }],
  ["show", { paper: "GPT-4 Technical Report" }],
  ["random", {}],
];

const tell = (text: string): void => void process.stderr.write(`${text}\n`);

const discord = await createFakeDiscord({ openApi: false });
const slack = await createFakeSlack();
const person = discord.user("ana");

/** Asks on a platform; gives the milliseconds to the first response, or why there was none in time. */
type Ask = (command: string, given: Readonly<Record<string, string>>) => Promise<number | string>;

const onDiscord: Ask = async (command, given) => {
  try {
    return (await person.command(`paper ${command}`, given).acknowledged()).afterMs;
  } catch (error) {
    return String(error);
  }
};

const onSlack: Ask = async (command, given) => {
  const text = `/paper ${command} ${Object.values(given).join(" ")}`.trim();
  const { acknowledged, afterMs, failure } = await slack.command({
    user: slack.ana,
    channel: slack.general,
    text,
  });
  return acknowledged ? afterMs : `“${text}” was not acknowledged: ${failure}`;
};

/** Asks until it is time to end, whether or not what was asked before is answered. */
async function askSteadily(ask: Ask, until: number): Promise<(number | string)[]> {
  const asked: Promise<number | string>[] = [];
  while (performance.now() < until) {
    const [command, given] = ASKED[asked.length % ASKED.length] ?? ["random", {}];
    asked.push(ask(command, given));
    await sleep(PAUSE_MS);
  }
  return Promise.all(asked);
}

function summary(results: readonly (number | string)[]): object {
  const times = results.filter((result) => typeof result === "number");
  const missed = results.filter((result) => typeof result === "string");
  return {
    commands: results.length,
    missed: missed.length,
    firstMissed: missed.slice(0, 3),
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
    worst: rounded(Math.max(0, ...times)),
  };
}

const state = await mkdtemp(path.join(os.tmpdir(), "paperboy-soak-"));
const make = await paperMaker();
const file = path.join(state, "more.jsonl");
let made = 0;

/** Takes papers in as a process of its own. */
async function takeIn(count: number): Promise<number> {
  await writeFile(file, make(made, count));
  made += count;
  const started = performance.now();
  const { code, stderr } = await runProgram(["ingest", file], { PAPERBOY_STATE: path.join(state, "state") });
  if (code !== 0) throw new Error(`The papers were not taken in: ${stderr}`);
  return (performance.now() - started) / 1000;
}

tell(`Takes ${options.papers} papers in …`);
await takeIn(Number(options.papers));
const bot = spawn(
  ...programSpawn([], {
    PAPERBOY_STATE: path.join(state, "state"),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
  }),
);
const said: string[] = [];
bot.stderr.on("data", (chunk: Buffer) => {
  const text = chunk.toString();
  said.push(text);
  if (/ (warn|error) /.test(text)) tell(text.trimEnd());
});
const ready = (): boolean =>
  ["Discord: ready", "Slack: ready"].every((words) => said.join("").includes(words));
while (!ready()) {
  if (bot.exitCode !== null) throw new Error(`The program ended: ${said.join("")}`);
  await sleep(200);
}

tell(`Asks for ${options.minutes} minutes …`);
const until = performance.now() + Number(options.minutes) * 60_000;
const seconds: number[] = [];
async function takeInMeanwhile(): Promise<void> {
  while (!options.still && performance.now() < until) seconds.push(await takeIn(Number(options.file)));
}
const [discordResults, slackResults] = await Promise.all([
  askSteadily(onDiscord, until),
  askSteadily(onSlack, until),
  takeInMeanwhile(),
]);
const stopping = performance.now();
bot.kill("SIGTERM");
await once(bot, "close");
const stopSeconds = rounded((performance.now() - stopping) / 1000);
process.stdout.write(
  `${JSON.stringify({
    minutes: Number(options.minutes),
    papersAtFirst: Number(options.papers),
    intakes: seconds.length,
    papersTakenIn: made - Number(options.papers),
    intakeSeconds: rounded(percentile(seconds, 0.5)),
    discord: summary(discordResults),
    slack: summary(slackResults),
    violations: discord.violations.length + slack.violations.length,
    load: os.loadavg().map((value) => rounded(value)),
    stopSeconds,
  })}\n`,
);
await Promise.all([discord.close(), slack.close()]);
await rm(state, { recursive: true });
process.exitCode = [...discordResults, ...slackResults].some((result) => typeof result === "string") ? 1 : 0;
