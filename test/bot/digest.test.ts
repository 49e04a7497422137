import { expect, it } from "vitest";
import type { Listing } from "../../src/corpus/paper.ts";
import type { PartialDate } from "../../src/corpus/partial-date.ts";
import { caller, createSeedBot, replyText } from "../support/seed-bot.ts";

it("a digest is set up once, though its button be pressed twice", async () => {
  const { bot, digests } = await createSeedBot();
  const press = () => bot.handle({ command: "digest start", args: { zone: "UTC", confirm: "yes" }, caller });
  expect((await press()).summary).toBe("The digest is set up.");
  expect(await press()).toMatchObject({ tone: "mistake", summary: expect.stringContaining("number 1") });
  expect(await (await digests()).all()).toHaveLength(1);
});

it("a digest leaves out what is not known of its papers", async () => {
  const { bot, library } = await createSeedBot();
  const words = "wombats and their burrows";
  const listing = (title: string, facts: Partial<Listing> = {}): Listing => ({
    title,
    listedOn: "a",
    ...facts,
  });
  await library.take([
    listing(`On ${words}`, {
      date: "2026-11-20" as PartialDate,
      upvotes: { count: 9, readAt: "2026-11-21T00:00:00Z" },
    }),
    listing(`More on ${words}`, { date: "2026-11-20" as PartialDate }),
    listing(`Without a date: ${words}`),
  ]);
  const args = { topics: "wombats", runners: "2" };
  const shown = replyText(await bot.handle({ command: "digest preview", args, caller }));
  expect(shown).toContain(`On ${words}`);
  expect(shown).toContain("20 November 2026 · 9 votes");
  expect(shown).not.toMatch(/not stated|not in this corpus|Id:|Read from/);
});
