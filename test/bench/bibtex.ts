import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { corpusLines } from "./corpus.ts";

/** Entries of a file, which with their abstracts have some 1,200 bytes each; readers that keep all take a part. */
const CASES = [
  { reader: "paperboy", entries: 2000 },
  { reader: "@citation-js/plugin-bibtex", entries: 2000 },
  { reader: "@retorquere/bibtex-parser", entries: 2000 },
  { reader: "paperboy", entries: 50_000 },
  { reader: "@citation-js/plugin-bibtex", entries: 50_000 },
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

/** How fast BibTeX files are read, and in how much memory, beside other readers. `node` runs a script. */
export async function* measureBibtex(
  node: (args: readonly string[]) => Promise<string>,
): AsyncGenerator<object> {
  const app = fileURLToPath(new URL("bibtex-app.js", import.meta.url));
  const folder = await mkdtemp(path.join(tmpdir(), "paperboy-bibtex-"));
  try {
    for (const { reader, entries: count } of CASES) {
      const file = path.join(folder, `${count}.bib`);
      await pipeline(Readable.from(entries(count)), createWriteStream(file));
      yield { bibtex: "read", ...(JSON.parse(await node([app, reader, file])) as object) };
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
