import path from "node:path";
import type { Bot } from "../../src/bot/bot.ts";
import type { Log } from "../../src/log.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { createDiscordApp } from "../discord/discord.ts";
import type { Platform } from "../platform/platform.ts";
import { createSlackApp } from "../slack/slack.ts";
import { serve } from "./serve.ts";
import type { Settings } from "./settings.ts";

/** What the platforms are put together from. */
export interface PlatformParts {
  readonly bot: Bot;
  readonly log: Log;
  readonly now: () => Date;
  readonly newReference: () => string;
}

/** Whether the settings name any platform to serve. */
export function hasPlatforms({ discord, slack }: Settings): boolean {
  return discord !== undefined || slack !== undefined;
}

/** Serves every platform that has settings, with one store, until the operator ends it or one cannot go on. */
export async function servePlatforms(settings: Settings, parts: PlatformParts): Promise<void> {
  const store = await openSqliteStore(path.join(settings.library.state, "paperboy.sqlite"), parts.now);
  const { bot, log, newReference } = parts;
  const platforms: Platform[] = [];
  if (settings.discord !== undefined) {
    platforms.push(createDiscordApp(settings.discord, { bot, memory: store.buttons, log, newReference }));
  }
  if (settings.slack !== undefined) {
    platforms.push(createSlackApp(settings.slack, { bot, store, log, newReference }));
  }
  try {
    await serve(platforms);
  } finally {
    await store.close();
  }
}
