import type { ListRecord } from "../store/kept/reading.ts";
import { UserError } from "../user-error.ts";
import { isOwnName, listKey } from "./list-name.ts";
import type { Reader } from "./reader.ts";
import { ownListId } from "./reader.ts";

/** Lists that one person or one channel may have: more would not be found again. */
export const MOST_LISTS = 25;

/** Papers that one list may hold. */
export const MOST_SAVED = 1000;

/** A list that somebody may see. */
export interface ReadingList {
  readonly id: string;
  /** Empty for the list that everybody has. */
  readonly name: string;
  /** A person's own, which nobody else sees, or one that everybody in a channel shares. */
  readonly kind: "own" | "shared";
}

/** A list in words: `your reading list`, `your list “Thesis”`, `“Reading group”, which this channel shares`. */
export function listWords({ kind, name }: Pick<ReadingList, "kind" | "name">): string {
  if (name === "") return "your reading list";
  return kind === "own" ? `your list “${name}”` : `this channel’s list “${name}”`;
}

/** The list that a person has without making one. */
export const ownList = ({ person }: Reader): ReadingList => ({
  id: ownListId(person),
  name: "",
  kind: "own",
});

/** The lists that a person sees: the one that everybody has, then the person's others, then the channel's. */
export function visibleLists(reader: Reader, records: readonly ListRecord[]): readonly ReadingList[] {
  const own = ownList(reader);
  const named = records.filter(({ id }) => id !== own.id);
  const of = (owner: string | undefined, kind: ReadingList["kind"]): ReadingList[] =>
    named.flatMap(({ id, name, owner: whose }) => (whose === owner ? [{ id, name, kind }] : []));
  return [own, ...of(reader.person, "own"), ...of(reader.place, "shared")];
}

/** How to name a list, where there is none of that name. */
function noSuchList(named: string, lists: readonly ReadingList[]): UserError {
  const names = lists.flatMap(({ name }) => (name === "" ? [] : [`“${name}”`]));
  const there =
    names.length === 0 ? "There is only your reading list so far." : `There are: ${names.join(", ")}.`;
  return new UserError(
    `There is no list “${named.trim()}” here. ${there} “list create ${named.trim()}” makes one.`,
  );
}

/**
 * The list that a text names, by its id or its name; a person's own before the channel's. Nothing named is the list that
 * everybody has. Throws a UserError that says which there are.
 */
export function findList(lists: readonly ReadingList[], named: string | undefined): ReadingList {
  const [own] = lists;
  if (own === undefined) throw new Error("Everybody has a list");
  if (named === undefined || isOwnName(named)) return own;
  const key = listKey(named.replace(/^[“"](.*)[”"]$/, "$1"));
  const found =
    lists.find(({ id }) => id === named.trim()) ??
    lists.find(({ name }) => name !== "" && listKey(name) === key);
  if (found === undefined) throw noSuchList(named, lists);
  return found;
}
