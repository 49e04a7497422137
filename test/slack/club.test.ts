import { expect, it } from "vitest";
import { clubCouriersOf } from "../../adapters/cli/serving/digests.ts";
import { first, shownText, startApp } from "./app.ts";

it("a journal club in Slack is voted for by a button that everybody has, and announced once also when the answer was lost", async () => {
  const { app, slack, clubs, clock } = await startApp();
  clock.now = new Date("2025-11-17T08:00:00Z");
  const boss = slack.person("boss", { isAdmin: true });
  const say = async (user: typeof boss, text: string) =>
    first(await (await slack.command({ user, channel: slack.general, text })).replied());
  expect(shownText(await say(boss, "/paper club start day:thu time:16:00 zone:UTC"))).toContain(
    "meets on Thursdays",
  );
  const nominated = await say(slack.ana, "/paper club nominate FastDINOv2");
  expect(shownText(nominated)).toContain("nominates it for the journal club");
  await slack.press(nominated, { user: boss, button: "Vote" });
  const open = async () => {
    const club = await (
      await clubs()
    ).inPlace({ platform: "slack", server: slack.team.id, channel: slack.general.id });
    return club && (await (await clubs()).open(club));
  };
  await expect.poll(async () => (await open())?.[0]?.votes, { timeout: 5000 }).toBe(1);
  const tick = async (at: string): Promise<void> => {
    clock.now = new Date(at);
    await (await clubs()).tick(clubCouriersOf([app]));
  };
  const said = () =>
    slack
      .messages(slack.general)
      .map((message) => shownText(message))
      .filter((text) => text.includes("reads this on"));
  slack.failNext("chat.postMessage", { applied: true, drop: true });
  await tick("2025-11-18T16:00:00Z");
  slack.clearFaults();
  await tick("2025-11-18T16:10:00Z");
  await tick("2025-11-18T16:20:00Z");
  expect(said()).toHaveLength(1);
  expect(said()[0]).toContain("1 vote");
  expect(slack.violations).toEqual([]);
});
