import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/bot.ts";
import type { Reply } from "../../src/bot/reply.ts";
import type { Digests } from "../../src/digest/digests.ts";
import { createDigests } from "../../src/digest/digests.ts";
import { createReading } from "../../src/reading/reading.ts";
import type { Clubs } from "../../src/club/clubs.ts";
import { createClubs } from "../../src/club/clubs.ts";
import type { Follows } from "../../src/follow/follows.ts";
import { createFollows } from "../../src/follow/follows.ts";
import type { ChannelMemory } from "../../src/memory/channel-memory.ts";
import { createChannelMemory } from "../../src/memory/channel-memory.ts";
import { lazily } from "../../src/lazily.ts";
import type { Mailing } from "../../src/mailing/mailing.ts";
import type { Store } from "../../src/store/store.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { openLibrary } from "../../src/library/library.ts";
import { collectingLog } from "./collecting-log.ts";
import { seedIndex } from "./prepared-index.ts";
import { meaningFolder, pagesFolder } from "./seed-pages.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export const caller = {
  platform: "test",
  user: "someone",
  place: { platform: "test", server: "lab", channel: "papers" },
};

/** The day on which all tests of the bot take place. */
const TODAY = new Date("2026-11-21T12:00:00Z");

/** A bot over a library with its digests, a clock that the test turns, and no chance; its log is kept. */
export interface TestBot {
  readonly bot: Bot;
  readonly library: GrowingLibrary;
  readonly digests: () => Promise<Digests>;
  readonly follows: () => Promise<Follows>;
  readonly clubs: () => Promise<Clubs>;
  readonly memory: () => Promise<ChannelMemory>;
  readonly clock: { now: Date };
  readonly lines: string[];
  readonly errors: unknown[];
}

/** Makes a test's bot over a library; what it keeps is in `store`, or in a memory of its own. */
export function createTestBot(
  library: GrowingLibrary,
  store?: Store,
  mailing?: () => Promise<Mailing>,
): TestBot {
  const { log, lines, errors } = collectingLog();
  const clock = { now: TODAY };
  const now = (): Date => clock.now;
  let ids = 0;
  const opened = lazily(async () => store ?? (await openSqliteStore(":memory:", now)));
  const digests = lazily(async () =>
    createDigests({
      store: await opened(),
      index: library.index,
      now,
      log,
      newId: () => `d${++ids}`,
    }),
  );
  const reading = lazily(async () =>
    createReading({ store: await opened(), index: library.index, now, newId: () => `r${++ids}` }),
  );
  const follows = lazily(async () =>
    createFollows({
      store: await opened(),
      index: library.index,
      now,
      log,
      newId: () => `f${++ids}`,
    }),
  );
  const clubs = lazily(async () =>
    createClubs({ store: await opened(), now, log, newId: () => `c${++ids}` }),
  );
  const memory = lazily(async () =>
    createChannelMemory({ store: await opened(), index: library.index, log, now }),
  );
  const newReference = (): string => "ref-1";
  const bot = createBot({
    library,
    digests,
    follows,
    clubs,
    audit: async () => (await opened()).audit,
    reading,
    memory,
    pages: { url: "https://papers.example" },
    ...(mailing === undefined ? {} : { mailing }),
    log,
    now,
    random: () => 0.5,
    newReference,
  });
  return { bot, library, digests, follows, clubs, memory, clock, lines, errors };
}

/** A bot over the bundled pages. Call inside a test or a hook of one. */
export async function createSeedBot(store?: Store): Promise<TestBot> {
  const state = await temporaryFolder();
  seedIndex(state);
  return createTestBot(
    await openLibrary({ pages: pagesFolder, meaning: meaningFolder, state }, collectingLog().log),
    store,
  );
}

/** All the words of a reply, as one text. */
export function replyText(reply: Reply): string {
  return reply.cards
    .flatMap(({ heading = [], blocks }) => [
      heading,
      ...blocks.flatMap((block) => {
        switch (block.kind) {
          case "prose":
            return [block.text];
          case "facts":
            return block.facts.flatMap(({ label, value }) => [
              [{ kind: "plain" as const, text: `${label}:` }, ...value],
            ]);
          case "list":
            return block.items;
          case "code":
            return [[{ kind: "plain" as const, text: block.text }]];
          case "rule":
            return [];
        }
      }),
    ])
    .map((spans) => spans.map(({ text }) => text).join(""))
    .join("\n");
}
