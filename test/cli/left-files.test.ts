import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFile, cp, mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { withFileLock } from "../../src/files/file-lock.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** The number of a process that has ended. */
const ended = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

const run = (args: readonly string[], state: string) => runProgram(args, { PAPERBOY_STATE: state });

const drafts = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith(".new"));

describe("what a killed program was writing", () => {
  it("into the index is gone after the next start", async () => {
    const folder = await temporaryFolder();
    const state = path.join(folder, "state");
    const file = path.join(folder, "many.jsonl");
    const line = (i: number) =>
      `${JSON.stringify({ title: `Paper ${i}`, abstract: `word${i} `.repeat(200) })}\n`;
    await writeFile(file, "");
    for (let i = 0; i < 6000; i += 500)
      await appendFile(file, Array.from({ length: 500 }, (_, j) => line(i + j)).join(""));
    await run(["ingest", file], state);
    // Killed over and over while it saves, until it leaves something.
    for (let i = 0; i < 30 && (await drafts(state)).length === 0; i++) {
      // So many that the whole index is written anew.
      const late = Array.from({ length: 200 }, (_, j) => `{"title":"Late ${i}, ${j}","listedOn":"x"}\n`);
      await appendFile(path.join(state, "papers.jsonl"), late.join(""));
      const child = spawn(...programSpawn(["about"], { PAPERBOY_STATE: state }));
      while (child.exitCode === null && (await drafts(state)).length === 0)
        await new Promise((resolve) => setImmediate(resolve));
      child.kill("SIGKILL");
      await once(child, "close");
    }
    expect(await drafts(state)).toHaveLength(1);
    expect(await run(["about"], state)).toMatchObject({ code: 0 });
    expect((await readdir(state)).toSorted()).toEqual(["paperboy.sqlite", "papers.index", "papers.jsonl"]);
  });

  it("into the index stays where somebody is writing it", async () => {
    const state = await temporaryFolder();
    const name = `papers.index.${ended()}.new`;
    await run(["about"], state);
    await writeFile(path.join(state, name), "x");
    await withFileLock(path.join(state, "papers.jsonl"), async () => {
      expect(await run(["about"], state)).toMatchObject({ code: 0 });
    });
    expect(await drafts(state)).toEqual([name]);
    await run(["about"], state);
    expect(await drafts(state)).toEqual([]);
  });

  it("into a backup is gone after the next backup, unless its program runs", async () => {
    const folder = await temporaryFolder();
    const state = path.join(folder, "state");
    await mkdir(state);
    await writeFile(path.join(state, "papers.jsonl"), '{"title":"A wombat","listedOn":"x"}\n');
    const copy = path.join(folder, "copy");
    await mkdir(`${copy}.${ended()}.new`);
    await cp(state, `${copy}.${ended()}.new`, { recursive: true });
    await mkdir(`${copy}.${process.pid}.new`);
    await run(["backup", copy], state);
    expect((await readdir(folder)).toSorted()).toEqual(["copy", `copy.${process.pid}.new`, "state"]);
  });
});
