import { createMemoryValidators } from "../../../src/sources/fetch/validators.ts";
import { createLive, thisMachine } from "../../../src/sources/live.ts";
import type { Selection } from "../../../src/sources/selection.ts";
import { readSelections } from "../../../src/sources/selection.ts";
import type { SourceItem } from "../../../src/sources/source.ts";
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
