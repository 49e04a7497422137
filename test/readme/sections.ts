import { PassThrough } from "node:stream";
import { createColors } from "picocolors";
import { format } from "prettier";
import { chat } from "../../adapters/terminal/chat.ts";
import type { Bot } from "../../src/bot/bot.ts";
import type { Command } from "../../src/bot/command.ts";

/** What the README's conversation types. */
const CONVERSATION = ["search curriculum lerning for vision -survey", "1s", "show tiny language models"];

/** What the README shows of a digest, and the day on which all of it takes place. */
const DIGEST = 'digest preview topics:"language models" runners:2';
export const README_DAY = new Date("2026-03-11T20:00:00Z");

/** Hits of a list that the README shows. */
const SHOWN_HITS = 2;

/** Paragraphs of a paper's abstract are cut after this many lines. */
const SHOWN_LINES = 6;

/** One line of what is typed, and what comes back. */
async function ask(bot: Bot, lines: readonly string[]): Promise<string> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const printed: Buffer[] = [];
  output.on("data", (chunk: Buffer) => printed.push(chunk));
  input.end(lines.join("\n"));
  const look = () => ({ colors: createColors(false), width: 88 });
  await chat(bot, "", { input, output, interactive: false, look });
  return Buffer.concat(printed).toString().trim();
}

/** The first hits of a list and its footer; of other answers the first lines. */
function abridge(text: string): string {
  const cards = text.split("\n\n");
  const hits = cards.filter((card) => /^\d+\. /.test(card));
  const shown = cards.filter((card) => !hits.slice(SHOWN_HITS).includes(card));
  const cut = hits.length > SHOWN_HITS ? shown.toSpliced(-1, 0, "…") : shown;
  return cut
    .map((card) => {
      const lines = card.split("\n");
      return lines.length <= SHOWN_LINES + 2 ? card : [...lines.slice(0, SHOWN_LINES), "   …"].join("\n");
    })
    .join("\n\n");
}

/** A conversation with the bot as it is now, abridged, as a block of the README. */
async function transcript(bot: Bot): Promise<string> {
  const turns: string[] = [];
  for (const [i, line] of CONVERSATION.entries()) {
    const [before, now] = await Promise.all([
      ask(bot, CONVERSATION.slice(0, i)),
      ask(bot, CONVERSATION.slice(0, i + 1)),
    ]);
    turns.push(`› ${line}\n\n${abridge(now.slice(before.length).trim())}`);
  }
  return ["```text", turns.join("\n\n"), "```"].join("\n");
}

/** A digest as people see it, in a block of the README. */
async function digest(bot: Bot): Promise<string> {
  return ["```text", `› ${DIGEST}\n\n${await ask(bot, [DIGEST])}`, "```"].join("\n");
}

const cell = (text: string): string => text.replaceAll("|", String.raw`\|`);

/** The table of the commands. */
function commandTable(commands: readonly Command[]): string {
  const rows = commands.map(({ name, description, examples }) => {
    const example = examples[0] === undefined ? "" : `\`/paper ${examples[0].line}\``;
    return `| \`${name}\` | ${cell(description)} | ${cell(example)} |`;
  });
  return ["| command | what it does | for example |", "| --- | --- | --- |", ...rows].join("\n");
}

/** The page with the text between `<!-- name -->` and `<!-- /name -->` exchanged for another. */
function withSection(page: string, name: string, content: string): string {
  const pattern = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`);
  if (!pattern.test(page)) throw new Error(`The page has no section ${name}`);
  return page.replace(pattern, (_all, start: string, end: string) => `${start}\n${content}\n${end}`);
}

/** The pages that hold something made from the program, from the project's folder: one section each. */
const PAGES: Readonly<Record<string, { section: string; make: (bot: Bot) => string | Promise<string> }>> = {
  "README.md": { section: "transcript", make: transcript },
  "docs/commands.md": { section: "commands", make: (bot) => commandTable(bot.commands) },
  "docs/digest.md": { section: "digest", make: digest },
};
export const GENERATED_PAGES: readonly string[] = Object.keys(PAGES);

/** A page, as it stands, with everything in it that is made from the program. Throws for a page that has nothing. */
export async function renderPage(name: string, text: string, bot: Bot): Promise<string> {
  const page = PAGES[name];
  if (page === undefined) throw new Error(`${name} holds nothing that is made from the program`);
  const whole = withSection(text, page.section, await page.make(bot));
  return format(whole, { parser: "markdown", printWidth: 110 });
}
