import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bot } from "../../src/bot/bot.ts";
import type { Reply } from "../../src/bot/reply.ts";
import { openLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { headings, runButtons } from "../support/reply-parts.ts";
import { caller, createTestBot, replyText } from "../support/seed-bot.ts";
import { pagesFolder } from "../support/seed-pages.ts";

const library = await openLibrary({ pages: pagesFolder, state: "/dev/null/nowhere" }, collectingLog().log);

const HOUR = 60 * 60 * 1000;

/** A bot that somebody tells lines one after the other; gives the last answer. */
function conversation(): { tell: (...lines: string[]) => Promise<Reply>; bot: Bot; clock: { now: Date } } {
  const { bot, clock } = createTestBot(library);
  const tell = async (...lines: string[]): Promise<Reply> => {
    let reply: Reply | undefined;
    for (const line of lines) reply = await bot.handleLine(line, caller);
    if (reply === undefined) throw new Error("Nothing was told.");
    return reply;
  };
  return { tell, bot, clock };
}

const asked = async (...lines: string[]): Promise<Reply["again"]> =>
  (await conversation().tell("search curriculum learning", ...lines)).again;
const page = (number: string): Reply["again"] => ({
  command: "search",
  args: { query: "curriculum learning", page: number },
});

describe("the last answers to somebody", () => {
  it.each(["more", "Next", "next page", "show more", "more results please", "n", "/more", "one more"])(
    "have a next page: “%s”",
    async (line) => {
      expect(await asked(line)).toEqual(page("2"));
      expect(await asked(line, "about", line, "prev")).toEqual(page("2"));
    },
  );

  it("have numbers, and words that stand for them", async () => {
    const { tell } = conversation();
    const list = await tell("search curriculum learning");
    const [, second] = headings(list);
    for (const line of ["2", "#2", "2.", "no. 2", "paper 2", "the second one", "second", "show 2", "open 2"])
      expect([line, `2. ${(await tell(line)).summary}`]).toEqual([line, second]);
    const id = (await tell("2")).again?.args["paper"] ?? "";
    for (const line of ["2s", "similar 2", "more like 2"])
      expect((await tell("search curriculum learning", line)).again).toEqual({
        command: "similar",
        args: { papers: id },
      });
    expect((await tell("search curriculum learning", "cite 2")).again).toEqual({
      command: "cite",
      args: { paper: id },
    });
  });

  it("are cited by their numbers, several at once, also after others were", async () => {
    const { tell } = conversation();
    const [first, second, third] = (await tell("search curriculum learning")).data.map(({ id }) =>
      String(id),
    );
    const again = (...papers: (string | undefined)[]) => ({
      command: "cite",
      args: { paper: papers.join("; ") },
    });
    expect((await tell("cite 1-3")).again).toEqual(again(first, second, third));
    expect((await tell("cite 3, 1")).again).toEqual(again(third, first));
    expect((await tell("cite #2")).again).toEqual(again(second));
    expect((await tell("cite 1 and 2")).again).toEqual(again(first, second));
    const styled = await tell("cite 1-2 style:ieee");
    expect(styled.again?.args).toEqual({ paper: `${first}; ${second}`, style: "ieee" });
    expect(styled.document?.text).toMatch(/^\[1\] “/);
    expect((await tell("cite 1, 9")).summary).toBe("The last list has no 9; there are 1, 2, 3, 4, 5.");
    const nobody = await createTestBot(library).bot.handleLine("cite 1-2", caller);
    expect(nobody.summary).toContain("search first");
  });

  it("are gone back to one after the other", async () => {
    const { tell } = conversation();
    const list = await tell("search curriculum learning");
    const paper = await tell("2");
    await tell("about");
    expect((await tell("back")).cards).toEqual(paper.cards);
    expect((await tell("c")).again).toMatchObject({ command: "cite" });
    expect((await tell("back")).cards).toEqual(paper.cards);
    expect((await tell("go back")).cards).toEqual(list.cards);
    expect((await tell("back")).summary).toMatch(/^There is no answer before this one/);
    expect((await tell("2")).summary).toBe(paper.summary);
  });

  it("are those of that person in that place, buttons pressed among them", async () => {
    const { tell, bot } = conversation();
    const list = await tell("search curriculum learning");
    expect(list.tone).toBe("plain");
    await bot.handle({ command: "search", args: { query: "curriculum learning", page: "2" }, caller });
    expect((await tell("more")).again).toEqual(page("3"));
    const elsewhere = { ...caller, place: { ...caller.place, channel: "elsewhere" } };
    for (const other of [{ ...caller, user: "other" }, elsewhere])
      expect((await bot.handleLine("2", other)).summary).toBe(
        "There is no “2” to choose. Search first, then type the number of a paper. (A list is remembered for 12 hours, and until the bot is started anew.)",
      );
  });

  it("are forgotten after twelve hours without a word, and when others asked", async () => {
    const { tell, bot, clock } = conversation();
    await tell("search curriculum learning");
    clock.now = new Date(clock.now.getTime() + 12 * HOUR);
    expect((await tell("2")).tone).toBe("plain");
    clock.now = new Date(clock.now.getTime() + 12 * HOUR + 1);
    expect((await tell("2")).summary).toMatch(/^There is no “2” to choose\. Search first/);
    await tell("search curriculum learning");
    for (let i = 0; i < 300; i++) await bot.handleLine("help", { ...caller, user: String(i) });
    expect((await tell("more")).summary).toMatch(/^There is no “more” to choose\. Search first/);
  });

  it("can be chosen from by every key that the answer shown last has, whatever was typed before", async () => {
    const step = fc.constantFrom(
      "1",
      "2",
      "1s",
      "n",
      "p",
      "s",
      "c",
      "back",
      "list",
      "about",
      "random",
      "zzz qqq",
    );
    const steps = fc.array(step, { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (typed, at) => {
        const { tell } = conversation();
        let last = await tell("search curriculum learning");
        for (const line of typed) {
          const reply = await tell(line);
          if (reply.tone !== "mistake") last = reply;
        }
        const keys = runButtons(last).map(({ key }) => key);
        const key = keys[at % Math.max(1, keys.length)] ?? "help";
        expect([key, (await tell(key)).tone]).not.toEqual([key, "mistake"]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("what the program does at a command line alone", () => {
  it.each([
    ["help ingest", "paperboy ingest arxiv:cs.CL"],
    ["ingest", "paperboy ingest arxiv:cs.CL"],
    ["ingest arxiv:2602.23229", "paperboy ingest arxiv:cs.CL"],
    ["ingest papers.jsonl more.bib", "paperboy ingest arxiv:cs.CL"],
    ["/paper ingest huggingface", "paperboy ingest arxiv:cs.CL"],
    ["help backup", "paperboy backup paperboy.backup"],
    ["backup", "paperboy backup paperboy.backup"],
    ["backup ./paperboy.backup", "paperboy backup paperboy.backup"],
    ["digest --now", "paperboy digest --now"],
    ["digest --now --dry-run", "paperboy digest --now"],
  ])("is told with its line: %s", async (line, told) => {
    const text = replyText(await conversation().tell(line)).trim();
    expect(text).toMatch(/^“(?:ingest|backup|digest --now)” is a command of the program, not of this chat\./);
    expect(text.split("\n")[1]).toBe(told);
  });

  it.each(["ingest pipelines for text", "backup policies in reinforcement learning"])(
    "is no topic's beginning: %s",
    async (line) => {
      expect((await conversation().tell(line)).again).toEqual({ command: "search", args: { query: line } });
    },
  );
});
