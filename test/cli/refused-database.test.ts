import { chmod, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A state whose database was closed and then changed; with another journal it is as another program may leave it. */
async function makeState(
  change: (file: string) => Promise<void>,
  journal: "wal" | "delete",
): Promise<string> {
  const state = await temporaryFolder();
  const file = path.join(state, "paperboy.sqlite");
  const store = await openSqliteStore(file, () => new Date());
  for (let i = 0; i < 300; i++) await store.buttons.keep(`key ${i}`, "x".repeat(300));
  await store.close();
  await byStatement("select 1")(file);
  await change(file);
  // All is in the file; libsql closes a connection, and removes these, when it is collected.
  for (const end of ["-wal", "-shm"]) await rm(`${file}${end}`, { force: true });
  const bytes = await readFile(file);
  // The version of the format: 1 is a journal that is deleted, 2 a log (sqlite.org/fileformat2.html).
  if (journal === "delete" && bytes.toString("latin1", 0, 6) === "SQLite")
    await writeFile(file, bytes.fill(1, 18, 20));
  return state;
}

const byStatement =
  (statement: string) =>
  async (file: string): Promise<void> => {
    const database = new Database(file);
    database.exec(statement);
    database.pragma("wal_checkpoint(truncate)");
    database.close();
  };

/** Of an earlier version, which would be brought up to date. */
async function damageOlder(file: string): Promise<void> {
  await byStatement("delete from kysely_migration where name = '0004-writing-times'")(file);
  await damagePages(file);
}

async function damagePages(file: string): Promise<void> {
  const bytes = await readFile(file);
  await writeFile(file, bytes.fill(0xa5, 4096 * 20, bytes.length - 4096));
}

const REFUSALS = [
  [
    "of a newer version",
    byStatement("insert into kysely_migration values ('0099-x', '2030-01-01')"),
    /newer Paperboy \(0099-x\)\. Install that version again, or/,
  ],
  [
    "without a table",
    byStatement("drop table slot"),
    /is damaged: it lacks slot\. Put a backup in its place, or/,
  ],
  ["with damaged pages", damagePages, /is damaged[:,].* Put a backup in its place, or/],
  ["of an earlier version with damaged pages", damageOlder, /is damaged[:,].* Put a backup in its place, or/],
  [
    "that is none",
    (file: string) => writeFile(file, "Wombats. ".repeat(1000)),
    /is damaged, or no database\. Put a backup in its place, or/,
  ],
] as const;

const ORDERS: readonly (readonly string[])[] = [
  ["digest", "--now", "--dry-run"],
  ["digest", "--now"],
  ["start"],
];

/** What the database holds: itself, and what a log beside it would add. */
async function databaseOf(state: string): Promise<string> {
  const file = path.join(state, "paperboy.sqlite");
  const log = await readFile(`${file}-wal`).catch(() => Buffer.alloc(0));
  return Buffer.concat([await readFile(file), log]).toString("base64");
}

describe("a database", () => {
  it.each(
    REFUSALS.flatMap(([what, ...rest]) =>
      (["wal", "delete"] as const).map((journal) => [what, journal, ...rest] as const),
    ),
  )(
    "%s (journal: %s) is refused by every order in one line, and stays as it is",
    async (_what, journal, change, words) => {
      const state = await makeState(change, journal);
      const before = await databaseOf(state);
      for (const args of ORDERS) {
        // Nothing is connected to before the database is open.
        const { code, stdout, stderr } = await runProgram(
          args.filter((word) => word !== "start"),
          {
            PAPERBOY_STATE: state,
            DISCORD_TOKEN: "a.b.c",
            DISCORD_API_URL: "http://127.0.0.1:9",
          },
        );
        const lines = stderr.split("\n").filter((line) => line !== "" && !/^\S+Z info /.test(line));
        expect([args, lines]).toEqual([args, [expect.stringMatching(words)]]);
        expect([code, stdout]).toEqual([2, ""]);
        expect((await databaseOf(state)) === before).toBe(true);
      }
    },
    60_000,
  );

  it("is for its owner alone with the files beside it, also where they were left open to others", async () => {
    const state = await temporaryFolder();
    const file = path.join(state, "paperboy.sqlite");
    const first = await openSqliteStore(file, () => new Date());
    await first.once.claim("a", 1000);
    for (const end of ["", "-wal", "-shm"]) await chmod(`${file}${end}`, 0o644);
    const second = await openSqliteStore(file, () => new Date());
    const modes = ["", "-wal", "-shm"].map(async (end) => (await stat(`${file}${end}`)).mode & 0o777);
    expect(await Promise.all(modes)).toEqual([0o600, 0o600, 0o600]);
    await first.close();
    await second.close();
  });
});
