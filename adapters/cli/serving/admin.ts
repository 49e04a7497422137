import type { Need } from "../../admin/readiness.ts";
import { isHeld } from "../../../src/schedule/stored/held.ts";
import { platformIn } from "../../../src/schedule/place.ts";
import type { Store } from "../../../src/store/store.ts";
import type { DueReading, Readings } from "../../admin/registry.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Parts } from "../parts.ts";
import { sourceRecords } from "../sources/records.ts";
import { now } from "../surroundings.ts";
import type { PlatformParts } from "./platforms.ts";

/** A key that is claimed to see whether the database can be written, for a millisecond. */
const PROBE = "admin: can be written";

/** What has to stand for the program to do its work. */
function needsOf({ library, store }: Parts, platforms: readonly Platform[]): readonly Need[] {
  return [
    ...platforms.map(({ name, connected }) => ({
      name,
      problem: () => Promise.resolve(connected() ? undefined : "it is not connected; the log says why"),
    })),
    {
      name: "index",
      problem: async () => ((await library.index.size()) > 0 ? undefined : "it holds no paper"),
    },
    {
      name: "store",
      async problem() {
        await (await store()).once.claim(PROBE, 1);
        return undefined;
      },
    },
  ];
}

const byName = <T>(platforms: readonly Platform[], of: (platform: Platform) => T): Record<string, T> =>
  Object.fromEntries(platforms.map((platform) => [platform.name, of(platform)]));

/** How what is sent on a schedule stands. What cannot be read is not held, for nothing is sent for it. */
function dueReadings(store: Store, platforms: readonly Platform[]): Promise<readonly DueReading[]> {
  const kinds = [
    ["digest", store.subscriptions, store.slots],
    ["follow", store.follows, store.followSlots],
    ["club", store.clubs, store.clubSlots],
  ] as const;
  return Promise.all(
    kinds.map(async ([kind, subscriptions, slots]) => {
      const [all, rows] = await Promise.all([subscriptions.all(), slots.open()]);
      // A platform that nothing is open for is told too, so that its line goes on.
      const open = Object.fromEntries(platforms.map(({ name }) => [name, 0]));
      for (const { place } of rows) {
        const platform = platformIn(place);
        open[platform] = (open[platform] ?? 0) + 1;
      }
      return { kind, all: all.length, held: all.filter(isHeld).length, open };
    }),
  );
}

function readingsOf({ library, store, settings, version }: Parts, platforms: readonly Platform[]): Readings {
  return {
    version,
    papers: library.index.size,
    connected: () => byName(platforms, ({ connected }) => connected()),
    underWay: () => byName(platforms, ({ underWay }) => underWay()),
    due: async () => dueReadings(await store(), platforms),
    waiting: async () => ({
      follows: (await (await store()).matches.awaited()).length,
      letters: (await (await store()).mail.unsent()).length,
    }),
    sources: async () => sourceRecords(settings.sources.names, await store()),
    now,
  };
}

/** Health and figures, where a port is set for them; undefined where none is. */
export function watchOver(parts: Parts): PlatformParts["watch"] {
  const { figures, log, settings } = parts;
  const { admin } = settings;
  if (admin === undefined || figures === undefined) return undefined;
  return {
    count: figures.count,
    async services(platforms) {
      const { createAdminServer } = await import("../../admin/admin.ts");
      const needs = needsOf(parts, platforms);
      return [createAdminServer(admin, { figures, readings: readingsOf(parts, platforms), needs, log })];
    },
  };
}
