import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { createBot } from "../../src/bot/bot.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { openLibrary } from "../../src/library/library.ts";
import { takeAll } from "../../src/library/fetching/take-all.ts";
import { systemClock } from "../../src/sources/fetch/clock.ts";
import { createFilesSource } from "../../src/sources/files/files-source.ts";
import { readCorpus } from "./corpus.ts";
import { percentile, rounded } from "./statistics.ts";

/**
 * One part of the measurement of taking in, in a process of its own whose memory is measured; prints a line of JSON:
 * `take FILE PAGES STATE` takes in a file while questions are answered, `open STATE PAGES` opens the library again, and
 * `peer ENGINE PAPERS` lets another engine index as many papers, which it has in memory.
 */
const [part = "", ...args] = process.argv.slice(2);
const megabytes = (bytes: number): number => rounded(bytes / 1e6);
/** The most memory this process ever had; maxRSS counts in kilobytes of 1024 bytes. */
const peak = (): number => megabytes(process.resourceUsage().maxRSS * 1024);

/** What is held once garbage is collected, in JavaScript's heap and in arrays of numbers outside of it. */
function held(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return megabytes(heapUsed + arrayBuffers);
}

const QUESTIONS = [
  { command: "search", args: { query: "graph neural networks" } },
  { command: "search", args: { query: "how does pretraining help with reinforcement learning?" } },
  { command: "search", args: { query: "convolutional netwroks for segmentation after:2018" } },
  { command: "similar", args: { papers: "FastDINOv2" } },
] as const;
const PAUSE_MS = 50;

const tell = (message: string): void => void process.stderr.write(`${message}\n`);
const log = { debug: () => undefined, info: () => undefined, warn: tell, error: tell };

/** Asks one question after the other until it is told to end; gives the milliseconds of each answer. */
async function askMeanwhile(library: GrowingLibrary, ended: () => boolean): Promise<number[]> {
  const now = (): Date => new Date();
  const digests = () => Promise.reject(new Error("not asked in this benchmark"));
  const bot = createBot({ library, digests, log, now, random: Math.random, newReference: () => "bench" });
  const times: number[] = [];
  for (let i = 0; !ended(); i++) {
    const question = QUESTIONS[i % QUESTIONS.length] ?? QUESTIONS[0];
    const started = performance.now();
    const reply = await bot.handle({ ...question, caller: { platform: "bench", user: "bench" } });
    if (reply.tone !== "plain") throw new Error(reply.summary);
    times.push(performance.now() - started);
    await sleep(PAUSE_MS);
  }
  return times;
}

async function take([file = "", pages = "", state = ""]: readonly string[]): Promise<object> {
  const library = await openLibrary({ pages, state, meaning: "data/meaning" }, log);
  const { signal } = new AbortController();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let ended = false;
  const asked = askMeanwhile(library, () => ended);
  delay.enable();
  const started = performance.now();
  const report = await takeAll(library, createFilesSource([file], systemClock).read({ signal }), { signal });
  const seconds = (performance.now() - started) / 1000;
  delay.disable();
  ended = true;
  const times = await asked;
  const saving = performance.now();
  await library.save();
  const saveSeconds = rounded((performance.now() - saving) / 1000);
  const heldMegabytes = held();
  const read = report.added + report.improved + report.unchanged;
  return {
    papers: await library.index.size(),
    lines: read,
    seconds: rounded(seconds),
    linesPerSecond: Math.round(read / seconds),
    peakMegabytes: peak(),
    answers: times.length,
    answerMs: {
      p50: rounded(percentile(times, 0.5)),
      p95: rounded(percentile(times, 0.95)),
      p99: rounded(percentile(times, 0.99)),
    },
    eventLoopDelayMs: { p99: rounded(delay.percentile(99) / 1e6), max: rounded(delay.max / 1e6) },
    saveSeconds,
    heldMegabytes,
  };
}

async function open([pages = "", state = ""]: readonly string[]): Promise<object> {
  const started = performance.now();
  const library = await openLibrary({ pages, state, meaning: "data/meaning" }, log);
  await library.index.suggest("gra", 5);
  const seconds = (performance.now() - started) / 1000;
  const heldMegabytes = held();
  return {
    papers: await library.index.size(),
    openSeconds: rounded(seconds),
    peakMegabytes: peak(),
    heldMegabytes,
  };
}

async function peer([name = "", count = ""]: readonly string[]): Promise<object> {
  // Not above: their code would count in the other parts.
  const { engines } = await import("./engines.ts");
  const engine = engines[name];
  if (engine === undefined) throw new Error(`There is no engine ${name}`);
  const papers = await readCorpus(Number(count));
  const started = performance.now();
  const asked = await engine(papers, "");
  const seconds = (performance.now() - started) / 1000;
  const papersPerSecond = Math.round(papers.length / seconds);
  const heldMegabytes = held();
  asked.search("held until here");
  return {
    engine: name,
    papers: papers.length,
    seconds: rounded(seconds),
    papersPerSecond,
    peakMegabytes: peak(),
    heldMegabytes,
  };
}

const PARTS: Readonly<Record<string, (rest: readonly string[]) => Promise<object>>> = { take, open, peer };
const run = PARTS[part];
if (run === undefined) throw new Error(`There is no part ${part}`);
process.stdout.write(`${JSON.stringify(await run(args))}\n`);
