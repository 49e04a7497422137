import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { createColors } from "picocolors";
import type { Bot } from "../../src/bot/bot.ts";
import { commands, createBot } from "../../src/bot/bot.ts";
import type { Reply, Tone } from "../../src/bot/reply.ts";
import type { GrowingLibrary, Library } from "../../src/library/library.ts";
import type { Digests } from "../../src/digest/digests.ts";
import { createDigests } from "../../src/digest/digests.ts";
import { lazily } from "../../src/lazily.ts";
import { openLibrary } from "../../src/library/library.ts";
import type { Log } from "../../src/log.ts";
import type { Store } from "../../src/store/store.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { UserError } from "../../src/user-error.ts";
import { chat } from "../terminal/chat.ts";
import { escapeTerminal } from "../terminal/escape.ts";
import type { Look } from "../terminal/render.ts";
import { renderReply } from "../terminal/render.ts";
import type { Order } from "./arguments.ts";
import { parseOrder } from "./arguments.ts";
import { previewAll } from "./digests.ts";
import { drawProgress, renderIntake, takeIn } from "./ingest.ts";
import type { PlatformParts } from "./platforms.ts";
import { hasPlatforms, sendDigests, servePlatforms } from "./platforms.ts";
import { openSelections } from "./selections.ts";
import type { Settings } from "./settings.ts";
import { readSettings, withEnvFile } from "./settings.ts";
import type { RefreshingParts } from "./sources.ts";
import { openSources, refreshOnce, sourceRecords, startRefreshing } from "./sources.ts";
import { createLineLog } from "./stderr-log.ts";
import { usage } from "./usage.ts";

/** A stream that may be a terminal. */
type Terminal<Stream> = Stream & { readonly isTTY?: boolean; readonly columns?: number };

/** The process as the program sees it, so that tests can run it inside theirs. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Terminal<Readable>;
  readonly stdout: Terminal<Writable>;
  readonly stderr: Terminal<Writable>;
  readonly version: string;
}

/** 0 went well, 1 failed or not there, 2 wrong use. */
export type ExitCode = 0 | 1 | 2;

const EXIT_CODES: Readonly<Record<Tone, ExitCode>> = { plain: 0, missing: 1, fault: 1, mistake: 2 };

/** Lines longer than this are hard to read, however wide the window. */
const MAX_WIDTH = 100;

/** Colour only on a terminal that has it, never against NO_COLOR (no-color.org); FORCE_COLOR insists. */
function lookOf(stream: Terminal<Writable>, env: NodeJS.ProcessEnv): Look {
  const forced = Boolean(env["FORCE_COLOR"]) && env["FORCE_COLOR"] !== "0";
  const capable = stream.isTTY === true && env["TERM"] !== "dumb";
  const enabled = !env["NO_COLOR"] && (forced || capable);
  return { colors: createColors(enabled), width: Math.min(stream.columns ?? 80, MAX_WIDTH) };
}

function printJson(stdout: Writable, data: Reply["data"]): void {
  stdout.write(`${JSON.stringify(data, undefined, 2)}\n`);
}

async function runCommand(
  bot: Bot,
  order: Extract<Order, { kind: "run" }>,
  around: Surroundings,
): Promise<ExitCode> {
  const reply = await bot.handle({ ...order, caller: { platform: "terminal", user: "local" } });
  const wrong = reply.tone === "mistake" || reply.tone === "fault";
  if (order.json && !wrong) printJson(around.stdout, reply.data);
  else {
    const stream = reply.tone === "plain" ? around.stdout : around.stderr;
    stream.write(`${renderReply(reply, lookOf(stream, around.env), false)}\n`);
  }
  return EXIT_CODES[reply.tone];
}

async function ingest(
  parts: Parts,
  order: Extract<Order, { kind: "ingest" }>,
  around: Surroundings,
): Promise<ExitCode> {
  const { stderr, stdout } = around;
  const interactive = stderr.isTTY === true;
  const stop = new AbortController();
  const end = (): void => stop.abort(new Error("stopped"));
  process.once("SIGINT", end);
  try {
    const selected = openSelections(order.selections, parts, stop.signal);
    const report = await takeIn(
      { ...order, sources: await openSources(order.sources, parts, order.dryRun), selected },
      { ...parts, records: async () => (await parts.store()).sources, now },
      { signal: stop.signal, ...(interactive ? { progress: drawProgress(stderr) } : {}) },
    );
    if (interactive) stderr.write("\r\u001b[2K");
    const { text, problems } = renderIntake(report, order.dryRun);
    for (const problem of problems) stderr.write(`${problem}\n`);
    const { stopped, ...counts } = report;
    if (order.json) printJson(stdout, [counts]);
    else stdout.write(`${text}\n`);
    return report.unread === 0 && !stopped ? 0 : 1;
  } finally {
    process.removeListener("SIGINT", end);
  }
}

async function startChat(bot: Bot, library: Library, around: Surroundings): Promise<ExitCode> {
  const { stdin, stdout, env } = around;
  const greeting =
    `Paperboy knows ${library.index.size()} papers. Type what you look for, such as “search curriculum learning”; ` +
    "“help” lists all commands, “exit” ends.";
  await chat(bot, greeting, {
    input: stdin,
    output: stdout,
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    look: () => lookOf(stdout, env),
  });
  return 0;
}

const now = (): Date => new Date();
const newReference = (): string => randomUUID().slice(0, 8);

/** What orders work with; the store is opened when it is asked for. */
interface Parts {
  readonly settings: Settings;
  readonly library: GrowingLibrary;
  /** With which services are asked. */
  readonly version: string;
  readonly bot: Bot;
  readonly digests: () => Promise<Digests>;
  readonly store: ReturnType<typeof lazily<Store>>;
  readonly log: Log;
}

async function openParts(settings: Settings, version: string, log: Log): Promise<Parts> {
  const library = await openLibrary(settings.library, log);
  const store = lazily(() => openSqliteStore(path.join(settings.library.state, "paperboy.sqlite"), now));
  const digests = lazily(async () =>
    createDigests({ store: await store(), index: library.index, now, log, newId: newReference }),
  );
  const { names } = settings.sources;
  const sources = async () => (names.length === 0 ? [] : sourceRecords(names, await store()));
  const bot = createBot({ library, digests, sources, log, now, random: Math.random, newReference });
  return { settings, version, library, bot, digests, store, log };
}

/** Shows what every channel would get now. */
async function showDigests(digests: Digests, around: Surroundings): Promise<ExitCode> {
  const shown = await previewAll(digests, now());
  const look = lookOf(around.stdout, around.env);
  for (const { first, reply } of shown)
    around.stdout.write(`${escapeTerminal(first)}\n\n${renderReply(reply, look, false)}\n\n`);
  if (shown.length === 0)
    around.stdout.write("No channel has a digest. “/paper digest start” sets one up.\n");
  return 0;
}

async function refreshing(parts: Parts): Promise<RefreshingParts> {
  const { library, log, settings } = parts;
  const sources = await openSources(settings.sources.names, parts, false);
  const { once, sources: records } = await parts.store();
  return { library, records, once, sources, now, log };
}

/** Serves the platforms, and keeps the papers current meanwhile. */
async function serveAll(parts: Parts, serving: PlatformParts): Promise<ExitCode> {
  const stop = startRefreshing(await refreshing(parts));
  try {
    await servePlatforms(parts.settings, serving);
  } finally {
    await stop();
  }
  return 0;
}

async function useParts(
  order: Exclude<Order, { kind: "help" | "version" }>,
  parts: Parts,
  around: Surroundings,
): Promise<ExitCode> {
  const { settings, bot, library, digests, store, log } = parts;
  const serving = async (): Promise<PlatformParts> => ({
    bot,
    digests: await digests(),
    store: await store(),
    log,
    newReference,
  });
  switch (order.kind) {
    case "start":
      if (!hasPlatforms(settings)) return startChat(bot, library, around);
      return serveAll(parts, await serving());
    case "run":
      return runCommand(bot, order, around);
    case "digest":
      if (order.dryRun) return showDigests(await digests(), around);
      if (!hasPlatforms(settings))
        throw new UserError(
          "There is nowhere to send digests to: set DISCORD_TOKEN or Slack's tokens, or add --dry-run to see them here.",
        );
      if (settings.sources.names.length > 0)
        await refreshOnce(await refreshing(parts), { signal: new AbortController().signal });
      await sendDigests(settings, await serving());
      return 0;
    case "backup":
      await (await store()).backUp(path.resolve(order.file));
      around.stdout.write(`The database was copied into ${escapeTerminal(order.file)}.\n`);
      return 0;
    case "ingest":
      return ingest(parts, order, around);
  }
}

async function carryOut(order: Order, outside: Surroundings, log: Log): Promise<ExitCode> {
  if (order.kind === "help" || order.kind === "version") {
    outside.stdout.write(`${order.kind === "help" ? usage(commands) : outside.version}\n`);
    return 0;
  }
  const around = { ...outside, env: withEnvFile(outside.env) };
  const parts = await openParts(readSettings(around.env), outside.version, log);
  try {
    return await useParts(order, parts, around);
  } finally {
    if (parts.store.made()) await (await parts.store()).close();
  }
}

/** Builds the parts and starts them, or runs one command. Resolves with the exit code; never rejects. */
export async function runProgram(around: Surroundings): Promise<ExitCode> {
  const log = createLineLog(
    (text) => around.stderr.write(text),
    () => new Date(),
  );
  try {
    return await carryOut(parseOrder(around.argv, commands), around, log);
  } catch (error) {
    if (error instanceof UserError) {
      around.stderr.write(`${escapeTerminal(error.message)}\n`);
      return 2;
    }
    log.error("Paperboy cannot go on", { error });
    return 1;
  }
}
