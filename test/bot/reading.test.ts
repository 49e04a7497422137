import { beforeAll, describe, expect, it } from "vitest";
import type { Bot } from "../../src/bot/bot.ts";
import type { Caller } from "../../src/bot/command.ts";
import type { Reply } from "../../src/bot/reply.ts";
import { openLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { buttonOf, headings, runButtons } from "../support/reply-parts.ts";
import { pagesFolder } from "../support/seed-pages.ts";
import { createTestBot, replyText } from "../support/seed-bot.ts";

const library = await openLibrary({ pages: pagesFolder, state: "/dev/null/nowhere" }, collectingLog().log);
let bot: Bot;
beforeAll(() => {
  ({ bot } = createTestBot(library));
});

const DINO = "FastDINOv2: Frequency Based Curriculum Learning Improves Robustness and Training Speed";
let channels = 0;

/** Two people in a channel of their own, of whom the first may change what it has. */
function people() {
  const channel = `c${++channels}`;
  const place = { platform: "test", server: "lab", channel };
  const may = (kind: "may" | "may-not"): Pick<Caller, "authority"> => ({
    authority: () => Promise.resolve(kind === "may" ? { kind } : { kind, who: "managers" }),
  });
  const ana: Caller = { platform: "test", user: `ana${channels}`, place, ...may("may") };
  const ben: Caller = { platform: "test", user: `ben${channels}`, place, ...may("may-not") };
  const say = (line: string, caller: Caller = ana): Promise<Reply> => bot.handleLine(line, caller);
  const press = (reply: Reply, key: string, caller: Caller = ana): Promise<Reply> =>
    bot.handle({ ...buttonOf(reply, key).run, caller });
  return { ana, ben, say, press };
}

describe("save", () => {
  it("is a button on every paper, and puts it into a list that nobody else sees", async () => {
    const { ben, say, press } = people();
    const found = await say("search curriculum learning");
    expect(runButtons(found).filter(({ label }) => label === "Save")).toHaveLength(5);
    const first = headings(found)[0]?.slice("1. ".length);
    expect((await press(found, "1+")).summary).toBe(`Saved to your reading list: “${first}”.`);
    expect((await press(found, "1+")).summary).toBe(`“${first}” stands in your reading list already.`);
    expect((await press(await say("show FastDINOv2"), "+")).summary).toContain("Saved to your reading list");
    const list = await say("list show");
    expect(headings(list)).toEqual([`1. ${DINO}`, `2. ${first}`]);
    expect(list.data).toEqual([]);
    expect((await say("list show", ben)).summary).toBe("Nothing stands in your reading list yet.");
  });

  it("takes several papers by the numbers of the last list, and a list of the channel", async () => {
    const { ben, say } = people();
    await say("list create Reading Group");
    await say("search curriculum learning");
    expect((await say('save 1-3 list:"reading group"')).summary).toBe(
      "Saved to this channel’s list “Reading Group”: 3 papers.",
    );
    await say("save FastDINOv2 list:reading-group", ben);
    const shown = await say("list reading group", ben);
    expect(shown.summary).toContain("This channel’s list “Reading Group”");
    expect(replyText(shown)).toContain("saved by 1 here");
  });

  it("offers the papers where several fit, and leaves topics to be looked for", async () => {
    const { say, press } = people();
    const asked = await say("save pretraining language models");
    expect(asked.tone).toBe("missing");
    expect((await press(asked, "2")).summary).toContain("Saved to your reading list: “Pretraining Language");
    expect((await say("save energy in language model training")).summary).not.toContain("Saved");
  });

  it("is refused to visitors who are not told apart, and in a workspace that is not said", async () => {
    const run = { command: "save", args: { paper: "FastDINOv2" } };
    const visitor = { platform: "web", user: "visitor", passing: true } as const;
    expect((await bot.handle({ ...run, caller: visitor })).summary).toContain("Nobody is told apart here");
    const somebody = { platform: "slack", user: "U1" };
    expect((await bot.handle({ ...run, caller: somebody })).summary).toContain("in which workspace you are");
  });
});

describe("lists", () => {
  it("are marked, moved, dropped and brought back by what is typed", async () => {
    const { say, press } = people();
    await say("save FastDINOv2");
    await say("list create thesis for:me");
    expect((await say("list mark fastdino as:reading")).summary).toContain(
      "Marked as reading in your reading list",
    );
    expect(replyText(await say("my list"))).toContain("You are reading it · saved on 21 November 2026.");
    expect((await say("list move FastDINOv2 to:thesis")).summary).toContain(
      "Moved from your reading list to your list “thesis”",
    );
    const shown = await say("list thesis");
    expect(replyText(shown)).toContain("You are reading it");
    expect((await press(shown, "1r")).summary).toContain("Marked as read in your list “thesis”");
    const dropped = await press(shown, "1x");
    expect(dropped.summary).toContain(`Removed: “${DINO}” from your list “thesis”.`);
    expect((await press(dropped, "u")).summary).toContain("Brought back");
    expect((await press(dropped, "u")).summary).toContain("was brought back already");
    expect(replyText(await say("list thesis"))).toContain("You have read it");
    expect((await say("list drop wombats list:thesis")).summary).toContain(
      "“wombats” does not stand in your list “thesis”",
    );
  });

  it("of a channel are filled by everybody, counted, and changed by those who may", async () => {
    const { ben, say } = people();
    await say("list create group", ben);
    await say("save FastDINOv2 list:group", ben);
    await say("save FastDINOv2 list:group");
    await say("list mark FastDINOv2 list:group", ben);
    const shown = await say("list group");
    expect(replyText(shown)).toContain("Saved on 21 November 2026 · saved by 2 here, read by 1.");
    expect((await say("list drop FastDINOv2 list:group")).summary).toContain("One other saved it too");
    expect((await say("list rename group to:club", ben)).summary).toBe(
      "Only managers can rename a list of this channel. Ask one of them.",
    );
    expect((await say("list rename group to:club")).summary).toContain("is this channel’s list “club” now");
    expect((await say("list remove club", ben)).summary).toContain("Only managers can remove");
    await say("save tiny language models list:club");
    expect((await say("list drop tiny language models list:club", ben)).summary).toContain(
      "Only managers can take off what others saved",
    );
    expect((await say("list drop FastDINOv2 list:club")).summary).toContain("Removed");
    expect((await say("list remove club")).summary).toContain("Removed: this channel’s list “club”");
    expect((await say("list undo")).summary).toBe("Brought back: this channel’s list “club”.");
    expect(
      (await say("audit", { ...ben, oversight: () => Promise.resolve({ kind: "may" }) })).summary,
    ).toContain("of 4");
  });

  it("tell in the open what all may know, and nothing of who reads what", async () => {
    const { ana, say } = people();
    const aloud: Caller = { ...ana, overheard: true };
    await say("list create group");
    await say("save FastDINOv2 list:group");
    await say("list mark FastDINOv2 list:group");
    expect((await say("list show", aloud)).summary).toContain("Everybody would read that here");
    const shown = replyText(await say("list show group", aloud));
    expect(shown).toContain("saved by 1 here, read by 1");
    expect(shown).not.toContain("You have read it");
    const { again } = await say("list show group");
    if (again === undefined) throw new Error("nothing to share");
    expect(replyText(await bot.handle({ ...again, caller: ana }))).not.toContain("You have read it");
  });

  it("are shared by name, and the own one stays", async () => {
    const { ben, say } = people();
    await say("save FastDINOv2");
    expect((await say("list share")).summary).toContain("What is the channel’s list to be called?");
    expect((await say("list share as:club")).summary).toBe("Put 1 paper into this channel’s list “club”.");
    expect((await say("list share as:Club")).summary).toContain("Put 0 papers");
    expect(headings(await say("list club", ben))).toEqual([`1. ${DINO}`]);
    expect(headings(await say("list show"))).toEqual([`1. ${DINO}`]);
  });

  it.each([
    ["list create", "What is the list to be called?"],
    ["list create my list", "is what your own reading list is called"],
    [`list create ${"x".repeat(61)}`, "The name has 61 characters; a list's name has at most 60."],
    ["list create !!!", "no letter or digit"],
    ["list show nowhere", "There is no list “nowhere” here. There is only your reading list so far."],
    ["list nowhere", "There is no list “nowhere” here."],
    ["list remove me", "Your reading list stays."],
    ["list undo", "There is nothing to bring back"],
    ["my qqqq", "qqqq"],
  ])("answer “%.30s” with what to do", async (line, said) => {
    const { say } = people();
    expect(replyText(await say(line))).toContain(said);
  });
});

describe("notes", () => {
  it("are read by who wrote them alone, in the own list too, and brought back for a minute", async () => {
    const { ben, say, press } = people();
    expect((await say('save FastDINOv2 note:"ask [Ben](x)"')).summary).toContain(
      "Saved to your reading list",
    );
    expect(replyText(await say("list show"))).toContain("Your note: ask [Ben](x)");
    await say('note fastdinov2 text:"worth a try"');
    const read = await say("note FastDINOv2");
    expect(replyText(read)).toContain("Only you see it: worth a try");
    expect(replyText(await say("note FastDINOv2", ben))).toContain("There is no note about");
    expect(replyText(await say("show FastDINOv2"))).not.toContain("worth a try");
    const removed = await press(read, "x1");
    expect(removed.summary).toContain("Removed: your note about “FastDINOv2");
    expect(replyText(await say("note FastDINOv2"))).toContain("There is no note");
    await press(removed, "u");
    expect(replyText(await say("note FastDINOv2"))).toContain("worth a try");
  });

  it("that are shared stand on the paper's card in that channel, with who wrote them and how many saved it", async () => {
    const { ana, ben, say } = people();
    await say("list create group");
    await say("save FastDINOv2 list:group");
    await say("save FastDINOv2 list:group", ben);
    await say("list mark FastDINOv2 list:group as:read", ben);
    await say('note FastDINOv2 text:"worth a try" share:yes', ben);
    const card = await say("show FastDINOv2");
    expect(replyText(card)).toContain(`Saved by 2 here, read by 1.\n${ben.user}: worth a try`);
    const elsewhere = { ...ana, place: { platform: "test", server: "lab", channel: "elsewhere" } };
    expect(replyText(await say("show FastDINOv2", elsewhere))).not.toMatch(/Saved by|worth a try/);
    expect(replyText(await say("note FastDINOv2", elsewhere))).toContain("There is no note");
    expect((await say("note FastDINOv2 remove:yes share:yes")).summary).toContain(
      "You have shared no note here",
    );
    expect((await say("note FastDINOv2 remove:yes share:yes", ben)).summary).toContain("Removed");
    expect(replyText(await say("show FastDINOv2"))).not.toContain("worth a try");
  });

  it("are refused with their length where they are too long, and without a channel to share with", async () => {
    const { ana, say } = people();
    expect((await say(`note FastDINOv2 text:"${"x".repeat(1001)}"`)).summary).toContain(
      "“text” has 1001 characters; at most 1000 are read.",
    );
    const { place: _nowhere, ...alone } = ana;
    expect((await say("note FastDINOv2 text:good share:yes", alone)).summary).toContain(
      "There is no channel here to share a note with.",
    );
  });
});

describe("export", () => {
  it.each([
    ["bibtex", "bib", /@misc\{[^]*@misc\{/],
    ["ris", "ris", /TY {2}- [^]*TY {2}- /],
    ["csl-json", "json", /^\[[^]*"title"[^]*\]$/],
    ["markdown", "md", /^- .*\n- /],
  ])("gives a list as a %s file, the same each time", async (format, ending, looks) => {
    const { say } = people();
    await say("save FastDINOv2");
    await say("save tiny language models");
    const given = await say(`export format:${format}`);
    expect(given.document).toMatchObject({ name: `reading-list.${ending}`, asFile: true });
    expect(given.document?.text).toMatch(looks);
    expect((await say(`export format:${format}`)).document).toEqual(given.document);
  });

  it("names the file by the list, has the order of saving, and comes in pages where no file can be attached", async () => {
    const { ana, say, press } = people();
    await say("list create Reading Group");
    await say("search curriculum learning");
    await say('save 5; 3; 4 list:"reading group"');
    const titles = headings(await say("list reading group")).toReversed();
    const given = await say('export list:"reading group"');
    expect(given.document?.name).toBe("reading-group.bib");
    const found = Array.from(given.document?.text.matchAll(/title = /g) ?? []);
    expect([found.length, titles.length]).toEqual([3, 3]);
    await say("search curriculum learning");
    await say('save 1-5 list:"reading group"');
    await say("more");
    await say('save 6-10 list:"reading group"');
    const paged = await bot.handleLine('export list:"reading group"', { ...ana, withoutFiles: true });
    expect(paged.document).toBeUndefined();
    expect(replyText(paged).match(/^@\w+\{/gm)).toHaveLength(5);
    const next = await bot.handle({ ...buttonOf(paged, "n").run, caller: { ...ana, withoutFiles: true } });
    expect(replyText(next)).toContain("6–10 of 10");
    expect((await press(paged, "n")).document?.text.match(/^@\w+\{/gm)).toHaveLength(10);
  });

  it("says so where nothing stands there, and where everybody would read it", async () => {
    const { ana, say } = people();
    expect((await say("export")).summary).toBe("Nothing stands in your reading list that could be exported.");
    expect((await say("export", { ...ana, overheard: true })).summary).toContain(
      "Everybody would read that here",
    );
  });
});

describe("somebody elsewhere", () => {
  it("reaches no list of others by its id: not in another channel, workspace or platform, nor as another person", async () => {
    const { ana, ben, say } = people();
    await say("save FastDINOv2");
    await say("list create secret");
    await say("save FastDINOv2 list:secret");
    const saved = await say("save FastDINOv2 list:secret");
    const shared = buttonOf(saved, "l").run.args["list"] ?? "";
    const own = buttonOf(await say("save FastDINOv2"), "l").run.args["list"] ?? "";
    const dropped = await say("list drop FastDINOv2");
    const removal = buttonOf(dropped, "u").run.args["removal"] ?? "";
    const elsewhere = { platform: "test", server: "other", channel: "c1" };
    const others: Caller[] = [
      { ...ana, place: elsewhere },
      { ...ben, place: elsewhere },
      { ...ana, platform: "discord", place: { ...elsewhere, platform: "discord" } },
      { ...ana, workspace: "T2", place: { ...elsewhere, server: "T2" } },
    ];
    for (const caller of others) {
      for (const command of [
        "list show",
        "save",
        "list drop",
        "list mark",
        "list remove",
        "list rename",
        "list share",
      ]) {
        const as = command === "list mark" ? "read" : "mine";
        const args = { list: shared, paper: "FastDINOv2", to: "mine", as };
        const reply = await bot.handle({ command, args, caller });
        expect([command, reply.tone, reply.summary]).toEqual([
          command,
          "mistake",
          expect.stringContaining("There is no list"),
        ]);
      }
    }
    for (const caller of [ben, ...others.slice(1)]) {
      const shown = await bot.handle({ command: "list show", args: { list: own }, caller });
      expect(shown.summary).toContain("There is no list");
      const undone = await bot.handle({ command: "list undo", args: { removal }, caller });
      expect(undone.summary).toContain("cannot be brought back");
    }
    expect((await say("list undo")).summary).toContain("Brought back");
  });
});
