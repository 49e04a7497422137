import { couriersOf } from "../../adapters/cli/serving/digests.ts";
import { createDiscordApp } from "../../adapters/discord/discord.ts";
import type { Platform } from "../../adapters/platform/platform.ts";
import { createSlackApp } from "../../adapters/slack/slack.ts";
import { createBot } from "../../src/bot/bot.ts";
import { createBook } from "../../src/digest/book.ts";
import { createDigests } from "../../src/digest/digests.ts";
import type { Place } from "../../src/schedule/place.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";
import type { Library } from "../../src/library/library.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { createFakeDiscord } from "../fakes/discord/index.ts";
import { createFakeSlack } from "../fakes/slack/index.ts";
import { readCorpus } from "./corpus.ts";
import { rounded } from "./statistics.ts";

/** Subscriptions that are due in the same minute. */
const SUBSCRIPTIONS = 1000;

/** A Monday on which all of them are due. */
const DUE = new Date("2026-11-23T09:00:00Z");
const CREATED = new Date("2026-11-20T12:00:00Z");

/** A fake platform with a channel for every subscription. */
interface Stage {
  readonly name: string;
  readonly places: readonly Place[];
  readonly createApp: (bot: ReturnType<typeof createBot>, store: Store) => Platform;
  readonly posted: () => number;
  /** How often the platform refused because of its rates. */
  readonly refused: () => number;
  readonly close: () => Promise<void>;
}

const log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (message: string) => void process.stderr.write(`${message}\n`),
};
const newReference = (): string => "bench";

async function discordStage(): Promise<Stage> {
  const discord = await createFakeDiscord({ openApi: false });
  const channels = Array.from({ length: SUBSCRIPTIONS }, (_, i) => discord.channel(`channel-${i}`));
  const server = discord.home.id;
  const settings = { token: discord.token, apiUrl: discord.apiUrl };
  return {
    name: "discord",
    places: channels.map(({ id }) => ({ platform: "discord", server, channel: id })),
    createApp: (bot, store) => createDiscordApp(settings, { bot, memory: store.buttons, log, newReference }),
    posted: () => channels.filter((channel) => discord.messages(channel).length > 0).length,
    refused: () => discord.requests.filter(({ status }) => status === 429).length,
    close: () => discord.close(),
  };
}

async function slackStage(): Promise<Stage> {
  const slack = await createFakeSlack({ postLimit: true });
  const channels = Array.from({ length: SUBSCRIPTIONS }, (_, i) => slack.channel(`channel-${i}`));
  const { appToken, botToken, apiUrl, team } = slack;
  const settings = { connection: { kind: "socket", appToken, botToken }, apiUrl, unfurl: false } as const;
  return {
    name: "slack",
    places: channels.map(({ id }) => ({ platform: "slack", server: team.id, channel: id })),
    createApp: (bot, store) => createSlackApp(settings, { bot, store, log, newReference }),
    posted: () => channels.filter((channel) => slack.messages(channel).length > 0).length,
    refused: () => slack.rateLimited(),
    close: () => slack.close(),
  };
}

async function subscribeAll(store: Store, places: readonly Place[]): Promise<void> {
  const book = createBook(store, () => DUE);
  for (const [i, place] of places.entries()) {
    await book.put({
      id: `s${i}`,
      place,
      createdBy: "1",
      createdAt: CREATED,
      scheduledSince: CREATED,
      plan: DEFAULT_PLAN,
      state: { kind: "active" },
    });
  }
}

async function measure(stage: Stage, library: Library): Promise<object> {
  const store = await openSqliteStore(":memory:", () => DUE);
  const digests = createDigests({ store, index: library.index, now: () => DUE, log, newId: newReference });
  const now = (): Date => DUE;
  const bot = createBot({
    library,
    digests: () => Promise.resolve(digests),
    log,
    now,
    random: Math.random,
    newReference,
  });
  await subscribeAll(store, stage.places);
  const app = stage.createApp(bot, store);
  await app.start();
  const started = performance.now();
  await digests.tick(couriersOf([app]));
  const seconds = rounded((performance.now() - started) / 1000);
  const figures = { posted: stage.posted(), refused: stage.refused() };
  await app.stop();
  await store.close();
  await stage.close();
  return {
    digests: stage.name,
    subscriptions: SUBSCRIPTIONS,
    papers: await library.index.size(),
    seconds,
    ...figures,
  };
}

/** How long a thousand digests of the same minute take on each platform, each with its runners-up in a thread. */
export async function* measureDigests(papers: number): AsyncGenerator<object> {
  const index = createEmbeddedIndex();
  await index.add(await readCorpus(papers));
  const library: Library = {
    index,
    facts: () => Promise.reject(new Error("not asked in this benchmark")),
    titleOf: async (id) => (await index.get(id))?.title,
  };
  yield await measure(await discordStage(), library);
  yield await measure(await slackStage(), library);
}
