import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { isMissing, writeAtomically } from "../atomic-file.ts";
import type { Log } from "../log.ts";

/** Kept texts; when there are more, the older half is forgotten. Each is at most some 2,500 characters. */
const KEPT = 5000;

const FILE = "buttons.jsonl";

function parseRow(line: string): [key: string, text: string][] {
  try {
    const row: unknown = JSON.parse(line);
    const [key, text] = Array.isArray(row) ? (row as unknown[]) : [];
    return typeof key === "string" && typeof text === "string" ? [[key, text]] : [];
  } catch {
    return [];
  }
}

/** The texts behind buttons, in a file of the state folder: one row a line, a later row for a key in the place of earlier ones. */
export interface ButtonMemory {
  readonly keep: (key: string, text: string) => Promise<void>;
  readonly recall: (key: string) => string | undefined;
}

/** Opens the memory. Where the folder cannot be written, texts are kept until the program ends, with one warning. */
export async function openButtonMemory(folder: string, log: Log): Promise<ButtonMemory> {
  const file = path.join(folder, FILE);
  const content = await readFile(file, "utf8").catch((error: unknown) => {
    if (!isMissing(error))
      log.warn(`${file} cannot be read; old buttons of long searches will not work`, { error });
    return "";
  });
  const rows = new Map(content.split("\n").flatMap(parseRow).slice(-KEPT));
  let warned = false;
  let last: Promise<void> = Promise.resolve();
  const write = async (work: () => Promise<void>): Promise<void> => {
    try {
      await mkdir(folder, { recursive: true });
      await work();
    } catch (error) {
      if (!warned)
        log.warn(`${file} cannot be written; buttons of long searches end with the program`, { error });
      warned = true;
    }
  };
  const compact = (): Promise<void> => {
    for (const key of [...rows.keys()].slice(0, KEPT / 2)) rows.delete(key);
    const lines = Array.from(rows, (row) => `${JSON.stringify(row)}\n`).join("");
    return writeAtomically(file, async (handle) => handle.writeFile(lines));
  };
  return {
    recall: (key) => rows.get(key),
    async keep(key, text) {
      if (rows.has(key)) return;
      rows.set(key, text);
      // One after the other, so that rows never mix.
      last = last.then(() =>
        write(() => (rows.size > KEPT ? compact() : appendFile(file, `${JSON.stringify([key, text])}\n`))),
      );
      await last;
    },
  };
}
