import type { Paper } from "../../corpus/paper.ts";
import { UserError } from "../../user-error.ts";
import type { Services } from "../command.ts";
import type { FoundPaper } from "./find-paper.ts";
import { findPaper } from "./find-paper.ts";
import { papersOfNumbers } from "./numbers.ts";

/** What a text names. */
export type NamedPapers =
  /** Papers, each once, and the names that none or several fit. */
  | {
      readonly kind: "papers";
      readonly papers: readonly Paper[];
      readonly missed: readonly string[];
      /** Whether they were named by their numbers in a list. */
      readonly byNumbers: boolean;
    }
  /** One name, which is not that of one paper. */
  | { readonly kind: "none"; readonly found: Exclude<FoundPaper, { kind: "found" }> };

/** What stands between names; the semicolon before the end of a SICI, `CO;2-9`, is part of a DOI. */
export const BETWEEN_NAMES = /;(?!\d-[\dx](?:[\s;)]|$))|\n/i;

/** Papers that are named at once, at most. */
export const MAX_NAMED = 50;

async function findAll(
  index: Services["library"]["index"],
  names: readonly string[],
): Promise<Omit<Extract<NamedPapers, { kind: "papers" }>, "byNumbers">> {
  if (names.length > MAX_NAMED)
    throw new UserError(`${names.length} papers are named; at most ${MAX_NAMED} are taken at once.`);
  const found = await Promise.all(names.map(async (name) => [name, await findPaper(index, name)] as const));
  const papers = found.flatMap(([, one]) => (one.kind === "found" ? [one.paper] : []));
  return {
    kind: "papers",
    papers: [...new Map(papers.map((paper) => [paper.id, paper])).values()],
    missed: found.flatMap(([name, { kind }]) => (kind === "found" ? [] : [name])),
  };
}

/**
 * The papers that a text names: by their numbers in the last list, or by names with semicolons between. One title may hold a
 * semicolon itself. Throws a UserError for numbers that no list has, and for too many names.
 */
export async function findNamedPapers(
  text: string,
  { library, keys }: Pick<Services, "library" | "keys">,
): Promise<NamedPapers> {
  const ids = papersOfNumbers(text, keys?.() ?? new Map());
  if (ids !== undefined) return { ...(await findAll(library.index, ids)), byNumbers: true };
  const whole = await findPaper(library.index, text);
  const names = text
    .split(BETWEEN_NAMES)
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (whole.kind === "found") return { kind: "papers", papers: [whole.paper], missed: [], byNumbers: false };
  if (names.length < 2) return { kind: "none", found: whole };
  return { ...(await findAll(library.index, names)), byNumbers: false };
}
