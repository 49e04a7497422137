import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull, tmpdir } from "node:os";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../dist/adapters/cli/main.js", import.meta.url));

/** What became of a run of the program. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the compiled program to its end as a process of its own, with these settings and no `.env`. */
export async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = "",
): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env["PATH"], PAPERBOY_ENV_FILE: devNull, ...env },
  });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, stdout, stderr };
}
