import { spawn } from "node:child_process";
import { once } from "node:events";
import { loadavg } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readCorpus } from "./corpus.ts";
import type { Stage } from "./load.ts";
import { ASKED, discordStage, figures } from "./load.ts";
import { makeQuestions } from "./questions.ts";
import { rounded } from "./statistics.ts";

/** Pages a second and commands a second, and for how many seconds. */
const PAGES = 200;
const COMMANDS = 5;
const SECONDS = 30;

/** New pages that one visitor asks for, one after the other, when nobody else does. */
const ALONE = 300;

/** Papers whose titles the searches are made of. */
const ASKED_OF = 2000;

/** How one page came: milliseconds to its first byte and its last, and what is wrong with it. */
interface Came {
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
  /** 503 where it was refused since too many were asked for; 0 where nothing came. */
  readonly status: number;
}

async function getPage(url: string, started = performance.now()): Promise<Came> {
  try {
    const response = await fetch(url);
    const first = performance.now() - started;
    const bytes = (await response.arrayBuffer()).byteLength;
    return { first, last: performance.now() - started, bytes, status: response.status };
  } catch {
    const last = performance.now() - started;
    return { first: last, last, bytes: 0, status: 0 };
  }
}

/** Runs something at a steady rate, from when each was due: what waits for others counts as late. */
async function steadily<T>(aSecond: number, run: (i: number, due: number) => Promise<T>): Promise<T[]> {
  const began = performance.now();
  const running: Promise<T>[] = [];
  for (let i = 0; i < aSecond * SECONDS; i++) {
    const due = began + (i * 1000) / aSecond;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    running.push(run(i, due));
  }
  return Promise.all(running);
}

function pageFigures(all: readonly Came[]) {
  const refused = all.filter(({ status }) => status === 503);
  const answered = all.filter(({ status }) => status > 0 && status < 500);
  return {
    asked: all.length,
    refused: refused.length,
    errors: all.length - refused.length - answered.length,
    firstByte: figures(answered.map(({ first }) => first)),
    lastByte: figures(answered.map(({ last }) => last)),
    mostBytes: Math.max(...answered.map(({ bytes }) => bytes)),
  };
}

const askDiscord =
  (stage: Stage) =>
  async (i: number): Promise<number> => {
    const [command, options] = ASKED[i % ASKED.length] ?? ["help", {}];
    return stage.ask(command, options);
  };

/** What the app's process says at its end. */
interface Ended {
  readonly cpuMs: number;
  readonly eventLoopDelay: object;
}

/**
 * Asks for search pages, new ones one after the other and then 200 a second of some hundred known ones for half a minute, while five commands a second come from
 * a stand-in for Discord; in milliseconds, from when each was due. Other work on the machine is told by its load.
 */
export async function* measureWeb(papers: number): AsyncGenerator<object> {
  const corpus = await readCorpus(ASKED_OF);
  const [{ searches }, { searches: others }] = [makeQuestions(corpus, 1), makeQuestions(corpus, 2)];
  const stage = await discordStage(papers);
  const script = fileURLToPath(new URL("platform-app.js", import.meta.url));
  const order = JSON.stringify({ ...stage.order, pages: true });
  const child = spawn(process.execPath, [script, order], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const [, address = ""] = String((await lines.next()).value).split(" ");
  const pageOf = (query = ""): string => `${address}search?${new URLSearchParams({ q: query }).toString()}`;
  const page = (i: number): string => pageOf(searches[i % searches.length]);
  for (let i = 0; i < searches.length; i++) await getPage(page(i));
  const alone: Came[] = [];
  // A page that was just made is not made again: these are asked for the first time.
  for (const query of others.slice(0, ALONE)) alone.push(await getPage(pageOf(query)));
  yield { web: "one visitor", papers, load: rounded(loadavg()[0] ?? 0), ...pageFigures(alone) };
  const quiet = await steadily(COMMANDS, askDiscord(stage));
  yield { web: "Discord without pages", firstResponse: figures(quiet) };
  child.stdin.write("go\n");
  const [came, answered] = await Promise.all([
    steadily(PAGES, (i, due) => getPage(page(i), due)),
    steadily(COMMANDS, askDiscord(stage)),
  ]);
  child.stdin.end();
  const { cpuMs, eventLoopDelay } = JSON.parse(String((await lines.next()).value)) as Ended;
  await once(child, "close");
  await stage.close();
  yield {
    web: `${PAGES} pages a second`,
    papers,
    load: rounded(loadavg()[0] ?? 0),
    ...pageFigures(came),
    cpuMsASecond: rounded(cpuMs / SECONDS),
    discord: { commands: answered.length, firstResponse: figures(answered) },
    eventLoopDelay,
  };
}
