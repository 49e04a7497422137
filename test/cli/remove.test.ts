import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { chosen } from "../support/long-tests.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function withPapers(...titles: string[]) {
  const folder = await temporaryFolder();
  const env = { PAPERBOY_STATE: path.join(folder, "state"), PAPERBOY_PAGES: path.join(folder, "pages") };
  await mkdir(env.PAPERBOY_PAGES);
  const file = path.join(folder, "mine.jsonl");
  await writeFile(file, titles.map((title, i) => `${JSON.stringify({ title, year: 2000 + i })}\n`).join(""));
  const run = (...args: string[]) => runProgram(args, env);
  expect(await run("ingest", file)).toMatchObject({ code: 0 });
  return { env, file, folder, run };
}

describe("paperboy remove", () => {
  it("says what it would remove, asks where it can, removes, and lets a file bring back what was removed", async () => {
    const { run, file } = await withPapers("On wombats", "Capybaras");
    const dry = await run("remove", "wombats", "--dry-run");
    expect([dry.code, dry.stdout]).toEqual([
      0,
      "Nothing was changed. 1 paper would be removed:\n  On wombats (title:on-wombats)\n",
    ]);
    const unasked = await run("remove", "wombats");
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toContain(
      "Remove 1 paper from this corpus? Nothing was changed, since nobody can be asked",
    );
    expect((await run("show", "wombats")).code).toBe(0);
    const done = await run("remove", "wombats", "--yes");
    expect([done.code, done.stdout]).toEqual([0, expect.stringMatching(/^Removed 1 paper\. /)]);
    for (const line of [
      ["show", "wombats"],
      ["search", "wombats"],
      ["remove", "wombats", "--yes"],
    ])
      expect([line, (await run(...line)).stdout]).toEqual([
        line,
        expect.not.stringContaining("On wombats\n"),
      ]);
    expect((await run("about")).stdout).toContain("1 paper");
    expect((await run("ingest", file)).stdout).toContain("1 new paper, 0 known better now, 1 already known");
    expect((await run("show", "wombats")).code).toBe(0);
  });

  it("takes all that only one file lists, or that are surely older than a day", async () => {
    const { run, folder } = await withPapers("Of 2000", "Of 2001", "Of 2002");
    const other = path.join(folder, "other.jsonl");
    await writeFile(
      other,
      `${JSON.stringify({ title: "Of 2002" })}\n${JSON.stringify({ title: "Undated" })}\n`,
    );
    await run("ingest", other);
    expect((await run("remove", "--before", "2001-06", "--dry-run")).stdout).toBe(
      "Nothing was changed. 1 paper would be removed:\n  Of 2000 (title:of-2000)\n",
    );
    const removed = await run("remove", "--source", "mine.jsonl", "--yes");
    expect(removed.stdout).toMatch(
      /^Removed 2 papers\. 1 paper of it stand in other sources too, and stay\. /,
    );
    expect((await run("about")).stdout).toContain("2 papers");
    expect(await run("remove", "--source", "nothing.bib", "--yes")).toMatchObject({ code: 1 });
  });

  const WRONG: readonly [args: string[], words: string][] = [
    [[], "Remove which papers?"],
    [["--before", "soon"], "--before is “soon”; it must be a year, a month or a day"],
    [["x", "--source", "y"], "Name papers, or give --source and --before, not both"],
    [["no such paper at all", "--yes"], "No paper here is “no such paper at all”"],
    [
      ["Of", "--yes"],
      "Several papers fit “Of”, so nothing was removed. Name one by its id, such as title:of-2000",
    ],
  ];
  it("says what is wrong with an order, and removes nothing", async () => {
    const { run } = await withPapers("Of 2000", "Of 2001");
    for (const [args, words] of WRONG) {
      const { code, stderr } = await run("remove", ...args);
      expect([args, code, stderr]).toEqual([args, 2, expect.stringContaining(words)]);
    }
    expect((await run("about")).stdout).toContain("2 papers");
  });

  it("is seen at once by a program that runs on the same state", async () => {
    const { env, run } = await withPapers("On wombats");
    const chat = spawn(...programSpawn([], env));
    let said = "";
    chat.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await expect.poll(() => said, { timeout: 25_000 }).toContain("lists all commands");
    const answer = async (line: string): Promise<string> => {
      const before = said.length;
      chat.stdin.write(`${line}\n`);
      while (said.length === before) await sleep(20);
      await sleep(100);
      return said.slice(before);
    };
    expect(await answer("search wombats")).toContain("On wombats");
    await run("remove", "title:on-wombats", "--yes");
    // Far less than the minute after which it would look by itself.
    for (let i = 0; i < 100 && (await answer("search wombats")).includes("On wombats"); i++) await sleep(50);
    expect(await answer("search wombats")).not.toContain("On wombats");
    chat.stdin.end();
    await once(chat, "close");
  });

  it("killed at any moment leaves what it removed until then, in every later program", async () => {
    const titles = Array.from({ length: 60 }, (_, i) => `Wombat number ${i}`);
    const { env, run } = await withPapers(...titles);
    const stored = path.join(env.PAPERBOY_STATE, "papers.jsonl");
    const whole = await readFile(stored);
    for (const wait of chosen([200, 700], [200, 500, 700, 900])) {
      await writeFile(stored, whole);
      await rm(path.join(env.PAPERBOY_STATE, "papers.index"), { force: true });
      const child = spawn(...programSpawn(["remove", "--source", "mine.jsonl", "--yes"], env));
      const ended = once(child, "close");
      await sleep(wait);
      child.kill("SIGKILL");
      await ended;
      const removed = (await readFile(stored, "utf8"))
        .split("\n")
        .filter((line) => line.startsWith('{"removed"'));
      const about = await run("about");
      expect([about.code, about.stderr.replace(/^.*Built the index.*\n/, "")]).toEqual([0, ""]);
      expect(about.stdout).toContain(`${60 - removed.filter((line) => line.endsWith("}")).length} papers`);
      expect(await run("remove", "--source", "mine.jsonl", "--yes")).toMatchObject({ stderr: "" });
    }
  }, 60_000);
});
