import { describe, expect, it } from "vitest";
import { followCouriersOf } from "../../adapters/cli/serving/digests.ts";
import type { Listing } from "../../src/corpus/paper.ts";
import type { FakeDiscord } from "../fakes/discord/index.ts";
import { shownText } from "../fakes/discord/index.ts";
import { startApp } from "./app.ts";
import { idOf, need } from "./shown.ts";

const byDoe = (title: string): Listing => ({
  title,
  listedOn: "test",
  authors: { kind: "named", names: ["Jane Doe"] },
});

/** What was posted in #general by itself, not as an answer to somebody. */
const postedIn = (discord: FakeDiscord) =>
  discord.messages(discord.general).filter(({ interaction }) => interaction === undefined);

/** An app whose clock is behind the machine's, since the stand-in dates its messages by that. */
async function withFollows() {
  const started = await startApp();
  started.clock.now = new Date("2025-11-21T12:00:00Z");
  const { app, discord, follows, library, clock } = started;
  const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  const start = async (options: Readonly<Record<string, string>>) => {
    const message = need((await ana.command("paper follow start", options).outcome()).message);
    const offered = shownText(message);
    const saved = shownText(need((await ana.click(message, idOf(message, "Follow")).outcome()).message));
    return { offered, saved };
  };
  const tick = async (minutes: number): Promise<void> => {
    clock.now = new Date(clock.now.getTime() + minutes * 60_000);
    await (await follows()).tick(followCouriersOf([app]));
  };
  const take = (...titles: string[]) => library.take(titles.map(byDoe));
  return { ...started, ana, start, tick, take };
}

describe("a follow in Discord", () => {
  it("tells new papers in the channel once, within minutes, with the reason", async () => {
    const { discord, start, tick, take } = await withFollows();
    await take("Wombats before");
    const { offered, saved } = await start({ author: "Jane Doe", to: "here", when: "at once" });
    expect(offered).toMatch(/papers by Jane Doe, at once[\s\S]*1 paper matches[\s\S]*Nothing is saved yet/);
    expect(saved).toContain("This channel follows papers by Jane Doe, at once");
    const before = discord.messages(discord.general).length;
    await tick(1);
    expect(discord.messages(discord.general)).toHaveLength(before);
    await take("Wombats one", "Wombats two");
    await tick(1);
    await tick(6);
    const posted = discord.messages(discord.general).slice(before).map(shownText);
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatch(/Wombats one[\s\S]*by Jane Doe, whom this channel follows[\s\S]*Wombats two/);
    expect(posted[0]).not.toContain("Wombats before");
    await take("Wombats three");
    await tick(1);
    expect(discord.messages(discord.general)).toHaveLength(before + 2);
    expect(discord.violations).toEqual([]);
  });

  it("tells one person privately, and holds what comes once direct messages are closed", async () => {
    const { discord, ana, start, tick, take } = await withFollows();
    const { saved } = await start({ search: "wombats", when: "at once" });
    expect(saved).toContain("You follow papers about “wombats”, at once");
    const dm = () => discord.messages(ana.dm);
    expect(dm().map(shownText).join()).toContain("You follow papers about “wombats”");
    await take("Wombats by night");
    await tick(1);
    expect(shownText(need(dm().at(-1)))).toContain("about “wombats”, which you follow");
    ana.user.acceptsDms = false;
    await take("Wombats by day");
    await tick(6);
    const list = need((await ana.command("paper follow list").outcome()).message);
    expect(shownText(list)).toContain("Held back: your direct messages are closed to me");
    ana.user.acceptsDms = true;
    await tick(11);
    expect(shownText(need(dm().at(-1)))).toContain("Wombats by day");
    expect(postedIn(discord)).toEqual([]);
  });

  it("shows ten papers in one message, and keeps the others for the next", async () => {
    const { discord, start, tick, take } = await withFollows();
    await start({ author: "Jane Doe", to: "here", when: "at once" });
    await take(...Array.from({ length: 13 }, (_, i) => `Wombats number ${String(i).padStart(2, "0")}`));
    await tick(1);
    await tick(6);
    const posted = postedIn(discord).map(shownText);
    const found = posted.map((text) => text.match(/Wombats number \d\d/g)?.length);
    expect(found).toEqual([10, 3]);
    expect(posted[0]).toContain("3 more papers wait for the next message");
    expect(discord.violations).toEqual([]);
  });

  it("lets only those who manage the channel have it told there", async () => {
    const { discord } = await withFollows();
    const bob = discord.user("bob", { permissions: ["UseApplicationCommands"] });
    const { message } = await bob
      .command("paper follow start", { org: "nvidia", to: "here", when: "at once" })
      .outcome();
    expect(shownText(need(message))).toMatch(/^Only members who may manage the channel/);
  });
});
