import { watch } from "node:fs";
import path from "node:path";
import { renderProblem } from "../../../src/corpus/problem.ts";
import { storedFile } from "../../../src/library/record/stored-file.ts";
import type { GrowingLibrary } from "../../../src/library/library.ts";
import type {
  NamedSource,
  RefreshParts,
  RefreshReport,
  RefreshRequest,
} from "../../../src/library/fetching/refresh.ts";
import { refresh } from "../../../src/library/fetching/refresh.ts";
import type { Log } from "../../../src/log.ts";
import { underReference } from "../../../src/reference.ts";
import { StorageError } from "../../../src/store/storage-error.ts";
import type { SharedRecord } from "../../../src/store/kept/record.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Troubles } from "../../../src/troubles.ts";
import { createTroubles } from "../../../src/troubles.ts";
import type { Parts } from "../parts.ts";
import { newReference, now } from "../surroundings.ts";
import { HOUR_MS, MINUTE_MS, startRhythm } from "../serving/schedule.ts";
import { openSources } from "../sources/sources.ts";

/** Ten minutes before every hour, since most digests come on the hour. */
const EVERY_HOUR = { every: HOUR_MS, after: -10 * MINUTE_MS };
/** A source that another process read within this time, or this one before it was started again, is left alone. */
const ALONE_MS = 25 * 60 * 1000;

/** Troubles that are told once and not every hour. */
const UNREAD = "unread entries";
const FAILING = "no refresh";

const claimOf = (key: string): string => `refresh ${key}`;

/** What refreshing by itself works with. */
export interface RefreshingParts extends RefreshParts {
  readonly library: Pick<GrowingLibrary, "take" | "save" | "follow">;
  readonly sources: readonly NamedSource[];
  readonly once: Store["once"];
  readonly troubles: Troubles;
}

/** One refresh of the sources that no process has read lately; what other processes took in is found afterwards too. */
export const refreshOnce = (
  parts: RefreshingParts,
  request: Omit<RefreshRequest, "sources">,
): Promise<RefreshReport | undefined> => underReference(newReference, () => refreshAll(parts, request));

async function refreshAll(
  { sources, once, troubles, ...parts }: RefreshingParts,
  request: Omit<RefreshRequest, "sources">,
): Promise<RefreshReport | undefined> {
  const { log } = parts;
  try {
    const claims = await Promise.all(sources.map(({ key }) => once.claim(claimOf(key), ALONE_MS)));
    const mine = sources.filter((_source, i) => claims[i]);
    await parts.library.follow();
    const report = await refresh(parts, { ...request, sources: mine });
    // The next start goes on with what this end interrupted.
    if (request.signal.aborted) await Promise.all(mine.map(({ key }) => once.release(claimOf(key))));
    const { added, improved, unread, partly, problems, passed } = report;
    if (passed !== undefined) log.debug("Entries of feeds are no papers, for want of", passed);
    if (added > 0)
      parts.log.info(
        `Took in ${added} new ${added === 1 ? "paper" : "papers"}; ${improved} are known better`,
      );
    const [first] = problems;
    // That a source failed is told once and not every hour; what in its lists could not be read is told.
    if (report.failed.length === 0 && first !== undefined)
      troubles.begins(UNREAD, () =>
        log.warn(
          `${unread + partly} entries of the sources could not be read, such as ${renderProblem(first)}`,
        ),
      );
    if (first === undefined)
      troubles.ends(UNREAD, () => log.info("All entries of the sources can be read again"));
    troubles.ends(FAILING, () => log.info("The sources are refreshed again"));
    return report;
  } catch (error) {
    // The database or the folder failed; what is known goes on being answered.
    if (!(error instanceof StorageError))
      troubles.begins(FAILING, () => log.error("The sources could not be refreshed", { error }));
    return undefined;
  }
}

/** The sources that the settings name; undefined where they name none. */
export async function openRefreshing(parts: Parts): Promise<RefreshingParts | undefined> {
  const { library, log, settings } = parts;
  if (settings.sources.names.length === 0) return undefined;
  const sources = await openSources(settings.sources.names, parts, false);
  const { once, sources: records } = await parts.store();
  return { library, records, once, sources, now, log, troubles: createTroubles() };
}

/** Refreshes now and every hour; resolves with what ends that, once what was read is stored. */
export function startRefreshing(parts: RefreshingParts): () => Promise<void> {
  const stop = new AbortController();
  let underWay: Promise<unknown> = Promise.resolve();
  const look = (): Promise<unknown> => {
    underWay = underWay.then(() => refreshOnce(parts, { signal: stop.signal }));
    return underWay;
  };
  const end = startRhythm(EVERY_HOUR, look);
  void look();
  return async () => {
    stop.abort(new Error("the program ends"));
    await end();
    await underWay;
  };
}

/** Calls `changed` when the stored papers change, where the system tells of it; what it gives ends that. */
function watchStored(state: string, changed: () => void): () => void {
  const stored = path.basename(storedFile(state));
  try {
    const watcher = watch(state, { persistent: false }, (_event, name) => {
      if (name === null || name === stored) changed();
    });
    // A folder that goes away, or more watchers than the system allows: every minute is looked all the same.
    watcher.on("error", () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}

/** Where papers may come from besides this program. */
export interface Following {
  readonly state: string;
  /** Those of other machines. */
  readonly record?: Pick<SharedRecord, "watch"> | undefined;
  readonly log: Log;
}

/**
 * Finds what another program took in or removed, such as `ingest` and `remove` beside the bot: at once where the system tells
 * of changes in the state folder, or the database of changes on other machines, else every minute. Resolves with what ends that.
 */
export function startFollowing(
  library: Pick<GrowingLibrary, "follow">,
  { state, log, record }: Following,
): () => Promise<void> {
  const troubles = createTroubles();
  const look = async (): Promise<void> => {
    try {
      await library.follow();
      troubles.ends(FAILING, () => log.info("What other programs took in can be read again"));
    } catch (error) {
      troubles.begins(FAILING, () => log.error("What other programs took in could not be read", { error }));
    }
  };
  let underWay: Promise<void> | undefined;
  let isWanted = false;
  /** One look after the other, and one more where something changed meanwhile. */
  const lookOn = async (): Promise<void> => {
    while (isWanted) {
      isWanted = false;
      await look();
    }
    underWay = undefined;
  };
  const lookSoon = (): void => {
    isWanted = true;
    underWay ??= lookOn();
  };
  const unwatch = watchStored(state, lookSoon);
  const unlisten = record?.watch(lookSoon);
  const end = startRhythm({ every: MINUTE_MS }, look);
  return async () => {
    unwatch();
    await unlisten?.();
    await end();
    await underWay;
  };
}
