import { newReference, now } from "../surroundings.ts";
import type { Parts } from "../parts.ts";
import { watchOver } from "../serving/admin.ts";
import type { PlatformParts } from "../serving/platforms.ts";
import { namesMade } from "../settings/setting-names.ts";
import { hasChats, hasServices } from "../settings/settings.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";
import { lookOf } from "../surroundings.ts";
import type { AtHand, PartsWork } from "./order.ts";

/** Has backups made by themselves, where the settings say so. */
async function backingUp(
  { settings, version, store, log }: Parts,
  env: NodeJS.ProcessEnv,
): Promise<readonly (() => Promise<void>)[]> {
  if (settings.backups === undefined) return [];
  const { startBackups } = await import("../backup/rotation.ts");
  const by = { program: version, settings: namesMade(env) };
  const once = async () => (await store()).once;
  return [startBackups({ ...settings.backups, state: settings.library.state, by, once, now, log })];
}

/** Has the stored papers compacted by themselves, where this is more than a chat. */
async function compacting(
  { library, settings, log }: Parts,
  env: NodeJS.ProcessEnv,
): Promise<readonly (() => Promise<void>)[]> {
  if (!hasServices(settings)) return [];
  const { startCompacting } = await import("../compaction/compacting.ts");
  return [startCompacting({ library, state: settings.library.state, env, log })];
}

/** Does work while the papers are kept current. */
async function whileCurrent<T>(
  parts: Parts,
  { env }: Surroundings,
  work: () => Promise<T>,
  asked?: AbortSignal,
): Promise<T> {
  const { openRefreshing, startFollowing, startRefreshing } = await import("../intake/refreshing.ts");
  const refreshing = await openRefreshing(parts);
  const { startClockWatch } = await import("../serving/clock-watch.ts");
  const { startEncoding } = await import("../encoder/encoding.ts");
  const stops = [
    startClockWatch(parts.log),
    startFollowing(parts.library, { ...parts, state: parts.settings.library.state }),
    startEncoding(parts.library, parts.log),
    ...(refreshing === undefined ? [] : [startRefreshing(refreshing)]),
    ...(await backingUp(parts, env)),
    ...(await compacting(parts, env)),
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

/** What platforms are served with. */
export async function servingParts(parts: Parts): Promise<PlatformParts> {
  const { bot, digests, follows, clubs, memory, store, mailing, log, version, served } = parts;
  const watch = watchOver(parts);
  const common = {
    bot,
    digests: await digests(),
    follows: await follows(),
    clubs: await clubs(),
    memory: await memory(),
    store: await store(),
    log,
    newReference,
    version,
    served,
  };
  const mail = mailing === undefined ? {} : { mailing: await mailing() };
  return { ...common, ...mail, ...(watch === undefined ? {} : { watch }) };
}

async function startChat({ bot, library }: Parts, around: Surroundings): Promise<ExitCode> {
  const { stdin, stdout, env } = around;
  const greeting =
    `Paperboy knows ${await library.index.size()} papers. Type what you look for, such as “search curriculum learning”; ` +
    "“help” lists all commands, “exit” ends.";
  const { chat } = await import("../../terminal/chat.ts");
  await chat(bot, greeting, {
    input: stdin,
    output: stdout,
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    look: () => lookOf(stdout, env),
  });
  return 0;
}

/** Serves the platforms that have settings, or the terminal where none has. */
async function serve(parts: Parts, { around, stops }: AtHand): Promise<ExitCode> {
  if (stops === undefined) return whileCurrent(parts, around, () => startChat(parts, around));
  const asked = stops.asked();
  const { unknownWords } = await import("../settings/unknown-settings.ts");
  for (const words of unknownWords(around.env)) parts.log.warn(words);
  const work = async (): Promise<ExitCode> => {
    const { servePlatforms } = await import("../serving/platforms.ts");
    await servePlatforms(parts.settings, await servingParts(parts), asked);
    return 0;
  };
  return whileCurrent(parts, around, work, asked);
}

/** `paperboy` alone. */
export const startWork: PartsWork = {
  needs: "parts",
  reads: (settings) => !hasServices(settings) && settings.sources.names.length === 0,
  stoppable: hasServices,
  offers: ({ discord, slack, mail, web }) =>
    Object.entries({ discord, slack, mail, web }).flatMap(([name, set]) => (set === undefined ? [] : [name])),
  serves: hasChats,
  counts: (settings) => hasServices(settings) && settings.admin !== undefined,
  run: serve,
};
