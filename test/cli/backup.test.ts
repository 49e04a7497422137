import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { authorKey } from "../../src/corpus/names/author-names.ts";
import { createBook } from "../../src/digest/book.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { nobody, programSpawn, runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const openStore = (state: string) => openSqliteStore(path.join(state, "paperboy.sqlite"), () => new Date());

/** A stored line; the other readers of a paper with a hidden name may still say it. */
const stored = (title: string, more: object = {}): string =>
  `${JSON.stringify({ title, listedOn: "papers.jsonl", readAt: "2026-01-01T00:00:00.000Z", ...more })}\n`;

/** A state with papers, one of whose authors hides, a digest and what its channel had. */
async function madeState(): Promise<string> {
  const state = path.join(await temporaryFolder(), "state");
  await mkdir(state, { mode: 0o700 });
  const authors = { kind: "named", names: ["Wilma Wombat", "Hidden Hedgehog"] };
  await writeFile(
    path.join(state, "papers.jsonl"),
    stored("On the homes of wombats", { hiddenAuthors: [authorKey("Hidden Hedgehog")] }) +
      stored("On the homes of wombats", { abstract: "They dig.", authors }),
    { mode: 0o600 },
  );
  const store = await openStore(state);
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
  const slot = {
    subscription: "d1",
    date: "2026-01-02",
    place: "slack T1 C1",
    dueAt: createdAt,
    writtenAt: createdAt,
  };
  await store.slots.write({ ...slot, open: false, body: '{"state":{"kind":"confirmed"}}', version: 0 });
  await store.close();
  return state;
}

const run = (args: readonly string[], state: string, user: typeof nobody = {}) =>
  runProgram(args, { PAPERBOY_STATE: state }, "", user);

async function expectWhole(state: string): Promise<void> {
  const shown = await run(["show", "homes of wombats"], state);
  expect(shown.stdout).toContain("They dig.");
  expect(shown.stdout).toContain("Wombat");
  expect(shown.stdout).not.toContain("Hedgehog");
  expect((await run(["digest", "--now", "--dry-run"], state)).stdout).toContain("slack T1 C1: digest d1");
  const store = await openStore(state);
  expect(await store.slots.latest("d1", new Date(), 9)).toMatchObject([{ date: "2026-01-02" }]);
  await store.close();
}

describe("a backup", () => {
  it("has the papers, the digests, their history and the hidden names, for its owner alone", async () => {
    const state = await madeState();
    const copy = path.join(await temporaryFolder(), "deep", "copy");
    const { code, stdout, stderr } = await run(["backup", copy], state);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`To go on from there: paperboy restore ${copy}`);
    expect((await stat(copy)).mode & 0o777).toBe(0o700);
    expect((await readdir(copy)).toSorted()).toEqual(["manifest.json", "paperboy.sqlite", "papers.jsonl"]);
    for (const name of await readdir(copy))
      expect([name, (await stat(path.join(copy, name))).mode & 0o777]).toEqual([name, 0o600]);
    expect(await readdir(path.dirname(copy))).toEqual(["copy"]);
    const restored = path.join(await temporaryFolder(), "restored");
    await cp(copy, restored, { recursive: true });
    await expectWhole(copy);
    await expectWhole(restored);
  });

  it("goes where nothing is overwritten, and says so where there is nothing to copy", async () => {
    const state = await madeState();
    const folder = await temporaryFolder();
    const [full, empty, file] = ["full", "empty", "file"].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    await mkdir(empty);
    expect((await run(["backup", empty], state)).code).toBe(0);
    await cp(empty, full, { recursive: true });
    await writeFile(file, "x");
    expect(await run(["backup", full], state)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${full} holds `),
    });
    expect(await run(["backup", state], state)).toMatchObject({ code: 2 });
    expect(await run(["backup", file], state)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`cannot be backed up into ${file}`),
    });
    expect(await run(["backup", path.join(folder, "none")], path.join(folder, "nothing"))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There is nothing to back up"),
    });
    expect((await run(["backup"], state)).code).toBe(2);
    expect((await readdir(folder)).toSorted()).toEqual(["empty", "file", "full"]);
  });

  it.each(["with the files that SQLite keeps beside it", "alone and its log"])(
    "needs only to read the state, a database %s",
    async (files) => {
      const made = await madeState();
      const state = path.join(await temporaryFolder(), "state");
      await cp(made, state, { recursive: true });
      if (files === "alone and its log") await rm(path.join(state, "paperboy.sqlite-shm"), { force: true });
      await chmod(path.dirname(state), 0o755);
      for (const name of await readdir(state)) await chmod(path.join(state, name), 0o444);
      const before = (await readdir(state)).toSorted();
      await chmod(state, 0o555);
      const target = await temporaryFolder();
      await chmod(target, 0o777);
      const copy = path.join(target, "copy");
      const { code, stderr } = await run(["backup", copy], state, nobody);
      await chmod(state, 0o755);
      expect([code, stderr]).toEqual([0, ""]);
      expect((await readdir(state)).toSorted()).toEqual(before);
      await expectWhole(copy);
    },
  );

  it("while papers and digests are written has whole lines and a whole database", async () => {
    const state = await madeState();
    const folder = await temporaryFolder();
    const file = path.join(folder, "many.jsonl");
    for (let i = 0; i < 40; i++) {
      const lines = Array.from({ length: 100 }, (_, j) => ({
        title: `Paper ${i} of series ${j}`,
        abstract: "x ".repeat(300),
      }));
      await appendFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    }
    const writer = spawn(...programSpawn(["ingest", file], { PAPERBOY_STATE: state }));
    const store = await openStore(state);
    const ended = once(writer, "close");
    const end = new AbortController();
    const writing = (async () => {
      for (let i = 0; !end.signal.aborted; i++) {
        await store.buttons.keep(`k${i}`, "x".repeat(2000));
        await sleep(5);
      }
    })();
    const copies: string[] = [];
    while (writer.exitCode === null) {
      const copy = path.join(folder, `copy ${copies.length}`);
      expect((await run(["backup", copy], state)).code).toBe(0);
      copies.push(copy);
    }
    await ended;
    end.abort();
    await writing;
    await store.close();
    const whole = await readFile(path.join(state, "papers.jsonl"), "utf8");
    expect(copies.length).toBeGreaterThan(1);
    for (const copy of copies) {
      const papers = await readFile(path.join(copy, "papers.jsonl"), "utf8");
      expect(whole.startsWith(papers) && papers.endsWith("\n")).toBe(true);
    }
    await expectWhole(copies.at(-1) ?? "");
  }, 120_000);
});
