import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Caller } from "../../src/bot/command.ts";
import { papersCarried } from "../../src/bot/papers-carried.ts";
import { placeKey } from "../../src/schedule/place.ts";
import { buttonOf } from "../support/reply-parts.ts";
import { createSeedBot, replyText } from "../support/seed-bot.ts";
import { openTestStore } from "../support/test-store.ts";

const within = (channel: string, server = "T1"): Caller => ({
  platform: "slack",
  user: "U1",
  workspace: server,
  place: { platform: "slack", server, channel },
});

async function openWorld() {
  const store = await openTestStore();
  const { bot } = await createSeedBot(store);
  const { data } = await bot.handle({
    command: "search",
    args: { query: "language models", limit: "8" },
    caller: within("C9"),
  });
  const papers = data.map(({ id, title }) => ({ paper: String(id), title: String(title) }));
  let minutes = 0;
  /** Posts some of the papers, a minute after the post before. */
  const post = async (numbers: readonly number[], channel = "C1", server = "T1"): Promise<void> => {
    const room = placeKey({ platform: "slack", server, channel });
    await store.postings.put({
      room,
      place: room,
      message: `1.${++minutes}`,
      as: "digest",
      link: `https://x.slack.com/archives/${channel}/p1${minutes}`,
      postedAt: new Date(Date.parse("2026-03-03T10:00:00Z") + minutes * 60_000),
      papers: numbers.map((number) => papers[number]).filter((one) => one !== undefined),
    });
  };
  const titles = async (line: string, caller: Caller): Promise<readonly unknown[]> =>
    (await bot.handleLine(line, caller)).data.map(({ title }) => title);
  return { bot, store, papers, post, titles };
}

describe("seen", () => {
  it("shows what was posted in the channel, each paper once, the newest first, in pages and by words", async () => {
    const { bot, papers, post, titles } = await openWorld();
    const title = (number: number): string => papers[number]?.title ?? "";
    expect((await bot.handleLine("seen", within("C1"))).summary).toBe(
      "I have posted no paper in this channel yet.",
    );
    await post([0, 1, 2]);
    await post([3, 0]);
    await post([4, 5, 6]);
    const reply = await bot.handleLine("seen", within("C1"));
    expect(reply.summary).toBe("Posted in this channel: 1–5 of 7, the newest first.");
    expect(reply.data.map((one) => one["title"])).toEqual([4, 5, 6, 3, 0].map(title));
    expect(replyText(reply)).toContain("Posted on 3 March 2026 in a digest · 1 time before");
    expect(JSON.stringify(reply.cards)).toContain("https://x.slack.com/archives/C1/p13");
    const next = await bot.handle({ ...buttonOf(reply, "n").run, caller: within("C1") });
    expect(next.data.map((one) => one["title"])).toEqual([1, 2].map(title));
    const word =
      title(1)
        .split(" ")
        .find((one) => one.length > 6) ?? "";
    expect(await titles(`seen ${word.toUpperCase()}`, within("C1"))).toContain(title(1));
    expect(await titles(`seen "${title(2)}"`, within("C1"))).toEqual([title(2)]);
    // Papers of the corpus have both words; what was posted is asked for all the same.
    expect((await bot.handleLine("seen curriculum", within("C1"))).summary).toContain(
      "osted in this channel",
    );
    expect((await bot.handleLine("seen and unseen classes", within("C1"))).summary).toContain("papers for");
    const none = await bot.handleLine("seen wombats", within("C1"));
    expect(none.summary).toBe("None of the 7 papers posted in this channel is one with “wombats”.");
    const beyond = await bot.handle({ command: "seen", args: { page: "9" }, caller: within("C1") });
    expect(beyond.summary).toContain("7 papers, and no page 9");
  });

  it("is no new posting of these papers, and says what it cannot show in the terminal and in direct messages", async () => {
    const { bot, post } = await openWorld();
    await post([0, 1]);
    const reply = await bot.handleLine("seen", within("C1"));
    expect(reply.data).toHaveLength(2);
    expect(papersCarried(reply)).toEqual([]);
    const alone: Caller = {
      ...within("D1"),
      place: { platform: "slack", server: "T1", channel: "D1", direct: true },
    };
    expect((await bot.handleLine("seen", alone)).summary).toContain("is not kept");
    expect((await bot.handleLine("seen", { platform: "terminal", user: "local" })).summary).toContain(
      "Nothing is posted here. In a channel of Discord or Slack",
    );
  });

  it("tells of no other channel or workspace, whoever asks with whatever words and pages", async () => {
    const { bot, papers, post } = await openWorld();
    await post([0, 1, 2], "C1", "T1");
    const titles = papers.slice(0, 3).map(({ title }) => title);
    const word = fc.oneof(
      fc.constantFrom(
        "",
        "C1",
        placeKey({ platform: "slack", server: "T1", channel: "C1" }),
        "place:C1",
        "%",
        "' or 1=1 --",
      ),
      fc.string({ maxLength: 20 }),
    );
    const forged = fc.record({
      channel: fc.constantFrom("C2", 'C1"', "C1 ", "c1", "%", ""),
      server: fc.constantFrom("T1", "T2", "", 'T1","C1"]'),
      words: word,
      page: fc.constantFrom("1", "2", "10000"),
      limit: fc.constantFrom("1", "100"),
    });
    await fc.assert(
      fc.asyncProperty(forged, async ({ channel, server, words, page, limit }) => {
        const caller = within(channel, server);
        const reply = await bot.handle({ command: "seen", args: { words, page, limit }, caller });
        const told = JSON.stringify(reply);
        for (const title of titles) expect(told).not.toContain(title);
        expect(told).not.toContain("/archives/C1/");
      }),
      { numRuns: 60 },
    );
  });
});
