import type { Damaged } from "../schedule/goods.ts";
import { formatDays, formatTime } from "../schedule/slots/schedule-options.ts";
import type { HeldReason } from "../schedule/subscription.ts";
import { heldWords } from "../schedule/words.ts";
import type { Place } from "../schedule/place.ts";
import type { FollowPlan } from "./follow.ts";
import { wishWords } from "./wish.ts";

/** When a follow is told, in words: `at once`, `every day at 09:00 Europe/Berlin`, `on Mondays at 09:00 UTC`. */
function rhythmWords({
  when,
  days,
  time,
  zone,
}: Pick<FollowPlan, "when" | "days" | "time" | "zone">): string {
  return when === "at once" ? "at once" : `${formatDays(days)} at ${formatTime(time)} ${zone}`;
}

/** A follow in a line: `papers by Jane Doe, at once`. */
export function followWords(plan: FollowPlan): string {
  return `${wishWords(plan.wish)}, ${rhythmWords(plan)}`;
}

/** Who follows, as a sentence goes on with it. */
export const whoFollows = ({ direct }: Place): string =>
  direct === true ? "you follow" : "this channel follows";

/** What the maker of a follow is told, once, when the platform refuses its message. */
export function heldFollow(reason: HeldReason): string {
  return `What you follow cannot be told: ${heldWords(reason)}. It goes on by itself once that is mended; “follow list” shows it, “follow stop” ends it.`;
}

/** Why a follow is held, where it is listed. */
export function heldFollowWords(reason: HeldReason, { direct }: Place): string {
  if (direct === true && reason === "not-allowed")
    return "Held back: your direct messages are closed to me. Allow direct messages from members of a server that we share; nothing is lost meanwhile.";
  return `Held back: ${heldWords(reason)}. It goes on by itself once that is mended; nothing is lost meanwhile.`;
}

/** That a follow cannot be read, and what to do. */
export function damagedFollow({ id, problem }: Damaged): string {
  return `The follow ${id} cannot be read: its ${problem}. Nothing is told for it. “follow stop ${id}” where it was set up ends it, or put a backup of the database in place.`;
}
