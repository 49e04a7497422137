import { existsSync } from "node:fs";
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { adoptState } from "../../adapters/cli/state/state-folder.ts";
import { nobody } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const LINE = `${JSON.stringify({ title: "On the homes of wombats", abstract: "They dig." })}\n`;
const STORED = `${JSON.stringify({ title: "On the homes of wombats", listedOn: "x", abstract: "They dig." })}\n`;
/** Linux keeps it in memory, so that nothing can be renamed into it. */
const OTHER_DISK = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** A copy of the compiled program, and the home of who runs it. */
async function setUp(user: typeof nobody = {}) {
  const [root, home] = [await temporaryFolder(), await temporaryFolder()];
  for (const name of ["adapters", "src"])
    await cp(path.join(project, "dist", name), path.join(root, "dist", name), { recursive: true });
  await cp(path.join(project, "package.json"), path.join(root, "package.json"));
  await symlink(path.join(project, "node_modules"), path.join(root, "node_modules"));
  await mkdir(path.join(root, "data"));
  for (const name of ["meaning", "pages", "styles"])
    await symlink(path.join(project, "data", name), path.join(root, "data", name));
  if (user.uid !== undefined) {
    await chmod(root, 0o755);
    await chown(home, user.uid, user.uid);
  }
  const file = path.join(home, "more.jsonl");
  await writeFile(file, LINE);
  const run = async (...argv: string[]) => {
    const child = spawn(process.execPath, [path.join(root, "dist/adapters/cli/main.js"), ...argv], {
      cwd: home,
      ...user,
      env: {
        PATH: process.env["PATH"],
        HOME: home,
        PAPERBOY_ENV_FILE: devNull,
        PAPERBOY_LOG_FORMAT: "text",
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
    expect((await readdir(state)).toSorted()).toEqual(["paperboy.sqlite", "papers.index", "papers.jsonl"]);
    expect((await stat(state)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(state))
      expect([name, (await stat(path.join(state, name))).mode & 0o777]).toEqual([name, 0o600]);
    expect(await readdir(path.join(root, "data"))).toEqual(["meaning", "pages", "styles"]);
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
    expect((await run("show", "homes of wombats")).stderr).toBe("");
  });

  it("of an earlier version that cannot be removed is copied, and that is said once", async () => {
    const { run, state, old } = await setUp(nobody);
    await mkdir(old, { recursive: true });
    await writeFile(path.join(old, "papers.jsonl"), STORED);
    await chmod(old, 0o555);
    await chmod(path.dirname(old), 0o555);
    const first = await run("show", "homes of wombats");
    expect(first.stdout).toContain("They dig.");
    expect(first.stderr).toContain(
      `${old} to ${state}, which is used from now on; the first cannot be removed`,
    );
    expect((await stat(path.join(state, "papers.jsonl"))).mode & 0o777).toBe(0o600);
    expect(await run("show", "homes of wombats")).toMatchObject({ code: 0, stderr: "" });
    await chmod(old, 0o755);
    await chmod(path.dirname(old), 0o755);
  });

  it("of an earlier version on another disk is copied whole and removed", async () => {
    const { run, old, home } = await setUp();
    const disk = await mkdtemp(path.join(OTHER_DISK, "paperboy-test-"));
    onTestFinished(() => rm(disk, { recursive: true }));
    await mkdir(old, { recursive: true });
    await writeFile(path.join(old, "papers.jsonl"), STORED);
    await symlink(disk, path.join(home, "data"));
    const first = await run("show", "homes of wombats");
    expect(first.stdout).toContain("They dig.");
    expect(first.stderr).toContain(`Moved the papers and the database from ${old}`);
    await expect(readdir(old)).rejects.toThrow("ENOENT");
    expect(await readdir(disk)).toEqual(["paperboy"]);
    expect((await readdir(path.join(disk, "paperboy"))).toSorted()).toEqual(["papers.index", "papers.jsonl"]);
  });

  it("that others may read is made its owner's alone, and that is said once", async () => {
    const { run, state, file } = await setUp();
    await run("ingest", file);
    await chmod(state, 0o755);
    for (const name of await readdir(state)) await chmod(path.join(state, name), 0o644);
    expect((await run("about")).stderr).toContain(
      `Others could read ${state}; from now on only its owner can`,
    );
    expect((await stat(state)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(state))
      expect([name, (await stat(path.join(state, name))).mode & 0o777]).toEqual([name, 0o600]);
    expect((await run("about")).stderr).toBe("");
  });

  it("that holds nothing of Paperboy's keeps its rights", async () => {
    const { run, state } = await setUp();
    await mkdir(state, { recursive: true });
    await chmod(state, 0o755);
    await run("--version");
    await run("digest", "--now", "--dry-run");
    expect((await stat(state)).mode & 0o777).toBe(0o755);
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
