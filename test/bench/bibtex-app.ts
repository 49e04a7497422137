import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { readBibtex } from "../../src/sources/bibtex/read-bibtex.ts";
import { CHUNK_BYTES } from "../../src/sources/files/read-file.ts";
import { rounded } from "./statistics.ts";

/**
 * Reads a BibTeX file by one reader, in a process of its own whose memory is measured: `bibtex-app READER FILE MODULE`, the
 * module that of this program's first reader. Prints a line of JSON: papers read, seconds of wall and of the processor, those of a
 * second reading in the same process, whose code is compiled, and the most memory that the process had in the first.
 */
const [reader = "", file = "", firstModule = ""] = process.argv.slice(2);
const require = createRequire(import.meta.url);

async function paperboy(): Promise<number> {
  let papers = 0;
  for await (const item of readBibtex(createReadStream(file, { highWaterMark: CHUNK_BYTES }), file))
    if (item.kind === "paper") papers++;
  return papers;
}

/** Neither peer has types that pass the compiler's checks of libraries. */
async function citationJs(): Promise<number> {
  const { Cite } = require("@citation-js/core") as { Cite: new (text: string) => { data: unknown[] } };
  const plugin: unknown = require("@citation-js/plugin-bibtex");
  if (plugin === undefined) throw new Error("The plug-in for BibTeX is not there");
  return new Cite(await readFile(file, "utf8")).data.length;
}

/** By a variable, so that its types are not asked for; its build for `require` cannot be loaded. */
async function retorquere(): Promise<number> {
  const name: string = "@retorquere/bibtex-parser";
  const { parse } = (await import(name)) as { parse: (text: string) => { entries: unknown[] } };
  return parse(await readFile(file, "utf8")).entries.length;
}

async function first(): Promise<number> {
  const { parseBibtex } = (await import(firstModule)) as {
    parseBibtex: (name: string, text: string) => { items: unknown[] };
  };
  return parseBibtex(file, await readFile(file, "utf8")).items.length;
}

const READERS: Readonly<Record<string, () => Promise<number>>> = {
  paperboy,
  "paperboy's first": first,
  "@citation-js/plugin-bibtex": citationJs,
  "@retorquere/bibtex-parser": retorquere,
};
const read = READERS[reader];
if (read === undefined) throw new Error(`There is no reader ${reader}`);

/** Papers that are read, and how long it took, in seconds. */
async function timed(once: () => Promise<number>): Promise<[number, { wall: number; processor: number }]> {
  const started = performance.now();
  const before = process.cpuUsage();
  const papers = await once();
  const { user, system } = process.cpuUsage(before);
  return [papers, { wall: (performance.now() - started) / 1000, processor: (user + system) / 1e6 }];
}

const [papers, { wall, processor }] = await timed(read);
const peak = process.resourceUsage().maxRSS * 1024;
const [, again] = await timed(read);
const result = {
  reader,
  papers,
  seconds: rounded(wall),
  processorSeconds: rounded(processor),
  processorSecondsAgain: rounded(again.processor),
  peakMegabytes: rounded(peak / 1e6),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
