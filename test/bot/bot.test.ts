import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Bot } from "../../src/bot/bot.ts";
import type { Caller } from "../../src/bot/command.ts";
import type { Reply } from "../../src/bot/reply.ts";
import { openLibrary } from "../../src/library/library.ts";
import type { Letters } from "../../src/mailing/letters.ts";
import { createMailing } from "../../src/mailing/mailing.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { caller, createTestBot, replyText } from "../support/seed-bot.ts";
import { buttonOf, headings, runButtons } from "../support/reply-parts.ts";
import { pagesFolder } from "../support/seed-pages.ts";

const library = await openLibrary({ pages: pagesFolder, state: "/dev/null/nowhere" }, collectingLog().log);
let bot: Bot;
beforeAll(async () => {
  const now = () => clock.now;
  const store = await openSqliteStore(":memory:", now);
  const secrets = { newId: () => "m1", newSecret: () => "secret".repeat(4) };
  const letters: Letters = { askToConfirm: () => Promise.resolve({ kind: "sent" }) };
  const mailing = () =>
    Promise.resolve(
      createMailing({ store, digests, letters, url: "https://papers.example", now, ...secrets }),
    );
  const { clock, digests, ...made } = createTestBot(library, store, mailing);
  ({ bot } = made);
});

const manager: Caller = { ...caller, oversight: () => Promise.resolve({ kind: "may" }) };
const say = (line: string): Promise<Reply> => bot.handleLine(line, manager);
const press = (reply: Reply, key: string): Promise<Reply> =>
  bot.handle({ ...buttonOf(reply, key).run, caller });

describe("similar", () => {
  it("finds by a part of a title, never the paper itself, each with a reason", async () => {
    const reply = await say("similar FastDINOv2");
    expect(headings(reply)).toHaveLength(5);
    expect(headings(reply).join()).not.toContain("FastDINOv2:");
    expect(replyText(reply).match(/^Shares /gm)).toHaveLength(5);
  });

  it("takes several papers, and others less", async () => {
    const reply = await say("similar FastDINOv2; VPT; -diff History");
    expect(reply.summary).toMatch(
      /^Papers like “FastDINOv2.*” and “Video PreTraining.*” but unlike “diff History.*”/,
    );
    expect((await press(reply, "n")).summary).toMatch(/but unlike “diff History.*6–10/);
  });

  it("offers the candidates when a title is ambiguous, and goes on with the one chosen", async () => {
    const reply = await say("similar FastDINOv2; pretraining language models");
    expect(reply).toMatchObject({
      tone: "missing",
      summary: "Several titles fit “pretraining language models”. Which one do you mean?",
    });
    expect((await press(reply, "2")).summary).toMatch(
      /^Papers like “FastDINOv2.*” and “Pretraining Language Models/,
    );
  });

  it.each([
    ["similar", "Similar to which paper?"],
    ["similar VPT; -Video PreTraining (VPT)", "is named on both sides"],
    ["similar -FastDINOv2", "Name at least one paper to look for more of"],
    [
      `similar ${Array.from({ length: 11 }, (_, i) => `p${i}`).join(";")}`,
      "That names 11 papers; at most 10",
    ],
    ["similar qqqq zzzz", "No title fits “qqqq zzzz”."],
    ["similar 1706.03762", "“1706.03762” is not in this corpus."],
  ])("answers “%.30s” with what to do", async (line, said) => {
    expect((await say(line)).summary).toContain(said);
  });
});

describe("show", () => {
  it("tells all that is known and that the rest is not stated", async () => {
    const text = replyText(await say("show Training Language Models via Neural Cellular Automata"));
    expect(text).toContain("Date:9 March 2026");
    expect(text).toContain("Authors:4 authors");
    expect(text).toContain("Comments:4");
    const other = replyText(await say("show FastDINOv2"));
    expect(other).toContain("Not stated:date, authors");
    expect(other).not.toContain("Date:");
    expect(other).not.toContain("Comments");
  });

  it("prefers a whole title to titles that contain it", async () => {
    expect((await say("show tiny language models")).summary).toBe("Tiny language models");
  });
});

describe("the other commands", () => {
  it("draw a paper by lot", async () => {
    const reply = await say("random");
    const titles = new Set([reply.summary, (await say("random")).summary]);
    expect(titles.size).toBe(1);
    expect(reply.data).toHaveLength(1);
  });

  it("tell what there is and how old it is", async () => {
    const text = replyText(await say("about"));
    expect(text).toContain("Paperboy knows 544 papers.");
    expect(text).toContain("29 May 2019 to 9 March 2026, known for 43 of 544");
    expect(text).toContain("9 March 2026 (257 days ago)");
  });

  const startDigest = () =>
    bot.handle({ command: "digest start", args: { zone: "UTC", confirm: "yes" }, caller });

  /** What the examples of reading lists begin with; what is there already is no matter. */
  const startReading = async (command: string) => {
    const lines = [
      ...["thesis", "dissertation", "reading group"].map((name) => `list remove ${name}`),
      ...(command === "list create" ? [] : ["list create thesis for:me"]),
      "save tiny language models list:thesis",
      "save FastDINOv2",
      ...(command === "list undo" ? ["list drop FastDINOv2"] : []),
    ];
    for (const line of lines) await say(line);
  };

  const startFollow = async (command: string) => {
    const args = { org: "nvidia", to: "here", when: "at once", confirm: "yes" };
    await bot.handle({ command: "follow start", args, caller });
    if (command === "follow resume") await say("follow pause");
  };

  it("explain themselves, each with an example that works", async () => {
    const overview = replyText(await say("/paper"));
    for (const { name, description, examples } of bot.commands) {
      const [group, member] = name.split(" ");
      const told = member === undefined ? overview : replyText(await say(`help ${group}`));
      expect(told).toContain(`${name} — ${description}`);
      expect(overview).toMatch(member === undefined ? "" : new RegExp(`^${group} — .*\\b${member}\\b`, "m"));
      expect(replyText(await say(`help ${name}`))).toContain(description);
      for (const { line } of examples) {
        if ((await say("digest list")).summary.includes("no digest")) await startDigest();
        if (/^(?:save|list|export)\b/.test(name)) await startReading(name);
        if (/^follow (?!start)/.test(name)) await startFollow(name);
        // Numbers are those of the last list.
        await say("search curriculum learning");
        expect([line, (await say(line)).tone]).not.toEqual([line, "mistake"]);
      }
    }
    expect(await say("help")).toEqual(await say("/paper help"));
  });

  it("of a group are told where only its first word is typed", async () => {
    expect((await say("/paper digest")).summary).toMatch(/^“digest” goes with a second word: digest start, /);
    expect(replyText(await say("help digest"))).toContain("digest why — ");
    expect(replyText(await say("help digest"))).not.toContain("search — ");
  });

  it("name the nearest one for a command that does not exist", async () => {
    expect((await say("serach x")).summary).toBe(
      "There is no command “serach”. Did you mean “search”? “help” lists all commands. To search for it, type: search serach x.",
    );
    expect((await say("help simlar")).summary).toContain("Did you mean “similar”?");
    expect((await say("/curriculum  learning")).summary).toContain(
      "To search for it, type: search curriculum learning. The commands are",
    );
    expect((await say("/paper curriculum learning")).summary).toContain("papers for “curriculum learning”");
    expect((await say("hi")).summary).toContain("These are its commands");
    expect((await say("search --help")).summary).toMatch(/^search: /);
  });

  it("have names and descriptions that every platform can declare", () => {
    for (const { name, description, options } of bot.commands) {
      expect(name).toMatch(/^[a-z]{1,32}(?: [a-z]{1,32})?$/);
      expect(description.length).toBeLessThanOrEqual(100);
      expect(Object.values(options).filter(({ takesLine }) => takesLine).length).toBeLessThanOrEqual(1);
      for (const option of Object.values(options)) expect(option.description.length).toBeLessThanOrEqual(100);
    }
  });
});

describe("the bot", () => {
  it("never rejects and always has something to say, whatever it is told", async () => {
    const line = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc
        .tuple(
          fc.constantFrom("search", "similar", "show", "help", "/paper random", "about"),
          fc.string({ unit: "binary", maxLength: 60 }),
        )
        .map((parts) => parts.join(" ")),
      fc
        .array(
          fc.constantFrom(
            "search",
            '"',
            "-",
            "after:",
            "graph",
            "2024",
            ";",
            "\u001b[31m",
            "title:",
            "arxiv:",
            "💥",
            "\uD800",
          ),
          { maxLength: 10 },
        )
        .map((parts) => parts.join(" ")),
    );
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        const reply = await say(text);
        expect(reply.tone).not.toBe("fault");
        expect(reply.summary).not.toBe("");
        const keys = runButtons(reply).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 250 },
    );
  });

  it("refuses arguments that make no sense in words", async () => {
    const args: Record<string, string>[] = [
      { query: "x", page: "0" },
      { query: "x", limit: "many" },
      { query: "x", sort: "best" },
    ];
    const replies = await Promise.all(
      args.map((one) => bot.handle({ command: "search", args: one, caller })),
    );
    expect(replies.map(({ summary }) => summary)).toEqual([
      "“page” is “0”; it must be a whole number from 1 to 10000.",
      "“limit” is “many”; it must be a whole number from 1 to 100.",
      "“sort” is “best”; it must be relevance, newest, discussed.",
    ]);
  });

  it("logs a fault with a reference and shows the reference, not the fault", async () => {
    const broken = {
      ...library,
      index: { ...library.index, search: () => Promise.reject(new Error("disk on fire")) },
    };
    const { bot: unlucky, lines, errors } = createTestBot(broken);
    const reply = await unlucky.handleLine("search x", caller);
    expect(reply.tone).toBe("fault");
    expect(replyText(reply)).toContain("ref-1");
    expect(replyText(reply)).not.toContain("fire");
    expect(lines).toEqual(["error A call failed (ref-1): a line of text"]);
    expect(errors).toEqual([new Error("disk on fire")]);
  });

  it("completes titles, and logs rather than rejects when that fails", async () => {
    const typing = { command: "show", option: "paper", text: "fastdino" };
    expect((await bot.complete(typing, 5)).map(({ label }) => label)).toEqual([
      expect.stringMatching(/^FastDINOv2/),
    ]);
    expect(await bot.complete({ ...typing, command: "random" }, 5)).toEqual([]);
    const broken = { ...library, index: { ...library.index, suggest: () => Promise.reject(new Error("x")) } };
    const { bot: unlucky, lines } = createTestBot(broken);
    expect(await unlucky.complete(typing, 5)).toEqual([]);
    expect(lines).toEqual(["error Completing what somebody types failed"]);
  });
});
