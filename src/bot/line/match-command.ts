import type { Command } from "../command.ts";

/** What a text calls, by its first word or first two, and what follows; undefined when that is no command. */
export function matchCommand<Named extends Pick<Command, "name" | "meantBy">>(
  text: string,
  commands: readonly Named[],
): { readonly command: Named; readonly rest: string } | undefined {
  const [, first = "", second = "", afterFirst = ""] =
    /^\/?(\S+)(?=(?:\s+(\S+))?)\s*([\s\S]*)$/.exec(text) ?? [];
  const named = (name: string): Named | undefined => commands.find((one) => one.name === name.toLowerCase());
  const two = named(`${first} ${second}`);
  if (two !== undefined) return { command: two, rest: afterFirst.slice(second.length).trim() };
  const meant = commands.find(({ meantBy }) => meantBy?.test(text));
  if (meant !== undefined) return { command: meant, rest: afterFirst.trim() };
  const one = named(first);
  return one === undefined ? undefined : { command: one, rest: afterFirst.trim() };
}
