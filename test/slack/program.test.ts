import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull, tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { first, openSlack } from "./app.ts";

const program = fileURLToPath(new URL("../../dist/adapters/cli/main.js", import.meta.url));

async function start(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env["PATH"],
      PAPERBOY_ENV_FILE: devNull,
      PAPERBOY_STATE: await temporaryFolder(),
      ...env,
    },
    cwd: tmpdir(),
  });
  const said = { log: "" };
  child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
  return { child, said };
}

describe("the program with Slack's tokens", () => {
  it("serves Slack, and ends cleanly when it is asked to", async () => {
    const slack = await openSlack();
    const { child, said } = await start({
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
    });
    await expect.poll(() => said.log, { timeout: 20_000 }).toContain("Slack: ready for");
    const asked = await slack.command({ user: slack.ana, channel: slack.general, text: "/paper about" });
    expect(first(await asked.replied()).text).toContain("544 papers");
    child.kill("SIGTERM");
    await once(child, "close");
    expect(child.exitCode).toBe(0);
    expect(said.log).not.toContain(slack.botToken);
    expect(slack.violations).toEqual([]);
  });

  it("ends with 2 and what is missing when only one of the tokens is set", async () => {
    const { child, said } = await start({ SLACK_APP_TOKEN: "xapp-1" });
    await once(child, "close");
    expect([child.exitCode, said.log]).toEqual([2, expect.stringContaining("SLACK_BOT_TOKEN is not set")]);
    const alone = await start({ SLACK_BOT_TOKEN: "xoxb-1" });
    await once(alone.child, "close");
    expect(alone.said.log).toContain("neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET");
  });
});
