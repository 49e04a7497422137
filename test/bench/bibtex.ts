import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { corpusLines } from "./corpus.ts";
import { compileFirstReader } from "./first-reader.ts";
import { rounded } from "./statistics.ts";

/** Entries of a file, which with their abstracts have some 1,200 bytes each. */
const [FEW, MANY] = [2000, 50_000];
const OURS = "paperboy";
const FIRST = "paperboy's first";
const CITATION_JS = "@citation-js/plugin-bibtex";
/** One that keeps all reads a part. */
const CASES = [
  { readers: [OURS, FIRST, CITATION_JS, "@retorquere/bibtex-parser"], count: FEW, runs: 1 },
  { readers: [OURS, FIRST, CITATION_JS], count: MANY, runs: 3 },
] as const;

interface CorpusPaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly date: string;
}

/** What of LaTeX must be in order for the other readers: one command that they do not know ends the whole file for one. */
const bare = (text: string): string => text.replace(/[{}\\$#%&_^~]/g, "");

const turned = (name: string): string => bare(name).replace(/^(.+) (\S+)$/, "$2, $1");

function entryOf(line: string, number: number): string {
  const { title, abstract, authors, date } = JSON.parse(line) as CorpusPaper;
  return `@article{key${number},
  title = {{${bare(title)}}},
  author = {${authors.map(turned).join(" and ")}},
  journal = {Journal of M{\\"u}ller},
  volume = {${number % 90}},
  number = ${number % 12},
  pages = {${number}--${number + 9}},
  year = ${date.slice(0, 4)},
  month = jan,
  doi = {10.1234/abc.${number}},
  url = {https://example.org/${number}},
  abstract = {${bare(abstract).slice(0, 900)}},
}

`;
}

async function* entries(count: number): AsyncGenerator<string> {
  let number = 0;
  for await (const line of corpusLines(count)) yield entryOf(line, number++);
}

/** What one reading of a file gave; `bibtex-app` prints it. */
interface Reading {
  readonly reader: string;
  readonly papers: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly processorSecondsAgain: number;
  readonly peakMegabytes: number;
}

/** Of several readings the best times, since other work on the machine only ever takes some more, and the most memory. */
function best(readings: readonly Reading[]): Reading | undefined {
  const [one] = readings;
  const least = (name: "seconds" | "processorSeconds" | "processorSecondsAgain"): number =>
    Math.min(...readings.map((reading) => reading[name]));
  return (
    one && {
      ...one,
      seconds: least("seconds"),
      processorSeconds: least("processorSeconds"),
      processorSecondsAgain: least("processorSecondsAgain"),
      peakMegabytes: Math.max(...readings.map(({ peakMegabytes }) => peakMegabytes)),
    }
  );
}

/** How many times as fast as the others this program's reader is, in the same run. */
function compared(all: readonly Reading[]): object {
  const ours = all.find(({ reader }) => reader === OURS);
  const others = all.filter(({ reader }) => reader !== OURS);
  const times = (name: "seconds" | "processorSeconds" | "processorSecondsAgain") =>
    Object.fromEntries(others.map((other) => [other.reader, rounded(other[name] / (ours?.[name] ?? 0))]));
  return {
    timesAsFastAs: {
      wall: times("seconds"),
      processor: times("processorSeconds"),
      processorAgain: times("processorSecondsAgain"),
    },
  };
}

/** Why something failed, in one line. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ").slice(0, 300);

/** How fast BibTeX files are read, and in how much memory, beside other readers. `node` runs a script. */
export async function* measureBibtex(
  node: (args: readonly string[]) => Promise<string>,
): AsyncGenerator<object> {
  const app = fileURLToPath(new URL("bibtex-app.js", import.meta.url));
  const folder = await mkdtemp(path.join(tmpdir(), "paperboy-bibtex-"));
  try {
    let first = "";
    try {
      first = await compileFirstReader(path.join(folder, "first"));
    } catch (error) {
      yield { bibtex: "read", reader: FIRST, notMeasured: reasonOf(error) };
    }
    for (const { readers, count, runs } of CASES) {
      const file = path.join(folder, `${count}.bib`);
      await pipeline(Readable.from(entries(count)), createWriteStream(file));
      const here = readers.filter((reader) => reader !== FIRST || first !== "");
      const readings = new Map<string, Reading[]>(here.map((reader) => [reader, []]));
      // They take turns, so that what else the machine does is the same for all.
      for (let i = 0; i < runs; i++)
        for (const [reader, own] of readings)
          own.push(JSON.parse(await node([app, reader, file, first])) as Reading);
      const all = [...readings.values()].flatMap((own) => best(own) ?? []);
      for (const one of all) yield { bibtex: "read", ...one };
      yield { bibtex: `${count} entries`, ...compared(all) };
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
