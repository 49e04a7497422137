import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRoutes } from "../../adapters/web/routes.ts";
import { openLibrary } from "../../src/library/library.ts";
import { projectRoot } from "../../src/project-root.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { publishArchive, sendDigests } from "../support/archived.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { createTestBot } from "../support/seed-bot.ts";

/** Writes feeds of a search, of all papers and of an archive into a folder, for other readers; with how many entries each has. */
const [folder = "."] = process.argv.slice(2);
const state = await mkdtemp(path.join(tmpdir(), "paperboy-feeds-"));
const data = (name: string): string => path.join(projectRoot(), "data", name);
const { log } = collectingLog();
const library = await openLibrary({ pages: data("pages"), meaning: data("meaning"), state }, log);
const store = await openSqliteStore(":memory:", () => new Date());
const made = createTestBot(library, store);
await sendDigests(made, { from: "2026-11-25", days: 3 });
const archive = await publishArchive(made, "Vision & <papers>");
const mcp = () => Promise.reject(new Error("not asked here"));
const url = "https://papers.example";
const app = createRoutes({ bot: made.bot, log, newReference: () => "ref", mcp, url }, () => true);
const expected: Record<string, number> = {};
for (const kind of ["atom", "rss", "json"])
  for (const [name, where, entries] of [
    ["search", `/feed.${kind}?q=pretraining`, 50],
    ["archive", `/archive/${archive}/feed.${kind}`, 3],
  ] as const) {
    const response = await app.request(url + where);
    const file = `${name}.${kind}`;
    await writeFile(path.join(folder, file), await response.text());
    expected[file] = entries;
  }
await writeFile(path.join(folder, "expected.json"), JSON.stringify(expected));
await store.close();
await rm(state, { recursive: true });
