import type { CompletingService } from "../../../src/library/fetching/lacking.ts";
import type { GrowingLibrary } from "../../../src/library/library.ts";
import type { NamedSource } from "../../../src/library/fetching/refresh.ts";
import type { Count } from "../../../src/figures.ts";
import type { FeedSettings } from "../../../src/sources/feed/source.ts";
import { createFeed } from "../../../src/sources/feed/source.ts";
import type { LiveMachine, LiveMemory, LiveSettings } from "../../../src/sources/live.ts";
import { createMemoryValidators } from "../../../src/sources/fetch/validators.ts";
import { createLive, thisMachine } from "../../../src/sources/live.ts";
import type { Store } from "../../../src/store/store.ts";
import { countRequests } from "../serving/counting.ts";
import type { SourceName } from "./source-names.ts";

/** What the settings say of the sources on the network. */
export interface SourceSettings {
  /** Those that are read by themselves. */
  readonly names: readonly SourceName[];
  /** Services that may complete papers, in this order. */
  readonly completing: readonly CompletingService[];
  /** Services that people in a chat may have asked for single papers, in this order. */
  readonly fetching: readonly CompletingService[];
  readonly live: Omit<LiveSettings & FeedSettings, "version" | "categories">;
}

/** What the named sources are made with. */
export interface SourceMaking {
  readonly settings: LiveSettings & FeedSettings;
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
      case "feed":
        return { key: name.key, source: createFeed(name.url, settings, { machine, memory }) };
    }
  });
}

/** This machine, whose requests are counted where somebody does so. */
export const machineFor = (count: Count | undefined): typeof thisMachine =>
  count === undefined ? thisMachine : { ...thisMachine, ...countRequests(thisMachine, count) };

/** What sources on this machine are opened with. */
export interface OpeningParts {
  readonly settings: { readonly sources: SourceSettings };
  readonly version: string;
  /** Whoever counts how services answer. Default: nobody. */
  readonly figures?: { readonly count: Count };
  readonly store: () => Promise<Store>;
  readonly library: Pick<GrowingLibrary, "hasStored">;
}

/**
 * The named sources on this machine; those of a dry run ask for everything anew, and nothing of it is remembered. Where
 * the stored papers are gone, what was read is forgotten, so that it is read again.
 */
export async function openSources(
  names: readonly SourceName[],
  parts: OpeningParts,
  dryRun: boolean,
): Promise<readonly NamedSource[]> {
  if (names.length === 0) return [];
  const { turns, validators, forgetSources } = await parts.store();
  if (!dryRun && !(await parts.library.hasStored())) await forgetSources();
  return createSources(names, {
    settings: { ...parts.settings.sources.live, version: parts.version },
    machine: machineFor(parts.figures?.count),
    memory: { turns, validators: dryRun ? createMemoryValidators() : validators },
  });
}
