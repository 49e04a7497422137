import type { Bot } from "../../src/bot/bot.ts";
import type { Caller } from "../../src/bot/command.ts";
import { personKey } from "../../src/reading/reader.ts";
import { placeKey } from "../../src/schedule/place.ts";
import type { Store } from "../../src/store/store.ts";

/** A bot, and what it keeps. */
export interface World {
  readonly bot: Bot;
  readonly store: Store;
  readonly file: string;
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
  "club vote",
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

/** Does what a line of `DOINGS` says, as somebody. */
export async function act(world: World, caller: Caller, line: string): Promise<void> {
  const { bot } = world;
  if (line.startsWith("digest by mail")) return mail(world, caller, line === "digest by mail");
  if (line === "react") return react(world, caller);
  if (line === "club vote") {
    await world.store.ballots.nominate("k1", {
      paper: `by ${caller.user}`.slice(0, 5),
      title: "x",
      by: caller.user,
    });
    return world.store.ballots.vote("k1", { person: caller.user, paper: "x" });
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
