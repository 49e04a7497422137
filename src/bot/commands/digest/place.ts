import type { Digests } from "../../../digest/digests.ts";
import type { Place } from "../../../schedule/place.ts";
import type { Subscription } from "../../../digest/subscription.ts";
import { UserError } from "../../../user-error.ts";
import type { Services } from "../../command.ts";
import { optionalText } from "../../options.ts";

/** Which of a channel's digests is meant. */
export const whichOption = optionalText({
  description: "Which digest, by its number in “digest list”; not needed where there is one",
  takesLine: true,
  maxLength: 20,
});

/** Where digests of this call go. Throws a UserError where there is no channel. */
export function placeOf({ caller }: Services): Place {
  if (caller.place !== undefined) return caller.place;
  throw new UserError(
    "There is no channel here to post into. In Discord and Slack, “/paper digest start” in a channel sets one up; here “digest preview” shows what a channel would get.",
  );
}

/** The place, for a call that changes what it gets. Throws a UserError that says who may do that. */
export async function placeToChange(services: Services): Promise<Place> {
  const place = placeOf(services);
  const authority = (await services.caller.authority?.()) ?? { kind: "may" };
  if (authority.kind === "may") return place;
  if (authority.kind === "cannot") throw new UserError(authority.why);
  throw new UserError(
    `Only ${authority.who} can change the digests of this channel. Ask one of them, or set up a digest of your own in a direct message with me.`,
  );
}

/** A digest of a channel, and its number there, from 1. */
export interface Numbered {
  readonly number: number;
  readonly subscription: Subscription;
}

/** The digests of a place, in their order. */
export async function numberedIn(digests: Digests, place: Place): Promise<readonly Numbered[]> {
  const all = (await digests.inPlace(place)).toSorted(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  return all.map((subscription, i) => ({ number: i + 1, subscription }));
}

/** The digest that is meant: by its number, its id, or as the only one. Throws a UserError that says what there is. */
export async function findDigest(
  digests: Digests,
  place: Place,
  which: string | undefined,
): Promise<Numbered> {
  const all = await numberedIn(digests, place);
  const [only, ...others] = all;
  if (only === undefined) throw new UserError("This channel has no digest yet. “digest start” sets one up.");
  if (which === undefined) {
    if (others.length === 0) return only;
    throw new UserError(
      `This channel has ${all.length} digests. Say which one by its number, 1 to ${all.length}; “digest list” shows them.`,
    );
  }
  const found = all.find(
    ({ number, subscription }) => String(number) === which.replace(/^#/, "") || subscription.id === which,
  );
  if (found !== undefined) return found;
  throw new UserError(
    `There is no digest “${which}” in this channel. Its digests are numbered 1 to ${all.length}; “digest list” shows them.`,
  );
}
