import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { createMailApp } from "../../adapters/mail/mail.ts";
import { createLetters } from "../../adapters/mail/letters.ts";
import type { MailSettings } from "../../adapters/mail/settings.ts";
import type { Platform } from "../../adapters/platform/platform.ts";
import { couriersOf } from "../../adapters/cli/serving/digests.ts";
import { pathOf } from "../../adapters/web/addresses.ts";
import { createRoutes } from "../../adapters/web/routes.ts";
import type { Caller } from "../../src/bot/command.ts";
import type { Reply } from "../../src/bot/reply.ts";
import type { Mailing } from "../../src/mailing/mailing.ts";
import { lazily } from "../../src/lazily.ts";
import { openLibrary } from "../../src/library/library.ts";
import { createMailing } from "../../src/mailing/mailing.ts";
import type { Store } from "../../src/store/store.ts";
import type { FakeSmtp } from "../fakes/smtp/index.ts";
import { openSmtp } from "../fakes/smtp/index.ts";
import { collectingLog } from "../support/collecting-log.ts";
import type { TestBot } from "../support/seed-bot.ts";
import { createTestBot } from "../support/seed-bot.ts";
import { seedIndex } from "../support/prepared-index.ts";
import { meaningFolder, pagesFolder } from "../support/seed-pages.ts";
import { openTestStore } from "../support/test-store.ts";

/** The public address of the pages of tests. */
const URL_OF_PAGES = "https://papers.example.org";

/** Settings for a server on loopback. */
const settingsFor = ({ port }: Pick<FakeSmtp, "port">): MailSettings => ({
  smtp: { host: "127.0.0.1", port, secure: false },
  from: { name: "Paperboy", address: "paperboy@example.org" },
  url: URL_OF_PAGES,
});

/** Somebody in a direct conversation. */
export const personIn = (platform: string, user: string) => ({
  platform,
  user,
  place: { platform, channel: `of ${user}`, direct: true as const },
});
export const ANA = personIn("discord", "ana");
export const BEN = personIn("discord", "ben");

/** The bundled papers, opened once for all tests of a file, for none of them takes papers in. */
const seedLibrary = lazily(async () => {
  const state = await mkdtemp(path.join(tmpdir(), "paperboy-mail-"));
  seedIndex(state);
  const library = await openLibrary(
    { pages: pagesFolder, meaning: meaningFolder, state },
    collectingLog().log,
  );
  return { library, state };
});
afterAll(async () => {
  if (seedLibrary.made()) await rm((await seedLibrary()).state, { recursive: true, force: true });
});

let secrets = 0;

/** Mail over a store, with letters by a server. */
function mailingOver(
  settings: MailSettings,
  {
    store,
    digests,
    now,
  }: { readonly store: Store } & Pick<TestBot, "digests"> & { readonly now: () => Date },
): Mailing {
  return createMailing({
    store,
    digests,
    letters: createLetters(settings),
    url: settings.url,
    now,
    newId: () => `s${++secrets}`,
    newSecret: () => `secret${String(++secrets).padStart(18, "0")}`,
  });
}

/** Mail with all its parts: the bot, a database, the pages, the platform, and a server that takes mail. */
export interface MailWorld extends TestBot {
  readonly smtp: FakeSmtp;
  readonly store: Store;
  readonly settings: MailSettings;
  readonly mailing: Mailing;
  readonly app: Platform;
  /** What owners were told, in their order: who, and what. */
  readonly told: string[];
  readonly log: readonly string[];
  /** Asks for a page as a browser or a mail program does. */
  readonly visit: (
    url: string,
    method?: "GET" | "HEAD" | "POST",
    body?: string,
  ) => Promise<{ readonly status: number; readonly text: string }>;
  readonly say: (line: string, caller?: Caller) => Promise<Reply>;
  /** The link of the last letter. */
  readonly lastLink: () => Promise<string>;
  /** Sends what is due at a time. */
  readonly tick: (at: string) => Promise<readonly string[]>;
}

/** The link that a mail leads to. */
const linkIn = (text: string | undefined): string => /https:\S+\/mail\/\S+/.exec(text ?? "")?.[0] ?? "";

/** Opens all of it; nothing is asked for yet. */
export async function openMail(): Promise<MailWorld> {
  const smtp = await openSmtp();
  const settings = settingsFor(smtp);
  const time = { now: (): Date => new Date() };
  const now = (): Date => time.now();
  const store = await openTestStore(":memory:", now);
  const open = lazily(() => Promise.resolve(mailingOver(settings, { store, digests: seed.digests, now })));
  const { library } = await seedLibrary();
  const seed: TestBot = createTestBot(library, store, open);
  time.now = () => seed.clock.now;
  const mailing = await open();
  const { log, lines } = collectingLog();
  const told: string[] = [];
  const app = createMailApp(settings, {
    mailing,
    log,
    now,
    pageOf: (run) => {
      const page = pathOf(run);
      return page === undefined ? undefined : URL_OF_PAGES + page;
    },
    tellOwner: async ({ person, origin }, text) =>
      void told.push(`${person.user} in ${origin?.channel}: ${text}`),
  });
  const unasked = () => Promise.reject(new Error("not asked here"));
  const routes = createRoutes(
    {
      bot: seed.bot,
      log,
      newReference: () => "ref-1",
      mcp: unasked,
      url: URL_OF_PAGES,
      mail: { doors: open, now },
    },
    () => true,
  );
  const { bot, clock, digests } = seed;
  return {
    ...seed,
    smtp,
    store,
    settings,
    mailing,
    app,
    told,
    log: lines,
    async visit(url, method = "GET", body) {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const response = await routes.request(url, body === undefined ? { method } : { method, body, headers });
      return { status: response.status, text: await response.text() };
    },
    say: (line, caller = ANA) => bot.handleLine(line, caller),
    lastLink: async () => linkIn((await smtp.mails()).at(-1)?.text),
    async tick(at) {
      clock.now = new Date(at);
      if (!app.ready()) await app.start();
      return (await digests()).tick(couriersOf([app]));
    },
  };
}

/** The same, with a confirmed digest of ana's: every day at 9:00 UTC. */
export async function withConfirmed(options = ""): Promise<MailWorld> {
  const world = await openMail();
  await world.say(`digest mail ana@example.org zone:UTC days:daily ${options}`);
  await world.visit(await world.lastLink(), "POST");
  return world;
}
