import type { PaperIndex } from "../search/paper-index.ts";
import { gatherCandidates } from "./choice/candidates.ts";
import { choosePapers } from "./choice/choose.ts";
import type { Edition } from "./edition.ts";
import type { Had } from "./choice/had.ts";
import { withCurrentIds } from "./choice/had.ts";
import type { LocalDate } from "./slots/local-date.ts";
import type { Slot } from "./slots/slots.ts";
import type { Plan, Subscription } from "./subscription.ts";
import { readTopics } from "./choice/topics.ts";

/** Chooses what a digest brings on a date, for a channel that has had some papers. */
export async function composeNews(
  index: PaperIndex,
  { place, plan }: Pick<Subscription, "place" | "plan">,
  { date, dueAt }: Slot,
  had: readonly Had[],
): Promise<Edition["news"]> {
  const current = await withCurrentIds(had, index.get);
  const candidates = await gatherCandidates(index, readTopics(plan.topics, dueAt), current);
  return choosePapers({ candidates, place, plan, date, had: current });
}

/** One of its kind for each message of each digest. */
export function parcelKey(subscription: string, date: LocalDate, part: string): string {
  return `${subscription}:${date}${part === "runners-up" ? ":2" : ""}`;
}

/** Whether the runners-up go below the paper of the day in a message of their own. */
export function hasThread({ delivery }: Plan, news: Edition["news"]): boolean {
  return delivery === "thread" && news.kind === "chosen" && news.runnersUp.length > 0;
}

/** The same index for one round of choosing: what many subscriptions ask alike is looked up once. */
export function rememberMatches(index: PaperIndex): PaperIndex {
  const matches = new Map<string, ReturnType<PaperIndex["matching"]>>();
  return {
    ...index,
    matching(query) {
      const key = JSON.stringify(query);
      const known = matches.get(key) ?? index.matching(query);
      matches.set(key, known);
      return known;
    },
  };
}
