import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { SCOPES } from "../../adapters/slack/declare.ts";
import { startServed } from "../admin/serve.ts";
import { openDiscord } from "../discord/app.ts";
import { openSlack } from "../slack/app.ts";
import { programSpawn, runProgram } from "../support/run-program.ts";
import { doctor, folder, inDiscord, ofDiscord, ofSlack, stateWith } from "./kit.ts";

describe("paperboy doctor", () => {
  it("finds nothing wrong beside a bot that serves both platforms, and tells no token", async () => {
    const [discord, slack] = await Promise.all([openDiscord(), openSlack()]);
    const channel = discord.channel("papers");
    slack.team.general.members.add(slack.botUser.id);
    const state = await stateWith(inDiscord(discord, channel), {
      platform: "slack",
      server: slack.team.id,
      channel: slack.general.id,
    });
    const settings = { PAPERBOY_STATE: state, ...ofDiscord(discord), ...ofSlack(slack) };
    const bot = await startServed(settings, state);
    await bot.says("Slack: ready for");
    await bot.says("to add it to a server open");
    const { code, failures, warnings, ok, text } = await doctor(settings);
    expect([failures, warnings, code]).toEqual([[], [], 0]);
    const said = ok.join("\n");
    expect(said).toMatch(/Process \d+ serves discord, slack from this state since 20/);
    expect(said).toContain("Discord: The token is accepted; the bot is ");
    expect(said).toContain("with all scopes that are needed");
    expect(said).toContain("#papers in Home: digests can be posted");
    expect(said).toContain("#general: digests can be posted");
    expect(said).toMatch(/The digest d0: none was due yet; the next is due at 20\d\d-/);
    expect(said).toMatch(/paperboy\.sqlite is sound, and of version \d+/);
    expect(said).toContain("as Discord's does");
    for (const secret of [discord.token, slack.appToken, slack.botToken]) expect(text).not.toContain(secret);
    expect(await bot.stop()).toBe(0);
    expect((await doctor(settings)).ok).toContain("Program: No bot runs on this state.");
    expect([...discord.violations, ...slack.violations]).toEqual([]);
  });

  it("tells of a bot that was killed, until the next one starts", async () => {
    const state = await folder();
    const child = spawn(...programSpawn([], { PAPERBOY_STATE: state, PAPERBOY_WEB_PORT: "0" }));
    onTestFinished(() => void child.kill("SIGKILL"));
    let log = "";
    child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    await expect.poll(() => log, { timeout: 20_000 }).toContain("Web: pages at");
    child.kill("SIGKILL");
    await once(child, "close");
    // An order is no successor.
    await runProgram(["compact"], { PAPERBOY_STATE: state });
    // A container on another machine that went the same way.
    const facts = { since: "2026-11-01T06:00:00.000Z", version: "0.1.0", serves: ["discord"] };
    const elsewhere = path.join(state, "running.1.lock");
    await writeFile(elsewhere, `1 container x facts:${encodeURIComponent(JSON.stringify(facts))}`);
    const longAgo = new Date(Date.now() - 3 * 24 * 3_600_000);
    await utimes(elsewhere, longAgo, longAgo);
    const { code, warnings } = await doctor({ PAPERBOY_STATE: state });
    expect(code).toBe(0);
    expect(warnings.toSorted()).toEqual([
      "Program: Process 1 on container, or in another container, serves discord from this state since 2026-11-01 06:00 UTC, with Paperboy 0.1.0, but was not heard of for 3 days.",
      expect.stringMatching(/^Program: Process \d+, .* was ended without warning\.$/),
    ]);
    await rm(elsewhere);
    const next = await startServed({ PAPERBOY_WEB_PORT: "0", PAPERBOY_WEBHOST: "127.0.0.1" }, state);
    expect(next.log()).toContain(
      "PAPERBOY_WEBHOST is no setting of Paperboy, and has no effect. Is PAPERBOY_WEB_HOST meant?",
    );
    expect(await next.stop()).toBe(0);
    expect((await doctor({ PAPERBOY_STATE: state })).warnings).toEqual([]);
  }, 60_000);

  it("names tokens that were withdrawn, and does not look at their channels", async () => {
    const [discord, slack] = await Promise.all([openDiscord(), openSlack()]);
    const state = await stateWith(inDiscord(discord, discord.general));
    await slack.uninstall();
    const settings = { PAPERBOY_STATE: state, ...ofDiscord(discord), ...ofSlack(slack) };
    const { code, failures, warnings } = await doctor({ ...settings, DISCORD_TOKEN: "old.to.ken" });
    expect(code).toBe(1);
    expect(failures).toContainEqual(
      expect.stringContaining("Platforms: Discord: Discord does not accept DISCORD_TOKEN. Open https://"),
    );
    expect(failures).toContainEqual(
      expect.stringContaining("Platforms: Slack: Slack does not accept SLACK_BOT_TOKEN. Open https://"),
    );
    expect(warnings).toContain("Channels: Discord: its channels were not looked at.");
  });

  it("names a scope that the Slack app lacks", async () => {
    const scopes = SCOPES.map(({ name }) => name).filter((name) => name !== "channels:read");
    const slack = await openSlack({ scopes });
    const { code, failures } = await doctor({ PAPERBOY_STATE: await folder(), ...ofSlack(slack) });
    expect(code).toBe(1);
    expect(failures).toEqual([expect.stringContaining("The Slack app lacks the scope channels:read")]);
  });

  it("warns of a scope that the Slack app lacks and can do without, and says what for", async () => {
    const scopes = SCOPES.map(({ name }) => name).filter((name) => name !== "reactions:read");
    const slack = await openSlack({ scopes });
    const { failures, warnings } = await doctor({ PAPERBOY_STATE: await folder(), ...ofSlack(slack) });
    expect(failures).toEqual([]);
    expect(warnings).toContainEqual(
      expect.stringMatching(/accepted in the workspace .*, without reactions:read \(counts the emoji below/),
    );
  });

  it("names the channels where a permission was taken away, the bot was removed, or that are gone", async () => {
    const [discord, slack] = await Promise.all([openDiscord(), openSlack()]);
    const [mute, hidden, gone, flat] = ["mute", "hidden", "gone", "flat"].map((name) =>
      discord.channel(name),
    );
    if (mute === undefined || hidden === undefined || gone === undefined || flat === undefined) return;
    discord.setBotPermissions(mute, ["ViewChannel", "ReadMessageHistory"]);
    discord.setBotPermissions(hidden, []);
    discord.setBotPermissions(flat, ["ViewChannel", "ReadMessageHistory", "SendMessages"]);
    const state = await stateWith(
      ...[mute, hidden, gone, flat].map((channel) => inDiscord(discord, channel)),
      { platform: "slack", server: slack.team.id, channel: slack.quiet.id },
    );
    discord.deleteChannel(gone);
    slack.team.quiet.members.delete(slack.botUser.id);
    const found = await doctor({ PAPERBOY_STATE: state, ...ofDiscord(discord), ...ofSlack(slack) });
    expect(found.code).toBe(1);
    expect(found.failures).toEqual([
      "Channels: Discord: #mute in Home: Send Messages is missing; no digest can be posted.",
      `Channels: Discord: The channel ${hidden.id}: View Channel is missing; no digest can be posted.`,
      `Channels: Discord: The channel ${gone.id} is gone.`,
      `Channels: Slack: #${slack.quiet.name}: the bot is not in it; no digest can be posted.`,
    ]);
    expect(found.warnings).toEqual([
      "Channels: Discord: #flat in Home: Create Public Threads is missing; the further papers go into the channel, not into a thread.",
    ]);
  });

  it("goes on without network, and says what could not be reached", async () => {
    const nowhere = "http://127.0.0.1:9";
    const { code, failures, ok } = await doctor({
      PAPERBOY_STATE: await folder(),
      DISCORD_TOKEN: "a.to.ken",
      DISCORD_API_URL: `${nowhere}/api`,
      SLACK_APP_TOKEN: "xapp-1-a",
      SLACK_BOT_TOKEN: "xoxb-1-b",
      SLACK_API_URL: `${nowhere}/api/`,
      PAPERBOY_SOURCES: "huggingface,arxiv:cs.CL",
      PAPERBOY_HUGGINGFACE_URL: nowhere,
      PAPERBOY_ARXIV_API_URL: nowhere,
      PAPERBOY_ARXIV_FEED_URL: nowhere,
    });
    expect(code).toBe(1);
    const said = failures.join("\n");
    expect(said).toMatch(/Platforms: Discord cannot be asked: .*ECONNREFUSED/);
    expect(said).toMatch(/Platforms: Slack cannot be asked: /);
    expect(said).toMatch(/Sources: 127\.0\.0\.1:9 cannot be reached, for huggingface: .*ECONNREFUSED/);
    expect(ok.join("\n")).toContain("no platform answered to compare it with");
  });

  it("names each setting that is wrong or unknown, and looks at all the rest", async () => {
    const { code, all, failures, warnings, ok } = await doctor({
      PAPERBOY_STATE: await folder(),
      DISCORD_BOT_TOKEN: "a.to.ken",
      PAPERBOY_LOGLEVLE: "debug",
      PAPERBOY_SOURCE: "huggingface",
      PAPERBOY_SOURCES: "usenet",
      PAPERBOY_ADMIN_PORT: "80000",
      SLACK_BOT_TOKEN: "xoxb-1-b",
      SLACK_LOUDNESS: "11",
      SLACK_TOKEN: "xoxb-1-b",
      SLACK_UNFURL: "perhaps",
    });
    expect(code).toBe(1);
    expect(failures.toSorted()).toEqual([
      expect.stringContaining("Settings: PAPERBOY_ADMIN_PORT is “80000”"),
      expect.stringContaining("Settings: PAPERBOY_SOURCES "),
      expect.stringContaining("Settings: SLACK_BOT_TOKEN is set, but neither"),
      expect.stringContaining("Settings: SLACK_UNFURL is “perhaps”"),
    ]);
    const unknown = all.filter(({ level, area }) => level === "warning" && area === "Settings");
    expect(unknown.map(({ what, todo }) => `${what.split(" ")[0]}: ${todo}`)).toEqual([
      "DISCORD_BOT_TOKEN: Is DISCORD_TOKEN meant? docs/settings.md lists all.",
      "PAPERBOY_LOGLEVLE: Is PAPERBOY_LOG_LEVEL meant? docs/settings.md lists all.",
      "PAPERBOY_SOURCE: Is PAPERBOY_SOURCES meant? docs/settings.md lists all.",
      "SLACK_LOUDNESS: docs/settings.md lists all settings.",
      "SLACK_TOKEN: Is SLACK_APP_TOKEN or SLACK_BOT_TOKEN meant? docs/settings.md lists all.",
    ]);
    expect(warnings).toContain("Settings: SLACK_TOKEN is no setting of Paperboy, and has no effect.");
    expect(ok.join("\n")).toContain("544 papers can be searched");
    const unreadable = await doctor({ PAPERBOY_STATE: await folder(), PAPERBOY_ENV_FILE: "/nowhere/.env" });
    expect(unreadable.failures).toEqual([
      expect.stringContaining("Settings: The settings in /nowhere/.env cannot be read"),
    ]);
  });

  it("is told in lines that say what to do, and takes no other words", async () => {
    const { code, stdout } = await runProgram(["doctor"], {
      PAPERBOY_STATE: await folder(),
      PAPERBOY_WEB_PORT: "http",
    });
    expect(code).toBe(1);
    expect(stdout).toContain(
      "  failure  PAPERBOY_WEB_PORT is “http”; it must be a whole number from 0 to 65535.\n           → Correct it; the program does not start before.\n",
    );
    expect(stdout).toMatch(/\n1 failure, \d+ ok\.\n$/);
    const wrong = await runProgram(["doctor", "who"], { PAPERBOY_STATE: await folder() });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      "Say doctor, or doctor --json for its findings as JSON.\n",
    ]);
  });
});
