import { findPaper } from "../../../src/bot/naming/find-paper.ts";
import type { Paper } from "../../../src/corpus/paper.ts";
import { lastDay } from "../../../src/corpus/partial-date.ts";
import type { PartialDate } from "../../../src/corpus/partial-date.ts";
import type { Library } from "../../../src/library/library.ts";
import { UserError } from "../../../src/user-error.ts";

/** Which papers are meant. */
export type Wanted =
  | { readonly kind: "named"; readonly names: readonly string[] }
  /** All that fulfil every condition that is given. */
  | { readonly kind: "those"; readonly source?: string; readonly before?: PartialDate };

/** Papers that are meant, and how many fit but stay, since other sources have them too. */
export interface Selected {
  readonly papers: readonly Paper[];
  readonly shared: number;
}

async function named(index: Library["index"], name: string): Promise<Paper> {
  const found = await findPaper(index, name);
  if (found.kind === "found") return found.paper;
  if (found.kind === "missing")
    throw new UserError(
      `No paper here is “${name}”, so nothing was removed. Name it by its id, its link or its title; “paperboy search” finds it.`,
    );
  const ids = found.candidates.map(({ id, title }) => `${id} (“${title}”)`).join(", ");
  throw new UserError(
    `Several papers fit “${name}”, so nothing was removed. Name one by its id, such as ${ids}.`,
  );
}

/** Whether a paper is surely older: of a date without a day the last one counts, and one without a date is not. */
const isBefore = ({ date }: Paper, day: PartialDate): boolean => date !== undefined && lastDay(date) < day;

/** The papers that are meant. Throws a UserError where a name names none, or several. */
export async function select(index: Library["index"], wanted: Wanted): Promise<Selected> {
  if (wanted.kind === "named") {
    const papers = await Promise.all(wanted.names.map((name) => named(index, name)));
    return { papers: [...new Map(papers.map((paper) => [paper.id, paper])).values()], shared: 0 };
  }
  const { source, before } = wanted;
  const papers: Paper[] = [];
  let shared = 0;
  for await (const paper of index.papers()) {
    if (source !== undefined && !paper.listedOn.includes(source)) continue;
    if (before !== undefined && !isBefore(paper, before)) continue;
    if (source !== undefined && paper.listedOn.length > 1) shared++;
    else papers.push(paper);
  }
  return { papers, shared };
}
