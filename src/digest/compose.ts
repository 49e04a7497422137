import { choosePapers } from "./choice/choose.ts";
import type { Lesson } from "../taste/learn.ts";
import type { Had } from "./choice/had.ts";
import type { View } from "./choice/view.ts";
import type { Edition } from "./edition.ts";
import type { Slot } from "../schedule/slots/slots.ts";
import type { Plan, Subscription } from "./subscription.ts";

/** What a channel is known by: the papers it has had, and what its reactions say, as far as that counts on the day. */
export interface KnownChannel {
  readonly had: readonly Had[];
  readonly lessons: readonly Lesson[];
}

/** Chooses what a digest brings on a date, for a channel that has had some papers. */
export async function composeNews(
  view: View,
  { place, plan }: Pick<Subscription, "place" | "plan">,
  slot: Slot,
  { had, lessons }: KnownChannel,
): Promise<Edition["news"]> {
  const pools = await view.pools(plan, slot);
  const channel = await view.channel(place, slot.date, had, lessons);
  const news = choosePapers(pools, channel, plan.runnersUp);
  await view.pause();
  if (news.kind === "nothing") return news;
  const [paper, runnersUp] = [
    await view.whole(news.paper),
    await Promise.all(news.runnersUp.map(view.whole)),
  ];
  return { ...news, paper, runnersUp };
}

/** Whether the runners-up go below the paper of the day in a message of their own. */
export function hasThread({ delivery }: Plan, news: Edition["news"]): boolean {
  return delivery === "thread" && news.kind === "chosen" && news.runnersUp.length > 0;
}
