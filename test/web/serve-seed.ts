import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRoutes } from "../../adapters/web/routes.ts";
import { createWebServer } from "../../adapters/web/web.ts";
import { openLibrary } from "../../src/library/library.ts";
import type { Log } from "../../src/log.ts";
import { projectRoot } from "../../src/project-root.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { publishArchive, sendDigests } from "../support/archived.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { createTestBot } from "../support/seed-bot.ts";

const data = (name: string): string => path.join(projectRoot(), "data", name);
const mcp = () => Promise.reject(new Error("not asked here"));

/** The bundled papers, and a channel that got digests on three days and lets others read them; also outside of tests. */
async function openSeed() {
  const state = await mkdtemp(path.join(tmpdir(), "paperboy-seed-"));
  const { log, errors } = collectingLog();
  const library = await openLibrary({ pages: data("pages"), meaning: data("meaning"), state }, log);
  const store = await openSqliteStore(":memory:", () => new Date());
  const made = createTestBot(library, store);
  await sendDigests(made, { from: "2026-11-25", days: 3 });
  const archive = await publishArchive(made, "Vision & <papers>");
  const parts = { bot: made.bot, log, newReference: () => "ref-1", mcp };
  const close = async (): Promise<void> => {
    await store.close();
    await rm(state, { recursive: true, force: true });
  };
  return { archive, errors, parts, close };
}

/** The pages over them as a function. */
export async function seedRoutes(url: string) {
  const { archive, parts, close } = await openSeed();
  return { app: createRoutes({ ...parts, url }, () => true), archive, close };
}

/** The pages over them on loopback. */
export async function serveSeed() {
  const { archive, errors, parts, close } = await openSeed();
  let address = "";
  const info: Log["info"] = (line) => void (address = /http:\S+/.exec(line)?.[0] ?? address);
  const server = createWebServer({ host: "127.0.0.1", port: 0 }, { ...parts, log: { ...parts.log, info } });
  await server.start();
  const end = async (): Promise<void> => {
    await server.stop();
    await close();
  };
  return { address, archive, errors, end };
}
