import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { nobody, programSpawn, runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const READING: readonly (readonly [args: readonly string[], answer: string])[] = [
  [["search", "dinov2"], "FastDINOv2"],
  [["show", "dinov2"], "title:dinov2"],
  [["similar", "FastDINOv2"], "DINOv2"],
  [["cite", "tiny language models"], "@"],
  [["about"], "papers"],
  [["digest", "preview", "--topics", "diffusion"], "Paper of the day"],
  [[], "title:dinov2"],
];

const run = (args: readonly string[], state: string) =>
  runProgram(args, { PAPERBOY_STATE: state }, "search dinov2\n1\nexit\n", nobody);

/** One line, and not of a stack, beside what is said of an entry. */
function expectOneLine(said: string, state: string): void {
  const stderr = said.replace(/^Not stated here, please add: [^\n]*\n/m, "");
  expect(stderr).toMatch(/^[^\n]*The index could not be saved in [^\n]*\n$/);
  expect(stderr).toContain(state);
}

async function readOnly(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await chmod(path.join(folder, name), 0o444);
  await chmod(folder, 0o555);
}

describe("a state folder that may only be read", () => {
  it.each(READING)("answers %s with one line that the index is not saved", async (args, answer) => {
    const state = await temporaryFolder();
    await readOnly(state);
    const { code, stdout, stderr } = await run(args, state);
    expect([code, stdout]).toEqual([0, expect.stringContaining(answer)]);
    expectOneLine(stderr, state);
  });

  it("shows digests, its papers and what its channels had, without a line where there is an index", async () => {
    const state = path.join(await temporaryFolder(), "state");
    await mkdir(state);
    await chmod(path.dirname(state), 0o755);
    const file = path.join(state, "../more.jsonl");
    await writeFile(file, '{"title": "A wombat paper"}\n');
    await runProgram(["ingest", file], { PAPERBOY_STATE: state });
    const store = await openSqliteStore(path.join(state, "paperboy.sqlite"), () => new Date());
    const createdAt = new Date("2026-01-01T00:00:00Z");
    await createBook(store, () => new Date()).put({
      id: "d1",
      place: { platform: "slack", server: "T1", channel: "C1" },
      createdBy: "U1",
      createdAt,
      scheduledSince: createdAt,
      plan: { ...DEFAULT_PLAN, topics: "diffusion" },
      state: { kind: "active" },
    });
    await store.close();
    await cp(state, `${state} 2`, { recursive: true });
    const folder = `${state} 2`;
    await readOnly(folder);
    const before = await readdir(folder);
    const dry = await run(["digest", "--now", "--dry-run"], folder);
    expect(dry).toMatchObject({ code: 0, stderr: "" });
    expect(dry.stdout).toMatch(/^slack T1 C1: digest d1[\s\S]*Paper of the day/);
    expect(await run(["show", "a wombat paper"], folder)).toMatchObject({ code: 0, stderr: "" });
    expect(await readdir(folder)).toEqual(before);
  });
});

describe("a disk that is full", () => {
  it.each([
    [["search", "dinov2"], "FastDINOv2"] as const,
    [["digest", "--now", "--dry-run"], "No channel"] as const,
  ])("answers %s with one line that the index is not saved", async (args, answer) => {
    const state = await temporaryFolder();
    // With the pages named, so that no index is there.
    const env = { PAPERBOY_STATE: state, PAPERBOY_PAGES: path.resolve("data/pages") };
    const [node, argv, options] = programSpawn(args, env);
    // No file of more than some hundred bytes can be written; POSIX has 512 for the unit.
    const child = spawn("sh", ["-c", 'trap "" XFSZ; ulimit -f 1; exec "$@"', "sh", node, ...argv], options);
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    expect([child.exitCode, stdout]).toEqual([0, expect.stringContaining(answer)]);
    expectOneLine(stderr, state);
    expect(await readdir(state)).toEqual([]);
  });
});
