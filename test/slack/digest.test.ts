import { describe, expect, it } from "vitest";
import { couriersOf } from "../../adapters/cli/serving/digests.ts";
import type { AppSettings } from "./app.ts";
import { first, openSlack, shownText, startApp } from "./app.ts";

/** A day before the digests; all of it is past, since the stand-in dates its messages by the clock of the machine. */
const FRIDAY = new Date("2025-11-21T12:00:00Z");

/** An app in which an admin has set up a digest in #general; the next one is due on Monday at 9:00. */
async function withDigest(options = "", settings: AppSettings = {}) {
  const started = await startApp(settings);
  started.clock.now = FRIDAY;
  const { app, slack, digests, clock } = started;
  const { general } = slack;
  const ana = slack.person("boss", { isAdmin: true });
  const asked = await slack.command({
    user: ana,
    channel: general,
    text: `/paper digest start zone:UTC ${options}`,
  });
  const offered = first(await asked.replied());
  const forecast = shownText(offered);
  await slack.press(offered, { user: ana, button: "Start this digest" });
  await slack.until(() => (shownText(offered).includes("is set up") ? true : undefined), "the digest");
  const tick = async (at: string): Promise<void> => {
    clock.now = new Date(at);
    await (await digests()).tick(couriersOf([app]));
  };
  return { ...started, ana, forecast, tick };
}

describe("the digest in Slack", () => {
  it("shows what the filters would have brought, posts once, and puts the runners-up into the thread", async () => {
    const { slack, forecast, tick } = await withDigest();
    expect(forecast).toMatch(/on weekdays at 09:00 UTC[\s\S]*Nothing is saved yet/);
    await tick("2025-11-24T09:00:00Z");
    await tick("2025-11-24T09:01:00Z");
    const [paper, others, ...more] = slack.messages(slack.general);
    expect(more).toEqual([]);
    expect(shownText(paper ?? {})).toContain("Paper of the day · 24 November 2025");
    expect(paper?.threadTs).toBeUndefined();
    expect(others?.threadTs).toBe(paper?.ts);
    expect(slack.violations).toEqual([]);
  });

  it("posts no faster than Slack allows in a channel", async () => {
    const slack = await openSlack({ postLimit: { burst: 1, perSecond: 1.05 } });
    const { tick } = await withDigest("", { slack });
    await tick("2025-11-24T09:00:00Z");
    expect(slack.messages(slack.general)).toHaveLength(2);
    expect(slack.rateLimited()).toBe(0);
  });

  it("finds the message by its metadata when the answer was lost, and does not post it twice", async () => {
    const { slack, tick } = await withDigest("delivery:channel");
    slack.failNext("chat.postMessage", { applied: true, drop: true });
    await tick("2025-11-24T09:00:00Z");
    slack.clearFaults();
    await tick("2025-11-24T09:02:00Z");
    await tick("2025-11-24T09:20:00Z");
    await tick("2025-11-24T09:21:00Z");
    expect(slack.messages(slack.general)).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  it("may be set up by who created the channel too", async () => {
    const { slack } = await startApp();
    const text = "/paper digest start zone:UTC";
    const asked = await slack.command({ user: slack.ana, channel: slack.general, text });
    expect(shownText(first(await asked.replied()))).toContain("Nothing is saved yet");
  });

  it("tells who may set one up, and to invite the bot first", async () => {
    const { slack } = await startApp();
    const ask = async (channel = slack.general): Promise<string> => {
      const asked = await slack.command({ user: slack.ben, channel, text: "/paper digest start zone:UTC" });
      return shownText(first(await asked.replied()));
    };
    expect(await ask()).toContain("workspace admins and the person who created the channel");
    expect(await ask(slack.quiet)).toContain("/invite @Paperboy");
    expect(await ask(slack.secret)).toContain("/invite @Paperboy");
  });

  it("belongs to a person in direct messages, and answers why a paper was chosen", async () => {
    const { app, slack, digests, clock } = await startApp();
    clock.now = FRIDAY;
    const { ana } = slack;
    const asked = await slack.command({
      user: ana,
      channel: slack.dm(ana),
      text: "/paper digest start zone:UTC topics:“language models”",
    });
    const offered = first(await asked.replied());
    await slack.press(offered, { user: ana, button: "Start this digest" });
    await slack.until(() => (shownText(offered).includes("is set up") ? true : undefined), "the digest");
    clock.now = new Date("2025-11-24T09:00:00Z");
    await (await digests()).tick(couriersOf([app]));
    const paper = first(slack.messages(slack.dm(ana)));
    const pressed = await slack.press(paper, { user: ana, button: "Why this one?" });
    expect(shownText(first(await pressed.replied()))).toContain("posted here on 24 November 2025");
    expect(shownText(paper)).toContain("Paper of the day");
    expect(slack.violations).toEqual([]);
  });
});
