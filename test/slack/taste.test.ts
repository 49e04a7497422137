import { expect, it, vi } from "vitest";
import { first, startApp } from "./app.ts";

it("what reactions teach in Slack is shown, moves what is alike, and is changed by those who may change the digests", async () => {
  const app = await startApp();
  const { slack, store, clock } = app;
  const { ana, ben, general } = slack;
  clock.now = new Date("2025-11-17T12:00:00Z");
  const room = JSON.stringify(["slack", slack.team.id, general.id]);
  const said = async (user: typeof ana, text: string): Promise<string> =>
    JSON.stringify(first(await (await slack.command({ user, channel: general, text })).replied()));
  const mention = await slack.mention({ user: ben, channel: general, text: "show FastDINOv2" });
  const message = first(await mention.replied());
  await vi.waitUntil(async () => (await store.postings.newest(room)).length === 1);
  await slack.react({ user: ben, message, name: "+1" });
  await slack.react({ user: ana, message, name: "thumbsup::skin-tone-3" });
  await slack.react({ user: ana, message, name: "tada" });
  await vi.waitUntil(async () => (await store.postings.reactionsIn(room)).length === 3);
  const shown = await said(ben, "/paper taste");
  expect(shown).toContain("1 paper counts.");
  expect(shown).toMatch(/FastDINOv2.*👍 2: raises what is alike by up to 0\.133\./);
  expect(await said(ana, "/paper taste reactions up::tada: :eyes: down::-1:")).toContain(
    "tada eyes raise, 👎 lowers what is alike from now on.",
  );
  expect(await said(ben, "/paper taste")).toContain("tada 1: raises what is alike by up to 0.067.");
  await slack.react({ user: ana, message, name: "tada", gone: true });
  await vi.waitUntil(async () => (await store.postings.reactionsIn(room)).length === 2);
  expect(await said(ben, "/paper taste")).toContain("Nobody put one yet.");
  await said(ana, "/paper taste reactions up:👍");
  expect(await said(ana, "/paper taste forget 1")).toContain("so far counts no more");
  expect(await said(ben, "/paper taste")).toContain("Nobody put one yet.");
  for (const [line, words] of [
    ["taste off", "do not move the digests of this channel any more"],
    ["taste on", "Reactions move the digests of this channel."],
    ["taste reset", "There was nothing to forget."],
  ] as const)
    expect(await said(ana, `/paper ${line}`)).toContain(words);
  expect(slack.violations).toEqual([]);
});
