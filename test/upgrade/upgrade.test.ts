import { appendFile, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { migrations } from "../../src/store/sql/migrations.ts";
import { NEWEST_MIGRATION } from "../../src/store/sql/newest-migration.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A state folder as the version of November 2026 left it: papers of format 1, and a database up to 0005-asked. */
const before = fileURLToPath(new URL("state-of-2026-11/", import.meta.url));

async function copied() {
  const folder = await temporaryFolder();
  const [state, pages] = [path.join(folder, "state"), path.join(folder, "pages")];
  await mkdir(pages);
  await cp(before, state, { recursive: true });
  const run = (...args: string[]) => runProgram(args, { PAPERBOY_STATE: state, PAPERBOY_PAGES: pages });
  return { folder, state, run };
}

describe("a state folder of an earlier version", () => {
  it("is opened with its papers, digests and what their channels had, and can be removed from", async () => {
    const { run } = await copied();
    expect((await run("about")).stdout).toContain("2 papers");
    const shown = await run("digest", "--now", "--dry-run");
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining("slack T1 C1: digest d1")]);
    expect(await run("remove", "wombats", "--yes")).toMatchObject({ code: 0 });
    expect((await run("about")).stdout).toContain("1 paper");
  });

  it("is brought up to the newest migration, whose name is known without a database", async () => {
    const names = Object.keys(await migrations.getMigrations());
    expect(names.at(-1)).toBe(NEWEST_MIGRATION);
    const { state, run } = await copied();
    await run("audit");
    const database = new Database(path.join(state, "paperboy.sqlite"), { readonly: true });
    const row = database.prepare("select max(name) as name from kysely_migration").get();
    database.close();
    expect(row).toMatchObject({ name: NEWEST_MIGRATION });
  });
});

describe("a backup of a database that this version has not opened", () => {
  it("says that it holds tokens in clear, which one that was made after the first start does not", async () => {
    const { folder, state, run } = await copied();
    const database = new Database(path.join(state, "paperboy.sqlite"));
    database
      .prepare("insert into installation values (?, ?, ?)")
      .run("slack:T0OLD", '{"bot":{"token":"xoxb-left-in-clear"}}', "2026-11-30T06:00:00.000Z");
    database.close();
    const holds = async (name: string): Promise<boolean> =>
      (await readFile(path.join(folder, name, "paperboy.sqlite"))).includes("xoxb-left-in-clear");
    const early = await run("backup", path.join(folder, "early"));
    expect([early.code, early.stderr]).toEqual([
      0,
      expect.stringMatching(
        /It holds the tokens of one workspace in clear.*Start Paperboy once.*remove this/,
      ),
    ]);
    expect(await holds("early")).toBe(true);
    // The first order that may write.
    await run("compact");
    const late = await run("backup", path.join(folder, "late"));
    expect([late.code, late.stderr, await holds("late")]).toEqual([0, "", false]);
  });
});

describe("what a newer version wrote", () => {
  it("of papers is refused with words, and left as it is, also by a backup and with an index", async () => {
    const { folder, state, run } = await copied();
    await run("about");
    const stored = path.join(state, "papers.jsonl");
    await appendFile(stored, '{"format":3}\n{"title":"Of the future","listedOn":"x"}\n');
    const text = await readFile(stored, "utf8");
    const file = path.join(folder, "more.jsonl");
    await writeFile(file, '{"title":"Another wombat"}\n');
    for (const args of [
      ["about"],
      ["ingest", file],
      ["remove", "wombats", "--yes"],
      ["backup", path.join(folder, "copy")],
    ]) {
      const { code, stderr } = await run(...args);
      expect([args[0], code, stderr]).toEqual([
        args[0],
        2,
        expect.stringMatching(
          /papers\.jsonl was written by a newer Paperboy \(format 3; this one reads formats up to 2\)/,
        ),
      ]);
    }
    expect(await readFile(stored, "utf8")).toBe(text);
  });
});
