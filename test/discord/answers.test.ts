import { describe, expect, it } from "vitest";
import { shownText } from "../fakes/discord/index.ts";
import { openTestStore } from "../support/test-store.ts";
import { openDiscord, startApp } from "./app.ts";
import { idOf, menuOf, need } from "./shown.ts";

describe("/paper in a server", () => {
  it("answers every command privately, within the rules of Discord", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    const calls: [string, Record<string, string>, RegExp][] = [
      ["paper search", { query: "curriculum learning" }, /papers for “curriculum learning”/],
      ["paper search", { query: "pretraining", after: "2024", sort: "newest" }, /dated 2024/],
      ["paper search", { query: "foo:bar" }, /is not an operator/],
      ["paper similar", { papers: "FastDINOv2" }, /Papers like “FastDINOv2/],
      ["paper show", { paper: "tiny language models" }, /20 July 2025/],
      ["paper cite", { paper: "tiny language models" }, /@misc\{2025tiny/],
      ["paper random", {}, /Id:/],
      ["paper about", {}, /544/],
      ["paper help", {}, /search/],
      ["paper help", { command: "search" }, /Operators/],
    ];
    for (const [typed, options, said] of calls) {
      const { message, ephemeral } = await ana.command(typed, options).outcome();
      expect([typed, ephemeral]).toEqual([typed, true]);
      expect(shownText(need(message)).replaceAll("\\", "")).toMatch(said);
    }
    expect(discord.violations).toEqual([]);
  });

  it("pages, opens, finds similar papers and cites in the same message", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    const first = need(
      (await ana.command("paper search", { query: "curriculum learning" }).outcome()).message,
    );
    const second = need((await ana.click(first, idOf(first, "Next")).outcome()).message);
    expect(second.id).toBe(first.id);
    expect(shownText(second)).toContain("6. ");
    const back = need((await ana.click(second, idOf(second, "Previous")).outcome()).message);
    expect(shownText(back)).toContain("1. ");
    const menu = menuOf(back);
    expect(menu.values).toHaveLength(5);
    const similar = need((await ana.select(back, menu.id, [menu.values[1] ?? ""]).outcome()).message);
    expect(shownText(similar)).toContain("Papers like");
    const details = need((await ana.click(similar, idOf(similar, "Details")).outcome()).message);
    const cited = need((await ana.click(details, idOf(details, "Cite")).outcome()).message);
    expect(shownText(cited)).toContain("@misc{");
    expect(cited.id).toBe(first.id);
    expect(discord.violations).toEqual([]);
  });

  it("attaches entries that are too long for a message as a file, and takes it off with the next answer", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    const command = (typed: string, options: Record<string, string>) => ana.command(typed, options).outcome();
    await command("paper search", { query: "curriculum learning" });
    const short = need((await command("paper cite", { paper: "1-2" })).message);
    expect(shownText(short).match(/@misc/g)).toHaveLength(2);
    const long = need((await command("paper cite", { paper: "1-5", with: "abstract" })).message);
    expect(long.attachments).toMatchObject([{ filename: "papers.bib" }]);
    expect(shownText(long)).not.toContain("@misc");
    expect(discord.requests.at(-1)?.files?.[0]).toMatchObject({ name: "papers.bib" });
    const one = need((await command("paper cite", { paper: "1" })).message);
    const shown = need((await ana.click(one, idOf(one, "Details")).outcome()).message);
    expect(shown.attachments).toEqual([]);
    const [shared] = await ana.click(long, idOf(long, "Share to channel")).followedUp(1);
    expect(need(shared).attachments).toMatchObject([{ filename: "papers.bib" }]);
    expect(discord.violations).toEqual([]);
  });

  it("shares to the channel with who shared it, pinging nobody; others get private answers there", async () => {
    const { discord } = await startApp();
    const [ana, bob] = [discord.user("ana"), discord.user("bob")];
    const found = need((await ana.command("paper search", { query: "dinov2" }).outcome()).message);
    const [shared] = await (async () => {
      const handle = ana.click(found, idOf(found, "Share to channel"));
      return handle.followedUp(1);
    })();
    expect(shared?.onlyFor).toBeUndefined();
    expect(shownText(need(shared))).toContain(`<@${ana.id}>`);
    expect(need(shared).pings).toEqual({ users: [], roles: [], everyone: false });
    const { message, ephemeral } = await bob.click(need(shared), idOf(shared, "Details")).outcome();
    expect(ephemeral).toBe(true);
    expect(need(message).id).not.toBe(need(shared).id);
    expect(discord.violations).toEqual([]);
  });

  it("keeps its buttons over a restart, also those of very long searches", async () => {
    const memory = (await openTestStore()).buttons;
    const { app, discord } = await startApp({ memory });
    const ana = discord.user("ana");
    const query = `language model ${"pretraining data curriculum vision ".repeat(15)}`;
    const before = need((await ana.command("paper search", { query }).outcome()).message);
    await app.stop();
    await startApp({ discord, memory });
    const after = need((await ana.click(before, idOf(before, "Next")).outcome()).message);
    expect(shownText(after)).toContain("6. ");
    expect(discord.violations).toEqual([]);
  });

  it("says how to search again under a button whose search is forgotten", async () => {
    const { app, discord } = await startApp();
    const ana = discord.user("ana");
    const query = `language model ${"pretraining data curriculum vision ".repeat(15)}`;
    const before = need((await ana.command("paper search", { query }).outcome()).message);
    await app.stop();
    await startApp({ discord });
    const { message } = await ana.click(before, idOf(before, "Next")).outcome();
    expect(shownText(need(message))).toContain("too old");
  });

  it("completes titles while somebody types, also the second of several", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    const choices = async (option: string, typed: string, command: string) =>
      (await ana.autocomplete(`paper ${command}`, { [option]: typed }).outcome()).choices ?? [];
    expect(await choices("paper", "fastdi", "show")).toMatchObject([
      { value: expect.stringMatching(/^title:fastdinov2/) },
    ]);
    expect(await choices("papers", "VPT; fastdi", "similar")).toMatchObject([
      { value: expect.stringMatching(/^VPT; title:fastdinov2/) },
    ]);
    expect(await choices("query", "a", "search")).toHaveLength(25);
    expect(await choices("query", "", "search")).toEqual([]);
    const two = await choices("papers", "title:tiny-language-models; fastdi", "similar");
    const three = await choices("papers", `${String(two[0]?.["value"])}; -diff history`, "similar");
    const named = await ana.command("paper similar", { papers: String(three[0]?.["value"]) }).outcome();
    expect(shownText(need(named.message)).replaceAll("\\", "")).toMatch(
      /Papers like “Tiny language models” and “FastDINOv2.*” but unlike “diff History/,
    );
    const [first] = await choices("paper", "fastdi", "show");
    const { message } = await ana.command("paper show", { paper: String(first?.["value"]) }).outcome();
    expect(shownText(need(message))).toContain("FastDINOv2");
    expect(discord.violations).toEqual([]);
  });
});

describe("what somebody types into an option", () => {
  it("is completed with what that option takes: organisations by their papers, time zones by their places", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
    const offered = async (command: string, values: Record<string, string>): Promise<unknown[]> => {
      const { choices = [] } = await ana.autocomplete(`paper ${command}`, values).outcome();
      return choices.map(({ value }) => value);
    };
    const zone = (typed: string) => offered("digest start", { zone: typed });
    expect((await zone("berl"))[0]).toBe("Europe/Berlin");
    expect((await zone("new yorc"))[0]).toBe("America/New_York");
    expect((await zone("tübingen"))[0]).toBe("Europe/Berlin");
    expect(await zone("cet")).toEqual(expect.arrayContaining(["Europe/Berlin", "Europe/Paris"]));
    expect(await zone("")).toHaveLength(25);
    expect(await zone("nowhere at all")).toEqual([]);
    const [known = ""] = await offered("search", { query: "x", organisation: "" });
    expect(known).not.toBe("");
    const typo = String(known)
      .slice(0, 6)
      .replace(/(.)(.)$/, "$2$1");
    expect(await offered("search", { query: "x", organisation: typo })).toContain(known);
    expect(discord.violations).toEqual([]);
  });
});

describe("elsewhere", () => {
  it("answers in direct messages and where somebody brought it along", async () => {
    const discord = await openDiscord();
    await startApp({ discord });
    const ana = discord.user("ana", { hasApp: true });
    const direct = await ana.command("paper search", { query: "dinov2" }, { channel: ana.dm }).outcome();
    expect(shownText(need(direct.message))).toContain("FastDINOv2");
    const group = discord.groupDm("friends");
    const brought = await ana
      .command("paper show", { paper: "tiny language models" }, { channel: group })
      .outcome();
    expect(shownText(need(brought.message))).toContain("Tiny language models");
    expect(discord.violations).toEqual([]);
  });

  it("finds papers similar to the one a message mentions, offers several, and says what it looked for", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    const ask = async (text: string) =>
      shownText(
        need(
          (await ana.messageCommand("Find similar papers", ana.say(discord.general, text)).outcome()).message,
        ),
      ).replaceAll("\\", "");
    expect(await ask("Look: Tiny language models, nice!")).toContain("Papers like “Tiny language models”");
    expect(await ask("Tiny language models or “Cyclical Curriculum Learning”?")).toContain(
      "mentions 2 papers",
    );
    expect(await ask("see https://arxiv.org/abs/1706.03762v3.")).toContain(
      "Not in this corpus: arxiv:1706.03762",
    );
    expect(await ask("hello")).toContain("Looked for: links to papers");
    expect(discord.violations).toEqual([]);
  });

  it("answers a mention in its channel, without reading anything else", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    const answers = () =>
      discord.messages(discord.general).filter(({ author }) => author.id === discord.bot.id);
    const ask = async (text: string) => {
      const count = answers().length;
      ana.say(discord.general, text);
      await expect.poll(() => answers().length, { timeout: 3000 }).toBe(count + 1);
      return shownText(need(answers().at(-1))).replaceAll("\\", "");
    };
    ana.say(discord.general, "papers like FastDINOv2?");
    expect(await ask(`<@${discord.bot.id}> papers like FastDINOv2?`)).toContain("Papers like “FastDINOv2");
    expect(await ask(`<@${discord.bot.id}> what is new on curriculum learning`)).toContain("16 August 2023");
    expect(await ask(`<@${discord.bot.id}>`)).toContain("These are its commands");
    expect(await ask(`<@${discord.bot.id}> about`)).toContain("544");
    expect(await ask(`<@${discord.bot.id}> curriculum`)).toContain("papers for “curriculum”");
    expect(
      answers().every(({ pings }) => pings.users.length + pings.roles.length === 0 && !pings.everyone),
    ).toBe(true);
    expect(discord.violations).toEqual([]);
  });

  it("goes on with the last list of who mentions it, and takes topics for topics", async () => {
    const { discord } = await startApp();
    const [ana, bob] = [discord.user("ana"), discord.user("bob")];
    const answersIn = (channel: typeof discord.general) =>
      discord.messages(channel).filter(({ author }) => author.id === discord.bot.id);
    const tell = async (user: typeof ana, channel: typeof discord.general, text: string) => {
      const count = answersIn(channel).length;
      user.say(channel, channel === discord.general ? `<@${discord.bot.id}> ${text}` : text);
      await expect.poll(() => answersIn(channel).length, { timeout: 3000 }).toBe(count + 1);
      return shownText(need(answersIn(channel).at(-1))).replaceAll("\\", "");
    };
    for (const place of [discord.general, ana.dm]) {
      expect(await tell(ana, place, "2")).toContain("There is no “2” to choose. Search first");
      expect(await tell(ana, place, "about transformers")).toContain("for “about transformers”");
      expect(await tell(ana, place, "more")).toContain("6. ");
      expect(await tell(ana, place, "7")).toContain("Id:");
      expect(await tell(ana, place, "back")).toContain("6. ");
      expect(await tell(ana, place, "help backup")).toContain("paperboy backup paperboy.backup");
    }
    expect(await tell(bob, discord.general, "more")).toContain("There is no “more” to choose");
    expect(discord.violations).toEqual([]);
  });

  it("tells who asked which permission is missing where it cannot answer", async () => {
    const { discord } = await startApp();
    const ana = discord.user("ana");
    const quiet = discord.channel("quiet", { botPermissions: ["ViewChannel", "ReadMessageHistory"] });
    ana.say(quiet, `<@${discord.bot.id}> dinov2`);
    await expect.poll(() => discord.messages(ana.dm).length, { timeout: 3000 }).toBe(1);
    expect(shownText(need(discord.messages(ana.dm)[0]))).toMatch(
      /I cannot answer in #quiet: I lack Send Messages there\..*Edit Channel, Permissions/,
    );
  });
});
