import { describe, expect, it, vi } from "vitest";
import { couriersOf } from "../../adapters/cli/serving/digests.ts";
import type { SimilarHit } from "../../src/search/paper-index.ts";
import { shownText } from "../fakes/discord/index.ts";
import { startApp } from "./app.ts";
import { idOf, need } from "./shown.ts";

type App = Awaited<ReturnType<typeof startApp>>;
type User = ReturnType<App["discord"]["user"]>;

const run = async (who: User, command: string, options: Readonly<Record<string, string>> = {}) =>
  need((await who.command(`paper ${command}`, options).outcome()).message);

/** A message that answers a mention in #general, once the bot remembers it. */
async function posted({ discord, store }: App, who: User, line: string): Promise<ReturnType<typeof need>> {
  const room = JSON.stringify(["discord", discord.home.id, discord.general.id]);
  const before = (await store.postings.newest(room)).length;
  who.say(discord.general, `<@${discord.bot.id}> ${line}`);
  await vi.waitUntil(async () => (await store.postings.newest(room)).length > before);
  return need(discord.messages(discord.general).at(-1));
}

/** Once so many reactions are noted. */
async function noted({ discord, store }: App, count: number): Promise<void> {
  const room = JSON.stringify(["discord", discord.home.id, discord.general.id]);
  await vi.waitUntil(async () => (await store.postings.reactionsIn(room)).length === count);
}

/** The paper that is nearest to one of a title, as similarity is told. */
async function nearest({ library: { index } }: App, title: string): Promise<SimilarHit> {
  const [one] = await index.titled(title);
  const like = one === undefined ? [] : [one.id];
  const [hit] = (await index.similar({ like, unlike: [] }, { offset: 0, limit: 1 })).hits;
  if (hit === undefined) throw new Error(`${title} has nothing near it`);
  return hit;
}

describe("what reactions teach in Discord", () => {
  it("moves what is alike in the digest, says why, is shown in words, and is forgotten line by line and as a whole", async () => {
    const app = await startApp();
    const { discord, clock } = app;
    clock.now = new Date("2025-11-17T12:00:00Z");
    const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
    const ben = discord.user("ben", { permissions: ["UseApplicationCommands"] });
    expect(shownText(await run(ben, "taste"))).toContain(
      "👍 raises, 👎 lowers what is alike. Nobody put one yet.",
    );
    const digest = await run(ana, "digest start", { zone: "UTC" });
    await ana.click(digest, idOf(digest, "Start this digest")).outcome();
    const liked = await posted(app, ben, "show FastDINOv2");
    const disliked = await posted(app, ben, "show MiniCPM4");
    const near = await nearest(
      app,
      "FastDINOv2: Frequency Based Curriculum Learning Improves Robustness and Training Speed",
    );
    const before = shownText(await run(ana, "digest why", { paper: near.paper.id }));
    expect(before).not.toContain("Taste");
    ben.react(liked, "👍");
    ana.react(liked, "👍🏽");
    ben.react(disliked, "👎");
    await noted(app, 3);
    const similarity = Math.round(near.score * 1000) / 1000;
    const taste = Math.round(0.667 * similarity * 1000) / 1000;
    const why = shownText(await run(ana, "digest why", { paper: near.paper.id }));
    expect(why).toContain(`+ 0.2 × ${taste} taste`);
    expect(why).toContain(`Taste is ${taste} = 0.667 × ${similarity} for “FastDINOv2`);
    const shown = await run(ben, "taste");
    expect(shownText(shown)).toMatch(
      /2 papers count\.[\s\S]*More of what is about: .*[\s\S]*Less of what is about: /,
    );
    expect(shownText(shown)).toMatch(/FastDINOv2[\s\S]*👍 2: raises what is alike by up to 0\.133\./);
    expect(shownText(shown)).toMatch(/MiniCPM4[\s\S]*👎 1: lowers what is alike by up to 0\.067\./);
    // Anybody may react, and not everybody change it.
    expect(shownText(await run(ben, "taste", { change: "reset" }))).toMatch(/^Only members who may manage/);
    const forgotten = await ana
      .click(await run(ana, "taste"), idOf(await run(ana, "taste"), "Forget"))
      .outcome();
    expect(shownText(need(forgotten.message))).toContain("so far counts no more");
    expect(shownText(await run(ana, "taste"))).toContain("1 paper counts.");
    await run(ana, "taste", { change: "off" });
    expect(shownText(await run(ana, "taste"))).toContain("taste is off");
    await run(ana, "taste", { change: "on" });
    await run(ana, "taste", { change: "reset" });
    expect(shownText(await run(ana, "digest why", { paper: near.paper.id }))).toBe(before);
    const { records } = await app.store.audit.page(undefined, { offset: 0, limit: 4 });
    expect(records.map(({ action, by }) => [action, by === ana.id])).toEqual(
      ["taste reset", "taste on", "taste off", "taste forget"].map((action) => [action, true]),
    );
    expect(discord.violations).toEqual([]);
  });

  it("hears the reactions that the channel chose, those of its own among them, below its digest, and no others", async () => {
    const app = await startApp();
    const { discord, clock, digests } = app;
    clock.now = new Date("2025-11-17T08:00:00Z");
    const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
    const digest = await run(ana, "digest start", { zone: "UTC" });
    await ana.click(digest, idOf(digest, "Start this digest")).outcome();
    clock.now = new Date("2025-11-17T09:00:00Z");
    await (await digests()).tick(couriersOf([app.app]));
    const day = need(discord.messages(discord.general).find(({ onlyFor }) => onlyFor === undefined));
    const chosen = await run(ana, "taste", { up: `🎉<:wombat:${discord.home.id}>`, down: "none" });
    expect(shownText(chosen)).toContain("🎉 wombat raise, no reaction lowers what is alike from now on.");
    ana.react(day, { id: discord.home.id, name: "wombat" });
    ana.react(day, "👎");
    await noted(app, 2);
    expect(shownText(await run(ana, "taste"))).toMatch(/1 paper counts[\s\S]*wombat 1: raises/);
    for (const [options, words] of [
      [{ up: "🎉 x" }, "“x” is no emoji"],
      [{ up: "🎉", down: "🎉" }, "🎉 cannot raise and lower"],
      [{ change: "forget 7" }, "There is no “7” to forget: the list has 1 to 1."],
      [{ change: "dance" }, "“dance” is nothing that can be done about taste"],
    ] as const)
      expect(shownText(await run(ana, "taste", options))).toContain(words);
    const alone = need((await ana.command("paper taste", {}, { channel: ana.dm }).outcome()).message);
    expect(shownText(alone)).toContain("Nothing is kept of reactions in a direct conversation");
    expect(discord.violations).toEqual([]);
  });
});
