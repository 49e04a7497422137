import type { Command } from "../command.ts";
import { defineCommand } from "../command.ts";
import { groupOf, GROUPS, overviewOf } from "../groups.ts";
import { nearestCommand, nothingToExplain } from "../line/unknown-command.ts";
import { optionalText } from "../options.ts";
import { explainOrder, programOrders } from "../line/program-orders.ts";
import type { Card, Reply, Span } from "../reply.ts";
import { answer, code, plain, prose } from "../reply.ts";

function exampleItems(commands: readonly Command[]): Span[][] {
  return commands.flatMap(({ examples }) =>
    examples.map(({ line, does }) => [code(line), plain(` — ${does}`)]),
  );
}

interface Overview {
  readonly summary: string;
  /** What is typed, and what it does. */
  readonly lines: readonly { readonly name: string; readonly does: string }[];
  readonly examples: readonly Command[];
  /** What help can be asked about. */
  readonly more: string;
}

function overview(commands: readonly Command[], { summary, lines, examples, more }: Overview): Reply {
  const card: Card = {
    blocks: [
      prose(plain(summary)),
      { kind: "list", items: lines.map(({ name, does }) => [code(name), plain(` — ${does}`)]) },
      prose(plain("For example:")),
      { kind: "list", items: examples.flatMap((command) => exampleItems([command]).slice(0, 1)) },
      prose(plain("More about one of them: "), code(more)),
    ],
    buttons: [],
  };
  return answer({
    summary,
    cards: [card],
    data: commands.map(({ name, description }) => ({ name, description })),
  });
}

/** Examples below all commands: each command and group has its own in “help search”, and more would not fit into a message. */
const EXAMPLES = 6;

/** All commands; a group is one line, so that all of it fits into a message. */
function wholeOverview(commands: readonly Command[]): Reply {
  const groups = commands.map((command) => groupOf(command));
  return overview(commands, {
    summary: "Paperboy finds research papers. These are its commands:",
    lines: overviewOf(commands),
    examples: commands.filter((_one, i) => groups[i] === undefined).slice(0, EXAMPLES),
    more: "help search, or of a group: help digest",
  });
}

/** The commands of a group. */
const groupOverview = (group: string, commands: readonly Command[]): Reply =>
  overview(commands, {
    summary: `${GROUPS[group] ?? group}. These are the commands:`,
    lines: commands.map(({ name, description }) => ({ name, does: description })),
    examples: commands,
    more: `help ${commands[0]?.name ?? group}`,
  });

function details(command: Command): Reply {
  const { name, description, notes } = command;
  const options = Object.entries(command.options).filter(([, option]) => !option.internal);
  const summary = `${name}: ${description}.`;
  const card: Card = {
    heading: [plain(name)],
    blocks: [
      prose(plain(`${description}.`)),
      ...(options.length === 0
        ? []
        : [
            prose(plain("Options:")),
            {
              kind: "list",
              items: options.map(([option, { description: what }]) => [code(option), plain(` — ${what}`)]),
            } as const,
          ]),
      prose(plain("Examples:")),
      { kind: "list", items: exampleItems([command]) },
      ...notes.map((note) => prose(plain(note))),
    ],
    buttons: [],
  };
  return answer({ summary, cards: [card], data: [{ name, description, notes }] });
}

/** What help is asked about: `search` in `help me with search, please`. */
function topicOf(words: string): string {
  const topic = words
    .toLowerCase()
    .replace(/[\s,]*(?:please)?[\s!.?]*$/, "")
    .replace(/^(?:me(?=\s|$)\s*)?(?:(?:with|on|about|for)\s+(?=\S))?/, "");
  return topic.replace(/^\//, "");
}

/** What there is to type. */
export const help = defineCommand({
  name: "help",
  description: "Explain the commands, or one of them",
  options: {
    command: optionalText({ description: "A command to explain, such as search", takesLine: true }),
  },
  examples: [{ line: "help search", does: "all about searching" }],
  // One word may be a command's name that there is not; several are a sentence.
  async fit(words, { commands }) {
    const topic = topicOf(words);
    const names = commands().map(({ name }) => name);
    const known = [...names, ...programOrders.map(({ name }) => name)].some(
      (name) => name === topic || name.startsWith(`${topic} `),
    );
    if (topic === "" || known || nearestCommand(topic, names)?.rest === "") return "fits";
    return /\s/.test(topic) || topic !== words.toLowerCase() ? "topic" : "may-fit";
  },
  async run({ command: name = "" }, { commands }) {
    const all = commands();
    const wanted = topicOf(name);
    if (wanted === "") return wholeOverview(all);
    const command = all.find((one) => one.name === wanted);
    const group = all.filter((one) => one.name.startsWith(`${wanted} `));
    if (group.length > 0) return groupOverview(wanted, group);
    const order = programOrders.find((one) => one.name === wanted);
    if (order !== undefined) return explainOrder(order);
    if (command === undefined)
      throw nothingToExplain(
        wanted,
        all.map((one) => one.name),
      );
    return details(command);
  },
});
