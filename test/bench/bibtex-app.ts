import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { readBibtex } from "../../src/sources/bibtex/read-bibtex.ts";
import { CHUNK_BYTES } from "../../src/sources/files/read-file.ts";
import { rounded } from "./statistics.ts";

/**
 * Reads a BibTeX file by one reader, in a process of its own whose memory is measured: `bibtex-app READER FILE`. Prints a line
 * of JSON: papers read, seconds of wall and of the processor, and the most memory that the process had.
 */
const [reader = "", file = ""] = process.argv.slice(2);
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

const READERS: Readonly<Record<string, () => Promise<number>>> = {
  paperboy,
  "@citation-js/plugin-bibtex": citationJs,
  "@retorquere/bibtex-parser": retorquere,
};
const read = READERS[reader];
if (read === undefined) throw new Error(`There is no reader ${reader}`);
const started = performance.now();
const before = process.cpuUsage();
const papers = await read();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const result = {
  reader,
  papers,
  seconds: rounded(seconds),
  processorSeconds: rounded((user + system) / 1e6),
  papersPerSecond: Math.round(papers / seconds),
  peakMegabytes: rounded((process.resourceUsage().maxRSS * 1024) / 1e6),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
