import { onTestFinished } from "vitest";
import type { Platform } from "../../adapters/platform/platform.ts";
import type { Patience, Servers } from "../../adapters/discord/discord.ts";
import { createDiscordApp } from "../../adapters/discord/discord.ts";
import type { Bot } from "../../src/bot/bot.ts";
import type { InvocationMemory } from "../../src/bot/line/invocation-text.ts";
import type { FakeDiscord, FakeDiscordOptions } from "../fakes/discord/index.ts";
import { createFakeDiscord } from "../fakes/discord/index.ts";
import type { Takes } from "../../adapters/discord/taking.ts";
import type { Store } from "../../src/store/store.ts";
import { openTestStore } from "../support/test-store.ts";
import { collectingLog } from "../support/collecting-log.ts";
import type { TestBot } from "../support/seed-bot.ts";
import { createSeedBot } from "../support/seed-bot.ts";

/** Tests are in more of a hurry than people. */
const PATIENCE: Patience = { login: 1500, retry: 100, stop: 1000 };

export interface AppSettings {
  readonly discord?: FakeDiscord;
  readonly token?: string;
  readonly guildId?: string;
  readonly memory?: InvocationMemory;
  /** Default: a new one in memory. */
  readonly store?: Store;
  /** Which events it takes. */
  readonly takes?: Takes;
  /** Told which servers the app is a member of. */
  readonly servers?: Servers;
  /** Changes the bot before it is put to work. */
  readonly changeBot?: (bot: Bot) => Bot;
}

/** A fake Discord that closes with the test. */
export async function openDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const discord = await createFakeDiscord(options);
  onTestFinished(() => discord.close());
  return discord;
}

/** The app, and what tests look at beside it. */
interface StartedApp extends Pick<
  TestBot,
  "digests" | "follows" | "clubs" | "memory" | "library" | "clock" | "lines" | "errors"
> {
  readonly app: Platform;
  readonly store: Store;
  readonly discord: FakeDiscord;
}

/** The app over the bundled pages, not started, and what it writes into its log. */
export async function createApp(settings: AppSettings = {}): Promise<StartedApp> {
  const discord = settings.discord ?? (await openDiscord());
  const store = settings.store ?? (await openTestStore());
  const { bot, digests, follows, clubs, memory, library, clock } = await createSeedBot(store);
  const { log, lines, errors } = collectingLog();
  const app = createDiscordApp(
    {
      token: settings.token ?? discord.token,
      apiUrl: discord.apiUrl,
      ...(settings.guildId === undefined ? {} : { guildId: settings.guildId }),
    },
    {
      bot: settings.changeBot?.(bot) ?? bot,
      ...(settings.servers === undefined ? {} : { servers: settings.servers }),
      ...(settings.takes === undefined ? {} : { takes: settings.takes }),
      memory: settings.memory ?? store.buttons,
      channels: await memory(),
      log,
      newReference: () => "ref-1",
    },
    PATIENCE,
  );
  onTestFinished(() => app.stop());
  return { app, store, discord, lines, errors, digests, follows, clubs, memory, library, clock };
}

/** The app, ready. */
export async function startApp(settings: AppSettings = {}): Promise<StartedApp> {
  const created = await createApp(settings);
  await created.app.start();
  return created;
}
