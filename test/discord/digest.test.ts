import { describe, expect, it } from "vitest";
import { couriersOf } from "../../adapters/cli/serving/digests.ts";
import { answer } from "../../src/bot/reply.ts";
import type { FakeDiscord } from "../fakes/discord/index.ts";
import { shownText } from "../fakes/discord/index.ts";
import { openDiscord, startApp } from "./app.ts";
import { idOf, menuOf, need } from "./shown.ts";

/** A day before the digests; all of it is past, since the stand-in dates its messages by the clock of the machine. */
const FRIDAY = new Date("2025-11-21T12:00:00Z");

/** An app in which ana, who may manage channels, has set up a digest in #general; the next one is due on Monday at 9:00. */
async function withDigest(options: Readonly<Record<string, string | number>> = {}, fake?: FakeDiscord) {
  const started = await startApp(fake === undefined ? {} : { discord: fake });
  started.clock.now = FRIDAY;
  const { app, discord, digests, clock } = started;
  const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  const offered = need(
    (await ana.command("paper digest start", { zone: "UTC", ...options }).outcome()).message,
  );
  const forecast = shownText(offered);
  const saved = need((await ana.click(offered, idOf(offered, "Start this digest")).outcome()).message);
  const tick = async (at: string): Promise<void> => {
    clock.now = new Date(at);
    await (await digests()).tick(couriersOf([app]));
  };
  return { ...started, ana, forecast, saved, tick };
}

describe("the digest in Discord", () => {
  it("shows what the filters would have brought before it is saved, and posts once", async () => {
    const { discord, forecast, saved, tick } = await withDigest();
    expect(forecast).toMatch(/on weekdays at 09:00 UTC[\s\S]*Nothing is saved yet/);
    expect(shownText(saved)).toContain("The digest is set up");
    const before = discord.messages(discord.general).length;
    await tick("2025-11-24T08:59:00Z");
    expect(discord.messages(discord.general)).toHaveLength(before);
    await tick("2025-11-24T09:00:00Z");
    await tick("2025-11-24T09:01:00Z");
    const posted = discord.messages(discord.general).slice(before);
    expect(posted).toHaveLength(1);
    expect(shownText(need(posted[0]))).toContain("Paper of the day · 24 November 2025");
    expect(shownText(need(posted[0]))).toContain("from the archive");
    expect(posted[0]?.pings).toEqual({ users: [], roles: [], everyone: false });
    expect(discord.violations).toEqual([]);
  });

  it("puts the runners-up into a thread, and answers privately why a paper was chosen", async () => {
    const { discord, ana, tick } = await withDigest();
    await tick("2025-11-24T09:00:00Z");
    const paper = need(discord.messages(discord.general).at(-1));
    const inThread = discord.requests.filter(
      ({ method, path }) => method === "POST" && path.includes(`/channels/${paper.id}/messages`),
    );
    expect(inThread).toHaveLength(1);
    const { message, ephemeral } = await ana.click(paper, idOf(paper, "Why this one?")).outcome();
    expect(ephemeral).toBe(true);
    expect(shownText(need(message))).toMatch(/posted here on 24 November 2025/i);
    expect(discord.violations).toEqual([]);
  });

  it("shows all of ten further papers beside the paper of the day, with one menu for what can be done with them", async () => {
    const { discord, ana, tick } = await withDigest({ delivery: "channel", runners: 10 });
    await tick("2025-11-24T09:00:00Z");
    const posted = need(discord.messages(discord.general).at(-1));
    expect(shownText(posted)).toContain("11. ");
    expect(shownText(posted)).not.toMatch(/and \d+ more/);
    const { id, values } = menuOf(posted);
    expect(values.length).toBeGreaterThan(20);
    const { message } = await ana.select(posted, id, values.slice(0, 1)).outcome();
    expect(shownText(need(message))).not.toBe("");
    expect(discord.violations).toEqual([]);
  });

  it("puts the runners-up into the channel where it may make no threads", async () => {
    const { app, discord, digests, tick } = await withDigest();
    discord.setBotPermissions(discord.general, ["ViewChannel", "SendMessages", "ReadMessageHistory"]);
    const before = discord.messages(discord.general).length;
    await tick("2025-11-24T09:00:00Z");
    const posted = discord.messages(discord.general).slice(before);
    expect(posted).toHaveLength(2);
    expect(shownText(need(posted[1]))).toContain("Also worth a look");
    const [digest] = await (await digests()).all();
    if (digest === undefined) throw new Error("no digest");
    const reply = answer({ summary: "", cards: [] });
    const mail = { place: digest.place, reply, key: `${digest.id}:2025-11-24:2` };
    const found = await app.find({ ...mail, below: need(posted[0]).id, since: FRIDAY });
    expect(found).toMatchObject({ message: need(posted[1]).id });
  });

  it("finds the message again when its answer was lost, and does not post it twice", async () => {
    const { discord, tick } = await withDigest({ delivery: "channel" });
    const before = discord.messages(discord.general).length;
    discord.failNext({
      route: "POST /channels/:channel/messages",
      applied: true,
      status: 502,
      times: 10,
    });
    await tick("2025-11-24T09:00:00Z");
    discord.clearFaults();
    await tick("2025-11-24T09:02:00Z");
    await tick("2025-11-24T09:20:00Z");
    await tick("2025-11-24T09:21:00Z");
    expect(discord.messages(discord.general).length - before).toBe(1);
  });

  it("finds it again also where Discord's clock is behind, so that it bears a time before it was due", async () => {
    const behind = { now: FRIDAY.getTime() };
    const { discord, tick } = await withDigest({ runners: 0 }, await openDiscord({ now: () => behind.now }));
    const before = discord.messages(discord.general).length;
    const route = "POST /channels/:channel/messages";
    discord.failNext({ route, applied: true, status: 502, times: 4 });
    behind.now = Date.parse("2025-11-24T08:59:58Z");
    await tick("2025-11-24T09:00:00Z");
    behind.now = Date.parse("2025-11-24T09:19:58Z");
    await tick("2025-11-24T09:20:00Z");
    expect(discord.messages(discord.general).length - before).toBe(1);
    expect(discord.requests.some(({ method, query }) => method === "GET" && "after" in query)).toBe(true);
  });

  it("tells who may set one up where somebody may not", async () => {
    const { discord } = await startApp();
    const bob = discord.user("bob");
    const { message } = await bob.command("paper digest start", { zone: "UTC" }).outcome();
    expect(shownText(need(message))).toContain("members who may manage the channel");
    const { message: asked } = await discord
      .user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] })
      .command("paper digest start", {})
      .outcome();
    expect(shownText(need(asked))).toContain("In which time zone are you?");
  });

  it("is held where the bot may not post, tells its maker once, and goes on when that is mended", async () => {
    const { discord, ana, tick, digests } = await withDigest();
    const before = discord.messages(discord.general).length;
    discord.setBotPermissions(discord.general, ["ViewChannel", "ReadMessageHistory"]);
    await tick("2025-11-24T09:00:00Z");
    await tick("2025-11-24T09:11:00Z");
    await tick("2025-11-25T09:00:00Z");
    expect(discord.messages(ana.dm).map((message) => message.content)).toEqual([
      expect.stringContaining("a permission was missing"),
    ]);
    const [held] = await (await digests()).all();
    expect(held?.state.kind).toBe("held");
    discord.setBotPermissions(discord.general, [
      "ViewChannel",
      "SendMessages",
      "ReadMessageHistory",
      "CreatePublicThreads",
      "SendMessagesInThreads",
    ]);
    await tick("2025-11-25T09:11:00Z");
    expect(discord.messages(discord.general)).toHaveLength(before + 1);
    expect((await (await digests()).all())[0]?.state.kind).toBe("active");
    const status = need((await ana.command("paper digest status").outcome()).message);
    expect(shownText(status)).toMatch(/25 November 2025.* sent[\s\S]*24 November 2025.* skipped/);
  });

  it("comes marked late after a rest, once, and is skipped when the rest was too long", async () => {
    const { discord, tick } = await withDigest({ runners: 0 });
    const before = discord.messages(discord.general).length;
    await tick("2025-11-26T15:00:00Z");
    await tick("2025-11-26T15:01:00Z");
    const posted = discord.messages(discord.general).slice(before);
    expect(posted).toHaveLength(1);
    expect(shownText(need(posted[0]))).toContain("late: it was due at 09:00 UTC");
  });

  it("is not set up where people write to each other without the bot", async () => {
    const { discord, digests } = await startApp();
    const ana = discord.user("ana", { hasApp: true });
    const channel = discord.groupDm("friends");
    const { message } = await ana.command("paper digest start", { zone: "UTC" }, { channel }).outcome();
    expect(shownText(need(message))).toContain("There is no channel here to post into");
    expect(await (await digests()).all()).toEqual([]);
  });

  it("belongs to a person in a direct message", async () => {
    const { app, discord, digests, clock } = await startApp();
    clock.now = FRIDAY;
    const cy = discord.user("cy");
    const offered = need(
      (await cy.command("paper digest start", { zone: "UTC" }, { channel: cy.dm }).outcome()).message,
    );
    await cy.click(offered, idOf(offered, "Start this digest")).outcome();
    clock.now = new Date("2025-11-24T09:00:00Z");
    await (await digests()).tick(couriersOf([app]));
    const texts = discord.messages(cy.dm).map((message) => shownText(message));
    expect(texts.filter((text) => text.includes("Paper of the day ·"))).toHaveLength(1);
    expect(discord.violations).toEqual([]);
  });
});
