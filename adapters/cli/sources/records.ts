import type { SourceRecord, Store } from "../../../src/store/store.ts";
import type { SourceName } from "./source-names.ts";

/** How the reading of sources stands, in their order; those that were never read too. */
export function sourceRecords(names: readonly SourceName[], store: Store): Promise<readonly SourceRecord[]> {
  return Promise.all(
    names.map(async ({ key }) => (await store.sources.find(key)) ?? { source: key, failures: 0 }),
  );
}
