import { spawnSync } from "node:child_process";
import { existsSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import { PREPARED } from "./prepared-index.ts";

const program = fileURLToPath(new URL("../../dist/adapters/cli/main.js", import.meta.url));

/** When a file was written, in milliseconds; 0 where there is none. */
const writtenAt = (file: string): number => (existsSync(file) ? statSync(file).mtimeMs : 0);

/** Before all tests: has the compiled program save the index of the bundled papers, once for each build. */
export function setup(): void {
  const built = writtenAt(fileURLToPath(new URL("../../dist/.tsbuildinfo", import.meta.url)));
  if (built === 0 || writtenAt(path.join(PREPARED, "papers.index")) > built) return;
  rmSync(PREPARED, { recursive: true, force: true });
  spawnSync(process.execPath, [program, "about"], {
    env: { PATH: process.env["PATH"], PAPERBOY_ENV_FILE: devNull, PAPERBOY_STATE: PREPARED },
  });
}
