import type { PaperId } from "../corpus/paper.ts";
import type { Edition as Scheduled } from "../schedule/goods.ts";
import type { Schedule, Slot } from "../schedule/slots/slots.ts";
import { slotsBetween } from "../schedule/slots/slots.ts";
import type { LocalDate } from "../schedule/slots/local-date.ts";
import { DAY_MS } from "../schedule/slots/local-date.ts";
import type { Subscription } from "../schedule/subscription.ts";
import { changePlan } from "../schedule/subscription.ts";

/** When a club meets, once a week, and how many days before, 0 to 6, its paper is chosen. */
export interface ClubPlan extends Schedule {
  readonly lead: number;
  /** What was chosen for a meeting that was moved before it took place: the paper of the first meeting since the plan is so. */
  readonly carried?: PaperId;
}

/** A journal club of a channel: each week one paper that its people nominate and vote for. */
export type Club = Subscription<ClubPlan>;

/** The paper of a meeting. */
export interface Winner {
  readonly paper: PaperId;
  readonly title: string;
  /** Who nominated it, by the platform's id; absent once that person is forgotten. */
  readonly by?: string;
  readonly votes: number;
  /** When the club meets. */
  readonly meeting: Date;
}

/** What is said before a meeting: that a paper is chosen, or that the meeting is in an hour. */
export type ClubNews =
  { readonly kind: "chosen" | "reminder"; readonly winner: Winner } | { readonly kind: "nothing" };

/** What the ledger keeps of it; times as text. */
export type ClubContent =
  | {
      readonly kind: "chosen" | "reminder";
      readonly winner: Omit<Winner, "meeting"> & { readonly meeting: string };
    }
  | { readonly kind: "nothing" };

/** The kind of thing that a club sends. */
export interface Clubbing {
  readonly plan: ClubPlan;
  readonly news: ClubNews;
  readonly content: ClubContent;
  readonly nothing: { readonly kind: "none-nominated" };
}

/** A message of a club, as it is shown. */
export type ClubEdition = Scheduled<Clubbing>;

/** How long before a meeting people are reminded, in milliseconds. */
const REMINDER_MS = 3_600_000;

/** A message before a meeting. */
export interface ClubSlot extends Slot {
  readonly kind: "chosen" | "reminder";
  readonly meeting: Date;
}

/** The two messages of a meeting. Their names sort in the order in which they are due, since no lead is a week. */
function slotsOf({ lead }: ClubPlan, { date, dueAt }: Slot): ClubSlot[] {
  const named = (end: string): LocalDate => `${date}${end}` as LocalDate;
  const ahead = (ms: number): Date => new Date(dueAt.getTime() - ms);
  return [
    {
      kind: "chosen",
      date: named("a"),
      dueAt: ahead(Math.max(lead * DAY_MS, 2 * REMINDER_MS)),
      meeting: dueAt,
    },
    { kind: "reminder", date: named("r"), dueAt: ahead(REMINDER_MS), meeting: dueAt },
  ];
}

/** The messages due after one time and until another, in order. */
export function clubSlots(plan: ClubPlan, from: Date, to: Date): ClubSlot[] {
  const until = new Date(to.getTime() + (plan.lead + 1) * DAY_MS);
  return slotsBetween(plan, from, until)
    .flatMap((slot) => slotsOf(plan, slot))
    .filter(({ dueAt }) => dueAt > from && dueAt <= to)
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** When a club first meets after a time. */
export function firstMeeting(plan: ClubPlan, after: Date): Date | undefined {
  return slotsBetween(plan, after, new Date(after.getTime() + 8 * DAY_MS))[0]?.dueAt;
}

/** The paper that is chosen for a meeting to come, with when that is by now; of all that were chosen, the newest first. */
export function upcoming(
  { plan, scheduledSince }: Club,
  chosen: readonly Winner[],
  now: Date,
): Winner | undefined {
  const carried = chosen.find(({ paper }) => paper === plan.carried);
  const first = carried === undefined ? undefined : firstMeeting(plan, scheduledSince);
  const [newest] = chosen;
  const winner =
    carried === undefined || first === undefined || newest?.paper !== carried.paper
      ? newest
      : { ...carried, meeting: first };
  return winner !== undefined && winner.meeting > now ? winner : undefined;
}

/** A club with another plan. What was chosen for a meeting to come goes along to the first one there is then. */
export function changeClub(club: Club, plan: ClubPlan, chosen: readonly Winner[], now: Date): Club {
  const { carried: _before, ...asked } = plan;
  const changed = changePlan(club, asked, now);
  const isMoved = changed.scheduledSince !== club.scheduledSince;
  const carried = isMoved ? upcoming(club, chosen, now)?.paper : club.plan.carried;
  return carried === undefined ? changed : { ...changed, plan: { ...asked, carried } };
}

/** The message of a name; undefined where the club meets on another day by now. */
export function clubSlotNamed(plan: ClubPlan, name: string, near: Date): ClubSlot | undefined {
  const [from, to] = [near.getTime() - 2 * DAY_MS, near.getTime() + 2 * DAY_MS];
  return clubSlots(plan, new Date(from), new Date(to)).find(({ date }) => date === name);
}
