/** Something in a file that could not be read. The rest of the file, and the other files, still load. */
export interface Problem {
  readonly file: string;
  /** Line number from 1; absent where the file as a whole is meant. */
  readonly line?: number;
  readonly expected: string;
  readonly found: string;
  /** That the paper it is about was kept all the same: only a part of it was not understood. */
  readonly kept?: true;
}

/** What a file gave: the papers in it, and everything that was not understood. */
export interface Parsed<Item> {
  readonly items: readonly Item[];
  readonly problems: readonly Problem[];
}

const SHOWN = 60;

/** A line of input as it may be quoted in an error: its beginning, with the whole length where it was cut. */
export function quoteLine(line: string): string {
  if (line === "") return "an empty line";
  const head = Array.from(line.slice(0, SHOWN * 2))
    .slice(0, SHOWN)
    .join("");
  return head === line ? `“${line}”` : `“${head}…” (${line.length} characters)`;
}

/** The problem in one line: `pages/a.txt:12: expected a title, found “• 4 authors”`. */
export function renderProblem(problem: Problem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  return `${place}: expected ${problem.expected}, found ${problem.found}`;
}
