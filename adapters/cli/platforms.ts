import type { Bot } from "../../src/bot/bot.ts";
import type { Log } from "../../src/log.ts";
import type { Digests } from "../../src/digest/digests.ts";
import type { Store } from "../../src/store/store.ts";
import { createDiscordApp } from "../discord/discord.ts";
import type { Platform } from "../platform/platform.ts";
import { createSlackApp } from "../slack/slack.ts";
import { couriersOf, startClock } from "./digests.ts";
import { serve } from "./serve.ts";
import type { Settings } from "./settings.ts";

/** What the platforms are put together from. */
export interface PlatformParts {
  readonly bot: Bot;
  readonly log: Log;
  readonly digests: Digests;
  readonly store: Store;
  readonly newReference: () => string;
}

/** Whether the settings name any platform to serve. */
export function hasPlatforms({ discord, slack }: Settings): boolean {
  return discord !== undefined || slack !== undefined;
}

function createPlatforms({ discord, slack }: Settings, parts: PlatformParts): Platform[] {
  const { bot, store, log, newReference } = parts;
  const memory = store.buttons;
  return [
    ...(discord === undefined ? [] : [createDiscordApp(discord, { bot, memory, log, newReference })]),
    ...(slack === undefined ? [] : [createSlackApp(slack, { bot, store, log, newReference })]),
  ];
}

/** Serves every platform that has settings, and sends digests, until the operator ends it or one cannot go on. */
export async function servePlatforms(settings: Settings, parts: PlatformParts): Promise<void> {
  const platforms = createPlatforms(settings, parts);
  await serve(platforms, startClock(parts.digests, platforms));
}

/** Sends the digests that are due now, and ends. */
export async function sendDigests(settings: Settings, parts: PlatformParts): Promise<void> {
  const platforms = createPlatforms(settings, parts);
  try {
    await Promise.all(platforms.map((platform) => platform.start()));
    await parts.digests.tick(couriersOf(platforms));
  } finally {
    await Promise.all(platforms.map((platform) => platform.stop()));
  }
}
