import type { Bot } from "../../../src/bot/bot.ts";
import type { Tone } from "../../../src/bot/reply.ts";
import { escapeLines, escapeTerminal } from "../../terminal/escape.ts";
import { withStyleFile } from "../style-file.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";
import { lookOf, printJson } from "../surroundings.ts";
import type { PartsWork } from "./order.ts";

/** A command of the bot that is run once. */
interface CommandOrder {
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
  /** Whether it may change what is kept. */
  readonly changes?: boolean;
  /** Whether the answer is printed as data. */
  readonly json: boolean;
}

const EXIT_CODES: Readonly<Record<Tone, ExitCode>> = { plain: 0, missing: 1, fault: 1, mistake: 2 };

async function runCommand(bot: Bot, order: CommandOrder, around: Surroundings): Promise<ExitCode> {
  const args = await withStyleFile(order.args);
  const reply = await bot.handle({
    command: order.command,
    args,
    caller: { platform: "terminal", user: "local" },
  });
  const wrong = reply.tone === "mistake" || reply.tone === "fault";
  const { document } = reply;
  if (order.json && !wrong) printJson(around.stdout, reply.data);
  else if (document !== undefined && reply.tone === "plain") {
    around.stdout.write(`${escapeLines(document.text)}\n`);
    for (const note of document.notes) around.stderr.write(`${escapeTerminal(note)}\n`);
  } else {
    const stream = reply.tone === "plain" ? around.stdout : around.stderr;
    const { renderReply } = await import("../../terminal/render.ts");
    stream.write(`${renderReply(reply, lookOf(stream, around.env), false)}\n`);
  }
  return EXIT_CODES[reply.tone];
}

/** Runs one command of the bot and prints its answer. */
export const commandWork = (order: CommandOrder): PartsWork => ({
  needs: "parts",
  reads: () => order.changes !== true,
  run: ({ bot }, { around }) => runCommand(bot, order, around),
});
