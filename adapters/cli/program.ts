import path from "node:path";
import type { Bot } from "../../src/bot/bot.ts";
import { commands } from "../../src/bot/bot.ts";
import type { Tone } from "../../src/bot/reply.ts";
import type { Digests } from "../../src/digest/digests.ts";
import type { Log } from "../../src/log.ts";
import { UserError } from "../../src/user-error.ts";
import { escapeLines, escapeTerminal } from "../terminal/escape.ts";
import type { Order } from "./arguments.ts";
import { parseOrder } from "./arguments.ts";
import type { Parts } from "./parts.ts";
import { newReference, now } from "./surroundings.ts";
import type { PlatformParts } from "./serving/platforms.ts";
import type { Settings } from "./settings.ts";
import { hasPlatforms, hasServices, readSettings, withEnvFile } from "./settings.ts";
import { adoptState, makeStatePrivate } from "./state/state-folder.ts";
import { withStyleFile } from "./style-file.ts";
import { createLineLog } from "./stderr-log.ts";
import type { Stops } from "./serving/stops.ts";
import { listenForStops } from "./serving/stops.ts";
import type { ExitCode, Surroundings } from "./surroundings.ts";
import { lookOf, printJson } from "./surroundings.ts";
import { ORDER_USAGE, usage } from "./usage.ts";

const EXIT_CODES: Readonly<Record<Tone, ExitCode>> = { plain: 0, missing: 1, fault: 1, mistake: 2 };

async function runCommand(
  bot: Bot,
  order: Extract<Order, { kind: "run" }>,
  around: Surroundings,
): Promise<ExitCode> {
  const args = await withStyleFile(order.args);
  const reply = await bot.handle({
    command: order.command,
    args,
    caller: { platform: "terminal", user: "local" },
  });
  const wrong = reply.tone === "mistake" || reply.tone === "fault";
  const { document } = reply;
  if (order.json && !wrong) printJson(around.stdout, reply.data);
  else if (document !== undefined && reply.tone === "plain") {
    around.stdout.write(`${escapeLines(document.text)}\n`);
    for (const note of document.notes) around.stderr.write(`${escapeTerminal(note)}\n`);
  } else {
    const stream = reply.tone === "plain" ? around.stdout : around.stderr;
    const { renderReply } = await import("../terminal/render.ts");
    stream.write(`${renderReply(reply, lookOf(stream, around.env), false)}\n`);
  }
  return EXIT_CODES[reply.tone];
}

/** Does work while the papers are kept current. */
async function whileCurrent<T>(parts: Parts, work: () => Promise<T>, asked?: AbortSignal): Promise<T> {
  const { openRefreshing, startFollowing, startRefreshing } = await import("./intake/refreshing.ts");
  const refreshing = await openRefreshing(parts);
  const { startClockWatch } = await import("./serving/clock-watch.ts");
  const { startEncoding } = await import("./encoder/encoding.ts");
  const stops = [
    startClockWatch(parts.log),
    startFollowing(parts.library, parts.log),
    startEncoding(parts.library, parts.log),
    ...(refreshing === undefined ? [] : [startRefreshing(refreshing)]),
  ];
  let ending: Promise<unknown> | undefined;
  const end = (): Promise<unknown> => (ending ??= Promise.all(stops.map((stop) => stop())));
  asked?.addEventListener("abort", () => void end().catch(() => undefined));
  try {
    return await work();
  } finally {
    await end();
  }
}

const servingParts = async ({ bot, digests, store, log, version }: Parts): Promise<PlatformParts> => ({
  bot,
  digests: await digests(),
  store: await store(),
  log,
  newReference,
  version,
});

async function startChat({ bot, library }: Parts, around: Surroundings): Promise<ExitCode> {
  const { stdin, stdout, env } = around;
  const greeting =
    `Paperboy knows ${library.index.size()} papers. Type what you look for, such as “search curriculum learning”; ` +
    "“help” lists all commands, “exit” ends.";
  const { chat } = await import("../terminal/chat.ts");
  await chat(bot, greeting, {
    input: stdin,
    output: stdout,
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    look: () => lookOf(stdout, env),
  });
  return 0;
}

/** Shows what every channel would get now. */
async function showDigests(digests: Digests, around: Surroundings): Promise<ExitCode> {
  const { previewAll } = await import("./serving/digests.ts");
  const shown = await previewAll(digests, now());
  const look = lookOf(around.stdout, around.env);
  const damaged = await digests.damaged();
  const { damagedWords } = await import("../../src/digest/words.ts");
  const { renderReply } = await import("../terminal/render.ts");
  for (const one of damaged) around.stderr.write(`${escapeTerminal(damagedWords(one))}\n`);
  for (const { first, reply } of shown)
    around.stdout.write(`${escapeTerminal(first)}\n\n${renderReply(reply, look, false)}\n\n`);
  if (shown.length === 0 && damaged.length === 0)
    around.stdout.write("No channel has a digest. “/paper digest start” sets one up.\n");
  return damaged.length === 0 ? 0 : 1;
}

/** Serves the platforms that have settings, or the terminal where none has. */
async function serve(parts: Parts, around: Surroundings, stops: Stops | undefined): Promise<ExitCode> {
  if (stops === undefined) return whileCurrent(parts, () => startChat(parts, around));
  const asked = stops.asked();
  const work = async (): Promise<ExitCode> => {
    const { servePlatforms } = await import("./serving/platforms.ts");
    await servePlatforms(parts.settings, await servingParts(parts), asked);
    return 0;
  };
  return whileCurrent(parts, work, asked);
}

/** Reads what is new, and sends the digests that are due. */
async function deliver(parts: Parts, stops: Stops | undefined): Promise<ExitCode> {
  if (stops === undefined)
    throw new UserError(
      "There is nowhere to send digests to: set DISCORD_TOKEN or Slack's tokens, or add --dry-run to see them here.",
    );
  const { openRefreshing, refreshOnce } = await import("./intake/refreshing.ts");
  const refreshing = await openRefreshing(parts);
  const read = async (signal: AbortSignal): Promise<void> => {
    if (refreshing !== undefined) await refreshOnce(refreshing, { signal });
  };
  const { sendDigests } = await import("./serving/sending.ts");
  const failed = await sendDigests(parts.settings, await servingParts(parts), {
    read,
    asked: stops.asked(),
  });
  const damaged = await (await parts.digests()).damaged();
  if (failed.length === 0 && damaged.length === 0) return 0;
  if (failed.length > 0)
    parts.log.error(`Not everything could be sent; the next run tries again. ${failed.join("; ")}`);
  // Set before the program ends, for requests that are never answered end it.
  process.exitCode = 1;
  return 1;
}

/** Carries an order out. What only some orders need is loaded for them alone, since most are over in a moment. */
async function useParts(
  order: Exclude<Order, { kind: "help" | "version" | "backup" | "encoder" }>,
  parts: Parts,
  { around, stops }: { readonly around: Surroundings; readonly stops: Stops | undefined },
): Promise<ExitCode> {
  switch (order.kind) {
    case "start":
      return serve(parts, around, stops);
    case "run":
      return runCommand(parts.bot, order, around);
    case "digest":
      return order.dryRun ? showDigests(await parts.digests(), around) : deliver(parts, stops);
    case "mcp": {
      const { runMcp } = await import("./run-mcp.ts");
      return runMcp(parts, around);
    }
    case "complete": {
      const { runComplete } = await import("./intake/run-complete.ts");
      return runComplete(parts, order, around);
    }
    case "ingest": {
      const { runIngest } = await import("./intake/run-ingest.ts");
      return runIngest(parts, order, around);
    }
  }
}

/** Copies the state, which needs neither the papers in memory nor a folder that may be written. */
async function backUp({ library }: Settings, folder: string, { stdout }: Surroundings): Promise<ExitCode> {
  const { backUpState } = await import("./state/backup.ts");
  await backUpState(library.state, path.resolve(folder));
  stdout.write(
    `The papers taken in and the database were copied into ${escapeTerminal(folder)}. To go on from there, set PAPERBOY_STATE to it.\n`,
  );
  return 0;
}

/** Takes over the state folder that an earlier version kept inside its own folder. */
async function adoptOldState({ oldState, library: { state } }: Settings, log: Log): Promise<void> {
  if (oldState === undefined) return;
  const { kind } = await adoptState(oldState, state);
  if (kind === "copied")
    log.warn(
      `Copied the papers and the database from ${oldState} to ${state}, which is used from now on; the first cannot be removed and is left`,
    );
  if (kind === "moved") log.info(`Moved the papers and the database from ${oldState} to ${state}`);
  if (kind === "passed-over")
    log.warn(`${oldState} is left as it is: ${state} is used. Remove the first, or set PAPERBOY_STATE to it`);
}

const usageOf = ({ of }: Extract<Order, { kind: "help" }>): string =>
  of === undefined ? usage(commands) : ORDER_USAGE[of];

/** Whether an order changes nothing that has to outlive it. */
function onlyReads(order: Order, settings: Settings): boolean {
  if (order.kind === "digest" || order.kind === "ingest" || order.kind === "complete") return order.dryRun;
  return order.kind !== "start" || (!hasServices(settings) && settings.sources.names.length === 0);
}

async function carryOut(order: Order, outside: Surroundings, log: Log): Promise<ExitCode> {
  if (order.kind === "help" || order.kind === "version") {
    outside.stdout.write(`${order.kind === "version" ? outside.version : usageOf(order)}\n`);
    return 0;
  }
  const around = { ...outside, env: withEnvFile(outside.env) };
  const settings = readSettings(around.env);
  await adoptOldState(settings, log);
  if (await makeStatePrivate(settings.library.state))
    log.info(`Others could read ${settings.library.state}; from now on only its owner can`);
  if (order.kind === "backup") return backUp(settings, order.folder, around);
  if (order.kind === "encoder")
    return (await import("./encoder/encoder.ts")).runEncoder(order, settings, around);
  // Other orders are over in a moment, or end as their own people say.
  const talks = order.kind === "start" || (order.kind === "digest" && !order.dryRun);
  const serves = order.kind === "start" ? hasServices(settings) : hasPlatforms(settings);
  const stops = talks && serves ? listenForStops(log) : undefined;
  const { openParts } = await import("./parts.ts");
  const parts = await openParts(settings, {
    version: outside.version,
    log,
    reads: onlyReads(order, settings),
    serves: order.kind === "start" && hasPlatforms(settings),
  });
  try {
    return await useParts(order, parts, { around, stops });
  } finally {
    stops?.over();
    await parts.library.close();
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
