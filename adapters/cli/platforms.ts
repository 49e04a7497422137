import type { Bot } from "../../src/bot/bot.ts";
import type { Log } from "../../src/log.ts";
import type { Courier } from "../../src/digest/courier.ts";
import { waitAtMost } from "../platform/patience.ts";
import type { Digests } from "../../src/digest/digests.ts";
import { rememberMeanwhile } from "../../src/store/lenient.ts";
import type { Store } from "../../src/store/store.ts";
import type { Platform } from "../platform/platform.ts";
import { couriersOf, startClock } from "./digests.ts";
import { now } from "./parts.ts";
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

/** discord.js and Bolt take some 0.3 s each to load, so that they are loaded for those who serve these platforms alone. */
async function createPlatforms({ discord, slack }: Settings, parts: PlatformParts): Promise<Platform[]> {
  const { bot, log, newReference } = parts;
  const store = rememberMeanwhile(parts.store, now);
  const platforms: Platform[] = [];
  if (discord !== undefined) {
    const { createDiscordApp } = await import("../discord/discord.ts");
    platforms.push(createDiscordApp(discord, { bot, memory: store.buttons, log, newReference }));
  }
  if (slack !== undefined) {
    const { createSlackApp } = await import("../slack/slack.ts");
    platforms.push(createSlackApp(slack, { bot, store, log, newReference }));
  }
  return platforms;
}

/** Serves every platform that has settings, and sends digests, until the operator ends it or one cannot go on. */
export async function servePlatforms(settings: Settings, parts: PlatformParts): Promise<void> {
  const platforms = await createPlatforms(settings, parts);
  await serve(platforms, startClock(parts.digests, platforms), parts.log);
}

/** How long sending by hand may take, in milliseconds; what is left then comes with the next run. */
const SENDING = 60_000;
const STOPPING = 4000;
const LEAVING = 700;

/** Couriers that note what they could not bring, by the keys of the messages. */
function noting(couriers: ReadonlyMap<string, Courier>, failed: Map<string, string>): Map<string, Courier> {
  const note = (name: string, courier: Courier): Courier => ({
    ...courier,
    async deliver(place, parcel) {
      failed.set(
        parcel.key,
        `${name}: the digest ${parcel.edition.subscription.id} of ${parcel.edition.date}`,
      );
      const delivery = await courier.deliver(place, parcel);
      if (delivery.kind === "sent") failed.delete(parcel.key);
      return delivery;
    },
  });
  return new Map(Array.from(couriers, ([name, courier]) => [name, note(name, courier)]));
}

/**
 * Sends the digests that are due now, and ends. Resolves with what could not be sent, in words: what a platform refused,
 * and platforms that did not connect or answer within a minute.
 */
export async function sendDigests(settings: Settings, parts: PlatformParts): Promise<readonly string[]> {
  const platforms = await createPlatforms(settings, parts);
  const failed = new Map<string, string>();
  const waiting = new Set(platforms.map(({ name }) => `${name} did not answer within ${SENDING / 1000} s`));
  const send = async (): Promise<void> => {
    await Promise.all(platforms.map((platform) => platform.start()));
    const untold = await parts.digests.tick(noting(couriersOf(platforms), failed));
    waiting.clear();
    for (const words of untold) failed.set(words, words);
  };
  try {
    await waitAtMost(send(), SENDING);
  } finally {
    await waitAtMost(Promise.all(platforms.map((platform) => platform.stop())), STOPPING);
    // A request that is never answered would keep the process alive.
    setTimeout(() => process.exit(), LEAVING).unref();
  }
  return [...new Set(failed.values()), ...waiting];
}
