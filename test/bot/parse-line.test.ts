import { beforeAll, describe, expect, it } from "vitest";
import type { Bot } from "../../src/bot/bot.ts";
import { commands } from "../../src/bot/bot.ts";
import { parseLine } from "../../src/bot/line/parse-line.ts";
import type { Invocation } from "../../src/bot/reply.ts";
import { openLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { pagesFolder } from "../support/seed-pages.ts";
import { buttonOf } from "../support/reply-parts.ts";
import { caller, createTestBot } from "../support/seed-bot.ts";

const library = await openLibrary({ pages: pagesFolder, state: "/dev/null/nowhere" }, collectingLog().log);
let bot: Bot;
beforeAll(() => {
  ({ bot } = createTestBot(library));
});

describe("the options that a line names", () => {
  it.each([
    ["time:4:30 pm zone:UTC", { time: "4:30 pm", zone: "UTC" }],
    ["time:9 a.m. diffusion", { time: "9 a.m.", topics: "diffusion" }],
    ["time:9:00 pm2.5 sensors", { time: "9:00", topics: "pm2.5 sensors" }],
    ['days:"mon, thu" time:9:00', { days: "mon, thu", time: "9:00" }],
    ["constructor: a theory", { topics: "constructor: a theory" }],
    ["confirm:yes", { topics: "confirm:yes" }],
  ])("are read from %s", async (line, args) => {
    const reading = await parseLine(`digest start ${line}`, { commands: () => commands, library });
    expect(reading).toEqual({ command: "digest start", args });
  });
});

describe("prose in a line", () => {
  it.each([
    ["save FastDINOv2 note:read this", { paper: "FastDINOv2", note: "read this" }],
    [
      "save FastDINOv2 note: read this list:thesis",
      { paper: "FastDINOv2", note: "read this", list: "thesis" },
    ],
    ['save FastDINOv2 note:read "this" first', { paper: "FastDINOv2", note: "read ”this” first" }],
    ['save note:"read this" FastDINOv2', { paper: "FastDINOv2", note: "read this" }],
  ])("goes on to the next option or the end: %s", async (line, args) => {
    const reading = await parseLine(line, { commands: () => commands, library });
    expect(reading).toEqual({ command: "save", args });
  });
});

const search = (query: string, more: Record<string, string> = {}): Invocation => ({
  command: "search",
  args: { query, ...more },
});
const similar = (papers: string): Invocation => ({ command: "similar", args: { papers } });
const show = (paper: string): Invocation => ({ command: "show", args: { paper } });
const cite = (paper: string): Invocation => ({ command: "cite", args: { paper } });
const help = (command?: string): Invocation => ({
  command: "help",
  args: command === undefined ? {} : { command },
});
const bare = (command: string): Invocation => ({ command, args: {} });

/** The line itself is looked for. */
const itself = Symbol("itself");

describe("what somebody types", () => {
  it.each<[string, Invocation | typeof itself]>([
    // Topics.
    ["curriculum learning", itself],
    ["curriculum learning for vision?", search("curriculum learning for vision")],
    ["pre-training graph neural networks", itself],
    ["vision transformers", itself],
    ["instruction tuning", itself],
    ["masked language modeling", itself],
    ["tokenization of scientific text", itself],
    ["BERT", itself],
    ['"instruction tuning" -survey', itself],
    ["what papers are there on grokking?", search("what papers are there on grokking")],
    ["paper recommendation", itself],
    // Topics that begin with a command's name.
    ["random forests", itself],
    ["random matrix theory", itself],
    ["Random features for kernels", itself],
    ["about transformers", itself],
    ["about face recognition", itself],
    ["help wanted signs", itself],
    ["help me with grokking", search("grokking")],
    ["help me find papers on diffusion", search("papers on diffusion")],
    ["help with curriculum learning", search("curriculum learning")],
    ["similar images retrieval", itself],
    ["similar tokens in text", itself],
    ["show, attend and tell", itself],
    ["cite-worthiness detection", itself],
    ["search-based software engineering", itself],
    ["random, but useful", itself],
    // Topics that begin nearly so.
    ["site reliability", itself],
    ["shop floor scheduling", itself],
    ["sow bugs ecology", itself],
    ["snow", itself],
    ["snow cover models", itself],
    ["slow feature analysis", itself],
    ["yelp reviews", itself],
    ["heap sort", itself],
    ["ransom notes", itself],
    ["shows promise in vision", itself],
    ["site", itself],
    ["halo effect", itself],
    ["searches in trees", itself],
    ["abut joints", itself],
    ["cites per year", itself],
    // Greetings, and calls for help.
    ["hi", help()],
    ["Hello there!", help()],
    ["good morning all", help()],
    ["thanks a lot", help()],
    ["what can you do?", help()],
    ["?", help()],
    ["help!", help()],
    ["help me", help("me")],
    ["help please", help("please")],
    ["help search", help("search")],
    ["help me with search", help("me with search")],
    ["/paper help search", help("search")],
    ["hlep", help()],
    ["hepl search", help("search")],
    ["search --help", help("search")],
    ["  ", help()],
    ["show me", help()],
    // Commands.
    ["search curriculum learning", search("curriculum learning")],
    ["/paper search curriculum learning", search("curriculum learning")],
    ["paper about", bare("about")],
    ["SHOW tiny language models", show("tiny language models")],
    ["show tiny language models", show("tiny language models")],
    ["similar FastDINOv2", similar("FastDINOv2")],
    ["similar VPT; -diff History", similar("VPT; -diff History")],
    ["cite tiny language models; FastDINOv2", cite("tiny language models; FastDINOv2")],
    ["about?", bare("about")],
    // Commands with arguments that name nothing.
    ["show qqqq zzzz", show("qqqq zzzz")],
    ["cite cold fusion", cite("cold fusion")],
    ["similar qqqq zzzz", similar("qqqq zzzz")],
    ["similar FastDINOv3", similar("FastDINOv3")],
    // Sentences.
    ["papers like FastDINOv2?", similar("FastDINOv2")],
    ["can you find me papers similar to Tiny language models?", similar("Tiny language models")],
    ["anything like VPT", similar("VPT")],
    ["show me papers like FastDINOv2", similar("FastDINOv2")],
    ["similar papers to FastDINOv2?", similar("FastDINOv2")],
    ["papers like images retrieval", search("images retrieval")],
    ["what is new on curriculum learning", search("curriculum learning", { sort: "newest" })],
    ["what's new in robotics?", search("robotics", { sort: "newest" })],
    ["latest papers about graph networks", search("graph networks", { sort: "newest" })],
    ["what's new?", search("sort:newest")],
    ["find me curriculum learning", search("curriculum learning")],
    ["show me vision transformers", search("vision transformers")],
    ["tell me about vision transformers", search("vision transformers")],
    ["about yourself", bare("about")],
    ["hello, what can you do?", help()],
    ["hey, help!", help()],
    ["subscribe", help("digest")],
    ["set up a daily digest", help("digest")],
    ["latest", search("sort:newest")],
    ["the newest papers", search("sort:newest")],
    ["most discussed", search("sort:discussed")],
    ["trending papers", search("sort:discussed")],
    ["papers by bengio", search('author:"bengio"')],
    ["papers by gradient descent on sets", itself],
    ["bibtex tiny language models", cite("tiny language models")],
    ["abstract of FastDINOv2", show("FastDINOv2")],
    ["summarize FastDINOv2", show("FastDINOv2")],
    ["open set recognition", itself],
    ["reference games", itself],
    ["search for curriculum learning", search("curriculum learning")],
    ["search: curriculum learning", search("curriculum learning")],
    // Links and ids.
    ["https://arxiv.org/abs/1706.03762", itself],
    ["1706.03762v5", itself],
  ])("“%s” is understood", async (line, wanted) => {
    const { again } = await bot.handleLine(line, caller);
    expect(again).toEqual(wanted === itself ? search(line) : wanted);
  });

  it.each([
    [
      "serach curriculum learning",
      /^There is no command “serach”\. Did you mean “search”\? .*type: search serach/,
    ],
    ["simila", /Did you mean “similar”\?/],
    ["serach", /Did you mean “search”\? “help” lists all commands\.$/],
    ["shwo tiny language models", /Did you mean “show”\?/],
    ["sho FastDINOv2", /Did you mean “show”\?/],
    ["simillar FastDINOv2", /Did you mean “similar”\?/],
    ["abotu", /Did you mean “about”\?/],
    ["rnadom", /Did you mean “random”\?/],
    ["digest strat diffusion", /^There is no command “digest strat”\. Did you mean “digest start”\?/],
    ["digset list", /Did you mean “digest list”\?/],
    ["digest", /^“digest” goes with a second word: digest start, .*explains them\.$/],
    ["digest algorithms", /goes with a second word: .* To search for it, type: search digest algorithms\.$/],
    [
      "digest list papers",
      /^“digest list” takes no words\. To search for it, type: search digest list papers\.$/,
    ],
    ["/random forests", /^“random” takes no words\. To search for it, type: search random forests\.$/],
    ["/curriculum  learning", /type: search curriculum learning\. The commands are/],
    ["help simlar", /^There is no command “simlar” to explain\. Did you mean “similar”\?/],
    ["help grokking", /to explain\. To search for it, type: search grokking\. The commands are/],
    ["show", /^Which paper\?/],
    ["search", /^Search for what\?/],
  ])("“%s” is told what there is", async (line, said) => {
    const { tone, summary } = await bot.handleLine(line, caller);
    expect([tone, summary]).toEqual(["mistake", expect.stringMatching(said)]);
  });

  it.each(["random", "Random!", "a random paper", "surprise me"])("“%s” draws a paper", async (line) => {
    const reply = await bot.handleLine(line, caller);
    expect(buttonOf(reply, "n")).toMatchObject({ label: "Another" });
    expect(reply.again).toEqual(show(String(reply.data[0]?.["id"])));
  });

  it("is told how it was read where no title fits behind “similar”", async () => {
    const { cards } = await bot.handleLine("similar images retrieval", caller);
    expect(JSON.stringify(cards[0])).toContain("No title fits “images retrieval”, so papers about all of it");
  });
});
