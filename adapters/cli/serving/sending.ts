import type { Courier } from "../../../src/digest/courier.ts";
import { UserError } from "../../../src/user-error.ts";
import { waitAtMost } from "../../platform/patience.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Sent } from "./digests.ts";
import { clubCouriersOf, couriersOf, followCouriersOf } from "./digests.ts";
import { aborted } from "./stops.ts";
import { createPlatforms } from "./platforms.ts";
import type { PlatformParts } from "./platforms.ts";
import type { Settings } from "../settings/settings.ts";

/** How long sending by hand may take with the reading before it, in milliseconds; what is left then comes with the next run. */
const SENDING = 60_000;
/** How much of that the reading may take. */
const READING = 25_000;
const STOPPING = 4000;
/** How long what is being sent may take once the program is asked to end. */
const FINISHING = 2500;

/** Reads what is new, until it is aborted. */
export type Read = (signal: AbortSignal) => Promise<unknown>;

/** Couriers that note what they could not bring, by the keys of the messages. */
function noting(couriers: ReadonlyMap<string, Courier>, failed: Map<string, string>): Map<string, Courier> {
  const note = (name: string, courier: Courier): Courier => {
    const begin = ({ key, edition }: Parameters<Courier["find"]>[1]): void => {
      if (edition !== undefined)
        failed.set(key, `${name}: the digest ${edition.subscription.id} of ${edition.date}`);
    };
    return {
      ...courier,
      async deliver(place, parcel) {
        begin(parcel);
        const delivery = await courier.deliver(place, parcel);
        // What is refused for good, or can never be found out, is told by the platform, and not tried again.
        if (delivery.kind !== "later" && delivery.kind !== "gone") failed.delete(parcel.key);
        return delivery;
      },
      async find(place, parcel) {
        begin(parcel);
        const found = await courier.find(place, parcel);
        failed.delete(parcel.key);
        return found;
      },
    };
  };
  return new Map(Array.from(couriers, ([name, courier]) => [name, note(name, courier)]));
}

/** What is left to do, in words, by platform and by message. */
interface Left {
  readonly platforms: Map<string, string>;
  readonly messages: Map<string, string>;
  /** What only a person can mend. */
  readonly refused: Map<string, string>;
  /** The operator's wish that the program end. */
  readonly asked: AbortSignal;
}

/** Sends what is due on one platform, whatever the others do. Never rejects: what went wrong is in what is left. */
async function sendOn(
  platform: Platform,
  { digests, follows, clubs, memory }: Sent,
  read: Promise<void>,
  left: Left,
): Promise<void> {
  const { name } = platform;
  left.platforms.set(name, `${name} did not answer within ${SENDING / 1000} s`);
  const send = async (): Promise<void> => {
    await read;
    await platform.start();
    left.platforms.set(name, `${name} was not through within ${SENDING / 1000} s`);
    const untold = await digests.tick(noting(couriersOf([platform], memory), left.messages), left.asked);
    const follow = left.asked.aborted
      ? []
      : await follows.tick(followCouriersOf([platform], memory), left.asked);
    const club = left.asked.aborted ? [] : await clubs.tick(clubCouriersOf([platform]), left.asked);
    for (const words of [...untold, ...follow, ...club]) left.messages.set(words, words);
    if (!left.asked.aborted) left.platforms.delete(name);
  };
  try {
    await Promise.race([send(), platform.failed]);
  } catch (error) {
    if (error instanceof UserError) left.refused.set(name, error.message);
    left.platforms.set(name, `${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Reads what is new, for a part of the time, and says where that was not enough. */
async function readInTime(read: Read, log: PlatformParts["log"], asked: AbortSignal): Promise<void> {
  const late = new AbortController();
  let isRead = false;
  const reading = read(late.signal).then(() => (isRead = true));
  await waitAtMost(Promise.race([reading, aborted(asked)]), READING);
  if (isRead) return;
  late.abort(new Error("reading took too long"));
  const when = asked.aborted ? "before the program was asked to end" : `within ${READING / 1000} s`;
  log.warn(`What is new was not read to its end ${when}; the next run goes on there`);
}

/**
 * Reads what is new and sends the digests that are due, each platform on its own, and ends within a minute and some seconds.
 * Resolves with what could not be sent, in words: what a platform refused, and platforms that did not connect or were not
 * through in time. A UserError where no platform can be served before somebody changes something.
 */
export async function sendDigests(
  settings: Settings,
  parts: PlatformParts,
  { read, asked }: { readonly read: Read; readonly asked: AbortSignal },
): Promise<readonly string[]> {
  const platforms = await createPlatforms(settings, parts);
  const left: Left = { platforms: new Map(), messages: new Map(), refused: new Map(), asked };
  const reading = readInTime(read, parts.log, asked);
  const all = platforms.map((platform) => sendOn(platform, parts, reading, left));
  const sent = Promise.all(all);
  const finished = aborted(asked).then(() => waitAtMost(sent, FINISHING));
  await waitAtMost(Promise.race([sent, finished]), SENDING);
  // What ends because it is stopped is left all the same.
  const waiting = asked.aborted
    ? [...left.platforms.keys()].map((name) => `${name} was not through when the program was asked to end`)
    : left.platforms.values();
  const words = [...new Set(left.messages.values()), ...waiting];
  const refused = platforms.flatMap(({ name }) => left.refused.get(name) ?? []);
  await waitAtMost(Promise.all(platforms.map((platform) => platform.stop())), STOPPING);
  if (refused.length === platforms.length) throw new UserError(refused.join(" "));
  return words;
}
