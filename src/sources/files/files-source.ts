import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "../../corpus/problem.ts";
import type { Clock } from "../fetch/clock.ts";
import type { Source, SourceItem } from "../source.ts";
import { STREAMED_ENDINGS } from "./streamed-forms.ts";
import { createFileCounts } from "./file-counts.ts";
import { readPapersFile } from "./read-file.ts";

const NAME = "Files";
/** In folders only these are read; a file that is named itself may have any name. */
const ENDINGS = new Set([".jsonl", ".ndjson", ".json", ".bib", ".html", ".htm", ".txt", ...STREAMED_ENDINGS]);

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The files behind a path: itself, or what lies in a folder and its folders, by name. Links are not followed. */
async function listFiles(place: string): Promise<Found> {
  try {
    if (!(await stat(place)).isDirectory()) return { files: [place], problems: [] };
    const entries = await readdir(place, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && ENDINGS.has(path.extname(entry.name).toLowerCase()))
      .map((entry) => path.join(entry.parentPath, entry.name));
    return { files: files.toSorted(), problems: [] };
  } catch (error) {
    const problem = { file: place, expected: "a file or folder that can be read", found: reason(error) };
    return { files: [], problems: [problem] };
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
  readonly problems: Problem[];
}

const inOrder = ({ files, problems }: Found): { file?: string; problem?: Problem }[] => [
  ...files.map((file) => ({ file })),
  ...problems.map((problem) => ({ problem })),
];

async function totalBytes(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(file).catch(() => undefined))?.size ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Files and folders of papers on this machine; `since` changes nothing, for they are read whole every time. `told` is
 * called as reading goes on.
 */
export function createFilesSource(
  places: readonly string[],
  clock: Pick<Clock, "now">,
  told?: (read: FilesRead) => void,
): Source {
  return {
    name: NAME,
    async *read({ signal }): AsyncGenerator<SourceItem> {
      const found = await Promise.all(places.map(listFiles));
      const total = Math.max(1, await totalBytes(found.flatMap(({ files }) => files)));
      let bytes = 0;
      for (const { file, problem } of found.flatMap(inOrder)) {
        if (problem !== undefined) yield { kind: "problem", problem };
        if (file === undefined) continue;
        const list = path.basename(file);
        const readAt = clock.now().toISOString();
        const count = (more: number): void => {
          bytes += more;
          told?.({ list, share: Math.min(1, bytes / total) });
        };
        const counts = createFileCounts(list);
        for await (const item of readPapersFile(file, clock.now, count)) {
          signal.throwIfAborted();
          counts.add(item);
          if (item.kind === "paper") yield { ...item, from: { source: NAME, list, readAt } };
          else if (item.kind === "problem") yield item;
        }
        const read = counts.read();
        yield { kind: "list", list, file: read, state: read.papers === 0 ? "empty" : "read" };
      }
    },
  };
}
