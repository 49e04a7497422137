import { describe, expect, it, vi } from "vitest";
import { couriersOf } from "../../adapters/cli/serving/digests.ts";
import type { Posted } from "../../src/store/kept/postings.ts";
import { SCOPES } from "../../adapters/slack/declare.ts";
import type { TestApp } from "./app.ts";
import { first, need, openSlack, shownText, startApp } from "./app.ts";

/** What a channel remembers, once all that was begun is done. */
async function remembered(
  { memory, slack }: TestApp,
  until: (posted: readonly Posted[]) => boolean,
  channel = slack.general,
): Promise<readonly Posted[]> {
  const place = { platform: "slack", server: slack.team.id, channel: channel.id };
  return vi.waitUntil(async () => {
    const posted = await (await memory()).newest(place);
    return until(posted) ? posted : undefined;
  });
}

describe("what a channel of Slack remembers", () => {
  it("are answers to mentions and shared ones, with their papers and the way to them; private answers are none", async () => {
    const app = await startApp();
    const { slack } = app;
    const { ana, general } = slack;
    await (await slack.direct({ user: ana, text: "show FastDINOv2" })).replied();
    const asked = await slack.command({ user: ana, channel: general, text: "/paper search dinov2" });
    const found = first(await asked.replied());
    await slack.press(found, { user: ana, button: "Share to channel" });
    const [shared] = await remembered(app, (posted) => posted.length === 1);
    expect(shared).toMatchObject({ as: "share", reactors: 0 });
    expect(shared?.link).toMatch(
      new RegExp(`slack.com/archives/${general.id}/p${shared?.message.replace(".", "")}$`),
    );
    const mention = await slack.mention({ user: ana, channel: general, text: "show FastDINOv2" });
    const answer = first(await mention.replied());
    const [told] = await remembered(app, (posted) => posted.length === 2);
    expect(told).toMatchObject({ as: "answer", message: answer.ts, thread: mention.message.ts });
    expect(told?.papers.map(({ title }) => title)).toEqual([expect.stringContaining("FastDINOv2")]);
    expect(slack.violations).toEqual([]);
  });

  it("is nothing where the bot is no member of the channel, in which an answer is shared all the same", async () => {
    const app = await startApp();
    const { slack } = app;
    const { ana, general } = slack;
    general.members.delete(slack.botUser.id);
    const asked = await slack.command({ user: ana, channel: general, text: "/paper search dinov2" });
    const pressed = await slack.press(first(await asked.replied()), {
      user: ana,
      button: "Share to channel",
    });
    expect(first(await pressed.replied())).toMatchObject({ via: "response_url", ephemeralFor: undefined });
    await slack.idle();
    await remembered(app, (posted) => posted.length === 0);
  });

  it("are reactions, each person's once and each event once, until they are taken back", async () => {
    const app = await startApp();
    const { slack } = app;
    const { ana, ben, general } = slack;
    const mention = await slack.mention({ user: ana, channel: general, text: "show FastDINOv2" });
    const message = first(await mention.replied());
    const reactors = (count: number) => remembered(app, ([one]) => one?.reactors === count);
    await reactors(0);
    const added = await slack.react({ user: ana, message, name: "+1" });
    await slack.react({ user: ana, message, name: "tada" });
    await slack.react({ user: ben, message, name: "+1" });
    await reactors(2);
    await slack.react({ user: ana, message, name: "tada", gone: true });
    await slack.react({ user: ana, message, name: "+1", gone: true });
    await reactors(1);
    await slack.retry(need(added.eventId));
    await slack.idle();
    await reactors(1);
    await slack.react({ user: ben, message: mention.message, name: "+1" });
    const room = JSON.stringify(["slack", slack.team.id, general.id]);
    expect((await app.store.postings.reactionsIn(room)).map(({ person }) => person)).toEqual([
      JSON.stringify(["slack", slack.team.id, "person", ben.id]),
    ]);
    expect(slack.violations).toEqual([]);
  });

  it("goes on without the scope reactions:read, and then counts none", async () => {
    const scopes = SCOPES.map(({ name }) => name).filter((name) => name !== "reactions:read");
    const app = await startApp({ slack: await openSlack({ scopes }) });
    const { slack } = app;
    const mention = await slack.mention({ user: slack.ana, channel: slack.general, text: "show FastDINOv2" });
    const message = first(await mention.replied());
    await remembered(app, ([one]) => one?.reactors === 0);
    await expect(slack.react({ user: slack.ana, message, name: "+1" })).rejects.toThrow("reactions:read");
  });

  it("are digests and what follows in their thread", async () => {
    const app = await startApp();
    const { slack, clock, digests } = app;
    const ana = slack.person("boss", { isAdmin: true });
    clock.now = new Date("2025-11-21T12:00:00Z");
    const asked = await slack.command({
      user: ana,
      channel: slack.general,
      text: "/paper digest start zone:UTC",
    });
    await slack.press(first(await asked.replied()), { user: ana, button: "Start this digest" });
    await slack.idle();
    clock.now = new Date("2025-11-24T09:00:00Z");
    // Somebody showed there before what the digest brings.
    const { news } = await (await digests()).preview(need((await (await digests()).all())[0]));
    const paper0 = news.kind === "chosen" ? news.paper.paper : undefined;
    const place = { platform: "slack", server: slack.team.id, channel: slack.general.id };
    await (
      await app.memory()
    ).posted({
      place,
      room: place,
      message: "1.000001",
      as: "share",
      link: "https://x.slack.com/archives/C1/p1000001",
      papers: paper0 === undefined ? [] : [{ paper: paper0.id, title: paper0.title }],
    });
    await (await digests()).tick(couriersOf([app.app], await app.memory()));
    const [posted] = slack.messages(slack.general);
    expect(shownText(need(posted))).toContain(
      "Posted here on <https://x.slack.com/archives/C1/p1000001|24 November 2025>.",
    );
    const [rest, paper] = await remembered(app, (all) => all.length === 3);
    expect([paper?.as, paper?.papers.length, paper?.thread]).toEqual(["digest", 1, undefined]);
    expect([rest?.as, rest?.thread]).toEqual(["digest", paper?.message]);
    expect(slack.violations).toEqual([]);
  });
});
