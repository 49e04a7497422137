import { setTimeout as sleep } from "node:timers/promises";
import type { Asked } from "./accounts/command-account.ts";
import type { Stage } from "./stage.ts";

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

/** Puts a question; gives how long the first response took, and what waits until there is something to see. */
type Ask = (
  command: string,
  given: Readonly<Record<string, string>>,
) => Promise<{ readonly afterMs: number; readonly shown: () => Promise<unknown> }>;

/** People who ask on both platforms, twice a second on each. */
export interface Asking {
  readonly resume: () => void;
  /** Asks no more; resolves once all that was asked is answered or given up. */
  readonly pause: () => Promise<void>;
  readonly asked: Readonly<Record<"discord" | "slack", readonly Asked[]>>;
}

/** People who have not begun to ask. */
export function createAsking({ discord, slack }: Stage): Asking {
  const person = discord.user("ana");
  const onDiscord: Ask = async (command, given) => {
    const handle = person.command(`paper ${command}`, given);
    return { afterMs: (await handle.acknowledged()).afterMs, shown: () => handle.outcome() };
  };
  const onSlack: Ask = async (command, given) => {
    const text = `/paper ${command} ${Object.values(given).join(" ")}`.trim();
    const exchange = await slack.command({ user: slack.ana, channel: slack.general, text });
    if (!exchange.acknowledged) throw new Error(`“${text}” was not acknowledged: ${exchange.failure}`);
    return { afterMs: exchange.afterMs, shown: () => exchange.replied() };
  };
  const asked = { discord: [] as Asked[], slack: [] as Asked[] };
  let paused: AbortController | undefined;
  let rounds: Promise<unknown> = Promise.resolve();
  return {
    asked,
    resume() {
      if (paused !== undefined) return;
      paused = new AbortController();
      rounds = Promise.all([
        askSteadily(onDiscord, asked.discord, paused.signal),
        askSteadily(onSlack, asked.slack, paused.signal),
      ]);
    },
    async pause() {
      paused?.abort();
      paused = undefined;
      await rounds;
    },
  };
}

/** Asks until it is paused, whether or not what was asked before is answered. */
async function askSteadily(ask: Ask, asked: Asked[], paused: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<unknown>>();
  for (let i = asked.length; !paused.aborted; i++) {
    const [command, given] = ASKED[i % ASKED.length] ?? ["random", {}];
    const one = follow(ask(command, given)).then((end) => {
      asked.push(end);
      underWay.delete(one);
    });
    underWay.add(one);
    await sleep(PAUSE_MS, undefined, { signal: paused }).catch(() => undefined);
  }
  await Promise.all(underWay);
}

async function follow(asking: ReturnType<Ask>): Promise<Asked> {
  const began = performance.now();
  let afterMs: number | undefined;
  try {
    const response = await asking;
    ({ afterMs } = response);
    await response.shown();
    return { began, afterMs, answered: true, ended: performance.now() };
  } catch (error) {
    return {
      began,
      afterMs,
      answered: false,
      ended: performance.now(),
      problem: String(error).slice(0, 200),
    };
  }
}
