import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { soak } from "./run.ts";

/**
 * The program on both platforms over simulated days, asked twice a second on each, while digests come and another process
 * takes papers in: `npm run soak -- [--minutes 30] [--seed N] [--papers 20000] [--file 500] [--still]`. Prints one JSON document,
 * and ends with 1 where something must not be; what, is told on the error stream. `--still` takes nothing in meanwhile.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
    papers: { type: "string", default: "20000" },
    file: { type: "string", default: "500" },
    still: { type: "boolean", default: false },
  },
});

/** The number of an option. */
function numberOf(name: "minutes" | "seed" | "papers" | "file"): number {
  const number = Number(values[name]);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new Error(`--${name} ${values[name]} is no number; give one such as --${name} 10`);
}

const tell = (text: string): void => void process.stderr.write(`${text}\n`);
const { report, complaints } = await soak({
  minutes: numberOf("minutes"),
  seed: numberOf("seed"),
  papers: numberOf("papers"),
  file: numberOf("file"),
  still: values.still,
  folder: await mkdtemp(path.join(os.tmpdir(), "paperboy-soak-")),
  tell,
});
process.stdout.write(`${JSON.stringify({ ...report, complaints }, null, 2)}\n`);
for (const complaint of complaints) tell(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;
