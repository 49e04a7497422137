import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createBot } from "../../src/bot/bot.ts";
import { createDigests } from "../../src/digest/digests.ts";
import { openLibrary } from "../../src/library/library.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { GENERATED_PAGES, README_DAY, renderPage } from "./sections.ts";

/** `npm run readme` writes what README and docs show of the program anew. Run it from the project's folder. */
const state = await mkdtemp(path.join(tmpdir(), "paperboy-readme-"));
const tell = (message: string): void => void process.stderr.write(`${message}\n`);
const log = { debug: () => {}, info: () => {}, warn: tell, error: tell };
try {
  const library = await openLibrary({ pages: "data/pages", meaning: "data/meaning", state }, log);
  const now = (): Date => README_DAY;
  const newId = (): string => "readme";
  const digests = async () =>
    createDigests({ store: await openSqliteStore(":memory:", now), index: library.index, now, log, newId });
  const bot = createBot({
    library,
    digests,
    log,
    now,
    random: Math.random,
    newReference: () => "readme",
  });
  for (const page of GENERATED_PAGES)
    await writeFile(page, await renderPage(page, await readFile(page, "utf8"), bot));
} finally {
  await rm(state, { recursive: true });
}
