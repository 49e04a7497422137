import path from "node:path";
import Database from "libsql";
import type { Bot } from "../../src/bot/bot.ts";
import type { Caller } from "../../src/bot/command.ts";
import { openLibrary } from "../../src/library/library.ts";
import { personKey } from "../../src/reading/reader.ts";
import { placeKey } from "../../src/schedule/place.ts";
import { TABLES } from "../../src/store/sql/schema.ts";
import type { Store } from "../../src/store/store.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { createTestBot } from "../support/seed-bot.ts";
import { pagesFolder } from "../support/seed-pages.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const library = await openLibrary({ pages: pagesFolder, state: "/dev/null/nowhere" }, collectingLog().log);

/** Ids that stand in no other text. */
export const ANA = "444555666777888991";
export const BEN = "444555666777888992";
export const SERVER = "777000777000777001";

export const within = (user: string, channel: string, facts: Partial<Caller> = {}): Caller => ({
  platform: "discord",
  user,
  place: { platform: "discord", server: SERVER, channel },
  authority: () => Promise.resolve({ kind: "may" }),
  ...facts,
});

export const alone = (user: string): Caller => ({
  platform: "discord",
  user,
  place: { platform: "discord", channel: `dm${user}`, direct: true },
});

/** Every row of every table, as text, from the file itself. */
export function rowsOf(file: string): Record<string, string[]> {
  const database = new Database(file);
  try {
    return Object.fromEntries(
      TABLES.map((table) => [
        table,
        database
          .prepare(`select * from "${table}"`)
          .all()
          .map((row) => JSON.stringify(row)),
      ]),
    );
  } finally {
    database.close();
  }
}

/** The tables that tell of nobody, and why; a new table stands here, or something is done that leaves a row of a person in it. */
export const NOBODY: Readonly<Partial<Record<string, string>>> = {
  installation: "sealed: that somebody installed an app stays until it is removed",
  button: "words of a search",
  once: "ids of events",
  arrival: "papers",
  follow_match: "ids of follows and papers",
  turn: "services",
  validator: "addresses of services",
  source: "sources",
  sealing: "keys",
  asked: "papers",
  api_key: "programs",
  taste: "channels",
  departure: "servers",
  posting: "messages in channels",
  posted_paper: "papers",
};

export interface World {
  readonly bot: Bot;
  readonly store: Store;
  readonly file: string;
}

export async function openWorld(): Promise<World> {
  const file = path.join(await temporaryFolder(), "paperboy.sqlite");
  const store = await openTestStore(file, () => new Date("2026-11-21T12:00:00Z"));
  return { bot: createTestBot(library, store).bot, store, file };
}

/** What people do that is kept. */
export const DOINGS = [
  "save FastDINOv2",
  "save tiny language models note:great",
  "list create group",
  "list create mine too for:me",
  "save FastDINOv2 list:group",
  "list mark FastDINOv2 list:group",
  "list mark FastDINOv2 as:reading",
  "note FastDINOv2 text:secret",
  "note FastDINOv2 text:open share:yes",
  "list drop FastDINOv2",
  "list drop FastDINOv2 list:group",
  "list remove group",
  "list remove mine too",
  "list rename group to:club",
  "list move tiny language models to:group",
  "digest start confirm",
  "note FastDINOv2 remove:yes",
  "list undo",
  "catch up",
  "club start zone:UTC",
  "club nominate FastDINOv2",
  "club nominate tiny language models",
  "club vote FastDINOv2",
  "club choice",
  "digest and follow sent",
  "publish",
  "club stop",
  "digest stop 1",
  "follow stop 1",
  "follow here",
  "follow me",
  "digest by mail",
  "digest by mail, not confirmed",
  "react",
] as const;

let boxes = 0;

/** A digest that somebody asked for by e-mail, and that whoever reads it has confirmed or not. */
async function mail({ store }: World, { user }: Caller, isConfirmed: boolean): Promise<void> {
  const id = `box${++boxes}`;
  const token = `${id}${user}`;
  const owner = JSON.stringify(["discord", "", user]);
  const body = JSON.stringify({ person: { platform: "discord", user } });
  const facts = { owner, address: `${user}@example.org`, body };
  const until = new Date("2026-11-28T12:00:00Z");
  const many = { within: 1, perInbox: 99, perOwner: 99 };
  await store.mail.ask({ ...facts, token, inbox: user, until }, many);
  if (!isConfirmed) return;
  const place = placeKey({ platform: "mail", channel: id });
  await store.mail.confirm(
    token,
    { ...facts, id, place, leave: `leave${id}` },
    {
      subscription: { id: `s${id}`, place, body: JSON.stringify({ createdBy: user }) },
      deed: {
        platform: "mail",
        channel: id,
        direct: true,
        by: user,
        action: "digest mail",
        subject: id,
        detail: "",
      },
    },
  );
}

/** Puts an emoji below a message of the bot in a channel; what one person alone reads is not kept. */
async function react({ store: { postings } }: World, caller: Caller): Promise<void> {
  if (caller.place === undefined || caller.place.direct === true) return;
  const place = placeKey(caller.place);
  const at = new Date("2026-11-21T12:00:00Z");
  const message = { room: place, message: "500" };
  const papers = [{ paper: "title:x", title: "x" }];
  await postings.put({ ...message, place, as: "share", postedAt: at, papers });
  await postings.react({ ...message, person: personKey(caller), name: "👍", at });
}

/** What was sent to a place of a person, and claimed there before; what a club chose names its person. */
async function sendFor(
  { store }: World,
  kind: "digest" | "follow" | "club",
  { user, place }: Caller,
): Promise<void> {
  const slots = { digest: store.slots, follow: store.followSlots, club: store.clubSlots }[kind];
  const key = placeKey(place ?? { platform: "discord", channel: "none" });
  const at = new Date("2026-11-20T12:00:00Z");
  const winner = { paper: "x", title: "x", by: user, votes: 1, meeting: at.toISOString() };
  const content = kind === "club" ? { kind: "chosen", winner } : { kind: "nothing" };
  const date = "2026-11-20";
  const facts = { date, place: key, dueAt: at, writtenAt: at, open: false, version: 0 };
  const body = JSON.stringify({ content });
  await slots.claim({ ...facts, subscription: `${kind} ${++boxes}`, body }, await slots.claims(key));
}

/** Does what a line of `DOINGS` says, as somebody. */
export async function act(world: World, caller: Caller, line: string): Promise<void> {
  const { bot } = world;
  if (line.startsWith("digest by mail")) return mail(world, caller, line === "digest by mail");
  if (line === "react") return react(world, caller);
  if (line === "club choice") {
    await act(world, caller, "club start zone:UTC");
    return sendFor(world, "club", caller);
  }
  if (line === "digest and follow sent") {
    await act(world, caller, "digest start confirm");
    await sendFor(world, "digest", caller);
    await act(world, caller, "follow here");
    return sendFor(world, "follow", caller);
  }
  if (line === "publish") {
    const place = placeKey(caller.place ?? { platform: "discord", channel: "none" });
    await act(world, caller, "digest start confirm");
    return world.store.archives.put({ id: `a${++boxes}`, place, body: "{}", published: true });
  }
  if (line === "catch up") {
    const { channel = "", server } = caller.place ?? {};
    const place = { platform: "discord", channel, ...(server === undefined ? {} : { server }) };
    const person = JSON.stringify([caller.platform, caller.user]);
    return world.store.marks.set(person, placeKey(place), new Date("2026-11-21T12:00:00Z"));
  }
  const to = /^follow (here|me)$/.exec(line)?.[1];
  if (to !== undefined) {
    const args = { org: "nvidia", to, when: "daily", zone: "UTC", confirm: "yes" };
    await bot.handle({ command: "follow start", args, caller });
  } else if (line === "digest start confirm")
    await bot.handle({ command: "digest start", args: { zone: "UTC", confirm: "yes" }, caller });
  else await bot.handleLine(line, caller);
}
