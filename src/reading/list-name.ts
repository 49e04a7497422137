import { fold } from "../corpus/fold.ts";
import { UserError } from "../user-error.ts";

/** Longest name of a list, in characters: what fits on a button beside other words. */
const MAX_NAME = 60;

/** What people call the list that everybody has. */
const OWN =
  /^(?:me|mine|my|own|private|default|(?:my|the|your)?\s*(?:own\s+|private\s+)?(?:reading\s*)?list)$/;

/** What two spellings of a list's name share. */
export const listKey = (name: string): string => fold(name).replace(/\s+/g, " ").trim();

/** Whether a text names the list that everybody has. */
export const isOwnName = (text: string): boolean => OWN.test(listKey(text));

/** Reads a name for a list. Throws a UserError for one that is too long, has nothing to read, or is taken by the program. */
export function readListName(text: string): { readonly name: string; readonly key: string } {
  const name = text.replace(/\s+/g, " ").trim();
  if (name.length > MAX_NAME)
    throw new UserError(`The name has ${name.length} characters; a list's name has at most ${MAX_NAME}.`);
  const key = listKey(name);
  if (!/[\p{L}\p{N}]/u.test(key)) throw new UserError(`“${name}” has no letter or digit to name a list by.`);
  if (isOwnName(name))
    throw new UserError(`“${name}” is what your own reading list is called. Choose another name.`);
  return { name, key };
}
