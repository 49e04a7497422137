import { schedule } from "node-cron";
import type { RefreshParts, RefreshReport, RefreshRequest, NamedSource } from "../../src/library/refresh.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { refresh } from "../../src/library/refresh.ts";
import type { LiveMachine, LiveMemory, LiveSettings } from "../../src/sources/live.ts";
import { createMemoryValidators } from "../../src/sources/fetch/validators.ts";
import { createLive, thisMachine } from "../../src/sources/live.ts";
import type { SourceRecord, Store } from "../../src/store/store.ts";
import type { SourceName } from "./source-names.ts";

/** What the settings say of the sources on the network. */
export interface SourceSettings {
  /** Those that are read by themselves. */
  readonly names: readonly SourceName[];
  readonly live: Omit<LiveSettings, "version" | "categories">;
}

/** What the named sources are made with. */
export interface SourceMaking {
  readonly settings: LiveSettings;
  readonly machine: LiveMachine;
  readonly memory: LiveMemory;
}

/** Makes the named sources, at one pace for all processes that share the memory. */
export function createSources(
  names: readonly SourceName[],
  { settings, machine, memory }: SourceMaking,
): readonly NamedSource[] {
  return names.map((name) => {
    switch (name.kind) {
      case "huggingface":
        return { key: name.key, source: createLive(settings, machine, memory).huggingFace };
      case "arxiv": {
        const { categories } = name;
        return { key: name.key, source: createLive({ ...settings, categories }, machine, memory).arxiv };
      }
    }
  });
}

/** What sources on this machine are opened with. */
export interface OpeningParts {
  readonly settings: { readonly sources: SourceSettings };
  readonly version: string;
  readonly store: () => Promise<Store>;
}

/** The named sources on this machine; those of a dry run ask for everything anew, and nothing of it is remembered. */
export async function openSources(
  names: readonly SourceName[],
  parts: OpeningParts,
  dryRun: boolean,
): Promise<readonly NamedSource[]> {
  if (names.length === 0) return [];
  const { turns, validators } = await parts.store();
  return createSources(names, {
    settings: { ...parts.settings.sources.live, version: parts.version },
    machine: thisMachine,
    memory: { turns, validators: dryRun ? createMemoryValidators() : validators },
  });
}

/** How the reading of sources stands, in their order; those that were never read too. */
export function sourceRecords(names: readonly SourceName[], store: Store): Promise<readonly SourceRecord[]> {
  return Promise.all(
    names.map(async ({ key }) => (await store.sources.find(key)) ?? { source: key, failures: 0 }),
  );
}

/** Ten minutes before every hour, since most digests come on the hour. */
const EVERY_HOUR = "50 * * * *";
/** A source that another process read within this time, or this one before it was started again, is left alone. */
const ALONE_MS = 25 * 60 * 1000;

/** What refreshing by itself works with. */
export interface RefreshingParts extends RefreshParts {
  readonly library: Pick<GrowingLibrary, "take" | "save" | "follow">;
  readonly sources: readonly NamedSource[];
  readonly once: Store["once"];
}

/** One refresh of the sources that no process has read lately; what other processes took in is found afterwards too. */
export async function refreshOnce(
  { sources, once, ...parts }: RefreshingParts,
  request: Omit<RefreshRequest, "sources">,
): Promise<RefreshReport | undefined> {
  try {
    const mine = await Promise.all(sources.map(({ key }) => once.claim(`refresh ${key}`, ALONE_MS)));
    await parts.library.follow();
    const report = await refresh(parts, { ...request, sources: sources.filter((_source, i) => mine[i]) });
    const { added, improved } = report;
    if (added > 0) parts.log.info(`Took in ${added} new papers; ${improved} are known better`);
    return report;
  } catch (error) {
    // The database or the folder failed; what is known goes on being answered.
    parts.log.error("The sources could not be refreshed", { error });
    return undefined;
  }
}

/** Refreshes now and every hour; resolves with what ends that, once what was read is stored. */
export function startRefreshing(parts: RefreshingParts): () => Promise<void> {
  if (parts.sources.length === 0) return () => Promise.resolve();
  const stop = new AbortController();
  let underWay: Promise<unknown> = Promise.resolve();
  const look = (): Promise<unknown> => {
    underWay = underWay.then(() => refreshOnce(parts, { signal: stop.signal }));
    return underWay;
  };
  const task = schedule(EVERY_HOUR, look, { noOverlap: true, name: "sources" });
  void look();
  return async () => {
    stop.abort(new Error("the program ends"));
    await task.destroy();
    await underWay;
  };
}
