import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";
import { openLibrary } from "../../src/library/library.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { chosen } from "../support/long-tests.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const openStore = (state: string) => openSqliteStore(path.join(state, "paperboy.sqlite"), () => new Date());

/** A machine of its own: a state folder beside nothing else, and the program on it. */
async function machine() {
  const folder = await temporaryFolder();
  const [state, pages] = [path.join(folder, "state"), path.join(folder, "pages")];
  await mkdir(pages);
  const env = { PAPERBOY_STATE: state, PAPERBOY_PAGES: pages };
  const run = (...args: string[]) => runProgram(args, env);
  const titles = async (): Promise<string[]> => {
    // Whoever starts finishes what was begun.
    expect(await run("about")).toMatchObject({ code: 0 });
    const { index } = await openLibrary({ pages, state }, collectingLog().log);
    const found: string[] = [];
    for await (const { title } of index.papers()) found.push(title);
    return found.toSorted();
  };
  const ingest = async (...names: string[]): Promise<void> => {
    const file = path.join(folder, "mine.jsonl");
    await writeFile(file, names.map((title) => `${JSON.stringify({ title })}\n`).join(""));
    expect(await run("ingest", file)).toMatchObject({ code: 0 });
  };
  const subscribe = async (id: string): Promise<void> => {
    const store = await openStore(state);
    const createdAt = new Date("2026-01-01T00:00:00Z");
    await createBook(store, () => new Date()).put({
      id,
      place: { platform: "slack", server: "T1", channel: "C1" },
      createdBy: "U1",
      createdAt,
      scheduledSince: createdAt,
      plan: DEFAULT_PLAN,
      state: { kind: "active" },
    });
    await store.close();
  };
  const digests = async (): Promise<string[]> => {
    const store = await openStore(state);
    const all = await store.subscriptions.all();
    await store.close();
    return all.map(({ id }) => id);
  };
  return { folder, state, env, run, titles, ingest, subscribe, digests };
}

/** A state with two papers and a digest, made once; what it holds names no folder. */
let template: string | undefined;
afterAll(() => template && rm(template, { recursive: true }));

async function backedUp(name = "backup.tar.gz") {
  const one = await machine();
  if (template === undefined) {
    await one.ingest("On wombats", "Capybaras");
    await one.subscribe("d1");
    template = await mkdtemp(path.join(tmpdir(), "paperboy-restore-"));
    await cp(one.state, template, { recursive: true });
  } else await cp(template, one.state, { recursive: true });
  const backup = path.join(one.folder, name);
  expect(await one.run("backup", backup)).toMatchObject({ code: 0, stderr: "" });
  return { one, backup };
}

const stateFiles = async (state: string): Promise<string[]> =>
  (await readdir(state)).filter((name) => !/-(?:wal|shm)$/.test(name)).toSorted();

describe("paperboy restore", () => {
  it.each(["backup", "backup.tar.gz"])(
    "makes another machine the one that was backed up, from %s",
    async (name) => {
      const { backup } = await backedUp(name);
      const other = await machine();
      const { code, stdout, stderr } = await other.run("restore", backup);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(
        /^Restored the backup of \d{4}-\d\d-\d\d \d\d:\d\d UTC \(Paperboy \d+\.\d+\.\d+\) into /,
      );
      expect(await stateFiles(other.state)).toEqual(["paperboy.sqlite", "papers.jsonl"]);
      expect(await readdir(other.folder)).toEqual(["pages", "state"]);
      expect([await other.titles(), await other.digests()]).toEqual([["Capybaras", "On wombats"], ["d1"]]);
    },
  );

  it("keeps what was there beside it, asks where it can, and can be done again and taken back", async () => {
    const { one, backup } = await backedUp();
    await one.ingest("Of later");
    await one.subscribe("d2");
    const unasked = await one.run("restore", backup);
    expect([unasked.code, unasked.stderr]).toEqual([
      2,
      expect.stringMatching(/^Put the backup of .* Add --yes/),
    ]);
    expect(await one.titles()).toHaveLength(3);
    const { stdout } = await one.run("restore", backup, "--yes");
    const kept = /What was there before is in (.*)\.\n/.exec(stdout)?.[1] ?? "";
    expect(path.basename(kept)).toMatch(/^state\.before-restore-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/);
    expect([await one.titles(), await one.digests()]).toEqual([["Capybaras", "On wombats"], ["d1"]]);
    expect(await one.run("restore", backup, "--yes")).toMatchObject({ code: 0 });
    expect(await one.run("restore", kept, "--yes")).toMatchObject({ code: 0 });
    expect([await one.titles(), await one.digests()]).toEqual([
      ["Capybaras", "Of later", "On wombats"],
      ["d1", "d2"],
    ]);
  });

  it("says of a backup what it is and with which settings it was made, and no value of any", async () => {
    const one = await machine();
    await one.ingest("On wombats");
    const backup = path.join(one.folder, "copy");
    const env = { ...one.env, SLACK_BOT_TOKEN: "xoxb-secret", SLACK_APP_TOKEN: "xapp-secret" };
    await runProgram(["backup", backup], env);
    const text = await readFile(path.join(backup, "manifest.json"), "utf8");
    expect(text).not.toContain("secret");
    const { length: bytes } = await readFile(path.join(backup, "papers.jsonl"));
    expect(JSON.parse(text)).toEqual({
      kind: "paperboy-backup",
      format: 1,
      program: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      madeAt: expect.stringMatching(/^\d{4}-.*Z$/),
      papers: 1,
      settings: expect.arrayContaining(["PAPERBOY_STATE", "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"]),
      // Of the database that notes who took papers in.
      database: expect.stringMatching(/^\d{4}-/),
      files: [
        {
          name: "paperboy.sqlite",
          bytes: expect.any(Number),
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        { name: "papers.jsonl", bytes, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ],
    });
  });

  const edit = (name: string, change: (text: string) => string) => async (backup: string) => {
    const file = path.join(backup, name);
    await writeFile(file, change(await readFile(file, "utf8")));
  };
  const unsummed = (work: (backup: string) => Promise<unknown>) => async (backup: string) => {
    await rm(path.join(backup, "manifest.json"));
    await work(backup);
  };
  it.each<[string, (backup: string) => Promise<unknown>, RegExp]>([
    [
      "one byte more",
      (backup) => appendFile(path.join(backup, "papers.jsonl"), "\n"),
      /is damaged: papers\.jsonl has \d+ bytes and another sum/,
    ],
    [
      "a file less",
      (backup) => rm(path.join(backup, "paperboy.sqlite")),
      /is damaged: paperboy\.sqlite is not in it/,
    ],
    [
      "a manifest that is none",
      edit("manifest.json", () => "{}"),
      /is damaged: its manifest\.json is not what/,
    ],
    [
      "a newer form",
      edit("manifest.json", (text) => text.replace('"format": 1', '"format": 2')),
      /was made by a newer Paperboy, .* \(backups of format 2; this one reads 1\)/,
    ],
    [
      "papers of a newer form",
      unsummed((backup) => appendFile(path.join(backup, "papers.jsonl"), '{"format":99}\n')),
      /papers\.jsonl was written by a newer Paperboy \(format 99; this one reads formats up to 2\)/,
    ],
    [
      "a database of a newer form",
      unsummed(async (backup) => {
        const store = new (await import("libsql")).default(path.join(backup, "paperboy.sqlite"));
        store.exec("insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')");
        store.close();
      }),
      /paperboy\.sqlite was written by a newer Paperboy \(9999-later\)/,
    ],
    [
      "a damaged database",
      unsummed((backup) => truncate(path.join(backup, "paperboy.sqlite"), 5000)),
      /paperboy\.sqlite/,
    ],
    [
      "nothing",
      async (backup) => {
        await rm(backup, { recursive: true });
        await mkdir(backup);
      },
      /is no backup: it has neither manifest\.json nor papers or a database/,
    ],
  ])("refuses a backup with %s, and changes nothing", async (_what, damage, words) => {
    const { one, backup } = await backedUp("backup");
    await damage(backup);
    const before = await stateFiles(one.state);
    const { code, stderr } = await one.run("restore", backup, "--yes");
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
    expect(stderr).not.toContain(".new");
    expect(await stateFiles(one.state)).toEqual(before);
    expect(await readdir(one.folder)).not.toContain(expect.stringContaining("before-restore"));
    expect(await one.titles()).toEqual(["Capybaras", "On wombats"]);
  });

  it("refuses an archive that is cut off or is none, wherever it is cut", async () => {
    const { one, backup } = await backedUp();
    const whole = await readFile(backup);
    for (const length of [0, 10, Math.floor(whole.length / 2), whole.length - 1]) {
      await writeFile(backup, whole.subarray(0, length));
      const { code, stderr } = await one.run("restore", backup, "--yes");
      expect([length, code, stderr]).toEqual([length, 2, expect.stringMatching(/is damaged|is no backup/)]);
    }
    expect(await one.titles()).toEqual(["Capybaras", "On wombats"]);
    expect((await stateFiles(one.state)).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  it("refuses while a bot runs on the state, and no longer once that was killed", async () => {
    const { one, backup } = await backedUp();
    const bot = spawn(...programSpawn([], { ...one.env, PAPERBOY_WEB_PORT: "0" }));
    onTestFinished(() => void bot.kill("SIGKILL"));
    const ended = once(bot, "close");
    while (!(await readdir(one.state)).some((name) => name.startsWith("running."))) await sleep(50);
    const { code, stderr } = await one.run("restore", backup, "--yes");
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`Paperboy runs on ${one.state} (process ${bot.pid} of `),
    ]);
    bot.kill("SIGKILL");
    await ended;
    expect(await one.run("restore", backup, "--yes")).toMatchObject({ code: 0, stderr: "" });
  });

  it("killed at any moment leaves the old state or the new one, whole, to whoever starts next", async () => {
    const { one, backup } = await backedUp();
    await one.ingest("Of later");
    await one.subscribe("d2");
    const made = path.join(one.folder, "made");
    await cp(one.state, made, { recursive: true });
    const seen = new Set<string>();
    // Before it is ready, while it is put in place, and after it.
    for (const wait of chosen(
      [0, 1, 2, 4],
      Array.from({ length: 10 }, (_, i) => i),
    )) {
      await rm(one.state, { recursive: true });
      await cp(made, one.state, { recursive: true });
      const child = spawn(...programSpawn(["restore", backup, "--yes"], one.env));
      const ended = once(child, "close");
      // Its last steps follow within some milliseconds of each other.
      while (
        child.exitCode === null &&
        !(await readdir(one.state)).some((name) => name.startsWith("restore."))
      )
        await sleep(1);
      await sleep(wait * 25);
      child.kill("SIGKILL");
      await ended;
      const titles = await one.titles();
      const digests = await one.digests();
      const state = `${titles.length} ${digests.length}`;
      expect(["2 1", "3 2"]).toContain(state);
      seen.add(state);
      expect((await stateFiles(one.state)).filter((name) => name.startsWith("restore.ready"))).toEqual([]);
    }
    expect(seen.size).toBeGreaterThan(0);
  }, 240_000);
});
