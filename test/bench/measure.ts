import { stat } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { readCorpus } from "./corpus.ts";
import { engines } from "./engines.ts";
import { makeQuestions } from "./questions.ts";
import { rounded, timeEach } from "./statistics.ts";

/**
 * Measures one engine at one size, in a process of its own: `measure ENGINE PAPERS FILE`. Prints one line of JSON.
 * Memory is what the engine holds beside the papers, in MB (10^6 bytes), after a collection of garbage; and by how much the
 * process has grown, with what lies outside the heap and what V8 has not given back.
 */
const [name = "", size = "", file = ""] = process.argv.slice(2);

function usedMegabytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers, external } = process.memoryUsage();
  return (heapUsed + Math.max(arrayBuffers, external)) / 1e6;
}

const open = engines[name];
if (open === undefined) throw new Error(`There is no engine ${name}`);
const papers = await readCorpus(Number(size));
const questions = makeQuestions(papers, 20_261_121);
const before = usedMegabytes();
const residentBefore = process.memoryUsage.rss();
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const started = performance.now();
const engine = await open(papers, file);
const indexSeconds = (performance.now() - started) / 1000;
delay.disable();
const megabytes = usedMegabytes() - before;
const residentMegabytes = (process.memoryUsage.rss() - residentBefore) / 1e6;

const saveStarted = performance.now();
await engine.save?.(file);
const saveSeconds = (performance.now() - saveStarted) / 1000;
// The trees behind suggestions fill themselves while nobody asks.
await new Promise((resolve) => setTimeout(resolve, 500));

const result = {
  engine: name,
  papers: papers.length,
  indexSeconds: rounded(indexSeconds),
  megabytes: rounded(megabytes),
  residentMegabytes: rounded(residentMegabytes),
  search: await timeEach(questions.searches, engine.search),
  similar: engine.similar === undefined ? null : await timeEach(questions.similar, engine.similar),
  suggest: engine.suggest === undefined ? null : await timeEach(questions.beginnings, engine.suggest),
  ...(engine.save === undefined
    ? {}
    : {
        indexEventLoopDelayP99: rounded(delay.percentile(99) / 1e6),
        saveSeconds: rounded(saveSeconds),
        fileMegabytes: rounded((await stat(engine.file ?? file)).size / 1e6),
      }),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
