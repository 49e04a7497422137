import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Excuse } from "./accounts/command-account.ts";
import type { Program } from "./program.ts";

/** Milliseconds between two samples. */
const EVERY = 5000;

/** What the program held, and how late its event loop was since the sample before. */
export interface Held {
  /** Seconds since the first sample of the run. */
  readonly at: number;
  readonly pid: number;
  readonly rssMb: number;
  readonly heapMb: number;
  /** File handles. */
  readonly handles: number;
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
}

/** The value of a figure without labels; undefined where there is none. */
function figureOf(text: string, name: string): number | undefined {
  const found = new RegExp(`^${name} (\\S+)`, "m").exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The sum of the samples that begin so; undefined where there is none. */
export function sumOf(text: string, beginning: string): number | undefined {
  const lines = text.split("\n").filter((line) => line.startsWith(beginning));
  return lines.length === 0
    ? undefined
    : lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

/** The program's figures; undefined while it does not answer. */
export async function readFigures({ admin }: Program): Promise<string | undefined> {
  try {
    return await (await fetch(`${admin}/metrics`, { signal: AbortSignal.timeout(EVERY) })).text();
  } catch {
    return undefined;
  }
}

/** Takes samples until it is told to end; those that cannot be had are left out, as while the program is down. */
export async function sampleUntil(ended: AbortSignal, program: Program): Promise<readonly Held[]> {
  const samples: Held[] = [];
  const start = performance.now();
  while (!ended.aborted) {
    const pid = program.pid();
    const sample = pid === undefined ? undefined : await sampleOf(program, pid);
    if (sample !== undefined) samples.push({ at: (performance.now() - start) / 1000, ...sample });
    await sleep(EVERY, undefined, { signal: ended }).catch(() => undefined);
  }
  return samples;
}

async function sampleOf(program: Program, pid: number): Promise<Omit<Held, "at"> | undefined> {
  const figures = await readFigures(program);
  if (figures === undefined) return undefined;
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const handles = (await readdir(`/proc/${pid}/fd`)).length;
    const of = (name: string): number => figureOf(figures, name) ?? Number.NaN;
    return {
      pid,
      rssMb: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024,
      heapMb: of("nodejs_heap_size_used_bytes") / 1024 ** 2,
      handles,
      loopP99Ms: of("nodejs_eventloop_lag_p99_seconds") * 1000,
      loopMaxMs: of("nodejs_eventloop_lag_max_seconds") * 1000,
    };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

/** How long the program's main thread waited for a processor, over time. */
export interface Starvation {
  /** Times in which it waited for half of three seconds, in which a response has to come. */
  readonly times: readonly Excuse[];
  /** The share of all time that it waited. */
  readonly share: number;
}

/** Milliseconds between two looks. */
const LOOK = 500;
/** A time in which a response has to come, in milliseconds, and how much of it may be waited. */
const DEADLINE = 3000;
const WAITED = DEADLINE / 2;

/** Looks how long the program waits for a processor, as Linux counts it, until it is told to end. */
export async function watchProcessor(ended: AbortSignal, program: Program): Promise<Starvation> {
  const looks: { at: number; pid: number; waitedMs: number }[] = [];
  while (!ended.aborted) {
    const pid = program.pid();
    const told = pid === undefined ? "" : await readFile(`/proc/${pid}/schedstat`, "utf8").catch(() => "");
    const waitedMs = Number(told.split(" ")[1]) / 1e6;
    if (pid !== undefined && Number.isFinite(waitedMs)) looks.push({ at: performance.now(), pid, waitedMs });
    await sleep(LOOK, undefined, { signal: ended }).catch(() => undefined);
  }
  const times: Excuse[] = [];
  let [waited, passed] = [0, 0];
  for (const [i, look] of looks.entries()) {
    const previous = looks[i - 1];
    if (previous?.pid === look.pid) {
      waited += look.waitedMs - previous.waitedMs;
      passed += look.at - previous.at;
    }
    const before = looks.slice(0, i).findLast(({ at }) => at <= look.at - DEADLINE);
    if (before?.pid === look.pid && look.waitedMs - before.waitedMs > WAITED)
      times.push({ from: before.at, until: look.at });
  }
  return { times, share: passed === 0 ? 0 : waited / passed };
}
