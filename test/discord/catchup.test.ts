import { expect, it, vi } from "vitest";
import { couriersOf, followCouriersOf } from "../../adapters/cli/serving/digests.ts";
import { shownText } from "../fakes/discord/index.ts";
import { startApp } from "./app.ts";
import { idOf, need } from "./shown.ts";

it("catching up in Discord shows what digests and follows brought, and moves the mark when that is pressed alone", async () => {
  const { app, discord, store, digests, follows, library, clock } = await startApp();
  const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  clock.now = new Date("2025-11-21T12:00:00Z");
  const run = async (command: string, options: Readonly<Record<string, string>> = {}) =>
    need((await ana.command(`paper ${command}`, options).outcome()).message);
  const digest = await run("digest start", { zone: "UTC", runners: 0 as never });
  await ana.click(digest, idOf(digest, "Start this digest")).outcome();
  const follow = await run("follow start", { search: "wombats", to: "here", when: "at once" });
  await ana.click(follow, idOf(follow, "Follow")).outcome();
  await library.take(
    Array.from({ length: 11 }, (_none, i) => ({ title: `Wombats number ${i}`, listedOn: "test" })),
  );
  const tick = async (at: string): Promise<void> => {
    clock.now = new Date(at);
    await (await digests()).tick(couriersOf([app]));
    await (await follows()).tick(followCouriersOf([app]));
  };
  await tick("2025-11-24T09:00:00Z");
  await tick("2025-11-24T09:10:00Z");
  const first = await run("catchup");
  expect(shownText(first)).toMatch(
    /12 papers came since 17 November 2025[\s\S]*1\.[\s\S]*paper of the day on 24 November/,
  );
  expect(shownText(first)).toContain("about “wombats”, which this channel follows");
  const older = need((await ana.click(first, idOf(first, "Older")).outcome()).message);
  expect(shownText(older)).toContain("11–12 of 12");
  // What the channel likes comes first, then what is close to what she saved, then the newest.
  await run("save", { paper: "Wombats number 3" });
  const room = JSON.stringify(["discord", discord.home.id, discord.general.id]);
  const before = (await store.postings.newest(room)).length;
  ana.say(discord.general, `<@${discord.bot.id}> show Wombats number 5`);
  await vi.waitUntil(async () => (await store.postings.newest(room)).length > before);
  discord.user("ben").react(need(discord.messages(discord.general).at(-1)), "👍");
  await vi.waitUntil(async () => (await store.postings.reactionsIn(room)).length === 1);
  const ordered = shownText(await run("catchup"));
  expect(ordered).toMatch(
    /1\. .*Wombats number 5[\s\S]*👍 1 here[\s\S]*2\. .*Wombats number 3[\s\S]*which you saved/,
  );
  expect(ordered).toContain("close to “Wombats number 3”, which you saved");
  // Looking moves nothing.
  const again = await run("catchup");
  expect(shownText(again)).toContain("12 papers came");
  await ana.click(again, idOf(again, "Caught up")).outcome();
  expect(shownText(await run("catchup"))).toContain("Nothing came here since 24 November 2025");
  expect(shownText(await run("catchup", { since: "2025-11-01" }))).toContain(
    "12 papers came since 1 November",
  );
  expect(discord.violations).toEqual([]);
});
