import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";
import { storeContract } from "./contract.ts";

storeContract("an SQLite file", (place, now) => openTestStore(place, now));

describe("an SQLite file", () => {
  it("is made with its folder, for its owner alone, by whoever comes first", async () => {
    const file = path.join(await temporaryFolder(), "deep", "paperboy.sqlite");
    const stores = await Promise.all(Array.from({ length: 4 }, () => openTestStore(file)));
    expect(await Promise.all(stores.map(({ once }, i) => once.claim(String(i), 1000)))).not.toContain(false);
    const folder = path.dirname(file);
    const modes = (await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).mode);
    expect((await Promise.all(modes)).map((mode) => mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  });

  it("says what to do where the file is no database, and leaves it as it is", async () => {
    const file = path.join(await temporaryFolder(), "p.sqlite");
    await writeFile(file, "Wombats. ".repeat(1000));
    await expect(openSqliteStore(file, () => new Date())).rejects.toThrow(
      /p\.sqlite is damaged, or no database\. Put a backup in its place/,
    );
    expect(await readFile(file, "utf8")).toBe("Wombats. ".repeat(1000));
  });

  it("says what to do where it cannot be written", async () => {
    await expect(openSqliteStore("/dev/null/state/p.sqlite", () => new Date())).rejects.toThrow(
      /\/dev\/null\/state cannot be made \(ENOTDIR\)\. Set PAPERBOY_STATE/,
    );
    await expect(openSqliteStore(await temporaryFolder(), () => new Date())).rejects.toThrow(
      /is a folder, where Paperboy keeps a file\. Move it away, or set PAPERBOY_STATE/,
    );
  });

  /** A closed database, changed as if by somebody else, and its bytes. */
  async function changed(change: (database: Database.Database) => void) {
    const file = path.join(await temporaryFolder(), "p.sqlite");
    await (await openSqliteStore(file, () => new Date())).close();
    const database = new Database(file);
    change(database);
    database.pragma("wal_checkpoint(truncate)");
    database.close();
    return { file, bytes: await readFile(file) };
  }

  it("that a newer version has written is refused and stays as it is", async () => {
    const { file, bytes } = await changed((database) =>
      database.exec("insert into kysely_migration values ('0099-of-the-future', '2030-01-01')"),
    );
    await expect(openSqliteStore(file, () => new Date())).rejects.toThrow(
      /p\.sqlite was written by a newer Paperboy \(0099-of-the-future\)\. Install that version again/,
    );
    expect((await readFile(file)).equals(bytes)).toBe(true);
  });

  it("that lacks a table, or has damaged pages, is refused and stays as it is", async () => {
    const { file, bytes } = await changed((database) => database.exec("drop table preference"));
    await expect(openSqliteStore(file, () => new Date())).rejects.toThrow(
      /p\.sqlite is damaged: it lacks preference\. Put a backup in its place/,
    );
    expect((await readFile(file)).equals(bytes)).toBe(true);
    const filled = await changed((database) => {
      const insert = database.prepare("insert into button values (?, ?, '2026-01-01')");
      for (let i = 0; i < 400; i++) insert.run(`key ${i}`, "x".repeat(300));
    });
    const damaged = Buffer.from(filled.bytes);
    damaged.fill(0xa5, 8 * 4096 * 2, damaged.length - 4096);
    await writeFile(filled.file, damaged);
    await expect(openSqliteStore(filled.file, () => new Date())).rejects.toThrow(/p\.sqlite is damaged/);
    expect((await readFile(filled.file)).equals(damaged)).toBe(true);
  });
});
