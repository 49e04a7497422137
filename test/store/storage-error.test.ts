import path from "node:path";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { storageFaultOf } from "../../src/store/storage-error.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What a real database says at a write, in the state that `make` brings it into. */
async function failureOf(make: (database: Database.Database) => void): Promise<unknown> {
  const database = new Database(path.join(await temporaryFolder(), "p.sqlite"));
  try {
    database.exec("create table t (a text)");
    make(database);
    for (let i = 0; i < 100; i++) database.prepare("insert into t values (?)").run("x".repeat(5000));
    return undefined;
  } catch (error) {
    return error;
  } finally {
    database.close();
  }
}

describe("what a database says", () => {
  it("of a full disk, of one that may not be written and of its own statements is told apart", async () => {
    const full = await failureOf((database) => database.pragma("max_page_count = 10"));
    expect(storageFaultOf(full)).toBe("full");
    expect(storageFaultOf(new Error("outer", { cause: full }))).toBe("full");
    expect(storageFaultOf(await failureOf((database) => database.pragma("query_only = on")))).toBe(
      "read-only",
    );
    expect(storageFaultOf(await failureOf((database) => database.exec("drop table t")))).toBeUndefined();
    expect(storageFaultOf(await failureOf(() => undefined))).toBeUndefined();
  });
});
