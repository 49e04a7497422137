import { setTimeout as sleep } from "node:timers/promises";
import type { Bot } from "../../../src/bot/bot.ts";
import type { Count } from "../../../src/figures.ts";
import type { ChannelMemory } from "../../../src/memory/channel-memory.ts";
import type { Log } from "../../../src/log.ts";
import type { Digests } from "../../../src/digest/digests.ts";
import type { Mailing } from "../../../src/mailing/mailing.ts";
import { rememberMeanwhile } from "../../../src/store/lenient.ts";
import type { Store } from "../../../src/store/store.ts";
import type { MailSettings } from "../../mail/settings.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Clubs } from "../../../src/club/clubs.ts";
import type { Follows } from "../../../src/follow/follows.ts";
import { startClock } from "./digests.ts";
import { startLetters } from "./mailing.ts";
import { noteServers, startForgetting } from "./forgetting.ts";
import type { Served } from "./served.ts";
import type { Service } from "./serve.ts";
import { serve } from "./serve.ts";
import type { Settings } from "../settings/settings.ts";
import { now } from "../surroundings.ts";

/** What the platforms are put together from. */
export interface PlatformParts {
  readonly bot: Bot;
  readonly log: Log;
  readonly digests: Digests;
  readonly follows: Follows;
  readonly clubs: Clubs;
  /** What channels remember. */
  readonly memory: ChannelMemory;
  readonly store: Store;
  /** The digests that come by e-mail; absent where mail is not set up. */
  readonly mailing?: Mailing;
  readonly newReference: () => string;
  readonly version: string;
  /** Told which platforms are served. */
  readonly served: Pick<Served, "take">;
  /** Who watches over the program; absent where nobody does. */
  readonly watch?: {
    readonly count: Count;
    /** What is served for that, beside these platforms. */
    readonly services: (platforms: readonly Platform[]) => Promise<readonly Service[]>;
  };
}

/** For how long an event of Discord counts as taken, in milliseconds; it can be answered for a quarter of an hour. */
const TAKEN = 15 * 60_000;

/** Which of several programs with one database takes an event of Discord: the first that says so. */
const takesOf =
  (once: Store["once"]) =>
  (id: string): Promise<boolean> =>
    once.claim(`discord:event:${id}`, TAKEN);

/**
 * The platforms that have settings, not started. discord.js and Bolt take some 0.3 s each to load, so that they are loaded
 * for those who serve these platforms alone.
 */
export async function createPlatforms(
  { discord, slack, mail, database }: Settings,
  parts: PlatformParts,
): Promise<Platform[]> {
  const { bot, log, newReference, watch, memory: channels } = parts;
  const counting = watch === undefined ? {} : { count: watch.count };
  const store = rememberMeanwhile(parts.store, now);
  const platforms: Platform[] = [];
  if (discord !== undefined) {
    const { createDiscordApp } = await import("../../discord/discord.ts");
    const servers = noteServers(store.workspaces);
    const memory = store.buttons;
    const taking = database === undefined ? {} : { takes: takesOf(store.once) };
    platforms.push(
      createDiscordApp(discord, {
        bot,
        servers,
        memory,
        channels,
        log,
        newReference,
        ...counting,
        ...taking,
      }),
    );
  }
  if (slack !== undefined) {
    const { createSlackApp } = await import("../../slack/slack.ts");
    platforms.push(createSlackApp(slack, { bot, store, channels, log, newReference, ...counting }));
  }
  if (mail !== undefined && parts.mailing !== undefined)
    platforms.push(await createMail(mail, parts.mailing, { log, platforms }));
  return platforms;
}

/** How long a chat is waited for in which somebody is to be told something, and between looks, in milliseconds. */
const TELLING = 15_000;
const LOOK = 100;

/** Digests by e-mail. Their owners are told on the platforms where they asked for them. */
async function createMail(
  settings: MailSettings,
  mailing: Mailing,
  { log, platforms }: { readonly log: Log; readonly platforms: readonly Platform[] },
): Promise<Platform> {
  const { createMailApp } = await import("../../mail/mail.ts");
  const { pathOf } = await import("../../web/addresses.ts");
  return createMailApp(settings, {
    mailing,
    log,
    now,
    pageOf(run) {
      const path = pathOf(run);
      return path === undefined ? undefined : settings.url.replace(/\/$/, "") + path;
    },
    async tellOwner({ person, origin }, text) {
      const platform = platforms.find(({ name }) => name === person.platform);
      if (origin === undefined || platform === undefined)
        throw new Error(`${person.platform} is not served here`);
      // Where digests are sent once, by hand, the chat may be connecting still.
      for (let waited = 0; !platform.ready() && waited < TELLING; waited += LOOK) await sleep(LOOK);
      if (!platform.ready()) throw new Error(`${person.platform} is not connected`);
      await platform.tell(person.user, text, origin);
    },
  });
}

/** The web pages, where a port is set. */
async function createPages({ web, api }: Settings, parts: PlatformParts): Promise<Service[]> {
  if (web === undefined) return [];
  const { bot, log, mailing, newReference, version } = parts;
  const { createApi } = await import("../../api/api.ts");
  const { createWebServer } = await import("../../web/web.ts");
  const { createMcpHttp } = await import("../../mcp/http.ts");
  const mcp = createMcpHttp(
    { bot, version, caller: { platform: "mcp", user: "visitor", passing: true } },
    log,
  );
  return [
    createWebServer(web, {
      bot,
      log,
      newReference,
      mcp: mcp.answer,
      api: createApi({ settings: api, bot, keys: parts.store.keys, log, now, newReference, version }),
      ...(web.url === undefined ? {} : { url: web.url }),
      ...(mailing === undefined ? {} : { mail: { doors: () => Promise.resolve(mailing), now } }),
    }),
  ];
}

/** Serves every platform that has settings, and sends digests, until the operator ends it or one cannot go on. */
export async function servePlatforms(
  settings: Settings,
  parts: PlatformParts,
  asked: AbortSignal,
): Promise<void> {
  const { digests, follows, clubs, memory, log, mailing } = parts;
  const platforms = await createPlatforms(settings, parts);
  parts.served.take(platforms);
  const watching = (await parts.watch?.services(platforms)) ?? [];
  // Whoever watches sees the others start.
  const services = [...watching, ...platforms, ...(await createPages(settings, parts))];
  const stopForgetting = startForgetting(parts.store, log);
  const stopDigests = startClock({ digests, follows, clubs, memory }, platforms, log);
  const stopLetters = mailing === undefined ? undefined : startLetters(mailing, log);
  const stop = async (): Promise<void> => {
    await Promise.all([stopDigests(), stopForgetting(), stopLetters?.()]);
  };
  await serve(services, { digests: stop, asked, log });
}
