import path from "node:path";
import { createClubBook } from "../../../src/club/clubs.ts";
import { watchClubs } from "../../../src/club/watched.ts";
import { createBook } from "../../../src/digest/book.ts";
import { watchDigests } from "../../../src/digest/watched.ts";
import { createFollowBook, watchFollows } from "../../../src/follow/watched.ts";
import { lazily } from "../../../src/lazily.ts";
import { openLibrary } from "../../../src/library/library.ts";
import { storedFile } from "../../../src/library/record/stored-file.ts";
import type { Log } from "../../../src/log.ts";
import { serversOf } from "../../../src/sources/live.ts";
import { examineDatabase } from "../../../src/store/examine.ts";
import { openCopy } from "../../../src/store/read-only.ts";
import { IN_MEMORY, openSqliteStore } from "../../../src/store/sqlite.ts";
import type { PostgresAddress } from "../../../src/store/postgres/address.ts";
import { openlyTo } from "../../../src/store/postgres/address.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Kept, Named, Opened, Patient } from "../../doctor/patient.ts";
import { Unseen } from "../../doctor/patient.ts";
import type { Inspection } from "../../platform/inspection.ts";
import type { Settings } from "../settings/settings.ts";
import { sourceRecords } from "../sources/records.ts";
import { DATABASE_FILE } from "../state/database-file.ts";
import { now } from "../surroundings.ts";
import type { SettingsFound } from "./settings-found.ts";

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

async function inspections(
  { discord, slack, mail }: Settings,
  store: () => Promise<Store>,
): Promise<Inspection[]> {
  const found: Inspection[] = [];
  if (discord !== undefined)
    found.push((await import("../../discord/inspect.ts")).createDiscordInspection(discord));
  if (slack !== undefined)
    found.push(
      (await import("../../slack/inspection/inspect.ts")).createSlackInspection(slack, {
        store,
        log: silent,
      }),
    );
  if (mail !== undefined)
    found.push(
      (await import("../../mail/inspect.ts")).createMailInspection(mail, async (id) =>
        (await store()).mail.find(id),
      ),
    );
  return found;
}

/** The servers that the settings name, each once, and for what. */
function serversIn(
  { sources: { names, completing, fetching, live } }: Settings,
  version: string,
): readonly Named[] {
  const servers = serversOf({ ...live, version });
  const asked = [
    ...names.map((name) => ({
      name: name.key,
      urls: name.kind === "feed" ? [new URL(name.url).origin] : servers[name.kind],
    })),
    ...[...new Set([...completing, ...fetching])].map((service) => ({
      name: service,
      urls: servers[service],
    })),
  ];
  const known = new Map<string, Named>();
  for (const { name, urls } of asked)
    for (const url of urls) if (!known.has(url)) known.set(url, { name, url });
  return [...known.values()];
}

/** The papers of an engine of its own, which is only looked at: to open them might make its index anew for everybody. */
async function papersIn(
  engine: NonNullable<Patient["engine"]>,
): Promise<Opened & { close: () => Promise<void> }> {
  const { counts } = await engine();
  if (counts === undefined) throw new Unseen("There are none to look at in OpenSearch.");
  const nothing: readonly string[] = [];
  return {
    facts: () => Promise.resolve(counts),
    lines: nothing,
    warnings: nothing,
    made: nothing,
    close: () => Promise.resolve(),
  };
}

/** What is looked at of a search engine of its own. */
function engineOf({ library: { search } }: Settings): Pick<Patient, "engine"> {
  if (search === undefined) return {};
  return {
    engine: lazily(async () => (await import("../../../src/library/engine.ts")).lookAtEngine(search)),
  };
}

/** The papers, with what is said while they are opened; closed with `close`. */
async function openPapers({ library: settings }: Settings): Promise<Opened & { close: () => Promise<void> }> {
  const found = { lines: [] as string[], warnings: [] as string[], made: [] as string[] };
  const file = storedFile(settings.state);
  const warn = (words: string): void =>
    void (words.startsWith(file) ? found.lines : found.warnings).push(words);
  const log: Log = { ...silent, info: (words) => void found.made.push(words), warn, error: warn };
  const { facts, close } = await openLibrary(settings, log);
  return { facts, close, ...found };
}

/** The database on a server, where it need not be brought up to date; rows are read alone. */
async function openShared(
  database: PostgresAddress,
  examined: Patient["examined"],
  { keys, library }: Settings,
): Promise<Store> {
  const found = await examined();
  if (found.kind === "missing") return openSqliteStore(IN_MEMORY, now);
  if (found.kind !== "sound" || found.changes < found.known)
    throw new Unseen("This was not looked at, since the database cannot be read as it is.");
  const { openPostgresStore } = await import("../../../src/store/postgres.ts");
  return openPostgresStore(database, now, { ...keys, seal: false, state: library.state });
}

/** What is looked at of a database on a server. */
function sharedOf({ database, keys }: Settings): Pick<Patient, "shared"> {
  if (database === undefined) return {};
  const clockAhead = async (): Promise<number> =>
    (await import("../../../src/store/postgres/examine.ts")).clockAhead(database, now);
  return {
    shared: { clockAhead, hasPassphrase: keys.passphrase !== undefined, openlyTo: openlyTo(database) },
  };
}

/** A copy of the database, so that nothing is locked, written or brought up to date in it. */
async function openKept(file: string, examined: Patient["examined"], { keys }: Settings): Promise<Store> {
  const { kind } = await examined();
  if (kind === "missing") return openSqliteStore(IN_MEMORY, now);
  if (kind === "sound") return openCopy(file, now, keys);
  throw new Unseen("This was not looked at, since the database cannot be read.");
}

/** What was kept, as far as it is looked at. */
function keptIn(store: Store, { sources }: Settings): Kept {
  return {
    watched: [
      watchDigests(createBook(store, now)),
      watchFollows(createFollowBook(store, now)),
      watchClubs(createClubBook(store, now)),
    ],
    waiting: async () => ({
      follows: (await store.matches.awaited()).length,
      letters: (await store.mail.unsent()).length,
    }),
    sources: () => sourceRecords(sources.names, store),
  };
}

/** What is looked at, from the settings as far as they go, and what ends that. Nothing is opened before it is looked at. */
export async function openPatient(
  { settings, ...found }: SettingsFound,
  version: string,
): Promise<{ readonly patient: Patient; readonly close: () => Promise<void> }> {
  const { state } = settings.library;
  const server = settings.database;
  const database = server?.shown ?? path.join(state, DATABASE_FILE);
  const examined = lazily(async () =>
    server === undefined
      ? examineDatabase(database)
      : (await import("../../../src/store/postgres/examine.ts")).examinePostgres(server),
  );
  const store = lazily(() =>
    server === undefined ? openKept(database, examined, settings) : openShared(server, examined, settings),
  );
  const apart = engineOf(settings);
  const papers = lazily(() => (apart.engine === undefined ? openPapers(settings) : papersIn(apart.engine)));
  const kept = async (): Promise<Kept> => keptIn(await store(), settings);
  const platforms = await inspections(settings, store);
  const apps = new Map(platforms.map((platform) => [platform, lazily(platform.app)]));
  const patient: Patient = {
    version,
    node: process.versions.node,
    now,
    settings: found,
    state,
    database,
    examined,
    ...sharedOf(settings),
    ...apart,
    kept,
    papers,
    platforms,
    app: (platform) => apps.get(platform)?.() ?? Promise.resolve({ found: [], usable: false }),
    servers: serversIn(settings, version),
  };
  const close = async (): Promise<void> => {
    if (papers.made())
      await papers().then(
        (opened) => opened.close(),
        () => undefined,
      );
    if (store.made())
      await store().then(
        (opened) => opened.close(),
        () => undefined,
      );
  };
  return { patient, close };
}
