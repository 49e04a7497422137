import type { Command, Services } from "../command.ts";
import { fitAsName, hasWords } from "../naming/find-paper.ts";
import { readOfPaper, readRequest, readSentence, searchFor } from "./free-text.ts";
import { readLineOptions } from "./line-options.ts";
import { readListLine } from "./list-line.ts";
import { matchCommand } from "./match-command.ts";
import { orderIn } from "./program-orders.ts";
import type { Invocation } from "../reply.ts";
import { isGroup, isTopicWord, nearestCommand, takesNoWords, unknownCommand } from "./unknown-command.ts";

/** What is typed before a command where one is needed: `/paper search …`. */
const ADDRESS = /^\/paper(?=\s|$)\s*/i;
/** The same without the slash, which is an address before a command alone: "paper recommendation" is a topic. */
const BARE_ADDRESS = /^paper(?:\s+|$)/i;

/** "search for …", "search: …", which are said to the command and no words to look for. */
const SEARCH_FOR = /^(\/?search)(?::|\s+for(?=\s+\S))(?=\s)/i;

const HELP_FLAG = /^(?:--help|-h)$/i;

/** What a reader of lines has to know. */
type Known = Pick<Services, "commands" | "library" | "keys"> & Partial<Pick<Services, "reading" | "caller">>;

/** What a line asks for. */
export interface Reading extends Invocation {
  /** How the line was read, where that is not what its first word says. */
  readonly note?: string;
}

/** A command's name and the words behind it, which may name its options. */
interface Called {
  readonly command: Command;
  readonly invocation: Invocation;
  /** The words that name no option. */
  readonly words: string;
}

function readCalled({ command, rest }: { readonly command: Command; readonly rest: string }): Called {
  const { named, rest: words } = command.namesOptions ? readLineOptions(rest, command) : { named: {}, rest };
  const lineOption = Object.entries(command.options).find(([, option]) => option.takesLine);
  const args = lineOption === undefined || words === "" ? named : { ...named, [lineOption[0]]: words };
  return { command, invocation: { command: command.name, args }, words };
}

/** A line that begins with a command's name as a topic does: `random forests`, `help me with grokking`. */
function readTopic(text: string, { command, words }: Called): Reading {
  const asked = command.name === "help" ? readRequest(text, "help") : undefined;
  const topic = searchFor(asked ?? text);
  return command.name === "similar"
    ? { ...topic, note: `No title fits “${words}”, so papers about all of it were looked for.` }
    : topic;
}

/**
 * A line that calls no command by its name: a command mistyped, where no paper has its first word and what follows is
 * what the command takes; else words to look for.
 */
async function readUnmatched(text: string, known: Known): Promise<Reading> {
  const names = known.commands().map(({ name }) => name);
  const [first = text] = text.split(/\s+/, 1);
  if (isGroup(first, names) && !isTopicWord(first)) throw unknownCommand(text, names);
  const near = nearestCommand(text, names);
  if (near === undefined || (await hasWords(known.library.index, first))) return searchFor(text);
  const meant = known.commands().find(({ name }) => name === near.name);
  const fits = near.rest === "" || (await meant?.fit(near.rest, known)) === "fits";
  if (!fits) return searchFor(text);
  if (meant?.name === "help") return readCalled({ command: meant, rest: near.rest }).invocation;
  throw unknownCommand(text, names);
}

/** A line behind a slash, which says that a command is meant. */
function readSlashed(text: string, known: Known): Reading {
  const matched = matchCommand(text, known.commands());
  if (matched === undefined) {
    const names = known.commands().map(({ name }) => name);
    throw unknownCommand(text.replace(/^\//, "").replace(/\s+/g, " "), names);
  }
  const { command, invocation, words } = readCalled(matched);
  if (Object.values(command.options).some(({ takesLine }) => takesLine) || words === "") return invocation;
  throw takesNoWords(command.name, text.replace(/^\//, ""));
}

async function readSaid(text: string, known: Known): Promise<Reading> {
  const sentence = readSentence(text);
  if (sentence !== undefined) return readSimilar(sentence, known);
  const request = readRequest(text, "show");
  if (request !== undefined) return request === "" ? { command: "help", args: {} } : readSaid(request, known);
  const matched = matchCommand(text.replace(/^([a-z]+)[?!.]+$/i, "$1"), known.commands());
  const asked = readOfPaper(text);
  if (asked !== undefined && (await fitAsName(known.library.index, asked.paper)) === "fits")
    return { command: asked.command, args: { paper: asked.paper } };
  if (matched === undefined) return readUnmatched(text.replace(/\s+/g, " "), known);
  const called = readCalled(matched);
  const fit = await called.command.fit(called.words, known);
  if (fit !== "topic") return called.invocation;
  if (called.command.name.includes(" ")) throw takesNoWords(called.command.name, text);
  return readTopic(text, called);
}

/** "papers like X", where X may be a topic instead of a paper. */
async function readSimilar(sentence: Invocation, known: Known): Promise<Reading> {
  const papers = sentence.args["papers"];
  const similar = known.commands().find(({ name }) => name === sentence.command);
  if (papers === undefined || similar === undefined) return sentence;
  if ((await similar.fit(papers, known)) !== "topic") return sentence;
  return { ...searchFor(papers), note: `No title fits “${papers}”, so papers about it were looked for.` };
}

/**
 * Reads what somebody types to the bot, in the terminal, behind `/paper`, in a direct message or a mention: a command
 * where its name stands first and what follows is what it takes (`/paper search curriculum learning`), else words to
 * look for, or a link or an id to look up. An empty line is a call for help, and so is a greeting. Rejects with a
 * UserError that names the nearest command where a word is nearly one, and where a slash says that a command was meant.
 */
export async function parseLine(line: string, known: Known): Promise<Reading> {
  const commands = known.commands();
  const addressed = line.trim().replace(ADDRESS, "").replace(SEARCH_FOR, "$1");
  const bare = addressed.replace(BARE_ADDRESS, "");
  const text = bare === "" || matchCommand(bare, commands) !== undefined ? bare : addressed;
  if (text === "" || text === "/") return { command: "help", args: {} };
  const order = orderIn(text);
  if (order !== undefined) return { command: "help", args: { command: order.name } };
  const matched = matchCommand(text, commands);
  if (matched !== undefined && HELP_FLAG.test(matched.rest))
    return { command: "help", args: { command: matched.command.name } };
  const list = matched === undefined ? await readListLine(text, known) : undefined;
  if (list !== undefined) return list;
  return text.startsWith("/") ? readSlashed(text, known) : readSaid(text, known);
}
