import { formatDate } from "../corpus/partial-date.ts";
import type { LibraryFacts } from "../library/facts.ts";
import type { SourceRecord } from "../store/store.ts";
import type { Finding } from "./finding.ts";
import { failure, fine, momentWords, spanWords, warning } from "./finding.ts";

/** Sources are read every hour; one that was not for so long has missed several turns, in milliseconds. */
const OLD_MS = 6 * 3_600_000;

/** How many papers there are and how old they are. */
export function papersFinding({ papers, newest, updatedAt }: LibraryFacts): Finding {
  if (papers === 0)
    return failure(
      "There is no paper.",
      "Set PAPERBOY_PAGES to the folder of saved pages, or take papers in with “paperboy ingest”.",
    );
  const dated = newest === undefined ? "" : `; the newest is of ${formatDate(newest)}`;
  const taken =
    updatedAt === undefined
      ? "; none were taken in since the program came"
      : `; some were last taken in at ${momentWords(updatedAt)}`;
  return fine(`${papers} papers can be searched${dated}${taken}.`);
}

/** How the reading of a source goes. */
export function sourceFinding({ source, readAt, failedSince, failures }: SourceRecord, now: Date): Finding {
  const last = readAt === undefined ? "it was never read" : `it was last read at ${momentWords(readAt)}`;
  if (failedSince !== undefined) {
    const what = `${source} has failed ${failures} times in a row since ${momentWords(failedSince)}; ${last}.`;
    const todo = "The log of the bot says why; it is tried again every hour.";
    return now.getTime() - failedSince.getTime() >= OLD_MS ? failure(what, todo) : warning(what, todo);
  }
  if (readAt === undefined)
    return warning(`${source} was never read.`, "It is read when the bot runs, and every hour from then on.");
  const age = now.getTime() - readAt.getTime();
  if (age < OLD_MS) return fine(`${source} was last read at ${momentWords(readAt)}.`);
  return warning(
    `${source} was last read ${spanWords(age)} ago, at ${momentWords(readAt)}.`,
    "It is read every hour while the bot runs. See that it does.",
  );
}
