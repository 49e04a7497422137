import { stripVTControlCharacters } from "node:util";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import { lookOf } from "../../adapters/cli/surroundings.ts";
import { chat } from "../../adapters/terminal/chat.ts";
import { escapeTerminal } from "../../adapters/terminal/escape.ts";
import { renderReply } from "../../adapters/terminal/render.ts";
import { answer, link, plain, prose, strong, textCard } from "../../src/bot/reply.ts";
import { createSeedBot } from "../support/seed-bot.ts";

const look = (colour: boolean, width = 60) => ({ colors: createColors(colour), width });

/** Types lines into a chat over the bundled pages and gives back what it printed. */
async function talk(...lines: string[]): Promise<string> {
  const { bot } = await createSeedBot();
  const [input, output] = [new PassThrough(), new PassThrough()];
  const printed: Buffer[] = [];
  output.on("data", (chunk: Buffer) => printed.push(chunk));
  input.end(lines.join("\n"));
  await chat(bot, "Hello.", { input, output, interactive: false, look: () => look(false, 80) });
  return Buffer.concat(printed).toString();
}

describe("the chat", () => {
  it("answers in the order of the lines, with or without /paper, until the input ends", async () => {
    const text = await talk("/paper search dinov2", "show tiny language models", "paper about");
    const places = ["Hello.", "FastDINOv2", "Tiny language models", "About Paperboy"].map((part) =>
      text.indexOf(part),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBe(0);
  });

  it("picks a hit by its number, finds similar papers and turns pages", async () => {
    const text = await talk("search curriculum learning", "n", "7", "7s", "p");
    expect(text).toMatch(/^1\. /m);
    expect(text).toMatch(/^6\. /m);
    expect(text).toContain("Id: title:");
    const details = text.slice(text.indexOf("Id: title:"));
    expect(details).toMatch(/^Papers like “/m);
    expect(details).toContain("There is no “p” to choose.");
    expect(await talk("search curriculum learning", "77")).toContain("There is no “77” to choose. Now there");
  });

  it("keeps the last list until another takes its place, whatever was opened of it", async () => {
    const text = await talk("search curriculum learning", "2", "c", "3", "n", "1", "about", "list", "6s");
    expect(text.match(/Id: title:/g)).toHaveLength(2);
    expect(text).toContain("There is no “1” to choose. Now there are: 6 6s");
    expect(text.match(/^6–10 of /gm)).toHaveLength(2);
    expect(text.lastIndexOf("Papers like “")).toBeGreaterThan(text.lastIndexOf("6–10 of "));
    expect(await talk("search curriculum learning", "more")).toMatch(/^6–10 of /m);
  });

  it("keeps the numbers of the last list in force after a mistake", async () => {
    expect(await talk("search dinov2", "serach x", "1")).toContain("Id: title:dinov2");
  });

  it("takes free text for a search, a link for a look-up and a greeting for a call for help", async () => {
    expect(await talk("curriculum learning")).toMatch(/^1–5 of \d+ papers for “curriculum learning”/m);
    expect(await talk("what papers are there on grokking?")).toMatch(
      /papers? for “what papers are there on grokking”/,
    );
    expect(await talk("find curriculum learning")).toContain("papers for “curriculum learning”");
    expect(await talk("https://arxiv.org/abs/1706.03762")).toContain("is not in this corpus");
    for (const greeting of ["hi", "Hello!", "thanks"])
      expect(await talk(greeting)).toContain("Paperboy finds research papers.");
  });

  it("says that there is nothing to choose before the first list", async () => {
    expect(await talk("3")).toContain(
      "There is no “3” to choose. Search first, then type the number of a paper.",
    );
  });

  it.each(["exit", "quit", "/exit", " EXIT ", "exit now", "quit please", "qiut", "bye!"])(
    "ends at “%s” and answers nothing after it",
    async (goodbye) => {
      expect(await talk(goodbye, "about")).toBe("Hello.\n\n");
    },
  );
});

describe("the chat in a window", () => {
  /** What is printed for each of some lines in a window of so many columns and rows, which may change at each line. */
  async function talkIn(sizes: readonly (readonly [columns: number, rows: number])[], ...lines: string[]) {
    const { bot } = await createSeedBot();
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answers: string[] = [];
    output.on("data", (chunk: Buffer) => answers.push(chunk.toString()));
    let asked = 0;
    const lookNow = () => {
      const [width, rows] = sizes[Math.min(asked++, sizes.length - 1)] ?? [80, 24];
      return { ...look(false, width), rows };
    };
    input.end(lines.join("\n"));
    await chat(bot, "Hello.", { input, output, interactive: false, look: lookNow });
    return answers.slice(1).map((one) => one.replace(/\n\n$/, ""));
  }
  const rowsOf = (text = ""): number => text.split("\n").length;
  const hitsOf = (text = ""): string[] => text.match(/^\d+\. /gm) ?? [];

  const queries = [
    "curriculum learning",
    "vision transformers",
    "similar FastDINOv2",
    "pretraning data quality",
    "what's new?",
  ];

  it.each(queries)("fits five hits with the prompt into 80 × 24: %s", async (query) => {
    const [printed] = await talkIn([[80, 24]], query);
    expect(rowsOf(printed)).toBeLessThanOrEqual(22);
    expect(hitsOf(printed)).toHaveLength(5);
    for (const line of printed?.split("\n") ?? []) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("keeps a marked word in the one line that an excerpt has", async () => {
    const [printed] = await talkIn([[80, 24]], "curriculum learning");
    expect(printed?.match(/^ {3}.*\*curriculum.*/gim)?.length).toBeGreaterThan(1);
  });

  it("shows fewer hits in lower windows and says so, in full in high ones, page after page", async () => {
    const [low, next, back, high, lower] = await talkIn(
      [
        [80, 14],
        [80, 14],
        [80, 14],
        [80, 60],
        [40, 10],
      ],
      "curriculum learning",
      "n",
      "back",
      "masked language models",
      "n",
    );
    expect(rowsOf(low)).toBeLessThanOrEqual(12);
    expect(low).toMatch(/\nFewer on a page, so that they fit into the window\.$/);
    // No hit is passed over where fewer fit than on the page before.
    expect(parseInt(hitsOf(next)[0] ?? "", 10)).toBeLessThanOrEqual(hitsOf(low).length + 1);
    expect(parseInt(hitsOf(next).at(-1) ?? "", 10)).toBeGreaterThan(hitsOf(low).length);
    expect(back).toBe(low);
    expect(hitsOf(high)).toHaveLength(5);
    expect(high).toContain("\n\n2. ");
    expect(hitsOf(lower)[0]).toMatch(/^[56]\. $/);
    expect(lower).toMatch(/\nFewer on a page, so that they fit into the window\.$/);
  });

  it("never lets the first line of a list scroll away, whatever the window, while one hit fits", async () => {
    const { bot } = await createSeedBot();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 40, max: 120 }),
        fc.integer({ min: 12, max: 40 }),
        fc.constantFrom(...queries),
        async (width, rows, query) => {
          const [input, output] = [new PassThrough(), new PassThrough()];
          const printed: string[] = [];
          output.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
          input.end(query);
          await chat(bot, "Hello.", {
            input,
            output,
            interactive: false,
            look: () => ({ ...look(false, width), rows }),
          });
          const text = printed.slice(1).join("");
          expect(hitsOf(text).length === 1 || rowsOf(text) <= rows).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("takes the size from the window at each answer, and knows no rows where nobody looks at one", () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 72, rows: 20 });
    expect(lookOf(stream, {})).toMatchObject({ width: 72, rows: 20 });
    stream.columns = 300;
    expect(lookOf(stream, {})).toMatchObject({ width: 100, rows: 20 });
    expect(lookOf(new PassThrough(), {})).not.toHaveProperty("rows");
  });
});

describe("the chat with a person at the keyboard", () => {
  async function type(...keys: string[]): Promise<string> {
    const { bot } = await createSeedBot();
    const [input, output] = [new PassThrough(), new PassThrough()];
    const printed: Buffer[] = [];
    output.on("data", (chunk: Buffer) => printed.push(chunk));
    const talking = chat(bot, "Hello.", { input, output, interactive: true, look: () => look(false, 80) });
    for (const key of keys) {
      input.write(key);
      // The next key is typed when the answer stands there.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await talking;
    return Buffer.concat(printed).toString();
  }

  it("begins with a welcome that is broken between words", async () => {
    const { bot } = await createSeedBot();
    const [input, output] = [new PassThrough(), new PassThrough()];
    const printed: Buffer[] = [];
    output.on("data", (chunk: Buffer) => printed.push(chunk));
    input.end("\u0004");
    const welcome = "Paperboy knows 544 papers. Type what you look for, such as “search curriculum learning”";
    await chat(bot, welcome, { input, output, interactive: true, look: () => look(false, 80) });
    const [first, second] = Buffer.concat(printed).toString().split("\n");
    expect([first, second]).toEqual([
      welcome.slice(0, 80).replace(/ \S*$/, ""),
      expect.stringMatching(/^\S/),
    ]);
  });

  it("ends at Ctrl-C and at Ctrl-D", async () => {
    expect(await type("\u0003")).toContain("Hello.");
    expect(await type("\u0004")).toContain("Hello.");
  });

  it("brings earlier lines back with the arrow key", async () => {
    const text = await type("show tiny language models\r", "\u001b[A\r", "\u0003");
    expect(text.match(/Id: title:tiny-language-models/g)).toHaveLength(2);
  });
});

describe("a reply on a terminal", () => {
  const reply = answer({
    summary: "x",
    cards: [
      textCard("Found:"),
      {
        heading: [
          plain("1. "),
          link("A title that is too long for one line of this terminal", "https://a.org/x"),
        ],
        blocks: [
          prose(plain("some "), strong("marked"), plain(" words")),
          { kind: "facts", facts: [{ label: "Date", value: [plain("2024")] }] },
          { kind: "list", items: [[plain("one")], [plain("two")]] },
          { kind: "rule" },
        ],
        buttons: [
          { kind: "run", label: "Details", key: "1", run: { command: "show", args: {} } },
          { kind: "open", label: "Code", url: "https://b.org" },
        ],
      },
    ],
  });

  it("is readable without colour: marks stand between asterisks, addresses on lines of their own", () => {
    expect(renderReply(reply, look(false, 40), true)).toBe(
      [
        "Found:",
        "",
        "1. A title that is too long for one",
        "   line of this terminal",
        "   https://a.org/x",
        "   https://b.org",
        "   some *marked* words",
        "   Date: 2024",
        "     one",
        "     two",
        `   ${"─".repeat(37)}`,
        "",
        "Details: 1",
      ].join("\n"),
    );
  });

  it("has colour where there is colour, and the same words", () => {
    const coloured = renderReply(reply, look(true, 40), true);
    expect(coloured).toContain("\u001b[1m");
    expect(stripVTControlCharacters(coloured)).toBe(
      renderReply(reply, look(false, 40), true).replaceAll("*", ""),
    );
  });

  it("never prints a control sequence of a paper's or a person's", () => {
    const hostile = fc
      .array(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.constantFrom("\u001b]0;x\u0007", "\u009b31m", "\r", "\b", "\u202E"),
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(hostile, (text) => {
        const card = {
          heading: [link(text, "https://a.org")],
          blocks: [prose(strong(text)), { kind: "list", items: [[plain(text)]] } as const],
          buttons: [],
        };
        const printed = renderReply(answer({ summary: text, cards: [card] }), look(false), true);
        expect(printed.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        expect(escapeTerminal(text)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
