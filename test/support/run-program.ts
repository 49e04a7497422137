import type { SpawnOptionsWithoutStdio } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { seedIndex } from "./prepared-index.ts";

/** The compiled program; tests and measurements are run from the project's folder. */
const program = path.resolve("dist/adapters/cli/main.js");

/** What became of a run of the program. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The user that nothing belongs to, where the tests run as the one who may do everything. */
export const nobody: { readonly uid?: number; readonly gid?: number } =
  process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Orders that open no papers. */
const WITHOUT_PAPERS = new Set(["backup", "restore", "rekey", "encoder", "archive"]);

/** What `spawn` needs for the compiled program, with these settings and no `.env`. A new state folder gets a saved index. */
export function programSpawn(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  user: typeof nobody = {},
): [string, string[], SpawnOptionsWithoutStdio] {
  const { PAPERBOY_STATE: state, PAPERBOY_PAGES: pages } = env;
  const reads = !WITHOUT_PAPERS.has(args[0] ?? "");
  if (state !== undefined && pages === undefined && user.uid === undefined && reads) seedIndex(state);
  return [
    process.execPath,
    [program, ...args],
    {
      cwd: tmpdir(),
      ...user,
      env: { PATH: process.env["PATH"], PAPERBOY_ENV_FILE: devNull, PAPERBOY_LOG_FORMAT: "text", ...env },
    },
  ];
}

/** Runs the compiled program to its end as a process of its own, with these settings and no `.env`. */
export async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = "",
  user: typeof nobody = {},
): Promise<Ran> {
  const child = spawn(...programSpawn(args, env, user));
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, stdout, stderr };
}
