import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished } from "vitest";
import type { FakeSlack } from "../fakes/slack/index.ts";
import { programSpawn } from "../support/run-program.ts";

type Env = Readonly<Record<string, string>>;

/** The settings of the program as workspaces install it. */
export const installingSettings = (slack: FakeSlack, state: string): Env => ({
  PAPERBOY_STATE: state,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_CLIENT_ID: slack.clientId,
  SLACK_CLIENT_SECRET: slack.clientSecret,
  SLACK_PORT: "0",
  SLACK_API_URL: slack.apiUrl,
});

/** The compiled program as workspaces install it, ready. */
export async function startInstalling(slack: FakeSlack, env: Env) {
  const child = spawn(...programSpawn([], env));
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { log: "" };
  child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
  await expect.poll(() => said.log, { timeout: 20_000 }).toContain("Slack: ready for");
  const origin = /at (http:\S+)\/slack\/events/.exec(said.log)?.[1] ?? "";
  slack.serveAt(`${origin}/slack/events`);
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await once(child, "close");
    expect(said.log).not.toMatch(/xox[be]/);
  };
  return { origin, said, stop };
}
