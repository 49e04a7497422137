import { describe, expect, it } from "vitest";
import { followCouriersOf } from "../../adapters/cli/serving/digests.ts";
import { first, shownText, startApp } from "./app.ts";

describe("a follow in Slack", () => {
  it("tells one person in a direct message, once also when the answer was lost", async () => {
    const { app, slack, follows, library, clock } = await startApp();
    clock.now = new Date("2025-11-21T12:00:00Z");
    const ana = slack.ana;
    const asked = await slack.command({
      user: ana,
      channel: slack.general,
      text: "/paper follow search:wombats me when:at once",
    });
    const offered = first(await asked.replied());
    expect(shownText(offered)).toMatch(/papers about “wombats”, at once[\s\S]*Nothing is saved yet/);
    await slack.press(offered, { user: ana, button: "Follow" });
    await slack.until(() => (shownText(offered).startsWith("You follow") ? true : undefined), "the follow");
    const dm = slack.dm(ana);
    const tick = async (minutes: number): Promise<void> => {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000);
      await (await follows()).tick(followCouriersOf([app]));
    };
    await library.take([{ title: "Wombats and their burrows", listedOn: "test" }]);
    slack.failNext("chat.postMessage", { applied: true, drop: true });
    await tick(1);
    slack.clearFaults();
    await tick(6);
    await tick(6);
    const shown = slack.messages(dm).map((message) => `${message.text} ${shownText(message)}`);
    expect(shown[0] ?? "").toContain("You follow papers about “wombats”");
    expect(shown.slice(1).filter((text) => text.includes("Wombats and their burrows"))).toHaveLength(1);
    expect(shown.at(-1)).toContain("about “wombats”, which you follow");
    expect(slack.messages(slack.general)).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  it("is caught up with in Slack, by the button alone", async () => {
    const { app, slack, follows, library, clock } = await startApp();
    clock.now = new Date("2025-11-21T12:00:00Z");
    const ana = slack.person("boss", { isAdmin: true });
    const say = async (text: string) =>
      first(await (await slack.command({ user: ana, channel: slack.general, text })).replied());
    const offered = await say("/paper follow org:nvidia here when:at once");
    await slack.press(offered, { user: ana, button: "Follow" });
    await slack.until(
      () => (shownText(offered).includes("channel follows") ? true : undefined),
      "the follow",
    );
    const organisation = { name: "NVIDIA", handle: "nvidia" };
    await library.take([{ title: "Wombats on chips", listedOn: "test", organisation }]);
    clock.now = new Date("2025-11-21T12:10:00Z");
    await (await follows()).tick(followCouriersOf([app]));
    const missed = await say("/paper catchup");
    expect(shownText(missed)).toMatch(
      /1 paper came[\s\S]*Wombats on chips[\s\S]*of NVIDIA, which this channel follows/,
    );
    await slack.press(missed, { user: ana, button: "Caught up" });
    await slack.until(() => (shownText(missed).includes("begins here") ? true : undefined), "the mark");
    expect(shownText(await say("/paper catchup"))).toContain("Nothing came here");
    expect(slack.violations).toEqual([]);
  });
});
