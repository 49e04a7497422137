import type { Need } from "../../admin/readiness.ts";
import type { Readings } from "../../admin/registry.ts";
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

function readingsOf({ library, store, settings, version }: Parts, platforms: readonly Platform[]): Readings {
  return {
    version,
    papers: library.index.size,
    connected: () => byName(platforms, ({ connected }) => connected()),
    underWay: () => byName(platforms, ({ underWay }) => underWay()),
    openDigests: async () => (await (await store()).slots.open()).length,
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
