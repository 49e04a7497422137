import type { Follow } from "../../../follow/follow.ts";
import { MOST_FOLLOWS } from "../../../follow/follow.ts";
import type { Follows } from "../../../follow/follows.ts";
import type { Place } from "../../../schedule/place.ts";
import { placeKey } from "../../../schedule/place.ts";
import { UserError } from "../../../user-error.ts";
import type { Services } from "../../command.ts";
import { optionalText } from "../../options.ts";
import { placeHere, placeToChangeHere } from "../place-here.ts";

const ABSENT =
  "There is nowhere here to tell you of new papers. In Discord and Slack, “/paper follow start” sets it up.";

/** Where a call that looks at follows comes from. Throws a UserError where there is no channel. */
export const followPlace = (services: Services): Place => placeHere(services, ABSENT);

/** The channel of a call, for one that changes what it follows. Throws a UserError that says who may. */
export const channelToChange = (services: Services): Promise<Place> =>
  placeToChangeHere(services, {
    absent: ABSENT,
    what: "what is followed by the members",
    own: "follow it yourself with to:me, or",
  });

/** Which of the follows of a place is meant. */
export const whichFollow = optionalText({
  description: "Which, by its number in “follow list”",
  brief: "Its number in “follow list”",
  takesLine: true,
  maxLength: 20,
});

/** A follow and its number in the list, from 1. */
export interface NumberedFollow {
  readonly number: number;
  readonly follow: Follow;
}

const isIn = (place: Place, follow: Follow): boolean => placeKey(follow.place) === placeKey(place);

const inOrder = (all: readonly Follow[]): Follow[] =>
  all.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));

/**
 * What a call sees: what the place follows, then what the person follows privately, which nobody else reads. Each in the
 * order in which they were made.
 */
export async function numberedFollows(services: Services): Promise<readonly NumberedFollow[]> {
  const { caller } = services;
  const place = followPlace(services);
  const follows: Follows = await services.follows();
  const here = await follows.inPlace(place);
  const own = caller.overheard === true ? [] : await follows.privateOf(caller.platform, caller.user);
  return [...inOrder(here), ...inOrder(own.filter((one) => !isIn(place, one)))].map((follow, i) => ({
    number: i + 1,
    follow,
  }));
}

/** The follow that is meant: by its number, its id, or as the only one. Throws a UserError that says what there is. */
export async function findFollow(services: Services, which: string | undefined): Promise<NumberedFollow> {
  const all = await numberedFollows(services);
  const [only, ...others] = all;
  if (only === undefined)
    throw new UserError(
      'Nothing is followed here. “follow start” begins, such as: follow start author:"Jane Doe"',
    );
  if (which === undefined) {
    if (others.length === 0) return only;
    throw new UserError(
      `There are ${all.length} follows here. Say which one by its number, 1 to ${all.length}; “follow list” shows them.`,
    );
  }
  const found = all.find(
    ({ number, follow }) => String(number) === which.replace(/^#/, "") || follow.id === which,
  );
  if (found !== undefined) return found;
  throw new UserError(
    `There is no follow “${which}” here. They are numbered 1 to ${all.length}; “follow list” shows them.`,
  );
}

/** Asks whether the caller may change a follow: everybody their own, and those who may manage a channel its. */
export async function mayChange(services: Services, { place }: Follow): Promise<void> {
  if (services.caller.place !== undefined && placeKey(services.caller.place) !== placeKey(place)) return;
  await channelToChange(services);
}

/** Throws a UserError where a place has as many follows as it may. */
export function requireRoom(there: readonly Follow[]): void {
  if (there.length >= MOST_FOLLOWS)
    throw new UserError(`There are ${MOST_FOLLOWS} follows here, which is the most. “follow stop” ends one.`);
}
