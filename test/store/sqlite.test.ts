import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
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
      /cannot be opened for writing\. .*PAPERBOY_STATE/,
    );
  });
});
