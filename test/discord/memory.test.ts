import { describe, expect, it, vi } from "vitest";
import { couriersOf } from "../../adapters/cli/serving/digests.ts";
import type { Place } from "../../src/schedule/place.ts";
import type { Posted } from "../../src/store/kept/postings.ts";
import { shownText } from "../fakes/discord/index.ts";
import { startApp } from "./app.ts";
import { idOf, need } from "./shown.ts";

type App = Awaited<ReturnType<typeof startApp>>;

const placeOf = ({ discord }: App, channel = discord.general): Place => ({
  platform: "discord",
  server: discord.home.id,
  channel: channel.id,
});

/** What #general remembers, once all that was begun is done. */
async function remembered(
  app: App,
  until: (posted: readonly Posted[]) => boolean,
): Promise<readonly Posted[]> {
  const memory = await app.memory();
  return vi.waitUntil(async () => {
    const posted = await memory.newest(placeOf(app));
    return until(posted) ? posted : undefined;
  });
}

describe("what a channel of Discord remembers", () => {
  it("are answers to mentions and shared ones, with their papers and the way to them; private answers are none", async () => {
    const app = await startApp();
    const { discord } = app;
    const ana = discord.user("ana");
    const found = need((await ana.command("paper search", { query: "dinov2" }).outcome()).message);
    discord.user("ben").say(ana.dm, "search dinov2");
    const [shared] = await ana.click(found, idOf(found, "Share to channel")).followedUp(1);
    const one = await remembered(app, (posted) => posted.length === 1);
    expect(one).toMatchObject([
      {
        message: shared?.id,
        as: "share",
        link: `https://discord.com/channels/${discord.home.id}/${discord.general.id}/${shared?.id}`,
        reactors: 0,
      },
    ]);
    expect(one[0]?.papers[0]?.title).toMatch(/DINOv2/);
    ana.say(discord.general, `<@${discord.bot.id}> show FastDINOv2`);
    const [answered] = await remembered(app, (posted) => posted.length === 2);
    expect([answered?.as, answered?.papers.map(({ title }) => title)]).toEqual([
      "answer",
      [expect.stringContaining("FastDINOv2")],
    ]);
    discord.deleteMessage(need(shared));
    await remembered(app, (posted) => posted.length === 1 && posted[0]?.as === "answer");
    expect(discord.violations).toEqual([]);
  });

  it("is told under a link to the paper that somebody pastes, by “Find similar papers”, in that channel alone", async () => {
    const app = await startApp();
    const { discord } = app;
    const [ana, ben] = [discord.user("ana"), discord.user("ben")];
    ana.say(discord.general, `<@${discord.bot.id}> show FastDINOv2`);
    const [posted] = await remembered(app, (all) => all.length === 1);
    const title = posted?.papers[0]?.title ?? "";
    const find = async (channel = discord.general): Promise<string> => {
      const pasted = ben.say(channel, `Has anybody read “${title}”?`);
      const { message } = await ana.messageCommand("Find similar papers", pasted).outcome();
      return shownText(need(message));
    };
    expect(await find()).toContain(`Posted here on [21 November 2026](${posted?.link ?? ""})`);
    expect(await find(discord.channel("other"))).not.toContain("Posted here");
    expect(discord.violations).toEqual([]);
  });

  it("are reactions, each person's once, until they are taken back or cleared; also to messages of before the start", async () => {
    const app = await startApp();
    const { discord } = app;
    const [ana, ben] = [discord.user("ana"), discord.user("ben")];
    ana.say(discord.general, `<@${discord.bot.id}> show FastDINOv2`);
    await remembered(app, (posted) => posted.length === 1);
    const message = need(discord.messages(discord.general).at(-1));
    const reactors = (count: number) => remembered(app, ([one]) => one?.reactors === count);
    ana.react(message, "👍");
    ana.react(message, { id: discord.home.id, name: "wombat" });
    ben.react(message, "👍");
    await reactors(2);
    ben.react(message, "👍", { gone: true });
    await reactors(1);
    ben.react(message, "🎉");
    await reactors(2);
    discord.clearReactions(message, "🎉");
    await reactors(1);
    const { reactionsIn } = app.store.postings;
    expect(
      (await reactionsIn(JSON.stringify(["discord", discord.home.id, discord.general.id]))).map(
        ({ name }) => name,
      ),
    ).toEqual(["👍", "wombat"]);
    discord.clearReactions(message);
    await reactors(0);
    await app.app.stop();
    const again = await startApp({ discord, store: app.store });
    ana.react(message, "👍");
    await remembered(again, ([one]) => one?.reactors === 1);
    expect(discord.violations).toEqual([]);
  });

  it("are digests with what follows in their thread, read by the channel's members", async () => {
    const app = await startApp();
    const { discord, clock, digests } = app;
    const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
    clock.now = new Date("2025-11-21T12:00:00Z");
    const offered = need((await ana.command("paper digest start", { zone: "UTC" }).outcome()).message);
    await ana.click(offered, idOf(offered, "Start this digest")).outcome();
    clock.now = new Date("2025-11-24T09:00:00Z");
    await (await digests()).tick(couriersOf([app.app]));
    const [rest, first, ...more] = await remembered(app, (posted) => posted.length === 2);
    expect([first?.as, first?.papers.length, first?.thread, more]).toEqual(["digest", 1, undefined, []]);
    expect(rest?.thread).toBe(first?.message);
    expect(rest?.papers.length).toBeGreaterThan(1);
    expect(rest?.link).toContain(`/${first?.message}/`);
    // A reaction in the thread counts for its message.
    const { thread } = need(discord.messages(discord.general).find(({ id }) => id === first?.message));
    if (thread === undefined) throw new Error("there is no thread");
    ana.react(need(discord.messages(thread).at(-1)), "👍");
    await remembered(app, ([one]) => one?.reactors === 1);
    expect(discord.violations).toEqual([]);
  });
});
