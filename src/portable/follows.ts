import type { Follow, FollowPlan } from "../follow/follow.ts";
import { MOST_FOLLOWS } from "../follow/follow.ts";
import { createFollowBook } from "../follow/watched.ts";
import { wishWords } from "../follow/wish.ts";
import type { Wish } from "../follow/wish.ts";
import { formatSchedule } from "../schedule/slots/schedule-options.ts";
import { deedIn } from "../schedule/place.ts";
import { changePlan, pauseSubscription, resumeSubscription } from "../schedule/subscription.ts";
import { OPERATOR } from "../store/kept/audit.ts";
import type { Importing } from "./importing.ts";
import type { PortableFollow, PortablePlace, Step } from "./place.ts";

/** What is the same wish, however it is told: a paper is known by its id, whatever its title is by now. */
const wishKey = (wish: Wish): string =>
  wish.kind === "like" ? `like ${wish.paper}` : `${wish.kind} ${wishWords(wish).toLowerCase()}`;

const isPaused = ({ state }: Follow): boolean => state.kind === "paused";
/** All that a file says of a follow, in words: `papers by Jane Doe, weekly: on Mondays at 09:00 UTC; paused`. */
function lineOf(plan: Omit<FollowPlan, "since">, paused: boolean): string {
  const schedule = plan.when === "at once" ? "" : `: ${formatSchedule(plan)}`;
  return `${wishWords(plan.wish)}, ${plan.when}${schedule}${paused ? "; paused" : ""}`;
}

/** The wish with the title that the paper has here, or that of the file. A sentence where neither is known. */
async function settledWish(
  { index }: Importing,
  { plan: { wish }, at }: PortableFollow,
): Promise<Wish | string> {
  if (wish.kind !== "like") return wish;
  const title = (await index.get(wish.paper))?.title ?? wish.title;
  return title === ""
    ? `${at}: no paper here has the id “${wish.paper}”; give its title, too: title: …`
    : { ...wish, title };
}

/** Sets up the follows of a place, or changes how those that are there are told. */
export async function importFollows(
  parts: Importing,
  { place, follows: wanted }: PortablePlace,
): Promise<Step[]> {
  const { store, now, newId, latestArrival } = parts;
  const book = createFollowBook(store, now);
  const there = await book.inPlace(place);
  let count = there.length + (await book.damaged(place)).length;
  const seen = new Set<string>();
  const put = (follow: Follow, detail: string): Promise<void> =>
    book.put(follow, deedIn(place, { by: OPERATOR, action: "settings import", subject: follow.id, detail }));
  const bring = async (one: PortableFollow): Promise<Step> => {
    const wish = await settledWish(parts, one);
    if (typeof wish === "string") return { kind: "refused", what: wish };
    const key = wishKey(wish);
    if (seen.has(key))
      return { kind: "refused", what: `${one.at}: ${wishWords(wish)} stand in the file twice` };
    seen.add(key);
    const before = there.find(({ plan }) => wishKey(plan.wish) === key);
    const line = lineOf({ ...one.plan, wish }, one.paused);
    if (before === undefined) {
      if (count >= MOST_FOLLOWS)
        return {
          kind: "refused",
          what: `${one.at}: the channel would follow more than ${MOST_FOLLOWS}, which is the most`,
        };
      count += 1;
      const at = now();
      const plan = { ...one.plan, wish, since: latestArrival };
      const made = { id: newId(), place, createdBy: OPERATOR, createdAt: at, scheduledSince: at, plan };
      await put({ ...made, state: { kind: one.paused ? "paused" : "active" } }, line);
      return { kind: "new", what: `follow: ${line}` };
    }
    const old = lineOf(before.plan, isPaused(before));
    if (old === line) return { kind: "same", what: `follow: ${line}` };
    const since = isPaused(before) && !one.paused ? latestArrival : before.plan.since;
    const changed = changePlan(before, { ...one.plan, wish, since }, now());
    const next = one.paused
      ? pauseSubscription(changed)
      : isPaused(before)
        ? resumeSubscription(changed, now())
        : changed;
    await put(next, `${old} → ${line}`);
    return { kind: "changed", what: `follow: ${old} → ${line}` };
  };
  const steps: Step[] = [];
  for (const one of wanted) steps.push(await bring(one));
  const kept = there.filter(({ plan }) => !seen.has(wishKey(plan.wish)));
  return [
    ...steps,
    ...kept.map(({ plan, state }): Step => ({
      kind: "kept",
      what: `follow: ${lineOf(plan, state.kind === "paused")}, which the file does not have`,
    })),
  ];
}
