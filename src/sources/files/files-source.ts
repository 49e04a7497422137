import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "../../corpus/problem.ts";
import type { ColumnMap } from "../csv/columns.ts";
import type { Clock } from "../fetch/clock.ts";
import type { Counts, Source, SourceItem } from "../source.ts";
import { STREAMED_ENDINGS } from "./streamed-forms.ts";
import { createFileCounts } from "./file-counts.ts";
import { readPapersFile, readPapersStream, STANDARD_INPUT } from "./read-file.ts";
import { refusedByName } from "./refused.ts";

const NAME = "Files";
/** The place that stands for standard input. */
export const INPUT = "-";
/** In folders only these are read; a file that is named itself may have any name. */
const ENDINGS = new Set([
  ".jsonl",
  ".ndjson",
  ".json",
  ".bib",
  ".html",
  ".htm",
  ".txt",
  ".xml",
  ".rss",
  ".atom",
  ...STREAMED_ENDINGS,
]);

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether a file in a folder is read, by its name. */
const isRead = (name: string): boolean => ENDINGS.has(path.extname(name.replace(/\.gz$/i, "")).toLowerCase());

/** How many files of a folder are not read, by their kind, with what is possible instead. */
function passedOver(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) {
    const kind = refusedByName(name);
    const said = kind === undefined ? "any other file" : `${kind.what}: ${kind.instead}`;
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  return counts;
}

/** The files behind a path: itself, or what lies in a folder and its folders, by name. Links are not followed. */
export async function listFiles(place: string): Promise<Found> {
  const none = { passed: new Map(), problems: [] };
  if (place === INPUT) return { ...none, files: [place] };
  try {
    if (!(await stat(place)).isDirectory()) return { ...none, files: [place] };
    const entries = (await readdir(place, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    const files = entries
      .filter(({ name }) => isRead(name))
      .map((entry) => path.join(entry.parentPath, entry.name));
    const passed = passedOver(entries.flatMap(({ name }) => (isRead(name) ? [] : [name])));
    return { files: files.toSorted(), folder: path.basename(path.resolve(place)), passed, problems: [] };
  } catch (error) {
    const problem = { file: place, expected: "a file or folder that can be read", found: reason(error) };
    return { ...none, files: [], problems: [problem] };
  }
}

/** How far the reading of files has come. */
export interface FilesRead {
  /** The file under way. */
  readonly list: string;
  /** Bytes read of all bytes, from 0 to 1. */
  readonly share: number;
}

interface Found {
  readonly files: string[];
  /** The name of a folder, and what in it is not read. */
  readonly folder?: string;
  readonly passed: Counts;
  readonly problems: Problem[];
}

async function totalBytes(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(file).catch(() => undefined))?.size ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What files are read with. */
export interface FilesParts {
  /** What `-` stands for. */
  readonly input?: AsyncIterable<Uint8Array>;
  /** What the columns of tables are told to mean. */
  readonly columns?: ColumnMap;
  /** Files in folders that are read otherwise. */
  readonly without?: ReadonlySet<string>;
  /** Called as reading goes on. */
  readonly told?: (read: FilesRead) => void;
}

/** No input at all. */
export async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A folder of which some files were passed over. */
const passedItem = (folder: string, passed: Counts): SourceItem => ({
  kind: "list",
  list: folder,
  state: "empty",
  file: { name: folder, papers: 0, left: new Map(), partly: 0, fields: new Map(), passed },
});

/**
 * Files and folders of papers on this machine, and standard input as `-`; `since` changes nothing, for they are read whole
 * every time.
 */
export function createFilesSource(
  places: readonly string[],
  { now }: Pick<Clock, "now">,
  { input = nothing(), told, columns, without = new Set() }: FilesParts = {},
): Source {
  async function* readOne(file: string, signal: AbortSignal, count: (list: string, bytes: number) => void) {
    const list = file === INPUT ? STANDARD_INPUT : path.basename(file);
    const readAt = now().toISOString();
    const counts = createFileCounts(list);
    const items =
      file === INPUT
        ? readPapersStream(input, { now, columns })
        : readPapersFile(file, { now, columns, count: (bytes) => count(list, bytes) });
    for await (const item of items) {
      signal.throwIfAborted();
      counts.add(item);
      if (item.kind === "paper") yield { ...item, from: { source: NAME, list, readAt } };
      else if (item.kind === "problem") yield item;
    }
    const read = counts.read();
    const state = read.papers === 0 ? ("empty" as const) : ("read" as const);
    yield { kind: "list" as const, list, file: read, state };
  }
  return {
    name: NAME,
    async *read({ signal }): AsyncGenerator<SourceItem> {
      const found = await Promise.all(places.map(listFiles));
      const total = Math.max(1, await totalBytes(found.flatMap(({ files }) => files)));
      let bytes = 0;
      const count = (list: string, more: number): void => {
        bytes += more;
        told?.({ list, share: Math.min(1, bytes / total) });
      };
      for (const { files, folder, passed, problems } of found) {
        for (const file of files) if (!without.has(file)) yield* readOne(file, signal, count);
        for (const problem of problems) yield { kind: "problem", problem };
        if (folder !== undefined && passed.size > 0) yield passedItem(folder, passed);
      }
    },
  };
}
