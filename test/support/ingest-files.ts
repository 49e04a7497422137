import type { GrowingLibrary } from "../../src/library/library.ts";
import type { IngestReport } from "../../src/library/intake/report.ts";
import { takeAll } from "../../src/library/fetching/take-all.ts";
import { systemClock } from "../../src/sources/fetch/clock.ts";
import { createFilesSource } from "../../src/sources/files/files-source.ts";

/** Takes in files as the program does. */
export async function ingestFiles(library: GrowingLibrary, files: readonly string[]): Promise<IngestReport> {
  const { signal } = new AbortController();
  const report = await takeAll(library, createFilesSource(files, systemClock).read({ signal }), { signal });
  await library.save();
  return report;
}
