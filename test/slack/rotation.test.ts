import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { couriersOf } from "../../adapters/cli/serving/digests.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";
import type { FakeSlack } from "../fakes/slack/index.ts";
import { ingestFiles } from "../support/ingest-files.ts";
import { programSpawn } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";
import type { AppSettings } from "./app.ts";
import { asks, installable, openSlack, shownText, startApp } from "./app.ts";

const HOUR = 60 * 60_000;
const ATTENTION = "https://arxiv.org/abs/1706.03762";
/** Slack's tokens live so many seconds. */
const LIFE = 43_200;

/** A Slack whose tokens expire, and a clock for it and the app. */
async function rotating(options: { readonly installed: boolean; readonly tokenLife?: number }) {
  const slack = await openSlack({ tokenLife: LIFE, ...options });
  let skipped = 0;
  return {
    slack,
    now: () => new Date(Date.now() + skipped),
    advance: (milliseconds: number): void => {
      skipped += milliseconds;
      slack.advance(milliseconds);
    },
  };
}

/** The app with the one token of its settings. */
const alone = (slack: FakeSlack): Pick<AppSettings, "change" | "slack"> => ({
  slack,
  change: (settings) => {
    const { clientId, clientSecret, refreshToken, botToken, appToken } = slack;
    const rotation = { clientId, clientSecret, refreshToken };
    return { ...settings, connection: { kind: "socket", appToken, botToken, rotation } };
  },
});

/** Questions that are asked at once, each answered. */
async function manyAsk(slack: FakeSlack, count: number): Promise<void> {
  const said = (): number => slack.messages(slack.general).filter(({ from }) => from === "app").length;
  const before = said();
  for (let i = 0; i < count; i++)
    void slack.mention({ user: slack.ana, channel: slack.general, text: "about" });
  await slack.until(() => (said() - before >= count ? true : undefined), `${count} answers`);
  await slack.idle();
}

const renewals = (slack: FakeSlack): number =>
  slack.calls.filter(
    ({ method, args }) => method === "oauth.v2.access" && args["grant_type"] === "refresh_token",
  ).length;

const refusals = (slack: FakeSlack): unknown[] =>
  slack.calls.flatMap(({ method, answer }) =>
    answer?.["ok"] === false ? [`${method}: ${String(answer["error"])}`] : [],
  );

describe("tokens that expire", () => {
  it("are renewed once in their last two hours and after their end, for answers, links and digests", async () => {
    const { slack, now, advance } = await rotating({ installed: false });
    const { app, origin, digests, clock, library } = await startApp({ ...installable(slack), now });
    const file = path.join(await temporaryFolder(), "papers.jsonl");
    await writeFile(
      file,
      '{"id":"1706.03762","title":"Attention Is All You Need","abstract":"The Transformer."}',
    );
    await ingestFiles(library, [file]);
    await slack.install({ app: origin });
    const place = { platform: "slack", server: slack.team.id, channel: slack.general.id };
    clock.now = new Date("2025-11-21T12:00:00Z");
    await (await digests()).start(place, slack.ana.id, { ...DEFAULT_PLAN, runnersUp: 0 });
    expect([await asks(slack), renewals(slack)]).toEqual([expect.stringContaining("545 papers"), 0]);
    advance(10.5 * HOUR);
    await asks(slack);
    await slack.until(() => (renewals(slack) === 1 ? true : undefined), "a renewal");
    await slack.idle();
    // The background is over when the new token is used.
    await expect
      .poll(async () => {
        await asks(slack);
        return slack.calls.at(-1)?.token;
      })
      .not.toBe(slack.calls.find(({ method }) => method === "chat.postMessage")?.token);
    advance(13 * HOUR);
    await manyAsk(slack, 5);
    expect(renewals(slack)).toBe(2);
    advance(13 * HOUR);
    await slack.shareLinks({ user: slack.ana, channel: slack.general, links: [ATTENTION] });
    await slack.until(() => (slack.unfurls().length === 1 ? true : undefined), "a card");
    await slack.idle();
    advance(13 * HOUR);
    clock.now = new Date("2025-11-24T09:00:00Z");
    await (await digests()).tick(couriersOf([app]));
    expect(slack.messages(slack.general).map(shownText).join("\n")).toContain("Paper of the day");
    expect(renewals(slack)).toBe(4);
    expect(refusals(slack)).toEqual([]);
    expect(slack.violations).toEqual([]);
  }, 30_000);

  it("that Slack calls expired, whatever the clock says, are renewed with the next call and not forgotten", async () => {
    const { slack } = await rotating({ installed: false });
    const { app, origin, store, digests, clock } = await startApp(installable(slack));
    await slack.install({ app: origin });
    slack.advance(13 * HOUR);
    await slack.mention({ user: slack.ana, channel: slack.general, text: "about" });
    await slack.idle();
    expect(await store.installations.find(`slack:${slack.team.id}`)).toBeDefined();
    expect(await asks(slack)).toContain("544 papers");
    slack.advance(13 * HOUR);
    const place = { platform: "slack", server: slack.team.id, channel: slack.general.id };
    clock.now = new Date("2025-11-21T12:00:00Z");
    await (await digests()).start(place, slack.ana.id, { ...DEFAULT_PLAN, runnersUp: 0 });
    for (const at of ["09:00", "09:01"]) {
      clock.now = new Date(`2025-11-24T${at}:00Z`);
      await (await digests()).tick(couriersOf([app]));
    }
    expect(slack.messages(slack.general).map(shownText).join("\n")).toContain("Paper of the day");
    expect(slack.violations).toEqual([]);
  }, 30_000);

  it("work on while Slack does not renew them, and are told once", async () => {
    const { slack, now, advance } = await rotating({ installed: false });
    const { origin, lines } = await startApp({ ...installable(slack), now });
    await slack.install({ app: origin });
    advance(10.5 * HOUR);
    slack.failNext("oauth.v2.access", { error: "internal_error" });
    expect(await asks(slack)).toContain("544 papers");
    await slack.idle();
    await asks(slack);
    slack.clearFaults();
    advance(2 * HOUR);
    expect(await asks(slack)).toContain("544 papers");
    expect(lines.filter((line) => line.includes("could not be renewed"))).toHaveLength(1);
    expect(lines.join("\n")).toContain("is renewed again");
    expect(lines.join("\n")).not.toMatch(/xox[be]/);
  }, 30_000);

  it("whose refresh token Slack does not take hold digests back until the app is installed again", async () => {
    const { slack, now, advance } = await rotating({ installed: false });
    const { app, origin, lines, digests, clock } = await startApp({ ...installable(slack), now });
    await slack.install({ app: origin });
    const place = { platform: "slack", server: slack.team.id, channel: slack.general.id };
    clock.now = new Date("2025-11-21T12:00:00Z");
    await (await digests()).start(place, slack.ana.id, { ...DEFAULT_PLAN, runnersUp: 0 });
    advance(13 * HOUR);
    slack.failNext("oauth.v2.access", { error: "invalid_refresh_token" });
    clock.now = new Date("2025-11-24T09:00:00Z");
    await (await digests()).tick(couriersOf([app]));
    expect(lines.join("\n")).toMatch(/does not take its refresh token.*installed there again/);
    const [one] = await (await digests()).all();
    expect(one?.state.kind).toBe("held");
    slack.clearFaults();
    await slack.install({ app: origin });
    clock.now = new Date("2025-11-24T09:30:00Z");
    await (await digests()).tick(couriersOf([app]));
    expect(slack.messages(slack.general).map(shownText).join("\n")).toContain("Paper of the day");
  }, 30_000);

  it("of one workspace come of the settings, are kept over a restart, and end the app when Slack takes them no more", async () => {
    const { slack, now, advance } = await rotating({ installed: true });
    const store = await openTestStore();
    const one = await startApp({ ...alone(slack), store, now });
    expect(await asks(slack)).toContain("544 papers");
    advance(13 * HOUR);
    expect(await asks(slack)).toContain("544 papers");
    await one.app.stop();
    advance(13 * HOUR);
    const two = await startApp({ ...alone(slack), store, now });
    expect(await asks(slack)).toContain("544 papers");
    expect(refusals(slack)).toEqual([]);
    expect(slack.violations).toEqual([]);
    advance(13 * HOUR);
    slack.failNext("oauth.v2.access", { error: "invalid_refresh_token" });
    void slack.mention({ user: slack.ana, channel: slack.general, text: "about" });
    await expect(two.app.failed).rejects.toThrow(/no longer takes SLACK_REFRESH_TOKEN.*install it again/);
  }, 30_000);

  it("of one workspace come of a new pair where the settings have one, and an app that runs with the pair before follows", async () => {
    const { slack, now, advance } = await rotating({ installed: true });
    const store = await openTestStore();
    await startApp({ ...alone(slack), store, now });
    const renew = await fetch(`${slack.apiUrl}oauth.v2.access`, {
      method: "POST",
      body: new URLSearchParams({
        client_id: slack.clientId,
        client_secret: slack.clientSecret,
        grant_type: "refresh_token",
        refresh_token: JSON.parse((await store.installations.find(`slack:own:${slack.clientId}`)) ?? "{}").bot
          .refreshToken as string,
      }),
    });
    const pair = (await renew.json()) as { access_token: string; refresh_token: string };
    const anew = { ...slack, botToken: pair.access_token, refreshToken: pair.refresh_token };
    const second = await startApp({ ...alone(anew), slack, store, now });
    advance(13 * HOUR);
    await manyAsk(slack, 6);
    await second.app.stop();
    advance(13 * HOUR);
    expect(await asks(slack)).toContain("544 papers");
    expect(refusals(slack)).toEqual([]);
    expect(slack.violations).toEqual([]);
  }, 30_000);

  it("are renewed by one of two apps that ask at once, and both have a token that works", async () => {
    const { slack, now, advance } = await rotating({ installed: true });
    const file = path.join(await temporaryFolder(), "paperboy.sqlite");
    const stores = [await openTestStore(file), await openTestStore(file)];
    for (const store of stores) await startApp({ ...alone(slack), store, now });
    for (let day = 1; day <= 4; day++) {
      advance(13 * HOUR);
      await manyAsk(slack, 6);
    }
    expect(renewals(slack)).toBe(5);
    expect(refusals(slack)).toEqual([]);
    expect(slack.violations).toEqual([]);
  }, 60_000);
});

describe("two programs on one state folder with a token that expires", () => {
  it("use each refresh token once and answer on", async () => {
    // A token is renewed in its last two hours: here with nearly every question.
    const { slack } = await rotating({ installed: true, tokenLife: 7201 });
    const env = {
      PAPERBOY_STATE: path.join(await temporaryFolder(), "state"),
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_REFRESH_TOKEN: slack.refreshToken,
      SLACK_CLIENT_ID: slack.clientId,
      SLACK_CLIENT_SECRET: slack.clientSecret,
      SLACK_API_URL: slack.apiUrl,
    };
    const logs = await Promise.all(
      [1, 2].map(async () => {
        const child = spawn(...programSpawn([], env));
        onTestFinished(() => void child.kill("SIGKILL"));
        const said = { log: "" };
        child.stderr.on("data", (chunk: Buffer) => (said.log += chunk.toString()));
        await expect.poll(() => said.log, { timeout: 40_000 }).toContain("Slack: ready for");
        return said;
      }),
    );
    for (let i = 0; i < 12; i++) {
      expect(await asks(slack)).toContain("544 papers");
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(renewals(slack)).toBeGreaterThan(2);
    expect(refusals(slack)).toEqual([]);
    for (const { log } of logs) expect(log).not.toMatch(/xox[be]|could not be renewed/);
    expect(slack.violations).toEqual([]);
  }, 90_000);
});
