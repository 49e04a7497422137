import type { FileReport } from "../../../src/library/intake/file-reports.ts";
import type { IngestOrder } from "../orders/ingest-order.ts";
import { readIdLists, withProblems } from "../sources/id-lists.ts";
import { drawProgress, takeIn } from "./ingest.ts";
import { renderIntake } from "./intake-words.ts";
import type { Parts } from "../parts.ts";
import { now } from "../surroundings.ts";
import { openSelections } from "../sources/selections.ts";
import { openSources } from "../sources/sources.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";
import { printJson } from "../surroundings.ts";

/** As JSON has it. */
const plainReport = ({ left, fields, passed = new Map(), ...report }: FileReport): object => ({
  ...report,
  left: Object.fromEntries(left),
  fields: Object.fromEntries(fields),
  passed: Object.fromEntries(passed),
});

/** Takes in what the order names, with a bar on a terminal; Ctrl-C ends it with what was read until then stored. */
export async function runIngest(parts: Parts, order: IngestOrder, around: Surroundings): Promise<ExitCode> {
  const { stderr, stdout, stdin } = around;
  const interactive = stderr.isTTY === true;
  const stop = new AbortController();
  const end = (): void => stop.abort(new Error("stopped"));
  process.once("SIGINT", end);
  try {
    const lists = await readIdLists(order.files, stdin);
    const selections = [...order.selections, ...lists.selections];
    const selected = withProblems(lists.problems, openSelections(selections, parts, stop.signal));
    const report = await takeIn(
      {
        ...order,
        files: lists.files,
        sources: await openSources(order.sources, parts, order.dryRun),
        selected,
      },
      { ...parts, records: async () => (await parts.store()).sources, now },
      {
        signal: stop.signal,
        input: lists.input,
        without: lists.inFolders,
        ...(order.columns === undefined ? {} : { columns: order.columns }),
        ...(interactive ? { progress: drawProgress(stderr) } : {}),
      },
    );
    if (interactive) stderr.write("\r\u001b[2K");
    const { text, problems, files } = renderIntake(report, order.dryRun);
    for (const problem of problems) stderr.write(`${problem}\n`);
    const { stopped, ...counts } = report;
    if (order.json) printJson(stdout, [{ ...counts, files: report.files.map(plainReport) }]);
    else stdout.write([...files, text].map((line) => `${line}\n`).join(""));
    return report.unread === 0 && !stopped ? 0 : 1;
  } finally {
    process.removeListener("SIGINT", end);
  }
}
