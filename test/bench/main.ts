import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { UserError } from "../../src/user-error.ts";
import { measureBibtex } from "./bibtex.ts";
import { measureChoosing } from "./choosing.ts";
import { missingCorpus } from "./corpus.ts";
import { measureDigests } from "./digest.ts";
import { engines } from "./engines.ts";
import { measureFollows } from "./follows.ts";
import { measureIntake } from "./intake.ts";
import { measurePlatforms } from "./load.ts";
import { measurePeers } from "./peers.ts";
import { measureWeb } from "./web.ts";
import { percentile, rounded } from "./statistics.ts";
import type { Times } from "./statistics.ts";

/**
 * `npm run bench [-- PART... PAPERS...]` measures, as JSON lines, each engine in a process of its own: `search` beside the
 * engines of Node, `peers` beside Lucene and Tantivy, reading `bibtex` beside other readers and the first one here, `intake`,
 * `choosing` digests, sending `digests`, matching `follows`, commands on `platforms`, and pages on the `web`; all of it, some fifteen minutes, where no part is named. The
 * largest size counts for what has one.
 */
const SIZES = [1000, 10_000, 20_000];
const RUNS = 5;

interface Measured {
  readonly engine: string;
  readonly papers: number;
  readonly search: Times;
  readonly similar: Times | null;
  readonly suggest: Times | null;
}

const run = promisify(execFile);
const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const print = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

async function node(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run(process.execPath, [...args], {
    maxBuffer: 2 ** 26,
    env: { ...process.env, ...env },
  });
  return stdout;
}

/** The median of several runs, each in a process of its own. */
async function median(once: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < RUNS; i++) values.push(await once());
  return rounded(percentile(values, 0.5));
}

/** Measures the engines of these names at a size. */
async function measureSize(
  size: number,
  names: readonly string[],
  folder: string,
): Promise<{ measured: Measured[]; openSeconds: number }> {
  const measured: Measured[] = [];
  const file = path.join(folder, `${size}.index`);
  let openSeconds = 0;
  for (const name of names) {
    const result = JSON.parse(
      await node(["--expose-gc", script("measure.js"), name, String(size), file]),
    ) as Measured;
    const ours = name === "paperboy";
    if (ours) openSeconds = await median(async () => Number(await node([script("open.js"), file])));
    print(ours ? { ...result, openSeconds } : result);
    measured.push(result);
  }
  return { measured, openSeconds };
}

/** A whole run of the program on the bundled pages with their saved index, from its start to its end. */
async function measureProgram(folder: string): Promise<number> {
  const program = script("../../adapters/cli/main.js");
  const ask = async (): Promise<number> => {
    const started = performance.now();
    await node([program, "search", "curriculum learning"], { PAPERBOY_STATE: folder });
    return (performance.now() - started) / 1000;
  };
  await ask();
  return median(ask);
}

/** What the figures at the largest size must show, beside the two numbers that each compares. */
function verdicts(measured: readonly Measured[], openSeconds: number, programSeconds: number): object {
  const of = (start: string): Measured | undefined => measured.find(({ engine }) => engine.startsWith(start));
  const below = (value: number | undefined, bound: number | undefined) => ({
    holds: value !== undefined && bound !== undefined && value <= bound,
    value,
    bound,
  });
  const ours = of("paperboy");
  return {
    verdicts: {
      "search p95 ms, at most SQLite FTS5's": below(ours?.search.p95, of("sqlite")?.search.p95),
      "search p95 ms, at most a tenth of MiniSearch's": below(
        ours?.search.p95,
        (of("minisearch, prefix")?.search.p95 ?? 0) / 10,
      ),
      "similar p95 ms": below(ours?.similar?.p95, 20),
      "suggest p95 ms": below(ours?.suggest?.p95, 5),
      "opening the saved index, s": below(openSeconds, 1),
      "the whole program on the bundled pages, s": below(programSeconds, 0.3),
    },
  };
}

/** What can be measured alone, in the order in which all of it is. */
const PARTS = [
  "search",
  "peers",
  "bibtex",
  "intake",
  "choosing",
  "digests",
  "follows",
  "platforms",
  "web",
] as const;
type Part = (typeof PARTS)[number];

async function* measureSearch(sizes: readonly number[], folder: string): AsyncGenerator<object> {
  let last: Awaited<ReturnType<typeof measureSize>> | undefined;
  const all = Object.keys(engines);
  // The others are compared at the largest size alone, since some take minutes.
  const names = (size: number): string[] => (size === sizes.at(-1) ? all : ["paperboy"]);
  for (const size of sizes) last = await measureSize(size, names(size), folder);
  if (last !== undefined) yield verdicts(last.measured, last.openSeconds, await measureProgram(folder));
}

function measurePart(part: Part, sizes: readonly number[], folder: string): AsyncIterable<object> {
  const largest = sizes.at(-1) ?? 0;
  switch (part) {
    case "search":
      return measureSearch(sizes, folder);
    case "peers":
      return measurePeers(largest, folder);
    case "bibtex":
      return measureBibtex(node);
    case "intake":
      return measureIntake(node);
    case "choosing":
      return measureChoosing(largest, node);
    case "digests":
      return measureDigests(largest);
    case "follows":
      return measureFollows(largest);
    case "platforms":
      return measurePlatforms(largest);
    case "web":
      return measureWeb(largest);
  }
}

/** Measures the parts that are named, or all of them, at the sizes that are given. */
async function measureAll(args: readonly string[], folder: string): Promise<void> {
  const given = args.map(Number).filter((size) => size > 0);
  const named = PARTS.filter((part) => args.includes(part));
  const strange = args.filter((arg) => !(Number(arg) > 0) && !PARTS.some((part) => part === arg));
  if (strange.length > 0)
    throw new UserError(
      `There is no part “${strange.join(", ")}”. Name some of ${PARTS.join(", ")}, and sizes.`,
    );
  for (const part of named.length > 0 ? named : PARTS)
    for await (const measured of measurePart(part, given.length > 0 ? given : SIZES, folder)) print(measured);
}

const missing = missingCorpus();
if (missing === undefined) {
  const folder = await mkdtemp(path.join(tmpdir(), "paperboy-bench-"));
  const [cpu] = cpus();
  print({
    cpu: cpu?.model,
    cores: cpus().length,
    memoryGB: rounded(totalmem() / 1e9),
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  });
  try {
    await measureAll(process.argv.slice(2), folder);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true });
  }
} else {
  process.stderr.write(`${missing}\n`);
  process.exitCode = 1;
}
