import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReference } from "../../src/corpus/identifiers/reference.ts";
import type { Fetched } from "../../src/library/fetching/fetching.ts";
import { FETCHES } from "../../src/library/fetching/fetching.ts";
import { createPaperFetching } from "../../src/library/fetching/fetch-paper.ts";
import { openLibrary } from "../../src/library/library.ts";
import { createLive, thisMachine } from "../../src/sources/live.ts";
import { createMemoryTurns } from "../../src/sources/fetch/pace.ts";
import { createMemoryValidators } from "../../src/sources/fetch/validators.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { startArxiv } from "../fakes/sources/arxiv.ts";
import type { TestClock } from "../fakes/sources/clock.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { never } from "../sources/kit.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const HOUR = 60 * 60 * 1000;

/** Fetching from a fake arXiv on the clock of the test. */
async function setUp(clock: TestClock = createTestClock("2026-03-20T12:00:00Z")) {
  const arxiv = await startArxiv({ clock });
  const { log, lines } = collectingLog();
  const library = await openLibrary({ pages: await temporaryFolder(), state: await temporaryFolder() }, log);
  const { once } = await openSqliteStore(":memory:", clock.now);
  const live = createLive(
    { version: "0.1.0", contact: "mailto:me@example.org", arxivApiUrl: arxiv.url },
    { ...thisMachine, clock, random: () => 0.5 },
    { turns: createMemoryTurns(), validators: createMemoryValidators() },
  );
  const made = {
    services: ["arxiv"] as const,
    library,
    log,
    open: async () => ({ live, once }),
    deadline: never,
  };
  // Each is a process of its own on one database.
  const processes = [createPaperFetching(made), createPaperFetching(made)] as const;
  const fetch = async (id: string, place = "a", process: 0 | 1 = 0): Promise<Fetched> => {
    const reference = parseReference(id);
    if (reference === undefined) throw new Error(`${id} is no id`);
    return processes[process].fetch(reference, place);
  };
  return { arxiv, clock, fetch, lines };
}

describe("fetching a paper", () => {
  it("asks once for what many want at the same time", async () => {
    const { arxiv, fetch } = await setUp();
    const all = await Promise.all(["a", "b", "c"].map((place) => fetch("2603.00001", place)));
    expect(all.map(({ kind }) => kind)).toEqual(["taken", "taken", "taken"]);
    expect(arxiv.requests).toHaveLength(1);
  });

  it("tells a failure, and may be tried again at once", async () => {
    const { arxiv, fetch, lines } = await setUp();
    arxiv.failNext({ kind: "status", status: 500 }, 20);
    expect(await fetch("2603.00001")).toEqual({ kind: "failed", service: "arXiv" });
    expect(lines.join("\n")).toContain("status 500");
    expect(arxiv.requests.length).toBeGreaterThan(0);
  });

  /** Of no place more than ten papers are asked for within an hour, of all sixty, and of none twice a day that is not there. */
  it("keeps to its pace for each place and all together, whoever asks for what from which process", async () => {
    const ask = fc.record({
      id: fc.oneof(
        { weight: 3, arbitrary: fc.nat(60).map((n) => `2603.9${String(n).padStart(4, "0")}`) },
        { weight: 1, arbitrary: fc.nat(20).map((n) => `2603.${String(n + 1).padStart(5, "0")}`) },
      ),
      place: fc.constantFrom("a", "b"),
      process: fc.constantFrom<0 | 1>(0, 1),
      minutes: fc.constantFrom(0, 0, 0, 1, 9, 70),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(ask, { minLength: 10, maxLength: 40 }), async (asked) => {
        const { arxiv, clock, fetch } = await setUp();
        const made: { place: string; id: string; at: number }[] = [];
        for (const { id, place, process, minutes } of asked) {
          clock.set(new Date(clock.now().getTime() + minutes * 60_000).toISOString());
          const before = arxiv.requests.length;
          await fetch(id, place, process);
          if (arxiv.requests.length > before) made.push({ place, id, at: clock.now().getTime() });
        }
        for (const { at, place } of made) {
          const recent = made.filter((one) => one.at > at - HOUR && one.at <= at);
          expect(recent.filter((one) => one.place === place).length).toBeLessThanOrEqual(FETCHES.ofPlace);
          expect(recent.length).toBeLessThanOrEqual(FETCHES.ofAll);
        }
        const vain = made.filter(
          ({ id, at }) => id.startsWith("2603.9") && at < (made[0]?.at ?? 0) + 24 * HOUR,
        );
        expect(new Set(vain.map(({ id }) => id)).size).toBe(vain.length);
      }),
      { numRuns: 8 },
    );
  });
});
