import type { Waiting } from "../figures.ts";
import type { Place } from "../schedule/place.ts";
import type { Subscription } from "../schedule/subscription.ts";
import type { LastSlot, Watched } from "../schedule/watched.ts";
import { countWords, heldWords } from "../schedule/words.ts";
import type { Finding } from "./finding.ts";
import { failure, fine, momentWords, warning } from "./finding.ts";

/** What one that is held waits for, for who can change it. */
const heldTodo = ({ noun, stop }: Watched): string =>
  `Give the bot its permissions in the channel, or end the ${noun} with “${stop}”. It is tried again every ten minutes.`;

const lostTodo = ({ noun }: Watched): string =>
  noun === "digest"
    ? "See that the bot runs when digests are due; “digest status” shows more days."
    : `See that the bot runs when ${noun}s are due.`;

/** What is said of one that the platform refuses: in a direct conversation that is its person's own business. */
function heldFinding(watched: Watched, name: string, { place, state }: Subscription): Finding | undefined {
  if (state.kind !== "held") return undefined;
  const words = `${name} is held since ${momentWords(state.since)}: `;
  if (place.direct === true && state.reason === "not-allowed")
    return warning(
      `${words}the person takes no direct messages of the bot.`,
      `It goes on once they do; they end it with “${watched.stop}”.`,
    );
  return failure(`${words}${heldWords(state.reason)}.`, heldTodo(watched));
}

/** How one goes: its last slot and its next. `name` says which it is, such as “The digest d1”. */
function findingOf(
  watched: Watched,
  subscription: Subscription,
  last: LastSlot | undefined,
  now: Date,
): Finding {
  const name = `The ${watched.noun} ${subscription.id}`;
  const before = last === undefined ? "none was due yet" : `the last, of ${last.day}, was ${last.words}`;
  if (subscription.state.kind === "paused") return fine(`${name} is paused; ${before}.`);
  const held = heldFinding(watched, name, subscription);
  if (held !== undefined) return held;
  const next = watched.next(subscription, now);
  const after =
    next === undefined ? "the next comes when something is new" : `the next is due at ${momentWords(next)}`;
  const words = `${name}: ${before}; ${after}.`;
  return last?.isLost === true ? warning(words, lostTodo(watched)) : fine(words);
}

/** Which are looked at: all, or those of one place or server. */
export type Which = (place: Place) => boolean;

/** How those go that are meant, each in a line. */
export async function scheduledFindings(
  watched: Watched,
  which: Which,
  now: Date,
): Promise<readonly Finding[]> {
  const all = (await watched.all()).filter(({ place }) => which(place));
  return Promise.all(all.map(async (one) => findingOf(watched, one, await watched.last(one), now)));
}

/** Those that cannot be read, for the operator. */
export async function damagedFindings(watched: Watched): Promise<readonly Finding[]> {
  const { noun, stop } = watched;
  return (await watched.damaged()).map(({ id, problem }) =>
    failure(
      `The ${noun} ${id} cannot be read: its ${problem}. Nothing is sent for it.`,
      `“${stop} ${id}” in its channel ends it, or put a backup of the database in place.`,
    ),
  );
}

/** What waits to be sent; nothing where nothing does. */
export function waitingFindings({ follows, letters }: Waiting): readonly Finding[] {
  return [
    ...(follows === 0
      ? []
      : [fine(`For ${countWords(follows, "follow")} papers wait for the next message.`)]),
    ...(letters === 0
      ? []
      : [
          warning(
            `${countWords(letters, "letter")} that ${letters === 1 ? "asks" : "ask"} to confirm an address ${letters === 1 ? "waits" : "wait"} to be sent.`,
            "They are sent while the bot runs with PAPERBOY_SMTP_URL; its log says what the mail server answered.",
          ),
        ]),
  ];
}
