import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDiscord } from "../discord/app.ts";
import { shownText } from "../fakes/discord/index.ts";
import { openSlack } from "../slack/app.ts";
import { programSpawn } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

interface Entry {
  readonly level: string;
  readonly time: string;
  readonly message: string;
  readonly reference?: string;
}

/** What people write: words that stand nowhere else. */
const WORDS = ["quaxolotl", "brimblefrost", "zendrovian", "flumpkinade"] as const;
const [QUERY, MENTION, COMMAND, DIRECT] = WORDS;

/** A program on both platforms that logs all it can, with what its libraries say where they are asked to debug. */
async function start() {
  const [discord, slack] = await Promise.all([openDiscord(), openSlack()]);
  const secrets = {
    OPENALEX_API_KEY: "openalex-key-4711",
    SEMANTIC_SCHOLAR_API_KEY: "scholar-key-4711",
    PAPERBOY_SECRET: "a passphrase of the operator",
    DISCORD_TOKEN: discord.token,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_BOT_TOKEN: slack.botToken,
  };
  const env = {
    ...secrets,
    PAPERBOY_STATE: path.join(await temporaryFolder(), "state"),
    PAPERBOY_CONTACT: "mailto:ana@example.org",
    DISCORD_API_URL: discord.apiUrl,
    SLACK_API_URL: slack.apiUrl,
    PAPERBOY_LOG_LEVEL: "debug",
    PAPERBOY_LOG_FORMAT: "auto",
    DEBUG: "*",
  };
  const child = spawn(...programSpawn([], env));
  onTestFinished(() => void child.kill("SIGKILL"));
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const says = async (words: string): Promise<void> => {
    await expect.poll(() => log, { timeout: 25_000 }).toContain(words);
  };
  await says("to add it to a server open");
  await says("Slack: ready for");
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await once(child, "close");
  };
  return { discord, slack, secrets: Object.values(secrets), says, stop, log: () => log };
}

describe("the log of a program that serves both platforms and logs all it can", () => {
  it(
    "is JSON, holds no token, no person and nothing that anybody wrote, and brings a fault together with what was told",
    { timeout: 90_000 },
    async () => {
      const { discord, slack, secrets, says, stop, log } = await start();
      const ana = discord.user("ana");
      const search = ana.command("paper search", { query: `dinov2 ${QUERY}` });
      const found = await search.outcome();
      expect(found.message && shownText(found.message)).toContain("FastDINOv2");
      ana.say(discord.general, `<@${discord.bot.id}> papers on ${MENTION}`);
      await expect.poll(() => discord.messages(discord.general).length, { timeout: 10_000 }).toBe(2);
      const asked = { user: slack.ana, channel: slack.general };
      await (await slack.command({ ...asked, text: `/paper search ${COMMAND}` })).replied();
      await (await slack.mention({ ...asked, text: `papers on ${DIRECT}` })).replied();
      // Faults, with whatever the libraries put into their errors.
      const route = "PATCH /webhooks/:app/:token/messages/:message";
      discord.failNext({ route, status: 400, body: { code: 50035, message: "Invalid Form Body" }, times: 1 });
      const broken = ana.command("paper search", { query: QUERY });
      await says("An interaction failed");
      slack.failNext("chat.postMessage", { error: "invalid_blocks" });
      await slack.mention({ ...asked, text: `papers on ${DIRECT}` });
      await says("A mention failed");
      discord.gateway.drop();
      await says("The connection to Discord goes on");
      await stop();

      const text = log();
      for (const hidden of [
        ...secrets,
        discord.token.split(".").slice(0, 2).join("."),
        ...WORDS,
        broken.interaction.token,
        search.interaction.token,
        ana.user.id,
        slack.ana.id,
        "ana@example.org",
      ])
        expect(text).not.toContain(hidden);
      expect(text).not.toMatch(/\/(?:actions|commands)\/T\w/);

      const entries = text
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Entry);
      for (const { level, time, message } of entries)
        expect([level, Number.isNaN(Date.parse(time)), typeof message]).toEqual([
          expect.stringMatching(/^(?:debug|info|warn|error)$/),
          false,
          "string",
        ]);
      const failed = entries.find(({ message }) => message.startsWith("An interaction failed"));
      const reference = failed?.reference ?? "none";
      const told = discord.requests
        .map(({ body }) => JSON.stringify(body) ?? "")
        .filter((body) => body.includes(reference));
      expect(told.length).toBe(1);
      const course = entries.filter((entry) => entry.reference === reference).map(({ message }) => message);
      expect(course).toContain("Answered “search”");
      expect(course.filter((message) => message.startsWith("Discord: PATCH /api/v10/webhooks/")).length).toBe(
        1,
      );
      expect(course).not.toContain("Slack: chat.postMessage");
      const references = entries
        .filter(({ message }) => message.startsWith("Answered "))
        .map((one) => one.reference);
      expect(new Set(references).size).toBe(references.length);
      expect(references).not.toContain(undefined);
      expect([...discord.violations, ...slack.violations]).toEqual([]);
    },
  );
});
