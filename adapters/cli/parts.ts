import path from "node:path";
import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/bot.ts";
import type { Digests } from "../../src/digest/digests.ts";
import { lazily } from "../../src/lazily.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { openLibrary } from "../../src/library/library.ts";
import type { Log } from "../../src/log.ts";
import type { SourceRecord, Store } from "../../src/store/store.ts";
import { DATABASE_FILE } from "./state/database-file.ts";
import type { Settings } from "./settings.ts";
import type { SourceName } from "./sources/source-names.ts";
import { newReference, now } from "./surroundings.ts";

/** What orders work with; the store is opened when it is asked for. */
export interface Parts {
  readonly settings: Settings;
  readonly library: GrowingLibrary;
  /** With which services are asked. */
  readonly version: string;
  readonly bot: Bot;
  readonly digests: () => Promise<Digests>;
  readonly store: ReturnType<typeof lazily<Store>>;
  readonly log: Log;
}

/** How the reading of sources stands, in their order; those that were never read too. */
function sourceRecords(names: readonly SourceName[], store: Store): Promise<readonly SourceRecord[]> {
  return Promise.all(
    names.map(async ({ key }) => (await store.sources.find(key)) ?? { source: key, failures: 0 }),
  );
}

/** What the parts are built for: with which version, where to log, whether the order only reads, and whether it serves a platform. */
export interface PartsFor {
  readonly version: string;
  readonly log: Log;
  readonly reads: boolean;
  readonly serves: boolean;
}

/** Builds the parts; reads the papers and opens nothing else. An order that only reads needs no right to write. */
export async function openParts(
  settings: Settings,
  { version, log, reads, serves }: PartsFor,
): Promise<Parts> {
  const library = await openLibrary(settings.library, log);
  const store = lazily(async () => {
    // Takes 0.1 s to load, which most commands need not wait for.
    const file = path.join(settings.library.state, DATABASE_FILE);
    if (reads) return (await import("../../src/store/read-only.ts")).openStoreToRead(file, now);
    const { openSqliteStore } = await import("../../src/store/sqlite.ts");
    const { guardStore } = await import("../../src/store/guarded.ts");
    return guardStore(await openSqliteStore(file, now, settings.keys), { file, log });
  });
  const digests = lazily(async () => {
    const { createDigests } = await import("../../src/digest/digests.ts");
    return createDigests({ store: await store(), index: library.index, now, log, newId: newReference });
  });
  const { names } = settings.sources;
  const sources = async () => (names.length === 0 ? [] : sourceRecords(names, await store()));
  // At a command line the operator takes papers in, and the services are not loaded.
  const fetching = serves
    ? (await import("./sources/fetching.ts")).openFetching({
        sources: settings.sources,
        version,
        store,
        library,
        log,
      })
    : undefined;
  const bot = createBot({
    library,
    digests,
    sources,
    ...(fetching === undefined ? {} : { fetching }),
    log,
    now,
    random: Math.random,
    newReference,
  });
  return { settings, version, library, bot, digests, store, log };
}
