import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { copyDatabase } from "../../src/store/backup.ts";
import { KEY_FILE } from "../../src/store/secrets/key-file.ts";
import type { StoreKeys } from "../../src/store/sqlite.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const TOKEN = "xoxb-never-to-be-seen";
const now = (): Date => new Date();

const newFile = async (): Promise<string> => path.join(await temporaryFolder(), "paperboy.sqlite");
const keyOf = (file: string): string => path.join(path.dirname(file), KEY_FILE);

/** Does something with a store, and closes it. */
async function using<T>(file: string, work: (store: Store) => Promise<T>, keys: StoreKeys = {}): Promise<T> {
  const store = await openSqliteStore(file, now, keys);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const find = (file: string, keys: StoreKeys = {}): Promise<readonly (string | undefined)[]> =>
  using(file, ({ installations }) => Promise.all(["T1", "T2"].map((id) => installations.find(id))), keys);

/** The files of a database that hold a text in clear. */
async function filesWith(file: string, text: string): Promise<readonly string[]> {
  const folder = path.dirname(file);
  const names = await readdir(folder);
  const read = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
  return names.filter((_name, i) => read[i]?.includes(text) === true);
}

/** A database as an earlier version left it. */
async function oldDatabase(): Promise<string> {
  const file = await newFile();
  const database = new Database(file);
  database.exec(await readFile(fileURLToPath(new URL("version-0005.sql", import.meta.url)), "utf8"));
  // What was removed stays in the file, since earlier versions did not wipe it.
  const insert = database.prepare("insert into installation values (?, ?, '2026-01-01')");
  for (let i = 0; i < 40; i++)
    insert.run(`slack:GONE${i}`, `{"token":"xoxb-left-in-clear-${i}${"x".repeat(900)}"}`);
  database.exec("delete from installation where id like 'slack:GONE%'");
  database.pragma("journal_mode = wal");
  database.close();
  return file;
}

const change = (file: string, sql: string): void => {
  const database = new Database(file);
  database.exec(sql);
  database.close();
};

describe("the tokens of workspaces", () => {
  it("stand in no file of the database, its log or its backup, and are found with the key file", async () => {
    const file = await newFile();
    const copy = path.join(await temporaryFolder(), "copy.sqlite");
    await using(file, async ({ installations }) => {
      await installations.save("T1", `{"token":"${TOKEN}"}`);
      await copyDatabase(file, copy);
      expect(await filesWith(file, TOKEN)).toEqual([]);
    });
    expect([await filesWith(file, TOKEN), await filesWith(copy, TOKEN)]).toEqual([[], []]);
    expect(await find(file)).toEqual([`{"token":"${TOKEN}"}`, undefined]);
    expect((await stat(keyOf(file))).mode & 0o777).toBe(0o600);
    await using(copy, async ({ installations }) => {
      expect(await installations.find("T1")).toBeUndefined();
      expect(await installations.seals()).toEqual({ readable: [], lost: ["T1"], clear: 0 });
    });
    expect(await readdir(path.dirname(copy))).not.toContain(KEY_FILE);
  });

  it("that an earlier version left in clear are sealed when the database is opened, and no page keeps them", async () => {
    const file = await oldDatabase();
    const before = await readFile(file);
    expect([before.includes("left-in-clear-T1OLD"), before.includes("left-in-clear-7x")]).toEqual([
      true,
      true,
    ]);
    const other = new Database(file);
    other.prepare("select * from installation").all();
    await using(file, async (store) => {
      expect(await filesWith(file, "left-in-clear")).toEqual([]);
      expect(await store.installations.find("slack:T1OLD")).toContain("xoxb-left-in-clear-T1OLD");
      expect(await store.installations.seals()).toMatchObject({ lost: [], clear: 0 });
      expect(await store.buttons.recall("key")).toBe("search diffusion models");
      expect(await store.subscriptions.find("abcd1234")).toMatchObject({ place: '["slack","T0OLD","C1"]' });
      expect(await store.slots.latest("abcd1234", now(), 5)).toHaveLength(1);
    });
    other.close();
  });

  it("are wiped from the file at the next start where somebody was reading it", async () => {
    const file = await oldDatabase();
    const reader = new Database(file);
    reader.exec("begin");
    reader.prepare("select * from installation").all();
    await using(file, ({ installations }) => installations.seals());
    expect(await filesWith(file, "left-in-clear")).not.toEqual([]);
    reader.exec("commit");
    reader.close();
    await using(file, ({ installations }) => installations.seals());
    expect(await filesWith(file, "left-in-clear")).toEqual([]);
  }, 30_000);

  it("cannot be exchanged between rows, and a damaged one is lost alone", async () => {
    const file = await newFile();
    await using(file, async ({ installations }) => {
      await installations.save("T1", "one");
      await installations.save("T2", "two");
    });
    change(
      file,
      "update installation set text = (select text from installation where id = 'T2') where id = 'T1'",
    );
    expect(await find(file)).toEqual([undefined, "two"]);
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (at) => {
        const damaged = path.join(await temporaryFolder(), "paperboy.sqlite");
        await Promise.all([copyDatabase(file, damaged), copyFile(keyOf(file), keyOf(damaged))]);
        const database = new Database(damaged);
        const { text } = database.prepare("select text from installation where id = 'T2'").get() as {
          text: string;
        };
        const place = at % text.length;
        const other = `${text.slice(0, place)}${text[place] === "A" ? "B" : "A"}${text.slice(place + 1)}`;
        database.prepare("update installation set text = ? where id = 'T2'").run(other);
        database.close();
        const [, found] = await find(damaged);
        // The last bits of base64 may mean nothing; what no longer says that it is sealed is taken as it stands.
        expect([undefined, "two", ...(place < 4 ? [other] : [])]).toContain(found);
      }),
      { numRuns: 25 },
    );
  });

  it("of a lost key are told, and new ones are kept; the key that is put back opens the old ones", async () => {
    const file = await newFile();
    await using(file, ({ installations }) => installations.save("T1", "one"));
    const key = await readFile(keyOf(file));
    await rm(keyOf(file));
    await using(file, async ({ installations }) => {
      expect(await installations.seals()).toEqual({ readable: [], lost: ["T1"], clear: 0 });
      await installations.save("T2", "two");
    });
    expect(await find(file)).toEqual([undefined, "two"]);
    await writeFile(keyOf(file), Buffer.concat([await readFile(keyOf(file)), key]));
    expect(await find(file)).toEqual(["one", "two"]);
  });

  it("of a damaged key file are told, the program starts, and nothing is kept in clear", async () => {
    const file = await newFile();
    await using(file, ({ installations }) => installations.save("T1", "one"));
    await writeFile(keyOf(file), "no key\n");
    await using(file, async ({ installations }) => {
      const { lost, trouble } = await installations.seals();
      expect([lost, trouble]).toEqual([
        ["T1"],
        expect.stringMatching(/paperboy\.key is damaged.*move it away/),
      ]);
      await expect(installations.save("T2", "two")).rejects.toThrow(/paperboy\.key is damaged/);
    });
    expect(await readFile(keyOf(file), "utf8")).toBe("no key\n");
  });

  it("go from the key file to a passphrase, to another one, and back", async () => {
    const file = await newFile();
    await using(file, ({ installations }) => installations.save("T1", "one"));
    const first = { passphrase: "correct horse battery" };
    expect(await find(file, first)).toEqual(["one", undefined]);
    await using(file, ({ installations }) => installations.rekey(), first);
    expect(await readdir(path.dirname(file))).not.toContain(KEY_FILE);
    expect(await find(file)).toEqual([undefined, undefined]);
    const second = { passphrase: "another passphrase", passphraseBefore: "correct horse battery" };
    expect(await find(file, second)).toEqual(["one", undefined]);
    expect(await find(file, { passphrase: "another passphrase" })).toEqual(["one", undefined]);
    expect(await find(file, { passphraseBefore: "another passphrase" })).toEqual(["one", undefined]);
    expect(await find(file)).toEqual(["one", undefined]);
  });

  it("are replaced only where they are what was read", async () => {
    const file = await newFile();
    await using(file, async ({ installations }) => {
      await installations.save("T1", "one");
      expect(await installations.replace("T1", "other", "two")).toBe(false);
      expect(await installations.replace("T1", "one", "two")).toBe(true);
      expect(await installations.replace("T2", "one", "two")).toBe(false);
    });
    expect(await find(file)).toEqual(["two", undefined]);
  });
});

const compiled = fileURLToPath(new URL("../../dist/src/store/sqlite.js", import.meta.url));
const REKEY = `
import { openSqliteStore } from ${JSON.stringify(compiled)};
const store = await openSqliteStore(process.argv[2], () => new Date());
console.log("open");
for (;;) await store.installations.rekey();`;

describe("a new key", () => {
  it("leaves every token readable, whenever the program that seals is killed and whoever saves meanwhile", async () => {
    const file = await newFile();
    const program = path.join(path.dirname(file), "rekey.mjs");
    await writeFile(program, REKEY);
    const bot = await openSqliteStore(file, now);
    const ids = Array.from({ length: 8 }, (_none, i) => `T${i}`);
    for (const id of ids) await bot.installations.save(id, `${id} 0`);
    for (let round = 1; round <= 8; round++) {
      const child = spawn(process.execPath, [program, file], { stdio: ["ignore", "pipe", "inherit"] });
      const gone = once(child, "close");
      await once(child.stdout, "data");
      const saving = (async () => {
        for (const id of ids) await bot.installations.save(id, `${id} ${round}`);
      })();
      await sleep(20 + round * 23);
      child.kill("SIGKILL");
      await Promise.all([gone, saving]);
      const texts = (store: Store) => Promise.all(ids.map((id) => store.installations.find(id)));
      expect(await using(file, texts)).toEqual(ids.map((id) => `${id} ${round}`));
      expect(await texts(bot)).toEqual(ids.map((id) => `${id} ${round}`));
    }
    await using(file, ({ installations }) => installations.rekey());
    const keys = (await readFile(keyOf(file), "utf8")).split("\n").filter((line) => /^[^#]/.test(line));
    expect(keys).toHaveLength(1);
    await bot.close();
  }, 120_000);
});
