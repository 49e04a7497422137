import { describe, expect, it } from "vitest";
import type { Caller } from "../../src/bot/command.ts";
import { parsePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import { personKey } from "../../src/reading/reader.ts";
import { placeKey } from "../../src/schedule/place.ts";
import type { PostingRecord } from "../../src/store/kept/postings.ts";
import { createSeedBot, replyText } from "../support/seed-bot.ts";
import { openTestStore } from "../support/test-store.ts";

const within = (user: string, channel: string, server = "T1"): Caller => ({
  platform: "slack",
  user,
  workspace: server,
  place: { platform: "slack", server, channel },
});

async function openWorld() {
  const store = await openTestStore();
  const { bot, memory } = await createSeedBot(store);
  const id = String((await bot.handleLine("show FastDINOv2", within("U1", "C1"))).data[0]?.["id"]);
  expect(parsePaperId(id)).toBe(id);
  const post = async (facts: Partial<PostingRecord> = {}, channel = "C1", server = "T1"): Promise<void> => {
    const room = placeKey({ platform: "slack", server, channel });
    await store.postings.put({
      room,
      place: room,
      message: "1.1",
      as: "digest",
      link: `https://x.slack.com/archives/${channel}/p11`,
      postedAt: new Date("2026-03-03T10:00:00Z"),
      papers: [{ paper: id, title: "FastDINOv2" }],
      ...facts,
    });
  };
  const react = (user: string, name = "+1"): Promise<boolean> =>
    store.postings.react({
      room: placeKey({ platform: "slack", server: "T1", channel: "C1" }),
      message: "1.1",
      person: personKey({ platform: "slack", workspace: "T1", user }),
      name,
      at: new Date("2026-03-03T11:00:00Z"),
    });
  const said = async (line: string, caller: Caller): Promise<string> =>
    replyText(await bot.handleLine(line, caller));
  return { bot, store, memory, post, react, said, id };
}

describe("what a channel knows of a paper", () => {
  it("stands on its card and on hits: when it was posted there, by a link, reactions, who saved it, and notes", async () => {
    const { bot, post, react, said } = await openWorld();
    const here = within("U1", "C1");
    expect(await said("show FastDINOv2", here)).not.toMatch(/posted here/i);
    await post();
    for (const user of ["U1", "U2"]) await react(user);
    await react("U2", "tada");
    await said("list create group", here);
    await said("save FastDINOv2 list:group", here);
    await said("note FastDINOv2 text:open share:yes", here);
    const card = await bot.handleLine("show FastDINOv2", within("U2", "C1"));
    expect(replyText(card)).toContain("Posted here on 3 March 2026, 2 reactions.");
    expect(JSON.stringify(card.cards)).toContain("https://x.slack.com/archives/C1/p11");
    const line = "Posted here on 3 March 2026, 2 reactions · saved by 1 here · 1 shared note";
    expect(await said("search FastDINOv2 curriculum learning", within("U2", "C1"))).toContain(line);
    expect(await said("similar FastDINOv2", within("U2", "C1"))).toContain(
      "Posted here on 3 March 2026, 2 reactions.",
    );
    await post({ message: "2.2", postedAt: new Date("2026-04-05T10:00:00Z"), as: "share" });
    expect(await said("show FastDINOv2", here)).toContain(
      "Posted here 2 times, last on 5 April 2026, 2 reactions.",
    );
  });

  it("is told in no other channel, workspace or direct message, and says nothing of anybody's own lists and notes", async () => {
    const { post, react, said, bot } = await openWorld();
    await post();
    await react("U1");
    await said("save FastDINOv2", within("U1", "C1"));
    await said("note FastDINOv2 text:secret", within("U1", "C1"));
    await said("list create group", within("U1", "C1"));
    await said("save FastDINOv2 list:group", within("U1", "C1"));
    const direct: Caller = {
      ...within("U1", "D1"),
      place: { platform: "slack", server: "T1", channel: "D1", direct: true },
    };
    const passing: Caller = { platform: "web", user: "visitor", passing: true };
    const forged = [
      within("U9", "C2"),
      within("U9", "C1", "T2"),
      within("U9", 'C1"],"x'),
      {
        ...within("U9", "C1"),
        platform: "discord",
        place: { platform: "discord", server: "T1", channel: "C1" },
      },
      direct,
      passing,
    ];
    for (const caller of forged)
      for (const line of ["show FastDINOv2", "search FastDINOv2", "similar FastDINOv2"])
        expect(await said(line, caller)).not.toMatch(/posted here|reaction|saved by|secret|shared note/i);
    const theirs = await said("show FastDINOv2", within("U2", "C1"));
    expect(theirs).toContain("Posted here on 3 March 2026, 1 reaction.");
    expect(theirs).toContain("Saved by 1 here.");
    expect(theirs).not.toContain("secret");
    const message = await bot.handleMessage(
      "FastDINOv2: Frequency Based Curriculum Learning",
      within("U2", "C2"),
    );
    expect(replyText(message)).not.toMatch(/posted here/i);
  });
});
