import type { FactName } from "../../../src/corpus/paper.ts";
import type { Completion } from "../../../src/library/fetching/complete.ts";
import { complete } from "../../../src/library/fetching/complete.ts";
import { createMemoryValidators } from "../../../src/sources/fetch/validators.ts";
import { createLive, thisMachine } from "../../../src/sources/live.ts";
import { UserError } from "../../../src/user-error.ts";
import type { CompleteOrder } from "../orders/ingest-order.ts";
import { drawProgress, dryLibrary } from "./ingest.ts";
import { tellProblems } from "./intake-words.ts";
import type { Parts } from "../parts.ts";
import { now } from "../surroundings.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";
import { printJson } from "../surroundings.ts";

/** What facts are called, of which there are many; all others are details of the publication. */
const WORDS: { readonly [Fact in FactName]?: string } = {
  abstract: "abstracts",
  date: "dates",
  authors: "authors",
  status: "retractions and the like",
  type: "types",
  containerTitle: "venues",
  publisher: "publishers",
  doi: "DOIs",
  arxivId: "arXiv identifiers",
  license: "licences",
};

const DETAILS = "other details";

/** `9 abstracts, 3 venues`: of each kind how many, the most first. */
function factWords(facts: Completion["facts"]): string {
  const kinds = new Map<string, number>();
  for (const [fact, count] of facts) {
    const word = WORDS[fact] ?? DETAILS;
    kinds.set(word, (kinds.get(word) ?? 0) + count);
  }
  const ordered = [...kinds].toSorted(
    ([a, m], [b, n]) => Number(a === DETAILS) - Number(b === DETAILS) || n - m,
  );
  return ordered.map(([word, count]) => `${count} ${word}`).join(", ");
}

/** What came of completing, in a line. */
function completionText(
  { lacking, unknown, rested, completed, facts, report }: Completion,
  { dryRun, stopped }: { readonly dryRun: boolean; readonly stopped: boolean },
): string {
  if (lacking === 0 && !stopped) return "No paper lacks anything that these services may know.";
  const papers = lacking === 1 ? "1 paper" : `${lacking} papers`;
  const would = dryRun ? "Nothing was changed. It would be: " : "";
  const from = [...completed].map(([name, count]) => `${name} ${count}`).join(", ");
  const done = completed.size === 0 ? "none was completed" : `completed with ${factWords(facts)} (${from})`;
  const gone = unknown === 0 ? "" : `; ${unknown} times a service did not know one`;
  const rest = rested === 0 ? "" : `; ${rested} were asked for less than a day ago and not again`;
  const lost = report.unread === 0 ? "" : `; ${report.unread} could not be read`;
  const end = stopped ? " Stopped; the same command goes on from here." : "";
  return `${would}${papers} lacked something; ${done}${gone}${rest}${lost}.${end}`;
}

/** Completes the papers that are here from the services that the settings name; Ctrl-C ends it with what was read stored. */
export async function runComplete(
  parts: Parts,
  { dryRun, json }: CompleteOrder,
  { stdout, stderr }: Surroundings,
): Promise<ExitCode> {
  const { completing, live: settings } = parts.settings.sources;
  if (completing.length === 0)
    throw new UserError(
      "PAPERBOY_COMPLETE names no service, so none is asked. Set it to those that may be asked for the papers that are here, such as PAPERBOY_COMPLETE=arxiv,crossref,datacite,openalex,semantic-scholar.",
    );
  const interactive = stderr.isTTY === true;
  const stop = new AbortController();
  const end = (): void => stop.abort(new Error("stopped"));
  process.once("SIGINT", end);
  try {
    const { turns, asked } = await parts.store();
    const memory = { turns, validators: createMemoryValidators() };
    const live = createLive({ ...settings, version: parts.version }, thisMachine, memory);
    const { index } = parts.library;
    const library = dryRun ? dryLibrary(parts.library) : parts.library;
    const completion = await complete(
      // A dry run changes nothing, and what it asks for is to be asked for when it counts.
      { library, index, live, now, asked: dryRun ? { ...asked, note: () => Promise.resolve() } : asked },
      {
        services: completing,
        signal: stop.signal,
        ...(interactive ? { progress: drawProgress(stderr) } : {}),
      },
    );
    if (interactive) stderr.write("\r\u001b[2K");
    const { report, completed, facts, ...counts } = completion;
    for (const line of tellProblems(report)) stderr.write(`${line}\n`);
    const stopped = stop.signal.aborted;
    const { unread, problems } = report;
    const data = { ...counts, completed: Object.fromEntries(completed), facts: Object.fromEntries(facts) };
    if (json) printJson(stdout, [{ ...data, unread, problems }]);
    else stdout.write(`${completionText(completion, { dryRun, stopped })}\n`);
    return unread === 0 && !stopped ? 0 : 1;
  } finally {
    process.removeListener("SIGINT", end);
  }
}
