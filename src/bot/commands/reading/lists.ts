import { listWords } from "../../../reading/lists.ts";
import type { RemovalRecord } from "../../../store/kept/reading.ts";
import { UserError } from "../../../user-error.ts";
import { counted } from "../../cards/paper-cards.ts";
import { defineCommand } from "../../command.ts";
import { choice, optionalText, requiredText } from "../../options.ts";
import type { Reply } from "../../reply.ts";
import { answer, textCard } from "../../reply.ts";
import { listOption, mustBeAllowed, openReading } from "./reader.ts";

const nameOption = requiredText({
  description: "A name for the list, of at most 60 characters",
  brief: "A name for the list",
  missing: "What is the list to be called? Give a name, such as: list create thesis",
  maxLength: 200,
  takesLine: true,
});

const said = (summary: string, list: string): Reply =>
  answer({
    summary,
    cards: [
      {
        ...textCard(summary),
        buttons: [
          { kind: "run", label: "Show the list", key: "l", run: { command: "list show", args: { list } } },
        ],
      },
    ],
  });

/** That something was removed, and the button that brings it back. */
export function removedReply({ id, what }: RemovalRecord, more = ""): Reply {
  const summary = `Removed: ${what}.${more} For a minute, “list undo” brings it back.`;
  return answer({
    summary,
    cards: [
      {
        ...textCard(summary),
        buttons: [
          { kind: "run", label: "Undo", key: "u", run: { command: "list undo", args: { removal: id } } },
        ],
      },
    ],
  });
}

/** Makes a list. */
export const listCreate = defineCommand({
  name: "list create",
  description: "Make a list of papers, for this channel or for you alone",
  namesOptions: true,
  options: {
    name: nameOption,
    for: choice({
      description: "Who sees it and saves into it; in a channel everybody there unless you say “me”",
      brief: "Who sees it; in a channel all there",
      choices: ["channel", "me"] as const,
    }),
  },
  examples: [
    { line: "list create reading group", does: "a list that everybody in this channel may add to" },
    { line: "list create thesis for:me", does: "a list that nobody else sees" },
  ],
  async run({ name, for: whose }, services) {
    const { reading, reader } = await openReading(services);
    const kind = whose === "me" || (whose === undefined && reader.place === undefined) ? "own" : "shared";
    const list = await reading.create(reader, name, kind);
    const words = kind === "own" ? "Nobody else sees it." : "Everybody in this channel may save into it.";
    return said(`Made ${listWords(list)}. ${words} “save” takes its name: list:"${list.name}".`, list.id);
  },
});

/** Gives a list another name. */
export const listRename = defineCommand({
  name: "list rename",
  description: "Give a list another name",
  namesOptions: true,
  options: {
    list: requiredText({
      description: "The list, by its name",
      missing: "Rename which list? Say: list rename thesis to:dissertation",
      maxLength: 100,
      takesLine: true,
    }),
    to: requiredText({
      description: "Its new name, of at most 60 characters",
      brief: "Its new name",
      missing: "What is it to be called? Say: list rename thesis to:dissertation",
    }),
  },
  examples: [{ line: "list rename thesis to:dissertation", does: "all that is in it stays" }],
  async run({ list: named, to }, services) {
    const { reading, reader } = await openReading(services);
    const list = await reading.find(reader, named);
    await mustBeAllowed(services.caller, list, "rename a list of this channel");
    const renamed = await reading.rename(reader, list, to);
    return said(`Renamed: “${list.name}” is ${listWords(renamed)} now.`, list.id);
  },
});

/** Removes a list. */
export const listRemove = defineCommand({
  name: "list remove",
  description: "Remove a list with all that is saved in it",
  options: {
    list: requiredText({
      description: "The list, by its name",
      missing: "Remove which list? Give its name, such as: list remove thesis",
      maxLength: 100,
      takesLine: true,
    }),
  },
  examples: [{ line: "list remove thesis", does: "for a minute, “list undo” brings it back" }],
  async run({ list: named }, services) {
    const { reading, reader } = await openReading(services);
    const list = await reading.find(reader, named);
    await mustBeAllowed(services.caller, list, "remove a list of this channel");
    return removedReply(await reading.removeList(reader, list));
  },
});

/** Shares what is in a list with the channel. */
export const listShare = defineCommand({
  name: "list share",
  description: "Put the papers of a list of yours into a list of this channel",
  namesOptions: true,
  options: {
    list: { ...listOption, takesLine: true },
    as: optionalText({
      description: "The channel’s list; it is made where there is none of that name",
      brief: "The channel’s list; made where new",
    }),
  },
  examples: [{ line: "list share thesis as:club", does: "your list stays, with its notes and marks" }],
  notes: ["Titles are shared, and neither notes nor what you have read."],
  async run({ list: named, as }, services) {
    const { reading, reader } = await openReading(services);
    const list = await reading.find(reader, named);
    if (list.kind === "shared")
      throw new UserError(`Everybody in this channel sees ${listWords(list)} already.`);
    const name = as ?? list.name;
    if (name === "")
      throw new UserError('What is the channel’s list to be called? Say: list share as:"reading group"');
    const entries = await reading.entries(reader, list);
    const papers = entries.flatMap(({ paper }) => (paper === undefined ? [] : [paper]));
    if (papers.length === 0)
      throw new UserError(`Nothing stands in ${listWords(list)} that could be shared.`);
    const there = (await reading.lists(reader)).find(
      (one) => one.kind === "shared" && one.name.toLowerCase() === name.trim().toLowerCase(),
    );
    const target = there ?? (await reading.create(reader, name, "shared"));
    const { added } = await reading.save(reader, target, papers);
    return said(`Put ${counted(added.length, "paper")} into ${listWords(target)}.`, target.id);
  },
});
