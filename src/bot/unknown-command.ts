import { distance } from "fastest-levenshtein";
import { UserError } from "../user-error.ts";

/** Letters by which a typed name may differ from the command that is meant. */
const MAX_DISTANCE = 3;

/** The error for a command that does not exist: names the nearest one, or how to search and to get help. */
export function unknownCommand(typed: string, names: readonly string[]): UserError {
  const [nearest] = names
    .map((name) => ({ name, letters: distance(typed.toLowerCase(), name) }))
    .filter(({ name, letters }) => letters <= Math.min(MAX_DISTANCE, name.length - 1))
    .toSorted((a, b) => a.letters - b.letters);
  const shown = typed.length > 40 ? `${typed.slice(0, 40)}…` : typed;
  const hint =
    nearest === undefined
      ? `To search for it, type: search ${shown}. The commands are ${names.join(", ")}.`
      : `Did you mean “${nearest.name}”? “help” lists all commands.`;
  return new UserError(`There is no command “${shown}”. ${hint}`);
}
