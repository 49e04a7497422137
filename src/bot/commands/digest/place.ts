import type { Digests } from "../../../digest/digests.ts";
import type { Place } from "../../../schedule/place.ts";
import type { Subscription } from "../../../digest/subscription.ts";
import { UserError } from "../../../user-error.ts";
import type { Services } from "../../command.ts";
import { optionalText } from "../../options.ts";
import { mailedTo } from "./mailed.ts";
import { placeHere, placeToChangeHere } from "../place-here.ts";

const NO_CHANNEL =
  "There is no channel here to post into. In Discord and Slack, “/paper digest start” in a channel sets one up; here “digest preview” shows what a channel would get, and “digest mail” has it sent by e-mail.";

/** Which of a channel's digests is meant. */
export const whichOption = optionalText({
  description: "Which digest, by its number in “digest list”, where there are several",
  brief: "Its number in “digest list”",
  takesLine: true,
  maxLength: 20,
});

/** Where digests of this call go. Throws a UserError where there is no channel. */
export const placeOf = (services: Services): Place => placeHere(services, NO_CHANNEL);

/** The place, for a call that changes its digests. Throws a UserError that says who may do that. */
export const placeToChange = (services: Services): Promise<Place> =>
  placeToChangeHere(services, {
    absent: NO_CHANNEL,
    what: "the digests",
    own: "set up a digest of your own",
  });

/** A digest that somebody sees, and its number among those: `1`, `2` in a channel, `m1`, `m2` by e-mail. */
export interface Numbered {
  readonly number: string;
  readonly subscription: Subscription;
}

/** The digests of a place, in their order. */
export async function numberedIn(digests: Digests, place: Place): Promise<readonly Numbered[]> {
  const all = (await digests.inPlace(place)).toSorted(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  return all.map((subscription, i) => ({ number: String(i + 1), subscription }));
}

const isNamed = ({ number, subscription }: Numbered, which: string): boolean =>
  number === which.replace(/^#/, "").toLowerCase() || subscription.id === which;

/** The one of a person's own that is meant; undefined where it is none of them. */
async function findMailed(services: Services, which: string | undefined): Promise<Numbered | undefined> {
  const own = await mailedTo(services);
  if (which !== undefined) {
    const found = own.find((one) => isNamed(one, which));
    if (found !== undefined || !/^#?m\d+$/i.test(which)) return found;
    throw new UserError(
      own.length === 0
        ? "You have no digest by e-mail. “digest mail” sets one up."
        : `You have no digest “${which}” by e-mail. Yours are numbered m1 to m${own.length}; “digest list” shows them.`,
    );
  }
  const { place } = services.caller;
  if (place !== undefined && (await (await services.digests()).inPlace(place)).length > 0) return undefined;
  if (own.length > 1)
    throw new UserError(
      `You have ${own.length} digests by e-mail. Say which one by its number, m1 to m${own.length}; “digest list” shows them.`,
    );
  return own[0];
}

/** The digest of the channel that is meant: by its number, its id, or as the only one. */
async function findHere(services: Services, which: string | undefined): Promise<Numbered> {
  const all = await numberedIn(await services.digests(), placeOf(services));
  const [only, ...others] = all;
  if (only === undefined) throw new UserError("This channel has no digest yet. “digest start” sets one up.");
  if (which === undefined) {
    if (others.length === 0) return only;
    throw new UserError(
      `This channel has ${all.length} digests. Say which one by its number, 1 to ${all.length}; “digest list” shows them.`,
    );
  }
  const found = all.find((one) => isNamed(one, which));
  if (found !== undefined) return found;
  throw new UserError(
    `There is no digest “${which}” in this channel. Its digests are numbered 1 to ${all.length}; “digest list” shows them.`,
  );
}

/**
 * The digest that is meant: one of the channel or, by its number `m1` or where the channel has none, one that comes to the
 * caller by e-mail. Throws a UserError that says what there is.
 */
export async function findDigest(services: Services, which: string | undefined): Promise<Numbered> {
  return (await findMailed(services, which)) ?? findHere(services, which);
}

/** The same for a call that changes it. Throws a UserError that says who may do that; everybody may change their own. */
export async function findToChange(services: Services, which: string | undefined): Promise<Numbered> {
  const mailed = await findMailed(services, which);
  if (mailed !== undefined) return mailed;
  await placeToChange(services);
  return findHere(services, which);
}
