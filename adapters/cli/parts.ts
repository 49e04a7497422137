import type { Bot } from "../../src/bot/bot.ts";
import { createBot } from "../../src/bot/bot.ts";
import type { DigestParts, Digests } from "../../src/digest/digests.ts";
import { withoutAbsent } from "../../src/corpus/merging/fields.ts";
import type { Clubs } from "../../src/club/clubs.ts";
import type { Follows } from "../../src/follow/follows.ts";
import { lazily } from "../../src/lazily.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { openLibrary } from "../../src/library/library.ts";
import type { Log } from "../../src/log.ts";
import type { ChannelMemory } from "../../src/memory/channel-memory.ts";
import type { Reading } from "../../src/reading/reading.ts";
import type { Mailing } from "../../src/mailing/mailing.ts";
import type { SharedRecord } from "../../src/store/kept/record.ts";
import type { Store } from "../../src/store/store.ts";
import type { Figures } from "../admin/registry.ts";
import type { Served } from "./serving/served.ts";
import { createServed } from "./serving/served.ts";
import { countSearches } from "./serving/counting.ts";
import { openRecord, openStore } from "./state/open-store.ts";
import type { Settings } from "./settings/settings.ts";
import { sourceRecords } from "./sources/records.ts";
import { newReference, now } from "./surroundings.ts";

/** What orders work with; the store is opened when it is asked for. */
export interface Parts {
  readonly settings: Settings;
  readonly library: GrowingLibrary;
  /** That services are told. */
  readonly version: string;
  readonly bot: Bot;
  readonly digests: () => Promise<Digests>;
  readonly follows: () => Promise<Follows>;
  readonly clubs: () => Promise<Clubs>;
  /** What channels remember, opened when it is asked for. */
  readonly memory: () => Promise<ChannelMemory>;
  readonly store: ReturnType<typeof lazily<Store>>;
  /** The digests that come by e-mail; absent where mail is not set up. */
  readonly mailing?: () => Promise<Mailing>;
  /** The papers that machines share; absent where they lie in the state folder alone. */
  readonly record?: SharedRecord;
  readonly log: Log;
  /** The platforms that commands look at, once they are made. */
  readonly served: Served;
  /** Absent where nobody can ask for figures. */
  readonly figures?: Figures;
  /** Closes all that was opened. */
  readonly close: () => Promise<void>;
}

/** What the parts are built for: with which version, where to log, whether the order only reads, and whether it serves a platform or is watched over. */
export interface PartsFor {
  readonly version: string;
  readonly log: Log;
  readonly reads: boolean;
  readonly serves: boolean;
  /** Whether somebody may ask for figures. */
  readonly counts: boolean;
}

/** Reading lists, opened when they are asked for. */
function keepReading(
  parts: Pick<Parts, "settings" | "library" | "log" | "store"> & { readonly reads: boolean },
): { readonly reading: () => Promise<Reading>; readonly close: () => Promise<void> } {
  const opened = lazily(async () => {
    const { openReading } = await import("./state/open-reading.ts");
    return openReading({ ...parts, index: parts.library.index });
  });
  return {
    reading: async () => (await opened()).reading,
    close: async () => {
      if (opened.made()) await (await opened()).close();
    },
  };
}

/** Where people read pages, for what is told of them in chats. */
const pagesOf = ({ web }: Settings): { readonly pages?: { readonly url?: string } } =>
  web === undefined ? {} : { pages: withoutAbsent<{ url?: string }>({ url: web.url }) };
/** Papers whose searches are counted, where somebody counts. */
const countedIn = (library: GrowingLibrary, figures: Figures | undefined): GrowingLibrary =>
  figures === undefined ? library : { ...library, index: countSearches(library.index, figures.count) };

/** How the sources of the settings go; the database is not opened where there are none. */
const recordsOf = async ({ sources: { names } }: Settings, store: Parts["store"]) =>
  names.length === 0 ? [] : sourceRecords(names, await store());

/** The digests that come by e-mail, where mail is set up, opened when they are asked for. */
function mailingIn({ mail }: Settings, parts: Pick<Parts, "store" | "digests">): Pick<Parts, "mailing"> {
  if (mail === undefined) return {};
  return { mailing: lazily(async () => (await import("./serving/mailing.ts")).openMailing(mail, parts)) };
}

/** Who is told of what is sent: the log and, where somebody may ask for figures, who counts. */
type Told = Pick<DigestParts, "log" | "count">;

async function openDigests(store: Store, index: GrowingLibrary["index"], told: Told): Promise<Digests> {
  const { createDigests } = await import("../../src/digest/digests.ts");
  return createDigests({ store, index, now, newId: newReference, ...told });
}

async function openClubs(store: Store, told: Told): Promise<Clubs> {
  const { createClubs } = await import("../../src/club/clubs.ts");
  return createClubs({ store, now, newId: newReference, ...told });
}

async function openFollows(store: Store, index: GrowingLibrary["index"], told: Told): Promise<Follows> {
  const { createFollows } = await import("../../src/follow/follows.ts");
  return createFollows({ store, index, now, newId: newReference, ...told });
}

async function openMemory(store: Store, index: GrowingLibrary["index"], log: Log): Promise<ChannelMemory> {
  const { createChannelMemory } = await import("../../src/memory/channel-memory.ts");
  return createChannelMemory({ store, index, log, now });
}

/** What is followed, which clubs there are and what channels remember, opened when they are asked for. */
const channelsIn = (
  store: Parts["store"],
  library: GrowingLibrary,
  told: Told,
): Pick<Parts, "follows" | "clubs" | "memory"> => ({
  memory: lazily(async () => openMemory(await store(), library.index, told.log)),
  follows: lazily(async () => openFollows(await store(), library.index, told)),
  clubs: lazily(async () => openClubs(await store(), told)),
});

/** The papers, and the record that they share with other machines. */
export async function openPapers(settings: Settings, log: Log) {
  const record = await openRecord(settings);
  const library = await openLibrary(settings.library, log, undefined, record);
  const closePapers = async (): Promise<void> => {
    await library.close();
    await record?.close();
  };
  return { library, shared: record === undefined ? {} : { record }, closePapers };
}

/** Builds the parts; reads the papers and opens nothing else. An order that only reads needs no right to write. */
export async function openParts(
  settings: Settings,
  { version, log, reads, serves, counts }: PartsFor,
): Promise<Parts> {
  const figures = counts ? (await import("../admin/registry.ts")).createFigures() : undefined;
  const counting = figures === undefined ? {} : { count: figures.count };
  const { library, shared, closePapers } = await openPapers(settings, log);
  const store = lazily(() => openStore(settings, reads, log));
  const digests = lazily(async () => openDigests(await store(), library.index, { log, ...counting }));
  const kept = keepReading({ settings, reads, library, log, store });
  const mailing = mailingIn(settings, { store, digests });
  const channels = channelsIn(store, library, { log, ...counting });
  // At a command line the operator takes papers in, and the services are not loaded.
  const fetching = serves
    ? (await import("./sources/fetching.ts")).openFetching({
        sources: settings.sources,
        version,
        store,
        library,
        log,
        ...counting,
      })
    : undefined;
  const served = createServed();
  const bot = createBot({
    library: countedIn(library, figures),
    served,
    digests,
    sources: () => recordsOf(settings, store),
    ...channels,
    audit: async () => (await store()).audit,
    reading: kept.reading,
    ...mailing,
    ...(fetching === undefined ? {} : { fetching }),
    ...pagesOf(settings),
    log,
    ...counting,
    now,
    random: Math.random,
    newReference,
  });
  return {
    settings,
    version,
    library,
    bot,
    digests,
    ...channels,
    store,
    ...mailing,
    log,
    served,
    close: async () => {
      await kept.close();
      if (store.made()) await (await store()).close();
      await closePapers();
    },
    ...shared,
    ...(figures === undefined ? {} : { figures }),
  };
}
