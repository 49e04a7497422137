import type { Hash } from "node:crypto";
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { createCatalogue } from "../corpus/merge.ts";
import { parsePage } from "../corpus/pages/parse-page.ts";
import type { Listing, Paper } from "../corpus/paper.ts";
import { authorCount } from "../corpus/paper.ts";
import type { PartialDate } from "../corpus/partial-date.ts";
import type { Problem } from "../corpus/problem.ts";
import { renderProblem } from "../corpus/problem.ts";
import type { Log } from "../log.ts";
import { UserError } from "../user-error.ts";
import { createEmbeddedIndex, openEmbeddedIndex } from "../search/embedded/embedded-index.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { IngestReport } from "./ingest.ts";
import { readListings } from "./ingest.ts";
import { createIntake, saveIndex } from "./intake.ts";
import { readStoredListings, storedFile } from "./stored-listings.ts";

/** Where a library's papers lie and where it keeps its own files. */
export interface LibrarySettings {
  /** Folder of saved pages (`*.txt`), only read. */
  readonly pages: string;
  /** Folder for the papers taken in and for the saved index; made when it is needed. */
  readonly state: string;
}

/** What a library knows of itself. */
export interface LibraryFacts {
  readonly papers: number;
  readonly dated: number;
  /** Papers whose authors are known by name or number, and those known by name. */
  readonly withAuthors: number;
  readonly withNames: number;
  readonly withOrganisation: number;
  readonly withComments: number;
  /** Dates of the oldest and the newest paper that has one. */
  readonly oldest?: PartialDate;
  readonly newest?: PartialDate;
  /** Files the papers were read from, by name. */
  readonly sources: readonly string[];
  /** When papers were last taken in; absent for a library of the bundled pages alone. */
  readonly updatedAt?: Date;
}

/** The papers and their index. */
export interface Library {
  readonly index: PaperIndex;
  readonly facts: () => Promise<LibraryFacts>;
  /** Takes in files of papers; what in them cannot be read is reported and loses nothing else. */
  readonly ingest: (files: readonly string[]) => Promise<IngestReport>;
}

/** A library that goes on taking in papers. */
export interface GrowingLibrary extends Library {
  /** Takes in papers while the index answers: they are stored and found when this resolves. `save` follows some time. */
  readonly take: (listings: readonly Listing[]) => Promise<IngestReport>;
  /** What `take` would change; changes nothing. */
  readonly preview: (listings: readonly Listing[]) => Promise<IngestReport>;
  /** Saves the index where papers were taken in since it was saved. Not to call it costs the next start some time. */
  readonly save: () => Promise<void>;
}

interface Sources {
  readonly pages: readonly { readonly name: string; readonly text: string }[];
  readonly stored: readonly Listing[];
  readonly storedBytes: number;
  readonly problems: readonly Problem[];
  /** Over every byte of the sources, open for what is stored later. */
  readonly hash: Hash;
}

const INDEX_FILE = "papers.index";

async function readPage(folder: string, name: string): Promise<{ name: string; text: string } | Problem> {
  const file = path.join(folder, name);
  try {
    return { name, text: await readFile(file, "utf8") };
  } catch (error) {
    return {
      file,
      expected: "a page that can be read",
      found: error instanceof Error ? error.message : String(error),
    };
  }
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The folder of saved pages, ${folder}, cannot be read: ${found}. Set PAPERBOY_PAGES to another one.`,
    );
  }
}

async function readSources({ pages: folder, state }: LibrarySettings): Promise<Sources> {
  const names = (await listFolder(folder)).filter((name) => name.endsWith(".txt")).toSorted();
  const read = await Promise.all(names.map((name) => readPage(folder, name)));
  const pages = read.flatMap((page) => ("text" in page ? [page] : []));
  const stored = await readStoredListings(state);
  const hash = createHash("sha256");
  for (const { name, text } of pages) hash.update(`${name}\0${text}\0`);
  hash.update(stored.text);
  const problems = [...read.flatMap((page) => ("text" in page ? [] : [page])), ...stored.problems];
  return { pages, stored: stored.items, storedBytes: stored.end, problems, hash };
}

/** Changes with every byte of the sources. */
function fingerprintOf({ hash }: Sources): string {
  return hash.copy().digest("hex");
}

/** All listings of the sources as papers, and what could not be read. */
function readPapers(sources: Sources): { papers: Paper[]; problems: Problem[] } {
  const parsed = sources.pages.map(({ name, text }) => parsePage(name, text));
  const catalogue = createCatalogue();
  for (const listing of [...parsed.flatMap((page) => page.items), ...sources.stored]) catalogue.file(listing);
  return {
    papers: catalogue.papers(),
    problems: [...sources.problems, ...parsed.flatMap((page) => page.problems)],
  };
}

interface OpenedIndex {
  readonly index: PaperIndex;
  /** False where a source has problems: every start reads the sources again, so that they are told until they are mended. */
  readonly savable: boolean;
}

async function buildIndex(settings: LibrarySettings, sources: Sources, log: Log): Promise<OpenedIndex> {
  const { papers, problems } = readPapers(sources);
  for (const problem of problems) log.warn(renderProblem(problem));
  const index = createEmbeddedIndex(path.join(settings.state, INDEX_FILE));
  await index.add(papers);
  const savable = problems.length === 0;
  if (savable) await saveIndex(index, { state: settings.state, fingerprint: fingerprintOf(sources) }, log);
  return { index, savable };
}

async function openIndex(settings: LibrarySettings, sources: Sources, log: Log): Promise<OpenedIndex> {
  const started = performance.now();
  const opened = await openEmbeddedIndex(path.join(settings.state, INDEX_FILE), fingerprintOf(sources)).catch(
    (error: unknown) => ({ kind: "unusable", reason: String(error) }) as const,
  );
  if (opened.kind === "opened") return { index: opened.index, savable: true };
  const built = await buildIndex(settings, sources, log);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log.info(
    `Built the index of ${built.index.size()} papers in ${seconds} s; no saved one was used: ${opened.reason}`,
  );
  return built;
}

async function describe(index: PaperIndex, { state }: LibrarySettings): Promise<LibraryFacts> {
  const papers: Paper[] = [];
  for await (const paper of index.papers()) papers.push(paper);
  const dates = papers.flatMap(({ date }) => date ?? []).toSorted();
  const [oldest, newest] = [dates.at(0), dates.at(-1)];
  const stored = await stat(storedFile(state)).catch(() => undefined);
  const count = (known: (paper: Paper) => unknown): number =>
    papers.filter((paper) => known(paper) !== undefined).length;
  return {
    papers: papers.length,
    dated: dates.length,
    withAuthors: count(authorCount),
    withNames: papers.filter(({ authors }) => authors?.kind === "named").length,
    withOrganisation: count(({ organisation }) => organisation),
    withComments: count(({ comments }) => comments),
    ...(oldest === undefined || newest === undefined ? {} : { oldest, newest }),
    sources: [...new Set(papers.flatMap(({ listedOn }) => listedOn))].toSorted(),
    ...(stored === undefined ? {} : { updatedAt: stored.mtime }),
  };
}

/**
 * Opens the library of the bundled pages and the papers taken in later. The saved index is used when it was made
 * from exactly these; otherwise it is built again, with one line in the log that says why.
 */
export async function openLibrary(settings: LibrarySettings, log: Log): Promise<GrowingLibrary> {
  const sources = await readSources(settings);
  const { index, savable } = await openIndex(settings, sources, log);
  const { state } = settings;
  const intake = createIntake({ index, state, hash: sources.hash, seen: sources.storedBytes, savable, log });
  return {
    index,
    facts: () => describe(index, settings),
    async ingest(files) {
      const { listings, problems } = await readListings(files);
      const report = await intake.take(listings);
      await intake.save();
      return { ...report, problems };
    },
    ...intake,
  };
}
