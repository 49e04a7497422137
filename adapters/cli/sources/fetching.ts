import type { PaperFetching } from "../../../src/library/fetching/fetching.ts";
import { createPaperFetching } from "../../../src/library/fetching/fetch-paper.ts";
import type { GrowingLibrary } from "../../../src/library/library.ts";
import { lazily } from "../../../src/lazily.ts";
import type { Count } from "../../../src/figures.ts";
import type { Log } from "../../../src/log.ts";
import { createMemoryValidators } from "../../../src/sources/fetch/validators.ts";
import { createLive } from "../../../src/sources/live.ts";
import type { Store } from "../../../src/store/store.ts";
import type { SourceSettings } from "./sources.ts";
import { machineFor } from "./sources.ts";

/** What fetching on this machine works with. */
interface FetchingMachine {
  readonly sources: SourceSettings;
  readonly version: string;
  readonly store: () => Promise<Store>;
  readonly library: Pick<GrowingLibrary, "take">;
  readonly log: Log;
  /** Default: nobody counts. */
  readonly count?: Count;
}

/** Fetching from the services that the settings allow; undefined where they allow none. Nothing is opened before it is used. */
export function openFetching({
  sources,
  version,
  store,
  library,
  log,
  count,
}: FetchingMachine): PaperFetching | undefined {
  if (sources.fetching.length === 0) return undefined;
  const open = lazily(async () => {
    const { turns, once } = await store();
    const memory = { turns, validators: createMemoryValidators() };
    return { live: createLive({ ...sources.live, version }, machineFor(count), memory), once };
  });
  return createPaperFetching({ services: sources.fetching, library, open, log });
}
