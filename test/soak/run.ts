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
import { complaintsOf, reportOf, type Report, type Seen } from "./report.ts";
import { readFigures, sumOf, sampleUntil, watchProcessor } from "./sampling.ts";
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
  readonly intakes: Intakes;
  readonly subscribed: readonly Subscribed[];
  /** When the digests were set up, by the clock of the stage. */
  readonly since: number;
  /** When it began, and when it ends, by `performance.now`. */
  readonly from: number;
  readonly until: number;
}

/** Papers that are taken in by processes of their own. */
interface Intakes {
  readonly takeIn: (count: number, first: number, revision: number) => Promise<void>;
  count: number;
  /** Why some failed. */
  readonly failures: string[];
}

/** What came of a run: the figures, and what must not be. */
export interface Outcome {
  readonly report: Report;
  readonly complaints: readonly string[];
}

/** Runs the program over as many simulated days as fit into the time. */
export async function soak(options: RunOptions): Promise<Outcome> {
  const { folder, tell, papers } = options;
  const state = path.join(folder, "state");
  const stage = await openStage(START);
  const disk = await prepareSlowDisk(folder);
  const program = await createProgram({ stage, state, env: disk?.env ?? {}, tell });
  const intakes = await createIntakes(program, path.join(folder, "more.jsonl"));
  const ended = new AbortController();
  try {
    tell(`Takes ${papers} papers in …`);
    await intakes.takeIn(papers, 0, 0);
    await program.start();
    const subscribed = await subscribe(stage, CHANNELS);
    const since = stage.clock.now().getTime();
    const watching = Promise.all([sampleUntil(ended.signal, program), watchProcessor(ended.signal, program)]);
    const asking = createAsking(stage);
    const striking = createStriking({ stage, program, disk });
    const from = performance.now();
    const until = from + options.minutes * MINUTE_MS;
    const run: Run = { options, stage, program, asking, striking, intakes, subscribed, since, from, until };
    const episodes = await liveThrough(run);
    ended.abort();
    const [samples, starvation] = await watching;
    const exitCode = await program.stop();
    const skipped = await skippedIn(path.join(state, "paperboy.sqlite"), stage.clock.now);
    const { complaints, report } = drawUp(run, { samples, starvation, skipped, exitCode });
    const writesHeldUp = disk === undefined ? "no C compiler, so no slow disk" : await disk.heldUp();
    return { complaints, report: { ...report, episodes, writesHeldUp } };
  } finally {
    ended.abort();
    await program.kill();
    await stage.close();
    await rm(folder, { recursive: true });
  }
}

/** What was seen of the program while it ran, and when it had ended. */
interface Watched extends Pick<Seen, "samples" | "starvation"> {
  readonly skipped: ReadonlyMap<string, string>;
  readonly exitCode: number | null;
}

function drawUp(run: Run, { samples, starvation, skipped, exitCode }: Watched): Outcome {
  const { options, stage, program, asking, striking, intakes, subscribed, since } = run;
  const end = stage.clock.now().getTime();
  const report = reportOf({
    asked: asking.asked,
    excuses: striking.excuses,
    starvation,
    digests: accountDigests(dueBetween(subscribed, since, end), arrivalsOf(subscribed), skipped),
    samples,
    log: program.log(),
    violations: stage.violations(),
  });
  const complaints = [
    ...complaintsOf(report),
    ...intakes.failures.map((why) => `Papers were not taken in: ${why}`),
    ...(exitCode === 0 ? [] : [`The program ended with ${exitCode} when it was asked to end`]),
  ];
  const { seed, minutes, papers } = options;
  const simulatedDays = rounded((end - since) / DAY_MS);
  const restarts = striking.counts[KILL.kind] ?? 0;
  const about = { seed, minutes, simulatedDays, papers, intakes: intakes.count, restarts };
  return { complaints, report: { ...about, faults: striking.counts, exitCode, ...report } };
}

async function createIntakes(program: Program, file: string): Promise<Intakes> {
  const make = await paperMaker();
  const intakes: Intakes = {
    count: 0,
    failures: [],
    async takeIn(count, first, revision) {
      await writeFile(file, make(first, count, revision));
      const failure = await program.runBeside(["ingest", file]);
      intakes.count++;
      if (failure !== undefined) intakes.failures.push(failure);
    },
  };
  return intakes;
}

/** How far it is, in words. */
function progress(run: Run): string {
  const due = dueBetween(run.subscribed, run.since, run.stage.clock.now().getTime()).length;
  const lost = missing(run);
  const which = lost.length === 0 ? "" : `, not ${lost.slice(0, 4).join(", ")}`;
  return `${run.stage.clock.now().toISOString()} ${due - lost.length} of ${due} digests are there${which}`;
}

/** Goes from one time at which digests are due to the next until it is time to end; gives how many there were. */
async function liveThrough(run: Run): Promise<number> {
  const { asking, stage, striking, options } = run;
  let episode = 0;
  for (; performance.now() < run.until; episode++) {
    const mayKill = performance.now() < run.from + KILLING * (run.until - run.from);
    const plan = planEpisode(options.seed, episode, mayKill);
    striking.beforeLeap(plan);
    await leapTo(run, nextTime(stage.clock.now().getTime()) - BEFORE);
    asking.resume();
    const length = BEFORE + AFTER;
    await Promise.all([sleep(length), striking.during(plan, BEFORE, length), takeInFile(run, episode)]);
    stage.mend();
    // Settling leaps, too, and Discord takes an answer for a quarter of an hour: nobody may be waiting for one.
    await asking.pause();
    await allAnswered(run.program);
    await settle(run);
    const faults = plan.map(({ fault }) => fault.kind).join(", ");
    options.tell(`${progress(run)}; ${faults || "no faults"}`);
  }
  return episode;
}

function takeInFile({ intakes, options: { papers, file, still } }: Run, episode: number): Promise<void> {
  const revision = Math.floor(episode / NEW_FILES);
  return still ? Promise.resolve() : intakes.takeIn(file, papers + (episode % NEW_FILES) * file, revision);
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

/** The digests that were due and have not come. */
function missing({ subscribed, since, stage: { clock } }: Run): readonly string[] {
  const due = dueBetween(subscribed, since, clock.now().getTime());
  return accountDigests(due, arrivalsOf(subscribed), new Map()).lost;
}

/** Lets looks pass until all that was due is there, and nothing is to be done about it. */
async function settle(run: Run): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const figures = await readFigures(run.program);
    const open = figures === undefined ? undefined : sumOf(figures, 'paperboy_due_open{kind="digest"');
    if (look > 0 && open === 0 && missing(run).length === 0) return;
    const now = run.stage.clock.now().getTime();
    await leapTo(run, now - (now % MINUTE_MS) + MINUTE_MS - 1000);
    await sleep(LOOK);
  }
}
