import type { Listing } from "../../src/corpus/paper.ts";
import type { Problem } from "../../src/corpus/problem.ts";
import { createMemoryValidators } from "../../src/sources/fetch/validators.ts";
import { createLive, thisMachine } from "../../src/sources/live.ts";
import type { Selection } from "../../src/sources/selection.ts";
import { readSelections } from "../../src/sources/selection.ts";
import type { SourceItem } from "../../src/sources/source.ts";
import type { OpeningParts } from "./sources.ts";

/**
 * The papers of selections, read on this machine as they are asked for; without selections nothing is opened. All is
 * asked for anew, also a list that is as it was: a selection is to be had whole.
 */
export async function* openSelections(
  selections: readonly Selection[],
  parts: OpeningParts,
  signal: AbortSignal,
): AsyncGenerator<SourceItem> {
  if (selections.length === 0) return;
  const { turns } = await parts.store();
  const settings = { ...parts.settings.sources.live, version: parts.version };
  const live = createLive(settings, thisMachine, { turns, validators: createMemoryValidators() });
  yield* readSelections(live, selections, signal);
}

/** What was read so far. */
interface Read {
  readonly listings: readonly Listing[];
  readonly problems: readonly Problem[];
}

/** What was read from files, and with it what was selected. What came before the signal ended the reading is kept. */
export async function withSelected(
  { listings, problems }: Read,
  selected: AsyncIterable<SourceItem> | undefined,
  signal: AbortSignal,
): Promise<Read> {
  const read = { listings: [...listings], problems: [...problems] };
  try {
    for await (const item of selected ?? []) {
      if (item.kind === "paper") read.listings.push(item.listing);
      else if (item.kind === "problem") read.problems.push(item.problem);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return read;
}
