import type { Entry } from "../../../reading/entries.ts";
import { entriesNamed } from "../../../reading/entries.ts";
import type { ReadingList } from "../../../reading/lists.ts";
import { listWords } from "../../../reading/lists.ts";
import type { Reader } from "../../../reading/reader.ts";
import type { Reading } from "../../../reading/reading.ts";
import { UserError } from "../../../user-error.ts";
import type { Services } from "../../command.ts";
import { defineCommand } from "../../command.ts";
import { findPaper } from "../../naming/find-paper.ts";
import { papersOfNumbers } from "../../naming/numbers.ts";
import { choice, optionalText, requiredText } from "../../options.ts";
import type { Reply } from "../../reply.ts";
import { answer, textCard } from "../../reply.ts";
import { removedReply } from "./lists.ts";
import { listOption, mustBeAllowed, openReading } from "./reader.ts";

/** A paper of a list, as people name it. */
const entryOption = (verb: string, example: string) =>
  requiredText({
    description: "A title in the list or a part of it, an id, or its number in the list shown last",
    brief: "A title, an id, or its number",
    missing: `${verb} which paper? Give a title, a part of it or an id, such as: ${example}`,
    maxLength: 500,
    takesLine: true,
    completedBy: "titles",
  });

interface Opened {
  readonly reading: Reading;
  readonly reader: Reader;
  readonly list: ReadingList;
  readonly entry: Entry;
}

/** The one entry of a list that a text names. Throws a UserError that says what there is instead. */
async function findEntry(
  { reading, reader, list }: Omit<Opened, "entry">,
  text: string,
  { library, keys }: Services,
): Promise<Entry> {
  const entries = await reading.entries(reader, list);
  const [byNumber, ...more] = papersOfNumbers(text, keys?.() ?? new Map()) ?? [];
  if (more.length > 0) throw new UserError("One paper at a time, please.");
  const [only, ...others] = entriesNamed(entries, byNumber ?? text);
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    const titles = [only, ...others].slice(0, 5).map(({ title }) => `“${title}”`);
    throw new UserError(
      `Several papers of ${listWords(list)} have these words: ${titles.join(", ")}. Give more of the title.`,
    );
  }
  const found = await findPaper(library.index, byNumber ?? text);
  const named = found.kind === "found" ? entries.find(({ id }) => id === found.paper.id) : undefined;
  if (named !== undefined) return named;
  const what = found.kind === "found" ? found.paper.title : text.trim();
  throw new UserError(`“${what}” does not stand in ${listWords(list)}. “list show” shows what does.`);
}

async function openEntry(text: string, named: string | undefined, services: Services): Promise<Opened> {
  const { reading, reader } = await openReading(services);
  const list = await reading.find(reader, named);
  return { reading, reader, list, entry: await findEntry({ reading, reader, list }, text, services) };
}

const said = (summary: string): Reply => answer({ summary, cards: [textCard(summary)] });

/** Marks a saved paper. */
export const listMark = defineCommand({
  name: "list mark",
  description: "Mark a saved paper as reading, read or unread",
  namesOptions: true,
  beside: true,
  options: {
    paper: entryOption("Mark", "list mark FastDINOv2 as:read"),
    as: choice({ description: "read is the default", choices: ["reading", "read", "unread"] as const }),
    list: listOption,
  },
  examples: [{ line: "list mark FastDINOv2 as:reading", does: "a mark of your own, which the list shows" }],
  notes: ["In a list of the channel, others see how many have read a paper, and not who."],
  async run({ paper, as: mark = "read", list: named }, services) {
    const { reading, reader, list, entry } = await openEntry(paper, named, services);
    await reading.mark(reader, list, entry, mark);
    return said(`Marked as ${mark} in ${listWords(list)}: “${entry.title}”.`);
  },
});

/** Puts a saved paper into another list. */
export const listMove = defineCommand({
  name: "list move",
  description: "Move a paper that you saved into another list",
  namesOptions: true,
  beside: true,
  options: {
    paper: entryOption("Move", "list move FastDINOv2 to:thesis"),
    to: requiredText({
      description: "The list to put it into; “mine” is your own reading list",
      brief: "The list to put it into",
      missing: "Into which list? Name it, such as: list move FastDINOv2 to:thesis",
    }),
    list: listOption,
  },
  examples: [{ line: "list move FastDINOv2 to:thesis", does: "out of your reading list, with its mark" }],
  async run({ paper, to, list: named }, services) {
    const { reading, reader, list, entry } = await openEntry(paper, named, services);
    const target = await reading.find(reader, to);
    if (target.id === list.id) throw new UserError(`It stands in ${listWords(list)} already.`);
    if (entry.own?.saved !== true)
      throw new UserError(
        `Others saved “${entry.title}” in ${listWords(list)}, and you did not. “save” puts it into a list of yours.`,
      );
    await reading.move(reader, list, entry, target);
    return said(`Moved from ${listWords(list)} to ${listWords(target)}: “${entry.title}”.`);
  },
});

/** Takes a paper off a list. */
export const listDrop = defineCommand({
  name: "list drop",
  description: "Take a paper off a list",
  namesOptions: true,
  beside: true,
  options: { paper: entryOption("Take off", "list drop FastDINOv2"), list: listOption },
  examples: [
    { line: "list drop FastDINOv2", does: "off your reading list; for a minute, “list undo” brings it back" },
  ],
  notes: [
    "In a list of the channel it takes off what you saved; what others saved stays, unless you may change the channel’s digests and saved none of it yourself.",
  ],
  async run({ paper, list: named }, services) {
    const { reading, reader, list, entry } = await openEntry(paper, named, services);
    const own = entry.own?.saved === true;
    const others = entry.savers.length - (own ? 1 : 0);
    if (!own) await mustBeAllowed(services.caller, list, "take off what others saved");
    const whose = own && others > 0 ? "own" : "everybody’s";
    const removal = await reading.drop(reader, list, entry, whose);
    const more =
      whose === "own"
        ? ` ${others === 1 ? "One other" : `${others} others`} saved it too, so that it stays.`
        : "";
    return removedReply(removal, more);
  },
});

/** Brings back what was removed. */
export const listUndo = defineCommand({
  name: "list undo",
  description: "Bring back what you removed within the last minute",
  options: { removal: optionalText({ description: "Set by the button", internal: true }) },
  examples: [{ line: "list undo", does: "the last paper or list that you removed" }],
  async run({ removal }, services) {
    const { reading, reader } = await openReading(services);
    const { what } = await reading.undo(reader, removal);
    return said(`Brought back: ${what}.`);
  },
});
