import type { Command } from "./command.ts";

/** What the groups of commands are about. */
export const GROUPS: Readonly<Record<string, string>> = {
  digest: "The paper of the day in this channel",
  follow: "New papers of somebody or about something, as they come",
  club: "The journal club of this channel",
  my: "What is kept about you",
  forget: "Have what is kept about you removed",
  list: "Reading lists: your own, and those of this channel",
};

/** A line of an overview: what is typed, and what it does. */
interface Overviewed {
  readonly name: string;
  readonly does: string;
}

/** `digest`, for a command of a group; undefined for one that stands alone. */
export const groupOf = ({ name }: Pick<Command, "name">): string | undefined => /^(\S+) /.exec(name)?.[1];

/** The commands in so few lines that they fit into a message: each that stands alone, and each group. */
export function overviewOf(commands: readonly Command[]): readonly Overviewed[] {
  const told = new Set<string>();
  return commands.flatMap((command): Overviewed[] => {
    const group = groupOf(command);
    if (group === undefined) return [{ name: command.name, does: command.description }];
    if (told.has(group)) return [];
    told.add(group);
    const members = commands.filter((one) => groupOf(one) === group);
    const words = members.map(({ name }) => name.slice(group.length + 1)).join(", ");
    return [{ name: group, does: `${GROUPS[group] ?? group}: ${words}` }];
  });
}
