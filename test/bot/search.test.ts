import { beforeAll, describe, expect, it } from "vitest";
import type { Bot } from "../../src/bot/bot.ts";
import type { Reply } from "../../src/bot/reply.ts";
import { openLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { caller, createTestBot, replyText } from "../support/seed-bot.ts";
import { buttonOf, headings, runButtons } from "../support/reply-parts.ts";
import { pagesFolder } from "../support/seed-pages.ts";

const library = await openLibrary({ pages: pagesFolder, state: "/dev/null/nowhere" }, collectingLog().log);
let bot: Bot;
beforeAll(() => {
  ({ bot } = createTestBot(library));
});

const say = (line: string): Promise<Reply> => bot.handleLine(line, caller);
const press = (reply: Reply, key: string): Promise<Reply> =>
  bot.handle({ ...buttonOf(reply, key).run, caller });

describe("search", () => {
  it("lists five papers with what is known of them, and leaves out what is not", async () => {
    const reply = await say("/paper search curriculum learning");
    expect(headings(reply)).toHaveLength(5);
    expect(reply.summary).toMatch(/^1–5 of \d+ papers for “curriculum learning”; \d+ with all the words$/);
    expect(replyText(reply)).not.toMatch(/not stated|Id:/);
    expect(reply.audience).toBe("caller");
    expect(reply.data).toHaveLength(5);
    expect(reply.data[0]).toMatchObject({
      id: expect.stringMatching(/^title:/),
      title: expect.any(String),
      url: expect.stringMatching(/^https:/),
      score: expect.any(Number),
    });
  });

  it("goes to the next page and back, with the hits numbered on", async () => {
    const first = await say("search curriculum learning");
    const second = await press(first, "n");
    expect(headings(second)[0]).toMatch(/^6\. /);
    expect(runButtons(second).map(({ key }) => key)).toEqual([
      "6",
      "6s",
      "6+",
      "7",
      "7s",
      "7+",
      "8",
      "8s",
      "8+",
      "9",
      "9s",
      "9+",
      "10",
      "10s",
      "10+",
      "p",
      "n",
    ]);
    expect((await press(second, "p")).cards).toEqual(first.cards);
    expect(runButtons(first).map(({ key }) => key)).not.toContain("p");
  });

  it("keeps all its conditions over the pages", async () => {
    const first = await bot.handle({
      command: "search",
      args: { query: "pretraining", after: "2023", sort: "newest" },
      caller,
    });
    const second = await press(first, "n");
    expect(second.summary).toMatch(/^6–10 of \d+ papers for “pretraining” dated 2023-01-01 or later$/);
    const dates = [...first.data, ...second.data].map((one) => String(one["date"]));
    expect(dates).toEqual(dates.toSorted().toReversed());
  });

  it("offers details and similar papers for every hit", async () => {
    const reply = await say("search curriculum learning");
    expect(headings(await press(reply, "2"))[0]).toBe(headings(reply)[1]?.slice(3));
    expect((await press(reply, "2s")).summary).toContain(`Papers like “${headings(reply)[1]?.slice(3)}”`);
  });

  it("says what it searched in place of a misspelt word", async () => {
    expect(replyText(await say("search robotic manipualtion"))).toContain(
      "No paper has “manipualtion”; “manipulation” was searched instead.",
    );
  });

  it("finds an organisation by its name, takes a year as a wish, and says so", async () => {
    const reply = await say("search nvidia 2025");
    expect(headings(reply)[0]).toBe("1. Pretraining Large Language Models with NVFP4");
    expect(replyText(reply)).toContain(
      "Papers of 2025 are first; for those of that year alone, add since:2025.",
    );
    expect(reply.data[0]).toMatchObject({ missing: [] });
    expect(reply.data[1]).toMatchObject({ missing: ["2025"] });
  });

  it("says when nothing matches, why, and what is nearest", async () => {
    const reply = await say("search language model since:yesterday");
    expect(reply).toMatchObject({ tone: "plain", data: [] });
    expect(replyText(reply)).toMatch(
      /Nothing in this corpus matches .*, that is dated \d{4}-\d\d-\d\d or later\. \d+ more papers would match, but the date is not stated\. Without the conditions, the nearest are:/,
    );
    expect(headings(reply)).toHaveLength(3);
    expect(replyText(await say("search author:bengio"))).toContain(
      "Names of authors are known for 0 of 544 papers.",
    );
    expect(replyText(await say("search org:meta"))).toContain("Organisations are known for 2 of 544 papers.");
  });

  it.each(["", "the of and", "🙂🙂🙂", "can you find me papers about", "-survey", "x".repeat(10_000)])(
    "helps with “%.30s” and never lists everything",
    async (query) => {
      const reply = await say(`search ${query}`);
      expect(reply.tone).toBe("mistake");
      expect(headings(reply)).toEqual([]);
      expect(reply.summary.length).toBeGreaterThan(40);
      expect(reply.summary.length).toBeLessThan(400);
    },
  );

  it.each([
    ["the of and", "“the of and” has no word to search for, only common words or signs."],
    ["-survey -review", "“-survey -review” says only what the papers must not have."],
    ["x".repeat(70), /^“x{60}…” has 70 characters; words of at most 64 are searched\./],
  ])("tells why “%.20s” can find nothing", async (query, said) => {
    expect(await say(`search ${query}`)).toMatchObject({
      tone: "mistake",
      summary: expect.stringMatching(said),
    });
  });

  it("takes words that are excluded again for a search that finds nothing", async () => {
    const reply = await say("search vision -vision");
    expect(reply.tone).toBe("plain");
    expect(replyText(reply)).toContain(
      "Nothing in this corpus matches “vision -vision”. Without the conditions",
    );
  });

  it("says where a list ends", async () => {
    expect(
      (await bot.handle({ command: "search", args: { query: "dinov2", page: "99" }, caller })).summary,
    ).toMatch(/^The list ends before page 99: it has \d+ papers\.$/);
  });

  it("looks up a pasted link", async () => {
    const [known] = (await say("search dinov2")).data;
    expect((await say(`search ${String(known?.["id"])}`)).summary).toBe(known?.["title"]);
    expect((await say("search https://arxiv.org/abs/1706.03762")).summary).toContain("is not in this corpus");
  });

  it.each(["title:tiny-language-models", "https://arxiv.org/abs/1706.03762"])(
    "looks up %s beside other options too",
    async (query) => {
      const alone = await bot.handle({ command: "search", args: { query }, caller });
      const args = { query, sort: "newest", after: "2020" };
      const beside = await bot.handle({ command: "search", args, caller });
      expect([beside.tone, beside.summary]).toEqual([alone.tone, alone.summary]);
      expect(beside.tone).not.toBe("mistake");
    },
  );

  it("keeps its other options where a quote in the words is left open", async () => {
    const args = { query: 'pretraining "language', after: "2025" };
    const reply = await bot.handle({ command: "search", args, caller });
    expect(reply.summary).toContain("dated 2025-01-01 or later");
    expect(reply.data.length).toBeGreaterThan(0);
  });

  it("says which conditions past the thirty-second were left out", async () => {
    const conditions = Array.from({ length: 34 }, (_, i) => `-"word ${i}"`).join(" ");
    const reply = await say(`/paper search learning ${conditions}`);
    expect(replyText(reply)).toContain(
      'A query has at most 32 phrases and conditions: “-"word 32"” and 1 more were left out.',
    );
  });
});
