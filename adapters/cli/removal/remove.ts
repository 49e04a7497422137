import type { Paper } from "../../../src/corpus/paper.ts";
import type { GrowingLibrary } from "../../../src/library/library.ts";
import { escapeTerminal } from "../../terminal/escape.ts";
import { confirm } from "../confirm.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";
import type { Wanted } from "./select.ts";
import { select } from "./select.ts";

/** What is to be removed, and how. */
export interface RemoveOrder {
  readonly wanted: Wanted;
  /** Only says which papers they are. */
  readonly dryRun: boolean;
  /** Does not ask. */
  readonly yes: boolean;
}

/** Titles that are named at most. */
const NAMED = 10;

/** Papers that are removed together; other programs get their turn in between. */
const TOGETHER = 500;

const count = (papers: number): string => `${papers} ${papers === 1 ? "paper" : "papers"}`;

function titleLines(papers: readonly Paper[]): string[] {
  const more = papers.length - NAMED;
  const lines = papers.slice(0, NAMED).map(({ id, title }) => `  ${escapeTerminal(`${title} (${id})`)}`);
  return more > 0 ? [...lines, `  … and ${more} more`] : lines;
}

/** Removes the papers that are meant, after asking; says which they are and how many. */
export async function runRemove(
  library: Pick<GrowingLibrary, "index" | "remove" | "save">,
  { wanted, dryRun, yes }: RemoveOrder,
  around: Surroundings,
): Promise<ExitCode> {
  const { stdout, stderr } = around;
  const { papers, shared } = await select(library.index, wanted);
  const stay = shared === 0 ? "" : ` ${count(shared)} of it stand in other sources too, and stay.`;
  if (papers.length === 0) {
    stdout.write(`No paper is to be removed.${stay}\n`);
    return shared > 0 ? 0 : 1;
  }
  const lines = titleLines(papers).map((line) => `${line}\n`);
  if (dryRun) {
    stdout.write(`Nothing was changed. ${count(papers.length)} would be removed:${stay}\n${lines.join("")}`);
    return 0;
  }
  if (!yes) {
    stderr.write(lines.join(""));
    if (!(await confirm(`Remove ${count(papers.length)} from this corpus?${stay}`, around))) {
      stdout.write("Nothing was changed.\n");
      return 1;
    }
  }
  let gone = 0;
  for (let at = 0; at < papers.length; at += TOGETHER)
    gone += (await library.remove(papers.slice(at, at + TOGETHER).map(({ id }) => id))).length;
  await library.save();
  stdout.write(`Removed ${count(gone)}.${stay} “paperboy ingest” with a file or an id brings one back.\n`);
  return 0;
}
