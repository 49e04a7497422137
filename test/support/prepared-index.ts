import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Where the saved index of the bundled papers lies that `prepare-index.ts` has the compiled program make. */
export const PREPARED = fileURLToPath(new URL("../../dist/prepared-state/", import.meta.url));

const INDEX = "papers.index";

/**
 * Puts a saved index of the bundled papers into a state folder that has no papers of its own, as an earlier start would have
 * left it: making one takes a second of a processor, and a test that is about something else need not wait for it. Where
 * that cannot be done the program makes its own.
 */
export function seedIndex(state: string): void {
  try {
    mkdirSync(state, { recursive: true, mode: 0o700 });
    const names = readdirSync(state);
    if (!names.includes(INDEX) && !names.includes("papers.jsonl") && existsSync(path.join(PREPARED, INDEX)))
      copyFileSync(path.join(PREPARED, INDEX), path.join(state, INDEX));
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
}
