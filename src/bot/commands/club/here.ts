import type { Club } from "../../../club/club.ts";
import type { Place } from "../../../schedule/place.ts";
import { UserError } from "../../../user-error.ts";
import type { Services } from "../../command.ts";
import type { Button } from "../../reply.ts";
import { placeHere, placeToChangeHere } from "../place-here.ts";

const ABSENT =
  "There is no channel here. In Discord and Slack, “/paper club start” in a channel begins a journal club.";

/** The channel of a call that changes its club. Throws a UserError that says who may. */
export const channelOfClub = (services: Services): Promise<Place> =>
  placeToChangeHere(services, { absent: ABSENT, what: "the journal club", own: "begin a club of your own" });

/** The club of the channel. Throws a UserError where it has none. */
export async function clubHere(services: Services): Promise<Club> {
  const club = await (await services.clubs()).inPlace(placeHere(services, ABSENT));
  if (club !== undefined) return club;
  throw new UserError(
    "This channel has no journal club. Begin one: club start day:thu time:16:00 zone:Europe/Berlin",
  );
}

/** What nominates a paper, where the channel of a call has a club. */
export async function nominateButtons(services: Services, paper: string): Promise<readonly Button[]> {
  const { place } = services.caller;
  // What else the card shows does not hang on clubs, which some bots have none of.
  const clubs = place === undefined ? undefined : await services.clubs().catch(() => undefined);
  const club = place === undefined ? undefined : await clubs?.inPlace(place);
  if (club === undefined) return [];
  return [{ kind: "run", label: "Nominate", key: "j", run: { command: "club nominate", args: { paper } } }];
}
