import { expect, it } from "vitest";
import { clubCouriersOf } from "../../adapters/cli/serving/digests.ts";
import { shownText } from "../fakes/discord/index.ts";
import { startApp } from "./app.ts";
import { idOf, need } from "./shown.ts";

it("a journal club in Discord is nominated for from a card, voted for by buttons, announced and reminded of", async () => {
  const { app, discord, clubs, clock } = await startApp();
  const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  const bob = discord.user("bob", { permissions: ["UseApplicationCommands"] });
  clock.now = new Date("2025-11-17T08:00:00Z");
  const run = async (who: typeof ana, command: string, options: Readonly<Record<string, string>> = {}) =>
    need((await who.command(`paper ${command}`, options).outcome()).message);
  expect(shownText(await run(bob, "club start", { zone: "UTC" }))).toMatch(/^Only members who may manage/);
  expect(shownText(await run(ana, "club start", { zone: "UTC" }))).toContain(
    "meets on Thursdays at 16:00 UTC",
  );
  const card = await run(bob, "show", { paper: "FastDINOv2" });
  const nominated = need((await bob.click(card, idOf(card, "Nominate")).outcome()).message);
  expect(shownText(nominated)).toContain(`<@${bob.id}> nominates it for the journal club`);
  await run(ana, "club nominate", { paper: "MiniCPM4" });
  const list = await run(ana, "club show");
  expect(shownText(list)).toMatch(/2 papers are nominated[\s\S]*FastDINOv2[\s\S]*MiniCPM4/);
  const voted = await run(ana, "club vote", { paper: "MiniCPM4" });
  expect(shownText(voted)).toContain("Your vote is for “MiniCPM4");
  const moved = await run(ana, "club start", { time: "15:00" });
  expect(shownText(moved)).toMatch(/on Thursdays at 15:00 UTC; until now it met on Thursdays at 16:00 UTC\./);
  expect(shownText(await run(bob, "club start", { day: "fri" }))).toMatch(/^Only members who may manage/);
  expect(shownText(await run(ana, "club start", { day: "thu" }))).toContain("Name what is to change");
  await run(ana, "club start", { time: "16:00" });
  const before = discord.messages(discord.general).length;
  const tick = async (at: string): Promise<string> => {
    clock.now = new Date(at);
    await (await clubs()).tick(clubCouriersOf([app]));
    return discord.messages(discord.general).slice(before).map(shownText).join("\n---\n");
  };
  expect(await tick("2025-11-18T15:59:00Z")).toBe("");
  await tick("2025-11-18T16:00:00Z");
  expect(await tick("2025-11-18T16:01:00Z")).toMatch(
    /^\*\*The journal club reads this on 20 November 2025 at 16:00 UTC[\s\S]*MiniCPM4[\s\S]*Nominated by <@\d+>. 1 vote\.$/,
  );
  const later = shownText(await run(ana, "club start", { day: "fri" }));
  expect(later).toContain("It meets next on 21 November 2025.");
  expect(later).toMatch(/It reads “MiniCPM4.*” then, which was chosen before\./);
  expect(shownText(await run(bob, "club history"))).toMatch(/21 November 2025: .*MiniCPM4/);
  expect(await tick("2025-11-20T15:00:00Z")).not.toContain("in an hour");
  expect(await tick("2025-11-21T15:00:00Z")).toMatch(
    /---\n\*\*The journal club meets in an hour[\s\S]*MiniCPM4/,
  );
  expect(shownText(await run(bob, "club history"))).toMatch(/21 November 2025: .*MiniCPM4/);
  expect(shownText(await run(ana, "club show"))).toMatch(/on Fridays at 16:00 UTC[\s\S]*FastDINOv2/);
  expect(discord.violations).toEqual([]);
});
