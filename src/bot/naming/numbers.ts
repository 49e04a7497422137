import { UserError } from "../../user-error.ts";
import type { Invocation } from "../reply.ts";

/** `3`, `1-5`, `1, 3 and 5-7`, as people write the numbers of a list. */
const NUMBERS =
  /^(?:#?\d{1,3}(?:\s*(?:-|–|\.\.|to)\s*#?\d{1,3})?)(?:\s*(?:[,;&]|and)\s*#?\d{1,3}(?:\s*(?:-|–|\.\.|to)\s*#?\d{1,3})?)*$/i;

/** The numbers that a text is, each once; undefined for other text. Those of `5-1` go down. */
function readNumbers(text: string): readonly number[] | undefined {
  const said = text.trim();
  if (!NUMBERS.test(said)) return undefined;
  const numbers = said.split(/[,;&]|and/i).flatMap((part) => {
    const [from = 0, to = from] = (part.match(/\d+/g) ?? []).map(Number);
    const step = from <= to ? 1 : -1;
    return Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => from + i * step);
  });
  return [...new Set(numbers)];
}

/**
 * The papers that numbers stand for: ids, by the keys of the last answers. Undefined for text that is no numbers, and for a
 * number alone that no list has, which may be a title. Throws a UserError for several of which the list lacks one.
 */
export function papersOfNumbers(
  text: string,
  keys: ReadonlyMap<string, Invocation>,
): readonly string[] | undefined {
  const numbers = readNumbers(text);
  if (numbers === undefined) return undefined;
  const papers = numbers.map((number) => {
    const args = keys.get(String(number))?.args;
    return args?.["paper"] ?? args?.["papers"];
  });
  const missing = numbers.filter((_, i) => papers[i] === undefined);
  if (missing.length === 0) return papers.filter((paper) => paper !== undefined);
  if (numbers.length === 1) return undefined;
  const there = [...keys.keys()].filter((key) => /^\d+$/.test(key));
  throw new UserError(
    there.length === 0
      ? `“${text}” are numbers of a list, and there is none: search first, in a chat.`
      : `The last list has no ${missing.slice(0, 10).join(", ")}; there are ${there.join(", ")}.`,
  );
}
