import { chmod, cp, mkdir, readdir, readFile, rename, stat, symlink, writeFile } from "node:fs/promises";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { adoptState } from "../../adapters/cli/state-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const LINE = `${JSON.stringify({ title: "On the homes of wombats", abstract: "They dig." })}\n`;

/** A copy of the compiled program, and the home of who runs it. */
async function setUp() {
  const [root, home] = [await temporaryFolder(), await temporaryFolder()];
  for (const name of ["adapters", "src"])
    await cp(path.join(project, "dist", name), path.join(root, "dist", name), { recursive: true });
  await cp(path.join(project, "package.json"), path.join(root, "package.json"));
  await symlink(path.join(project, "node_modules"), path.join(root, "node_modules"));
  await cp(path.join(project, "data/pages"), path.join(root, "data/pages"), { recursive: true });
  const file = path.join(home, "more.jsonl");
  await writeFile(file, LINE);
  const run = async (...argv: string[]) => {
    const child = spawn(process.execPath, [path.join(root, "dist/adapters/cli/main.js"), ...argv], {
      cwd: home,
      env: {
        PATH: process.env["PATH"],
        HOME: home,
        PAPERBOY_ENV_FILE: devNull,
        XDG_DATA_HOME: path.join(home, "data"),
      },
    });
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    return { code: child.exitCode, stdout, stderr };
  };
  return {
    root,
    home,
    run,
    file,
    state: path.join(home, "data/paperboy"),
    old: path.join(root, "data/local"),
  };
}

describe("the state folder", () => {
  it("is the user's data folder, for its owner alone, and nothing is kept in the program's", async () => {
    const { root, run, file, state } = await setUp();
    expect((await run("ingest", file)).code).toBe(0);
    expect((await readdir(state)).toSorted()).toEqual(["papers.index", "papers.jsonl"]);
    expect((await stat(state)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(state))
      expect([name, (await stat(path.join(state, name))).mode & 0o777]).toEqual([name, 0o600]);
    expect(await readdir(path.join(root, "data"))).toEqual(["pages"]);
    expect((await run("show", "homes of wombats")).stdout).toContain("They dig.");
  });

  it("of an earlier version is moved out of the program's folder once, and that is said", async () => {
    const { run, file, state, old } = await setUp();
    await run("ingest", file);
    await rename(state, old);
    const first = await run("show", "homes of wombats");
    expect(first.stdout).toContain("They dig.");
    expect(first.stderr).toContain(`Moved the papers and the database from ${old} to ${state}`);
    await expect(readdir(old)).rejects.toThrow("ENOENT");
    expect((await run("show", "homes of wombats")).stderr).not.toContain("Moved");
  });

  it("that is there already stays, and the old one too, and that is said", async () => {
    const { run, file, state, old } = await setUp();
    await run("ingest", file);
    await mkdir(old, { recursive: true });
    await writeFile(path.join(old, "papers.jsonl"), "");
    const { stdout, stderr } = await run("show", "homes of wombats");
    expect(stdout).toContain("They dig.");
    expect(stderr).toContain(`${old} is left as it is: ${state} is used.`);
    expect(await readFile(path.join(old, "papers.jsonl"), "utf8")).toBe("");
  });

  it("is taken over whole where an empty folder waits for it, and left alone where it is the same", async () => {
    const folder = await temporaryFolder();
    const [old, state] = [path.join(folder, "old"), path.join(folder, "new")];
    expect(await adoptState(old, state)).toEqual({ kind: "none" });
    await mkdir(old);
    await mkdir(state);
    expect(await adoptState(old, state)).toEqual({ kind: "none" });
    await writeFile(path.join(old, "papers.jsonl"), LINE);
    await chmod(old, 0o700);
    expect(await adoptState(old, old)).toEqual({ kind: "none" });
    expect(await adoptState(old, state)).toEqual({ kind: "moved" });
    expect(await readFile(path.join(state, "papers.jsonl"), "utf8")).toBe(LINE);
  });
});
