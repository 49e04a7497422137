import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "../../corpus/problem.ts";
import type { Clock } from "../fetch/clock.ts";
import type { Source, SourceItem } from "../source.ts";
import type { FileItem } from "./read-file.ts";
import { readPapersFile } from "./read-file.ts";

const NAME = "Files";
/** In folders only these are read; a file that is named itself may have any name. */
const ENDINGS = new Set([".jsonl", ".ndjson", ".json", ".bib", ".html", ".htm", ".txt"]);

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The files behind a path: itself, or what lies in a folder and its folders, by name. Links are not followed. */
async function listFiles(place: string): Promise<{ files: string[]; problems: Problem[] }> {
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

/** Reads the papers of a file, or of all files in a folder and its folders. Never throws. */
export async function* readPapersAt(place: string, now?: () => Date): AsyncGenerator<FileItem> {
  const { files, problems } = await listFiles(place);
  for (const problem of problems) yield { kind: "problem", problem };
  for (const file of files) yield* readPapersFile(file, now);
}

/** Files and folders of papers on this machine; `since` changes nothing, for they are read whole every time. */
export function createFilesSource(places: readonly string[], clock: Pick<Clock, "now">): Source {
  return {
    name: NAME,
    async *read({ signal }): AsyncGenerator<SourceItem> {
      for (const place of places) {
        const { files, problems } = await listFiles(place);
        for (const problem of problems) yield { kind: "problem", problem };
        for (const file of files) {
          const list = path.basename(file);
          const readAt = clock.now().toISOString();
          let papers = 0;
          for await (const item of readPapersFile(file, clock.now)) {
            signal.throwIfAborted();
            if (item.kind === "paper") papers++;
            yield item.kind === "paper" ? { ...item, from: { source: NAME, list, readAt } } : item;
          }
          yield { kind: "list", list, state: papers === 0 ? "empty" : "read" };
        }
      }
    },
  };
}
