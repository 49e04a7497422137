import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { planOf } from "../digest/papers.ts";
import { openDiscord } from "../discord/app.ts";
import { openSlack } from "../slack/app.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const HOUR = 3_600_000;

/** A server of one's own on loopback. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A state folder with a digest for each of some places, due an hour ago. */
async function withDue(places: readonly { platform: string; server: string; channel: string }[]) {
  const state = await temporaryFolder();
  const store = await openTestStore(path.join(state, "paperboy.sqlite"));
  const book = createBook(store, () => new Date());
  const due = new Date(Date.now() - HOUR);
  const createdAt = new Date(Date.now() - 3 * HOUR);
  for (const [i, place] of places.entries())
    await book.put({
      id: `s${i}`,
      place,
      createdBy: "1",
      createdAt,
      scheduledSince: createdAt,
      plan: planOf({
        zone: "UTC",
        time: { hour: due.getUTCHours(), minute: due.getUTCMinutes() },
        delivery: "channel",
      }),
      state: { kind: "active" },
    });
  return state;
}

/** A Slack in which a digest is due, and the settings to send it. */
async function healthySlack() {
  const slack = await openSlack();
  const state = await withDue([{ platform: "slack", server: slack.team.id, channel: slack.general.id }]);
  const env = {
    PAPERBOY_STATE: state,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
  };
  return { slack, env, posted: () => slack.messages(slack.general).length };
}

const SILENT: RequestListener = () => undefined;
const FAULT: RequestListener = (_request, response) => void response.writeHead(500).end();
const BUSY: RequestListener = (_request, response) => {
  response.writeHead(429, { "content-type": "application/json", "retry-after": "600" });
  response.end(JSON.stringify({ message: "You are being rate limited.", retry_after: 600, global: false }));
};

describe("digests sent by hand", () => {
  it("reach a healthy platform within the minute, whatever the other and the sources do, and say what is left", async () => {
    const source = await serve(SILENT);
    const urls = [await serve(SILENT), await serve(FAULT), await serve(BUSY), "http://127.0.0.1:9"];
    const beside = urls.map(async (url) => {
      const { env, posted } = await healthySlack();
      const began = performance.now();
      const { code, stderr } = await runProgram(["digest", "--now"], {
        ...env,
        DISCORD_TOKEN: "a.to.ken",
        DISCORD_API_URL: `${url}/api`,
        PAPERBOY_SOURCES: "huggingface",
        PAPERBOY_HUGGINGFACE_URL: source,
      });
      expect([code, posted()]).toEqual([1, 1]);
      expect(stderr).toContain("What is new was not read to its end within 25 s");
      expect(stderr).toMatch(
        /Not everything could be sent; the next run tries again\. discord did not answer within 60 s\n/,
      );
      expect(performance.now() - began).toBeLessThan(85_000);
    });
    // None of them answers. In the same minute, for most of it is waited.
    const alone = async (): Promise<void> => {
      const { code, stderr } = await runProgram(["digest", "--now"], {
        PAPERBOY_STATE: await temporaryFolder(),
        DISCORD_TOKEN: "a.to.ken",
        DISCORD_API_URL: `${source}/api`,
        SLACK_APP_TOKEN: "xapp-1-a",
        SLACK_BOT_TOKEN: "xoxb-1-b",
        SLACK_API_URL: `${source}/api/`,
      });
      expect(code).toBe(1);
      expect(stderr).toContain("Not everything could be sent; the next run tries again.");
      expect(stderr).toContain("discord did not answer within 60 s");
      expect(stderr).toContain("slack did not answer within 60 s");
    };
    await Promise.all([...beside, alone()]);
  }, 120_000);

  it("reach a healthy platform where the other refuses the token, which is told", async () => {
    const { env, posted } = await healthySlack();
    const discord = await openDiscord();
    const refused = { DISCORD_TOKEN: "wrong.to.ken", DISCORD_API_URL: discord.apiUrl };
    const { code, stderr } = await runProgram(["digest", "--now"], { ...env, ...refused });
    expect([code, posted()]).toEqual([1, 1]);
    expect(stderr).toContain("tries again. discord: Discord does not accept DISCORD_TOKEN. Open ");
    const both = await runProgram(["digest", "--now"], { ...env, ...refused, SLACK_BOT_TOKEN: "xoxb-wrong" });
    expect(both.code).toBe(2);
    expect(both.stderr).toMatch(
      /Discord does not accept DISCORD_TOKEN.* Slack does not accept SLACK_BOT_TOKEN/,
    );
  });

  it.each([{ status: 429, retryAfter: 600 }, { status: 500 }, { error: "not_in_channel" }])(
    "are left for the next run, and named, where the platform answers them with %o",
    async (fault) => {
      const { slack, env, posted } = await healthySlack();
      slack.failNext("chat.postMessage", { ...fault, times: 9 });
      const { code, stderr } = await runProgram(["digest", "--now"], env);
      expect([code, posted()]).toEqual([1, 0]);
      expect(stderr).toMatch(/tries again\. slack: the digest s0 of \d{4}-\d\d-\d\d[;\n]/);
    },
  );
});
