import type { Club, ClubPlan } from "../club/club.ts";
import { createClubBook } from "../club/clubs.ts";
import { deedIn } from "../schedule/place.ts";
import { formatSchedule } from "../schedule/slots/schedule-options.ts";
import { changePlan } from "../schedule/subscription.ts";
import { countWords } from "../schedule/words.ts";
import { OPERATOR } from "../store/kept/audit.ts";
import type { Importing } from "./importing.ts";
import type { PortablePlace, Step } from "./place.ts";

const planWords = (plan: ClubPlan): string =>
  `${formatSchedule(plan)}; chosen ${countWords(plan.lead, "day")} before`;

/** Begins the journal club of a place, or has the one that is there meet at another time, with what is nominated. */
export async function importClub(
  { store, now, newId }: Importing,
  { place, club }: PortablePlace,
): Promise<Step[]> {
  const book = createClubBook(store, now);
  const [before] = await book.inPlace(place);
  const put = (one: Club, detail: string): Promise<void> =>
    book.put(one, deedIn(place, { by: OPERATOR, action: "settings import", subject: one.id, detail }));
  if (club === undefined)
    return before === undefined
      ? []
      : [{ kind: "kept", what: `journal club: ${planWords(before.plan)}, which the file does not have` }];
  const line = planWords(club.plan);
  if (before === undefined) {
    if ((await book.damaged(place)).length > 0)
      return [{ kind: "refused", what: `${club.at}: the channel has a journal club that cannot be read` }];
    const at = now();
    const made = { id: newId(), place, createdBy: OPERATOR, createdAt: at, scheduledSince: at };
    await put({ ...made, plan: club.plan, state: { kind: "active" } }, line);
    return [{ kind: "new", what: `journal club: ${line}` }];
  }
  const old = planWords(before.plan);
  if (old === line) return [{ kind: "same", what: `journal club: ${line}` }];
  await put(changePlan(before, club.plan, now()), `${old} → ${line}`);
  return [{ kind: "changed", what: `journal club: ${old} → ${line}` }];
}
