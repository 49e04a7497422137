import { readdir, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { FakeSlack } from "../fakes/slack/index.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { asks, openSlack } from "./app.ts";
import { installingSettings, startInstalling } from "./installing-program.ts";

async function holdsToken(folder: string, slack: FakeSlack): Promise<boolean> {
  const files = (await readdir(folder)).map((name) => readFile(path.join(folder, name)));
  return (await Promise.all(files)).some((bytes) => bytes.includes(slack.botToken));
}

describe("the program that workspaces install", () => {
  it("keeps no token readable, in the state folder or a backup, and goes on over a new key and a restart", async () => {
    const slack = await openSlack({ installed: false });
    const state = path.join(await temporaryFolder(), "state");
    const env = installingSettings(slack, state);
    const bot = await startInstalling(slack, env);
    expect((await slack.install({ app: bot.origin })).status).toBe(200);
    expect(await asks(slack)).toContain("544 papers");
    expect(await holdsToken(state, slack)).toBe(false);
    const key = await readFile(path.join(state, "paperboy.key"), "utf8");
    const rekeyed = await runProgram(["rekey"], env);
    expect([rekeyed.code, rekeyed.stderr]).toEqual([0, ""]);
    expect(rekeyed.stdout).toMatch(
      /The tokens of one workspace are sealed with a new key in .*paperboy\.key/,
    );
    expect(await readFile(path.join(state, "paperboy.key"), "utf8")).not.toBe(key);
    expect(await asks(slack)).toContain("544 papers");
    const backup = path.join(path.dirname(state), "backup");
    const backedUp = await runProgram(["backup", backup], env);
    expect(backedUp.stdout).toMatch(/opens no workspace of Slack without the key in .*paperboy\.key/);
    expect((await readdir(backup)).toSorted()).toEqual(["manifest.json", "paperboy.sqlite"]);
    expect(await holdsToken(backup, slack)).toBe(false);
    await bot.stop();
    const again = await startInstalling(slack, env);
    expect(await asks(slack)).toContain("544 papers");
    await again.stop();
    expect(slack.violations).toEqual([]);
  }, 60_000);

  it("says what to do where the key is lost, answers others, and lets the workspace install it again", async () => {
    const slack = await openSlack({ installed: false });
    const state = path.join(await temporaryFolder(), "state");
    const env = installingSettings(slack, state);
    const bot = await startInstalling(slack, env);
    await slack.install({ app: bot.origin });
    await bot.stop();
    await rename(path.join(state, "paperboy.key"), path.join(path.dirname(state), "lost.key"));
    const without = await startInstalling(slack, env);
    expect(without.said.log).toContain(
      `The tokens of one workspace (${slack.team.id}) were sealed with a key that is not here`,
    );
    expect(without.said.log).toContain("/slack/install");
    const refused = await runProgram(["rekey"], env);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(`(slack:${slack.team.id})`)]);
    expect((await slack.install({ app: without.origin })).status).toBe(200);
    expect(await asks(slack)).toContain("544 papers");
    await without.stop();
  }, 60_000);

  it("takes a passphrase, and refuses one that is too short", async () => {
    const slack = await openSlack({ installed: false });
    const state = path.join(await temporaryFolder(), "state");
    const env = installingSettings(slack, state);
    const short = await runProgram(["about"], { ...env, PAPERBOY_SECRET: "swordfish" });
    expect([short.code, short.stderr]).toEqual([
      2,
      expect.stringMatching(/PAPERBOY_SECRET has 9 characters, and must have at least 16.*openssl rand/),
    ]);
    const bot = await startInstalling(slack, env);
    await slack.install({ app: bot.origin });
    await bot.stop();
    const secret = { ...env, PAPERBOY_SECRET: "a passphrase of some length" };
    const rekeyed = await runProgram(["rekey"], secret);
    expect([rekeyed.code, rekeyed.stdout]).toEqual([
      0,
      expect.stringContaining("sealed with PAPERBOY_SECRET"),
    ]);
    expect(await readdir(state)).not.toContain("paperboy.key");
    const next = await startInstalling(slack, secret);
    expect(await asks(slack)).toContain("544 papers");
    await next.stop();
    const words = await runProgram(["backup", path.join(path.dirname(state), "copy")], secret);
    expect(words.stdout).toContain("without PAPERBOY_SECRET");
  }, 60_000);
});
