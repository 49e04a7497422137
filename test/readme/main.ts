import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createBot } from "../../src/bot/bot.ts";
import { openLibrary } from "../../src/library/library.ts";
import { renderReadme } from "./sections.ts";

/** `npm run readme` writes the README's transcript and command table anew. Run it from the project's folder. */
const state = await mkdtemp(path.join(tmpdir(), "paperboy-readme-"));
const tell = (message: string): void => void process.stderr.write(`${message}\n`);
const log = { info: () => {}, warn: tell, error: tell };
try {
  const library = await openLibrary({ pages: "data/pages", state }, log);
  const noDigests = () => Promise.reject(new Error("not asked here"));
  const bot = createBot({
    library,
    digests: noDigests,
    log,
    now: () => new Date(),
    random: Math.random,
    newReference: () => "readme",
  });
  await writeFile("README.md", await renderReadme(await readFile("README.md", "utf8"), bot));
} finally {
  await rm(state, { recursive: true });
}
