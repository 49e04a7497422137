import type { LookupService } from "../../src/sources/lookup.ts";
import type { LiveSettings } from "../../src/sources/live.ts";
import { createLive, thisMachine } from "../../src/sources/live.ts";
import { createMemoryTurns } from "../../src/sources/fetch/pace.ts";
import { createMemoryValidators } from "../../src/sources/fetch/validators.ts";
import type { TestClock } from "../fakes/sources/clock.ts";
import { collect, never } from "./kit.ts";

/** A service as the program wires it, on the clock of the test. */
export function createLookup(service: LookupService, clock: TestClock, settings: Partial<LiveSettings>) {
  const live = createLive(
    { version: "0.1.0", contact: "mailto:me@example.org", ...settings },
    { ...thisMachine, clock, random: () => 0.5 },
    { turns: createMemoryTurns(), validators: createMemoryValidators() },
  );
  const lookup = live.lookups[service];
  return {
    byIds: (...ids: string[]) => collect(lookup.byIds(ids, never())),
    search: (words: string) => collect(lookup.search(words, never())),
  };
}

/** The titles of what was read. */
export const titles = ({ papers }: Awaited<ReturnType<typeof collect>>): string[] =>
  papers.map(({ listing }) => listing.title);

/** What a service's answer may be in place of papers, and how often; the last says whether papers come in the end. */
export const FAULTS = [
  [{ kind: "status", status: 429, headers: { "retry-after": "20" } }, 1, true],
  [{ kind: "status", status: 500 }, 1, true],
  [{ kind: "html" }, 1, true],
  [{ kind: "short" }, 1, true],
  [{ kind: "cut" }, 1, true],
  [{ kind: "drop" }, 1, true],
  [{ kind: "status", status: 500 }, 20, false],
  [{ kind: "endless" }, 1, false],
  [{ kind: "packed" }, 1, false],
] as const;
