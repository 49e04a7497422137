import path from "node:path";
import type { Bot } from "../../src/bot/bot.ts";
import { commands } from "../../src/bot/bot.ts";
import type { Tone } from "../../src/bot/reply.ts";
import type { Digests } from "../../src/digest/digests.ts";
import type { Log } from "../../src/log.ts";
import { UserError } from "../../src/user-error.ts";
import { chat } from "../terminal/chat.ts";
import { escapeTerminal } from "../terminal/escape.ts";
import { renderReply } from "../terminal/render.ts";
import type { Order } from "./arguments.ts";
import { parseOrder } from "./arguments.ts";
import { previewAll } from "./digests.ts";
import type { Parts } from "./parts.ts";
import { newReference, now, openParts } from "./parts.ts";
import type { PlatformParts } from "./platforms.ts";
import { hasPlatforms, sendDigests, servePlatforms } from "./platforms.ts";
import { runIngest } from "./run-ingest.ts";
import { readSettings, withEnvFile } from "./settings.ts";
import { openRefreshing, refreshOnce, startFollowing, startRefreshing } from "./refreshing.ts";
import { createLineLog } from "./stderr-log.ts";
import type { ExitCode, Surroundings } from "./surroundings.ts";
import { lookOf, printJson } from "./surroundings.ts";
import { usage } from "./usage.ts";

const EXIT_CODES: Readonly<Record<Tone, ExitCode>> = { plain: 0, missing: 1, fault: 1, mistake: 2 };

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

/** Does work while the papers are kept current. */
async function whileCurrent<T>(parts: Parts, work: () => Promise<T>): Promise<T> {
  const refreshing = await openRefreshing(parts);
  const stops = [
    startFollowing(parts.library, parts.log),
    ...(refreshing === undefined ? [] : [startRefreshing(refreshing)]),
  ];
  try {
    return await work();
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}

async function refreshNow(parts: Parts): Promise<void> {
  const refreshing = await openRefreshing(parts);
  if (refreshing !== undefined) await refreshOnce(refreshing, { signal: new AbortController().signal });
}

async function startChat({ bot, library }: Parts, around: Surroundings): Promise<ExitCode> {
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

async function useParts(
  order: Exclude<Order, { kind: "help" | "version" }>,
  parts: Parts,
  around: Surroundings,
): Promise<ExitCode> {
  const { settings, bot, digests, store, log } = parts;
  const serving = async (): Promise<PlatformParts> => ({
    bot,
    digests: await digests(),
    store: await store(),
    log,
    newReference,
  });
  switch (order.kind) {
    case "start":
      return whileCurrent(parts, async () => {
        if (!hasPlatforms(settings)) return startChat(parts, around);
        await servePlatforms(settings, await serving());
        return 0;
      });
    case "run":
      return runCommand(bot, order, around);
    case "digest":
      if (order.dryRun) return showDigests(await digests(), around);
      if (!hasPlatforms(settings))
        throw new UserError(
          "There is nowhere to send digests to: set DISCORD_TOKEN or Slack's tokens, or add --dry-run to see them here.",
        );
      await refreshNow(parts);
      await sendDigests(settings, await serving());
      return 0;
    case "backup":
      await (await store()).backUp(path.resolve(order.file));
      around.stdout.write(`The database was copied into ${escapeTerminal(order.file)}.\n`);
      return 0;
    case "ingest":
      return runIngest(parts, order, around);
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
