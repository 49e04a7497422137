import type { Place } from "../../schedule/place.ts";
import { UserError } from "../../user-error.ts";
import type { Services } from "../command.ts";

/** Where a call comes from. Throws a UserError with `absent` where that is no channel. */
export function placeHere({ caller }: Pick<Services, "caller">, absent: string): Place {
  if (caller.place !== undefined) return caller.place;
  throw new UserError(absent);
}

/** What is said to somebody who may not change what a channel gets. */
interface Changing {
  /** Where there is no channel. */
  readonly absent: string;
  /** `the digests` of this channel. */
  readonly what: string;
  /** What that person can do instead, in a direct message. */
  readonly own: string;
}

/** The place, for a call that changes what it gets. Throws a UserError that says who may do that. */
export async function placeToChangeHere(
  services: Pick<Services, "caller">,
  { absent, what, own }: Changing,
): Promise<Place> {
  const place = placeHere(services, absent);
  const authority = (await services.caller.authority?.()) ?? { kind: "may" };
  if (authority.kind === "may") return place;
  if (authority.kind === "cannot") throw new UserError(authority.why);
  throw new UserError(
    `Only ${authority.who} can change ${what} of this channel. Ask one of them, or ${own} in a direct message with me.`,
  );
}
