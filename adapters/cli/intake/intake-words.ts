import { quoteLine, renderProblem } from "../../../src/corpus/problem.ts";
import type { FileReport } from "../../../src/library/intake/file-reports.ts";
import type { Counts } from "../../../src/sources/source.ts";
import { escapeTerminal } from "../../terminal/escape.ts";
import type { IntakeReport } from "./ingest.ts";

/** So many problems, and so many files, are told one by one. */
const TOLD = 20;
/** So many fields and reasons of a file. */
const NAMED = 12;

const papers = (count: number, what = ""): string => `${count} ${what}${count === 1 ? "paper" : "papers"}`;

/** `annote (3), file (12)`, in the order of their names. A name of the file may be any text. */
function renderCounts(counts: Counts): string {
  const told = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name.length > 60 ? quoteLine(name) : name} (${count})`);
  const more = told.length - NAMED;
  return more > 0 ? `${told.slice(0, NAMED).join(", ")} and ${more} more` : told.join(", ");
}

const sum = (counts: Counts): number => [...counts.values()].reduce((all, one) => all + one, 0);

const renderPassed = (passed: Counts): string =>
  [...passed].map(([kind, count]) => `${count} × ${kind}`).join("; ");

/** `refs.bib: 12 papers (10 new, 2 known); not understood: annote (3), file (12)`. */
function renderFileReport({ name, outcomes, left, partly, fields, passed, ...read }: FileReport): string {
  if (passed !== undefined) return escapeTerminal(`${name}: passed over ${renderPassed(passed)}`);
  const kinds = [
    [outcomes.added, "new"],
    [outcomes.improved, "known better now"],
    [outcomes.unchanged, "known"],
  ] as const;
  const said = kinds.filter(([count]) => count > 0).map(([count, kind]) => `${count} ${kind}`);
  const parts = [
    `${papers(read.papers)}${said.length === 0 ? "" : ` (${said.join(", ")})`}`,
    ...(left.size === 0 ? [] : [`left out: ${sum(left)}, for want of ${renderCounts(left)}`]),
    ...(partly === 0 ? [] : [`${partly} read in part`]),
    ...(fields.size === 0 ? [] : [`not understood: ${renderCounts(fields)}`]),
  ];
  return escapeTerminal(`${name}: ${parts.join("; ")}`);
}

function renderFiles(files: readonly FileReport[]): readonly string[] {
  const more = files.length - TOLD;
  const lines = files.slice(0, TOLD).map(renderFileReport);
  return more > 0 ? [...lines, `… and ${more} more ${more === 1 ? "file" : "files"}`] : lines;
}

/** What could not be read, one a line, and how much more. */
export function tellProblems({
  problems,
  unread,
  partly,
}: Pick<IntakeReport, "problems" | "unread" | "partly">): readonly string[] {
  const told = problems.slice(0, TOLD).map((problem) => escapeTerminal(renderProblem(problem)));
  const more = unread + partly - told.length;
  return more > 0 ? [...told, `… and ${more} more that could not be read`] : told;
}

/** `; 3 entries of feeds are no papers: 2 without authors, 1 without a DOI or an address`. */
function renderLeft(passed: Readonly<Record<string, number>>): string {
  const told = Object.entries(passed).map(([what, count]) => `${count} without ${what}`);
  const count = Object.values(passed).reduce((all, one) => all + one, 0);
  const entries = count === 1 ? "1 entry of a feed is no paper" : `${count} entries of feeds are no papers`;
  return count === 0 ? "" : `; ${entries}: ${told.join(", ")}`;
}

/** The report as text, for people; problems and files are lines of their own. */
export function renderIntake(
  {
    added,
    improved,
    unchanged,
    unread,
    partly,
    problems,
    files,
    stopped,
    barred = 0,
    passed = {},
  }: IntakeReport,
  dryRun: boolean,
): { readonly text: string; readonly problems: readonly string[]; readonly files: readonly string[] } {
  const lost = unread === 0 ? "" : `; ${unread} could not be read`;
  const halved = partly === 0 ? "" : `; ${partly} read in part`;
  const away =
    barred === 0
      ? ""
      : `; ${papers(barred)} that ${barred === 1 ? "was" : "were"} removed here stay away until a file or an id is named that has them`;
  const would = dryRun ? "Nothing was changed. It would be: " : "";
  const rest = stopped ? " Stopped; the same command goes on from here." : "";
  return {
    text: `${would}${papers(added, "new ")}, ${improved} known better now, ${unchanged} already known${lost}${halved}${renderLeft(passed)}${away}.${rest}`,
    problems: tellProblems({ problems, unread, partly }),
    files: renderFiles(files),
  };
}
