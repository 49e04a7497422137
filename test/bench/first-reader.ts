import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where the first reader stood. */
const FIRST = "src/sources/bibtex.ts";

/** The compiler's options of that time hold, but for what is kept between two runs. */
const CONFIG = {
  extends: "./tsconfig.json",
  compilerOptions: { incremental: false, sourceMap: false },
  include: [FIRST, "src/**/*.d.ts"],
};

/**
 * Compiles this program's first reader of BibTeX, out of the commit that brought it, into a folder; gives the place of its module.
 * Rejects where the project lies without its history, as it does in a package. Benchmarks are started in the project's folder.
 */
export async function compileFirstReader(folder: string): Promise<string> {
  const { stdout } = await run("git", ["log", "--diff-filter=A", "--format=%H", "--", FIRST]);
  const commit = stdout.trim().split("\n").at(-1) ?? "";
  if (commit === "") throw new Error(`no commit here brought ${FIRST}`);
  await mkdir(folder, { recursive: true });
  const packed = path.join(folder, "first.tar");
  await run("git", ["archive", "-o", packed, commit, "src", "tsconfig.json", "package.json"]);
  await run("tar", ["-xf", packed, "-C", folder]);
  await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"));
  await writeFile(path.join(folder, "first.json"), JSON.stringify(CONFIG));
  const compiler = path.resolve("node_modules/typescript/bin/tsc");
  await run(process.execPath, [compiler, "-p", path.join(folder, "first.json")]);
  return path.join(folder, "dist/src/sources/bibtex.js");
}
