import { describe, expect, it } from "vitest";
import { parseArxivId } from "../../src/corpus/identifiers/paper-id.ts";
import { complete } from "../../src/library/fetching/complete.ts";
import { openLibrary } from "../../src/library/library.ts";
import type { Progress } from "../../src/library/fetching/refresh.ts";
import { createMemoryTurns } from "../../src/sources/fetch/pace.ts";
import { createMemoryValidators } from "../../src/sources/fetch/validators.ts";
import { createLive, thisMachine } from "../../src/sources/live.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startSemanticScholar } from "../fakes/sources/semantic-scholar.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const papers = Array.from({ length: 250 }, (_none, n) => ({
  paperId: String(n).padStart(40, "0"),
  title: `Paper number ${n}`,
  externalIds: { ArXiv: `2401.${String(n).padStart(5, "0")}` },
  abstract: `About ${n}.`,
  year: 2024,
  authors: [{ name: "Ann One" }],
  publicationTypes: ["JournalArticle"],
  venue: "Journal of Numbers",
}));

/** A library of papers of which only title and identifier are known. */
async function setUp() {
  const clock = createTestClock("2026-03-06T12:00:00Z");
  const full = await startSemanticScholar({ clock, papers });
  const live = createLive(
    { version: "0.1.0", contact: "mailto:me@example.org", semanticScholarUrl: full.url },
    { ...thisMachine, clock, random: () => 0.5 },
    { turns: createMemoryTurns(), validators: createMemoryValidators() },
  );
  const folders = { pages: await temporaryFolder(), state: await temporaryFolder() };
  const library = await openLibrary(folders, collectingLog().log);
  const { asked } = await openSqliteStore(":memory:", clock.now);
  const listings = papers.map(({ title, externalIds }) => {
    const arxivId = parseArxivId(externalIds.ArXiv);
    return { title, listedOn: "mine", ...(arxivId === undefined ? {} : { arxivId }) };
  });
  await library.take(listings);
  const run = (signal: AbortSignal, progress?: (told: Progress) => void) =>
    complete(
      { library, index: library.index, live, asked, now: clock.now },
      { services: ["semantic-scholar"], signal, ...(progress === undefined ? {} : { progress }) },
    );
  return { full, run };
}

describe("completing a library", () => {
  it("tells how far it has come, and after an end goes on with what is left", async () => {
    const { full, run } = await setUp();
    const stop = new AbortController();
    const told: Progress[] = [];
    const first = await run(stop.signal, (progress) => {
      told.push(progress);
      if (told.length === 2) stop.abort(new Error("stopped"));
    });
    expect(told.map(({ source, papers: done, share }) => [source, done, share.toFixed(2)])).toEqual([
      ["Semantic Scholar", 100, "0.33"],
      ["Semantic Scholar", 200, "0.67"],
    ]);
    expect([first.lacking, first.report.improved]).toEqual([250, 200]);
    const second = await run(new AbortController().signal);
    expect([second.lacking, second.report.improved, second.report.unread]).toEqual([50, 50, 0]);
    expect(second.facts.get("abstract")).toBe(50);
    expect((await run(new AbortController().signal)).lacking).toBe(0);
    expect([full.requests.length, full.violations]).toEqual([3, []]);
  });
});
