import { placeKey } from "../../../schedule/place.ts";
import type { Reader } from "../../../reading/reader.ts";
import { personKey } from "../../../reading/reader.ts";
import type { ReadingList } from "../../../reading/lists.ts";
import type { Reading } from "../../../reading/reading.ts";
import { OPERATOR } from "../../../store/kept/audit.ts";
import { UserError } from "../../../user-error.ts";
import type { Caller, Services } from "../../command.ts";
import { optionalText } from "../../options.ts";

/** Which list is meant. */
export const listOption = optionalText({
  description: "A list by its name; your own reading list where none is named",
  brief: "A list by its name, or your own",
  maxLength: 100,
});

/** Slack’s ids of people are those of a workspace, which it does not name everywhere. */
const WORKSPACE_IDS = new Set(["slack"]);

/** Who reads, and where. Throws a UserError where people are not told apart. */
function readerOf({ platform, user, workspace, passing, place }: Caller): Reader {
  if (passing === true)
    throw new UserError(
      "Nobody is told apart here, so nothing is kept for you. In Discord, Slack and the terminal you have a reading list.",
    );
  if (WORKSPACE_IDS.has(platform) && workspace === undefined)
    throw new UserError(
      "It is not said here in which workspace you are. Type it in a channel: /paper list show",
    );
  const { server, channel, direct } = place ?? {};
  const acts = {
    platform,
    by: platform === "terminal" ? OPERATOR : user,
    ...(server === undefined ? {} : { server }),
    ...(channel === undefined ? {} : { channel }),
  };
  return {
    person: personKey({ platform, user, ...(workspace === undefined ? {} : { workspace }) }),
    acts,
    // In a direct conversation nobody else is there to share with.
    ...(place === undefined || direct === true ? {} : { place: placeKey(place) }),
  };
}

/** Reading lists, and who asks for them. Throws a UserError where nothing is kept. */
export async function openReading({
  reading,
  caller,
}: Pick<Services, "reading" | "caller">): Promise<{ readonly reading: Reading; readonly reader: Reader }> {
  const reader = readerOf(caller);
  if (reading === undefined)
    throw new UserError("Nothing is kept for people here. In Discord, Slack and the terminal it is.");
  return { reading: await reading(), reader };
}

/** Throws a UserError where everybody would read what is one person's own. `line` is the command to type instead. */
export function mustBeAlone({ overheard }: Caller, line: string): void {
  if (overheard === true)
    throw new UserError(`Everybody would read that here. Type /paper ${line}, whose answer you alone see.`);
}

/** Throws a UserError where a list is shared and the caller may not change what the channel has. */
export async function mustBeAllowed({ authority }: Caller, list: ReadingList, change: string): Promise<void> {
  if (list.kind === "own") return;
  const may = (await authority?.()) ?? { kind: "may" };
  if (may.kind === "may") return;
  if (may.kind === "cannot") throw new UserError(may.why);
  throw new UserError(`Only ${may.who} can ${change}. Ask one of them.`);
}
