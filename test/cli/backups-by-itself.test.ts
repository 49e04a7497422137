import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { backUpIfDue } from "../../adapters/cli/backup/rotation.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const HOUR = 3_600_000;

async function withState() {
  const folder = await temporaryFolder();
  const state = path.join(folder, "state");
  await mkdir(state);
  await writeFile(path.join(state, "papers.jsonl"), '{"title":"On wombats","listedOn":"x"}\n');
  return { folder, state, backups: path.join(folder, "backups") };
}

describe("backups that the bot makes by itself", () => {
  it("are made when they are due, by one of several programs; the newest are kept, and nothing else is removed", async () => {
    const { state, backups } = await withState();
    const { log, lines } = collectingLog();
    let now = Date.parse("2026-11-01T00:20:00Z");
    const store = await openTestStore(path.join(state, "paperboy.sqlite"), () => new Date(now));
    await mkdir(backups);
    const others = ["paperboy-2020.tar.gz", "my own.tar.gz", "paperboy-2026-10-01T00-00-00Z.tar.gz.old"];
    for (const name of others) await writeFile(path.join(backups, name), "mine");
    const parts = {
      every: 24 * HOUR,
      keep: 3,
      folder: backups,
      state,
      by: { program: "1.2.3", settings: [] },
      once: async () => store.once,
      now: () => new Date(now),
      log,
    };
    for (let hour = 0; hour < 24 * 5; hour++, now += HOUR)
      await Promise.all([backUpIfDue(parts), backUpIfDue(parts)]);
    const made = (await readdir(backups)).filter((name) => !others.includes(name));
    expect(made.toSorted()).toEqual(
      ["03", "04", "05"].map((day) => `paperboy-2026-11-${day}T00-20-00Z.tar.gz`),
    );
    expect((await readdir(backups)).toSorted()).toEqual([...made, ...others].toSorted());
    expect(lines).toHaveLength(5);
  });

  it("that fail are told once with what to do, and are made again once that is mended", async () => {
    const { state, backups } = await withState();
    const env = { PAPERBOY_STATE: state, PAPERBOY_WEB_PORT: "0", PAPERBOY_BACKUP_EVERY: "hour" };
    await writeFile(backups, "a file where the folder should be");
    const bot = spawn(...programSpawn([], { ...env, PAPERBOY_BACKUP_FOLDER: backups }));
    onTestFinished(() => void bot.kill("SIGKILL"));
    let said = "";
    bot.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    while (!said.includes("No backup could be made")) await sleep(50);
    expect(said).toMatch(/No backup could be made: .* cannot be backed up into .*(?:EEXIST|ENOTDIR)/);
    expect(said).toContain("or set PAPERBOY_BACKUP_FOLDER to another folder");
    const ended = once(bot, "close");
    bot.kill("SIGTERM");
    await ended;
    const again = spawn(...programSpawn([], env));
    onTestFinished(() => void again.kill("SIGKILL"));
    const own = path.join(state, "backups");
    while ((await readdir(own).catch(() => [])).filter((name) => name.endsWith(".tar.gz")).length === 0)
      await sleep(50);
    const over = once(again, "close");
    again.kill("SIGTERM");
    await over;
    const [name = ""] = await readdir(own);
    const other = path.join(path.dirname(state), "other");
    expect(await runProgram(["restore", path.join(own, name)], { PAPERBOY_STATE: other })).toMatchObject({
      code: 0,
    });
  }, 90_000);

  it.each([
    ["PAPERBOY_BACKUP_EVERY", "now and then", "it must be hour, day, week, or empty"],
    ["PAPERBOY_BACKUP_KEEP", "0", "it must be a whole number from 1 to 1000"],
  ])("refuse %s=%s", async (name, value, words) => {
    const { code, stderr } = await runProgram(["about"], { [name]: value });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${name} is “${value}”; ${words}`)]);
  });
});
