import { editionReply } from "../../../src/bot/cards/digest-cards.ts";
import { clubReply } from "../../../src/bot/cards/club-cards.ts";
import type { ClubCourier, Clubs } from "../../../src/club/clubs.ts";
import type { HereLines } from "../../../src/bot/cards/here/known-here.ts";
import { postedBefore } from "../../../src/bot/cards/here/known-here.ts";
import type { Paper } from "../../../src/corpus/paper.ts";
import type { ChannelMemory } from "../../../src/memory/channel-memory.ts";
import { followReply } from "../../../src/bot/cards/follow-cards.ts";
import type { FollowCourier, Follows } from "../../../src/follow/follows.ts";
import type { Reply } from "../../../src/bot/reply.ts";
import type { Log } from "../../../src/log.ts";
import type { Courier, Parcel } from "../../../src/digest/courier.ts";
import type { Digests } from "../../../src/digest/digests.ts";
import { localDateOf } from "../../../src/schedule/slots/slots.ts";
import type { Place } from "../../../src/schedule/place.ts";
import { formatSchedule } from "../../../src/schedule/slots/schedule-options.ts";
import { waitAtMost } from "../../platform/patience.ts";
import type { Posting } from "../../platform/postman.ts";
import type { Platform } from "../../platform/platform.ts";
import { MINUTE_MS, startRhythm } from "./schedule.ts";

/** What a part of a digest is. */
const PARTS = { all: "all", first: "paper-of-the-day", rest: "runners-up" } as const;

/** A part of a digest as a message. */
function partOf(
  edition: Parcel["edition"],
  part: Parcel["part"],
  here?: HereLines,
): Pick<Posting, "as" | "reply"> {
  const { subscription, date, news, lateSince } = edition;
  const reply = editionReply({
    plan: subscription.plan,
    date,
    news,
    id: subscription.id,
    part: PARTS[part],
    ...(here === undefined ? {} : { here }),
    ...(lateSince === undefined ? {} : { lateSince }),
  });
  return { as: "digest", reply };
}

function postingOf(place: Place, { edition, part, key, since, below }: Parcel, here: HereLines): Posting {
  const { id } = edition.subscription;
  return {
    place,
    digest: id,
    ...partOf(edition, part, here),
    key,
    since,
    ...(below === undefined ? {} : { below }),
  };
}

/** What channels remember, where it is asked. */
type Remembered = ChannelMemory | undefined;

const remembered = (memory: Remembered, place: Place, papers: readonly Paper[]): Promise<HereLines> =>
  postedBefore(memory === undefined ? undefined : () => Promise.resolve(memory), place, papers);

/** The papers of a digest. */
const papersIn = ({ news }: Parcel["edition"]): readonly Paper[] =>
  news.kind === "nothing" ? [] : [news.paper, ...news.runnersUp].map(({ paper }) => paper);

/** A platform as the digests see it. */
function createCourier(platform: Platform, memory: Remembered): Courier {
  return {
    width: platform.width,
    deliver: async (place, parcel) =>
      platform.deliver(postingOf(place, parcel, await remembered(memory, place, papersIn(parcel.edition)))),
    find: (place, { key, since, below, elsewhere, edition, part = "all" }) =>
      platform.find({
        place,
        key,
        since,
        ...(edition === undefined ? {} : partOf(edition, part)),
        ...(below === undefined ? {} : { below }),
        ...(elsewhere === undefined ? {} : { elsewhere }),
      }),
    tell: platform.tell,
  };
}

/** The couriers of the platforms that are connected, by the platforms' names. */
export function couriersOf(
  platforms: readonly Platform[],
  memory?: ChannelMemory,
): ReadonlyMap<string, Courier> {
  const connected = platforms.filter((platform) => platform.ready());
  return new Map(connected.map((platform) => [platform.name, createCourier(platform, memory)]));
}

/** A platform as clubs see it. */
function createClubCourier(platform: Platform): ClubCourier {
  return {
    width: platform.width,
    deliver: (place, { edition, key, since }) =>
      platform.deliver({
        place,
        digest: edition.subscription.id,
        as: "club",
        reply: clubReply(edition),
        key,
        since,
      }),
    find: (place, { key, since, elsewhere, edition }) =>
      platform.find({
        place,
        key,
        since,
        ...(edition === undefined ? {} : { as: "club" as const, reply: clubReply(edition) }),
        ...(elsewhere === undefined ? {} : { elsewhere }),
      }),
    tell: platform.tell,
  };
}

/** A platform as follows see it. */
function createFollowCourier(platform: Platform, memory: Remembered): FollowCourier {
  return {
    width: platform.width,
    deliver: async (place, { edition, key, since }) => {
      const papers = edition.news.kind === "nothing" ? [] : edition.news.papers;
      const reply = followReply(edition, await remembered(memory, place, papers));
      return platform.deliver({ place, digest: edition.subscription.id, as: "follow", reply, key, since });
    },
    find: (place, { key, since, elsewhere, edition }) =>
      platform.find({
        place,
        key,
        since,
        ...(edition === undefined ? {} : { as: "follow" as const, reply: followReply(edition) }),
        ...(elsewhere === undefined ? {} : { elsewhere }),
      }),
    tell: platform.tell,
  };
}

/** The same for follows. */
export function followCouriersOf(
  platforms: readonly Platform[],
  memory?: ChannelMemory,
): ReadonlyMap<string, FollowCourier> {
  const connected = platforms.filter((platform) => platform.ready());
  return new Map(connected.map((platform) => [platform.name, createFollowCourier(platform, memory)]));
}

/** The couriers of clubs. */
export function clubCouriersOf(platforms: readonly Platform[]): ReadonlyMap<string, ClubCourier> {
  const connected = platforms.filter((platform) => platform.ready());
  return new Map(connected.map((platform) => [platform.name, createClubCourier(platform)]));
}

/** What is sent by itself. */
export interface Sent {
  readonly digests: Digests;
  readonly follows: Follows;
  readonly clubs: Clubs;
  readonly memory?: ChannelMemory;
}

/** Sends what is due on platforms; resolves with what failed, in words. */
async function sendDue(
  { digests, follows, clubs, memory }: Sent,
  platforms: readonly Platform[],
  ended: AbortSignal,
): Promise<readonly string[]> {
  const failed = await digests.tick(couriersOf(platforms, memory), ended);
  if (ended.aborted) return failed;
  const untold = await follows.tick(followCouriersOf(platforms, memory), ended);
  return [...failed, ...untold, ...(await clubs.tick(clubCouriersOf(platforms), ended))];
}

/** How long the end of the program waits for digests on their way, in milliseconds; others come after the next start. */
const ENDING = 2500;

/**
 * Looks every minute what is due, one look after the other; resolves with what ends that, after what is being sent. A look that
 * is under way begins no other digest then, which is told.
 */
export function startClock(
  sent: Sent,
  platforms: readonly Platform[],
  log: Pick<Log, "info">,
): () => Promise<void> {
  const ended = new AbortController();
  let isUnderWay = false;
  const stop = startRhythm({ every: MINUTE_MS }, async () => {
    isUnderWay = true;
    await sendDue(sent, platforms, ended.signal);
    isUnderWay = false;
  });
  return async () => {
    if (isUnderWay)
      log.info("Ended while digests were being sent; those that are left come after the next start");
    ended.abort();
    await waitAtMost(stop(), ENDING);
  };
}

/** A digest to show, and whose it is. */
export interface ShownDigest {
  readonly first: string;
  readonly reply: Reply;
}

/** What every channel would get now; nothing is kept or sent. */
export async function previewAll(digests: Digests, now: Date): Promise<readonly ShownDigest[]> {
  const all = await digests.all();
  return Promise.all(
    all.map(async (subscription) => {
      const { id, place, plan } = subscription;
      const slot = { date: localDateOf(plan.zone, now), dueAt: now };
      const { news } = await digests.preview(subscription, slot);
      const channel = [place.platform, place.server, place.channel]
        .filter((part) => part !== undefined)
        .join(" ");
      return {
        first: `${channel}: digest ${id}, ${formatSchedule(plan)}`,
        reply: editionReply({ plan, date: slot.date, news, id }),
      };
    }),
  );
}
