import type { Paper } from "../../../corpus/paper.ts";
import type { FollowPlan, Rhythm } from "../../../follow/follow.ts";
import { RHYTHMS } from "../../../follow/follow.ts";
import type { Wish } from "../../../follow/wish.ts";
import type { Weekday } from "../../../schedule/slots/local-date.ts";
import { WEEKDAYS } from "../../../schedule/slots/local-date.ts";
import { parseDays, parseTime } from "../../../schedule/slots/schedule-options.ts";
import { parseZone } from "../../../schedule/slots/zone-option.ts";
import { UserError } from "../../../user-error.ts";
import type { FoundPaper } from "../../naming/find-paper.ts";
import { findPaper } from "../../naming/find-paper.ts";
import type { Services } from "../../command.ts";
import type { OptionValues } from "../../options.ts";
import { choice, optionalText } from "../../options.ts";
import { followPlace } from "./which.ts";

/** What people may say of a follow. */
export const followOptions = {
  author: optionalText({ description: "A person, by name: Jane Doe" }),
  org: optionalText({ description: "An organisation: nvidia", completedBy: "organisations" }),
  search: optionalText({
    description: "Words, as in a search; commas between topics",
    brief: "Words; commas between topics",
    maxLength: 500,
  }),
  like: optionalText({
    description: "A paper that others are to be like",
    maxLength: 500,
    completedBy: "titles",
  }),
  to: choice({
    description: "This channel (here) or you alone (me, the default)",
    brief: "here, for this channel, or me",
    choices: ["here", "me"] as const,
  }),
  when: choice({ description: "How soon it is told; default daily", choices: RHYTHMS }),
  time: optionalText({ description: "Time of day, such as 9:00 or 4:30 pm" }),
  zone: optionalText({
    description: "Time zone, such as Europe/Berlin",
    completedBy: "zones",
  }),
  days: optionalText({ description: "Other days, such as mon,thu" }),
  /** What a line says besides the options it names: the rest of a name, words to look for, `here`, `me`. */
  words: optionalText({ description: "Set by lines", takesLine: true, internal: true, maxLength: 500 }),
};

export type FollowSaid = OptionValues<typeof followOptions>;

const WHAT =
  'Follow what? Name one: author:"Jane Doe", org:nvidia, search:"diffusion models" or like:FastDINOv2.';

/** What is said, with the words of a line where they belong: behind a name that was not quoted, `here` and `me` to whom. */
export function sortWords(said: FollowSaid): FollowSaid {
  const words = said.words?.split(/\s+/) ?? [];
  const to = words.find((word): word is "here" | "me" => word === "here" || word === "me");
  const rest = words.filter((word) => word !== "here" && word !== "me").join(" ");
  const sorted = { ...said, to: said.to ?? to, words: undefined };
  if (rest === "") return sorted;
  const named = (["author", "org", "search", "like"] as const).filter((name) => said[name] !== undefined);
  const [only, another] = named;
  if (another !== undefined) return sorted;
  if (only === undefined) return { ...sorted, search: rest };
  return { ...sorted, [only]: `${said[only]} ${rest}` };
}

/** A wish, or that the paper named is not known or not one. */
export type Wished =
  | { readonly kind: "wish"; readonly wish: Wish }
  | { readonly kind: "which"; readonly text: string; readonly found: Exclude<FoundPaper, { kind: "found" }> };

const likeWish = ({ id, title }: Paper): Wished => ({
  kind: "wish",
  wish: { kind: "like", paper: id, title },
});

/** Reads what is to be followed. Throws a UserError where that is nothing, or several things. */
export async function readWish(
  { author, org, search, like }: FollowSaid,
  services: Services,
): Promise<Wished> {
  const said = [author, org, search, like].filter((one) => one !== undefined);
  if (said.length > 1)
    throw new UserError("One follow is of one thing. Make another for the second, so that each says why.");
  if (author !== undefined) return { kind: "wish", wish: { kind: "author", name: author } };
  if (org !== undefined) return { kind: "wish", wish: { kind: "org", name: org } };
  if (search !== undefined) return { kind: "wish", wish: { kind: "search", words: search } };
  if (like === undefined) throw new UserError(WHAT);
  const found = await findPaper(services.library.index, like);
  return found.kind === "found" ? likeWish(found.paper) : { kind: "which", text: like, found };
}

const daysOf = (when: Rhythm): readonly Weekday[] => (when === "weekly" ? [1] : WEEKDAYS);

/** The time zone: as said, or as the server said before. Throws a UserError that asks for it. */
async function zoneFor(services: Services, said: string | undefined): Promise<string> {
  if (said !== undefined) return parseZone(said);
  const known = await (await services.digests()).zoneOf(followPlace(services));
  if (known !== undefined) return known;
  throw new UserError(
    'In which time zone are you? Say it once, such as: zone:Europe/Berlin. Or have it told at once: when:"at once".',
  );
}

/** When it is told. Throws a UserError for what cannot be read. */
export async function readRhythm(
  { when = "daily", time, zone, days }: FollowSaid,
  services: Services,
): Promise<Pick<FollowPlan, "when" | "time" | "zone" | "days">> {
  if (when === "at once" && (time ?? days) !== undefined)
    throw new UserError("What is told at once has no time and no days. Leave them out, or say when:daily.");
  return {
    when,
    time: time === undefined ? { hour: 9, minute: 0 } : parseTime(time),
    zone: when === "at once" ? "UTC" : await zoneFor(services, zone),
    days: days === undefined ? daysOf(when) : parseDays(days),
  };
}
