import { cp, writeFile } from "node:fs/promises";
import path from "node:path";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { openLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { pagesFolder } from "../support/seed-pages.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A copy of the bundled pages and an empty state folder, with a library to open over them and files to take in. */
export async function folders() {
  const root = await temporaryFolder();
  const settings = { pages: path.join(root, "pages"), state: path.join(root, "state") };
  await cp(pagesFolder, settings.pages, { recursive: true });
  const open = async (): Promise<{ library: GrowingLibrary; lines: string[] }> => {
    const { log, lines } = collectingLog();
    return { library: await openLibrary(settings, log), lines };
  };
  const write = async (name: string, ...lines: (string | object)[]): Promise<string> => {
    const file = path.join(root, name);
    await writeFile(
      file,
      lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
    );
    return file;
  };
  return { settings, open, write, indexFile: path.join(settings.state, "papers.index") };
}
