import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { rounded } from "../bench/statistics.ts";
import { accountDigests } from "./accounts/digest-account.ts";
import { createAsking, type Asking } from "./asking.ts";
import { arrivalsOf, dueBetween, skippedIn, subscribe, TIMES, type Subscribed } from "./digests.ts";
import { KILL } from "./faults/faults.ts";
import { planEpisode } from "./faults/plan.ts";
import { prepareSlowDisk } from "./faults/slow-disk.ts";
import { createStriking, type Striking } from "./faults/striking.ts";
import { paperMaker } from "./made-papers.ts";
import { createProgram, type Program } from "./program.ts";
import { complaintsOf, reportOf, type Report } from "./report.ts";
import { figureOf, readFigures, sampleUntil, watchProcessor } from "./sampling.ts";
import { openStage, type Stage } from "./stage.ts";

/** The first Monday of the papers that the sources have. */
const START = "2026-03-02T00:20:00Z";

/** Channels with a digest on each platform. */
const CHANNELS = 16;

/** Milliseconds: before digests are due, from then on, and of each look that is waited for after that. */
const BEFORE = 3000;
const AFTER = 20_000;
const LOOK = 4000;
/** Looks, a minute apart by the program's clock, in which all that is due has to be done. */
const MOST_LOOKS = 15;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The first share of a run, in which the program is killed now and then; after that it lives on, and is seen growing. */
const KILLING = 0.4;

/** Files of new papers that are taken in before they begin anew with other abstracts, so that memory has no reason to grow. */
const NEW_FILES = 15;

/** How long and with what. */
export interface RunOptions {
  readonly minutes: number;
  readonly seed: number;
  /** Papers there are at first. */
  readonly papers: number;
  /** Papers in each file that is taken in. */
  readonly file: number;
  /** Whether nothing is taken in meanwhile. */
  readonly still: boolean;
  /** An empty folder, which is left empty. */
  readonly folder: string;
  readonly tell: (text: string) => void;
}

interface Run {
  readonly options: RunOptions;
  readonly stage: Stage;
  readonly program: Program;
  readonly asking: Asking;
  readonly striking: Striking;
  readonly takeIn: (count: number, first: number, revision: number) => Promise<void>;
  /** When it began, and when it ends, by `performance.now`. */
  readonly from: number;
  readonly until: number;
}

/** Runs the program over as many simulated days as fit into the time; gives the figures, and what must not be. */
export async function soak(
  options: RunOptions,
): Promise<{ readonly report: Report; readonly complaints: string[] }> {
  const { folder, tell, papers } = options;
  const state = path.join(folder, "state");
  const stage = await openStage(START);
  const disk = await prepareSlowDisk(folder);
  const program = await createProgram({ stage, state, env: disk?.env ?? {}, tell });
  const takeIn = await intake(program, path.join(folder, "more.jsonl"));
  try {
    tell(`Takes ${papers} papers in …`);
    await takeIn(papers, 0, 0);
    await program.start();
    const subscribed = await subscribe(stage, CHANNELS);
    const from = stage.clock.now().getTime();
    const ended = new AbortController();
    const sampling = Promise.all([sampleUntil(ended.signal, program), watchProcessor(ended.signal, program)]);
    const asking = createAsking(stage);
    const striking = createStriking({ stage, program, disk });
    const began = performance.now();
    const until = began + options.minutes * MINUTE_MS;
    const run = { options, stage, program, asking, striking, takeIn, from: began, until };
    const episodes = await liveThrough(run, () => whatIsOpen(subscribed, from, stage));
    ended.abort();
    const [samples, starvation] = await sampling;
    const exitCode = await program.stop();
    const end = stage.clock.now();
    const due = dueBetween(subscribed, from, end.getTime());
    const skipped = await skippedIn(path.join(state, "paperboy.sqlite"), () => end);
    const report = reportOf({
      asked: asking.asked,
      excuses: striking.excuses,
      starvation,
      digests: accountDigests(due, arrivalsOf(subscribed), skipped),
      samples,
      log: program.log(),
      violations: stage.violations(),
    });
    const days = rounded((end.getTime() - from) / DAY_MS);
    const { seed, minutes } = options;
    const restarts = striking.counts[KILL.kind] ?? 0;
    const about = { seed, minutes, simulatedDays: days, episodes, papers, exitCode };
    const heldUp = disk === undefined ? "no C compiler, so no slow disk" : await disk.heldUp();
    return {
      report: { ...about, restarts, faults: striking.counts, writesHeldUp: heldUp, ...report },
      complaints: complaintsOf(report),
    };
  } finally {
    await program.kill();
    await stage.close();
    await rm(folder, { recursive: true });
  }
}

/** Takes papers in by a process of its own. */
async function intake(program: Program, file: string): Promise<Run["takeIn"]> {
  const make = await paperMaker();
  return async (count, first, revision) => {
    await writeFile(file, make(first, count, revision));
    const code = await program.runBeside(["ingest", file]);
    if (code !== 0) throw new Error(`Papers were not taken in: the process ended with ${code}`);
  };
}

function whatIsOpen(subscribed: readonly Subscribed[], from: number, { clock }: Stage): string {
  const due = dueBetween(subscribed, from, clock.now().getTime());
  const { sent, lost } = accountDigests(due, arrivalsOf(subscribed), new Map());
  return `${sent} of ${due.length} digests are there${lost.length > 0 ? `, not ${lost.slice(0, 4).join(", ")}` : ""}`;
}

/** Goes from one time at which digests are due to the next until it is time to end; gives how many there were. */
async function liveThrough(run: Run, progress: () => string): Promise<number> {
  const { asking, stage, striking, options } = run;
  let episode = 0;
  for (; performance.now() < run.until; episode++) {
    const mayKill = performance.now() < run.from + KILLING * (run.until - run.from);
    const plan = planEpisode(options.seed, episode, mayKill);
    striking.beforeLeap(plan);
    await leapTo(run, nextTime(stage.clock.now().getTime()) - BEFORE);
    asking.resume();
    const struck = striking.during(plan, BEFORE, BEFORE + AFTER);
    const meanwhile = options.still ? undefined : takeInFile(run, episode);
    await sleep(BEFORE + AFTER);
    await Promise.all([meanwhile, struck]);
    stage.mend();
    await settle(run);
    await asking.pause();
    await allAnswered(run.program);
    const faults = plan.map(({ fault }) => fault.kind).join(", ");
    options.tell(`${stage.clock.now().toISOString()} ${progress()}; ${faults || "no faults"}`);
  }
  return episode;
}

function takeInFile({ takeIn, options: { papers, file } }: Run, episode: number): Promise<void> {
  const revision = Math.floor(episode / NEW_FILES);
  return takeIn(file, papers + (episode % NEW_FILES) * file, revision);
}

/** The next instant at which digests are due. */
function nextTime(now: number): number {
  const days = [now, now + DAY_MS].map((at) => new Date(at).toISOString().slice(0, 10));
  const all = days.flatMap((day) => TIMES.map((time) => Date.parse(`${day}T${time}Z`)));
  return Math.min(...all.filter((at) => at - BEFORE > now));
}

/** Leaps to an instant: the platforms and sources first, since none of them is ever behind who asks it. */
async function leapTo({ stage: { clock }, program }: Run, at: number): Promise<void> {
  clock.leap(Math.max(0, at - clock.now().getTime()));
  await program.leap();
}

/** How long answers to whoever had given up are waited for, in milliseconds. */
const ANSWERS = 60_000;

/** Waits until no answer is under way: the addresses to answer at would age by the hours of a leap. */
async function allAnswered(program: Program): Promise<void> {
  const until = performance.now() + ANSWERS;
  const isUnderWay = async (): Promise<boolean> =>
    /^paperboy_answers_under_way\{.*\} [1-9]/m.test((await readFigures(program)) ?? "");
  while (performance.now() < until && (await isUnderWay())) await sleep(500);
}

/** Lets looks pass until nothing is to be done about any digest that was due. */
async function settle(run: Run): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const figures = await readFigures(run.program);
    const open = figures === undefined ? undefined : figureOf(figures, "paperboy_digests_open");
    if (look > 0 && open === 0) return;
    const now = run.stage.clock.now().getTime();
    await leapTo(run, now - (now % MINUTE_MS) + MINUTE_MS - 1000);
    await sleep(LOOK);
  }
}
