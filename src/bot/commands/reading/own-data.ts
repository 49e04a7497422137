import { codeBlock } from "../../reply.ts";
import type { Block, Card, Invocation } from "../../reply.ts";
import { answer, plain, prose, textCard } from "../../reply.ts";
import { forgottenWords, keptWords } from "../../../reading/own-data.ts";
import { pageButtons, pageOptions } from "../../cards/pages.ts";
import { defineCommand } from "../../command.ts";
import { choice } from "../../options.ts";
import { mustBeAlone, openReading } from "./reader.ts";

/** Characters of a block of lines, and blocks of a page, where a file cannot be attached. */
const BLOCK = 1500;
const BLOCKS = 2;

/** What is elsewhere than in the tables. */
const ELSEWHERE = [
  "Not in it: the last answers to you, which the program remembers for twelve hours; on Slack, that you installed the app, which stands sealed beside its token; and backups, which have what was kept when they were made.",
  "“forget me” removes what is yours.",
];

/** A text in blocks that fit into a message each, broken between lines. */
function blocksOf(text: string): readonly string[] {
  const blocks: string[] = [];
  for (const line of text.split("\n").flatMap((one) => one.match(/.{1,1400}/gsu) ?? [""])) {
    const last = blocks.at(-1);
    if (last !== undefined && last.length + line.length < BLOCK)
      blocks[blocks.length - 1] = `${last}\n${line}`;
    else blocks.push(line);
  }
  return blocks;
}

/** What is kept about whoever asks. */
export const myData = defineCommand({
  name: "my data",
  description: "Give you everything that is kept about you, as a JSON file",
  options: pageOptions,
  examples: [{ line: "my data", does: "lists, notes, digests, follows and changes of yours, to you alone" }],
  notes: [
    "Where no file can be brought, as in Slack without the scope files:write, it comes in pages. What is kept for how long: docs/privacy.md.",
  ],
  async run({ page }, services) {
    const { reading, reader } = await openReading(services);
    mustBeAlone(services.caller, "my data");
    const data = await reading.data(reader);
    const text = JSON.stringify(data, null, 2);
    const summary = "Everything that is kept about you here.";
    const blocks = blocksOf(text);
    const inPages = services.caller.withoutFiles === true && blocks.length > BLOCKS;
    const shown = inPages ? blocks.slice((page - 1) * BLOCKS, page * BLOCKS) : blocks;
    const run: Invocation = { command: "my data", args: {} };
    const buttons = inPages ? pageButtons(run, { page, limit: BLOCKS }, blocks.length) : [];
    // A page of it is so many blocks, which a button need not say.
    const card: Card = { blocks: shown.map((block): Block => codeBlock(block)), buttons: [] };
    const told: Card = { blocks: ELSEWHERE.map((words) => prose(plain(words))), buttons };
    return answer({
      summary,
      cards: [textCard(summary), card, told],
      ...(inPages
        ? {}
        : {
            document: { title: "JSON", name: "paperboy-my-data.json", text, notes: ELSEWHERE, asFile: true },
          }),
    });
  },
});

/** Has what is kept about whoever asks removed. */
export const forgetMe = defineCommand({
  name: "forget me",
  description: "Remove what is kept about you, after you confirm it",
  options: {
    confirm: choice({ description: "Set by the button", choices: ["yes"] as const, internal: true }),
  },
  examples: [{ line: "forget me", does: "says what would go and what stays, and asks" }],
  notes: ["At a command line: paperboy forget me --confirm yes."],
  async run({ confirm }, services) {
    const { reading, reader } = await openReading(services);
    mustBeAlone(services.caller, "forget me");
    if (confirm === undefined) {
      const summary =
        "This removes your lists, your notes, what you saved in lists of channels, your votes in journal clubs, and digests and follows that come to you alone, for good.";
      const stays =
        "Digests, follows, nominations and lists of channels stay without your name, since others have them, and for a year the rows of who changed what, which then say “somebody who was forgotten”. On Slack it stays sealed that you installed the app, until it is removed. Backups made before have it all still.";
      const run: Invocation = { command: "forget me", args: { confirm: "yes" } };
      const buttons = [{ kind: "run", label: "Forget me", key: "y", run } as const];
      return answer({
        summary,
        cards: [{ ...textCard(summary, stays, "“my data” shows what there is."), buttons }],
      });
    }
    const forgotten = await reading.forget(reader);
    services.forgetTalk?.();
    const summary = forgottenWords(forgotten);
    const backups = "A backup that was made before has it still; whoever runs this can say for how long.";
    return answer({ summary, cards: [textCard(summary, ...keptWords(forgotten), backups)] });
  },
});
