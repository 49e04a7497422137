import { createBook } from "../schedule/book.ts";
import type { Book } from "../schedule/book.ts";
import { nextSlot } from "../schedule/slots/slots.ts";
import type { Watched } from "../schedule/watched.ts";
import { dueDay, watch } from "../schedule/watched.ts";
import { stateWords } from "../schedule/words.ts";
import type { Store } from "../store/store.ts";
import type { Following } from "./follow.ts";
import { FOLLOW_SHAPES } from "./stored.ts";

/** The book of follows that a store holds. */
export const createFollowBook = (
  { follows, followSlots }: Pick<Store, "follows" | "followSlots">,
  now: () => Date,
): Book<Following> =>
  createBook<Following>({ subscriptions: follows, slots: followSlots }, FOLLOW_SHAPES, now);

/** Follows, for whoever looks how they go. What was missed waits for the next message: nothing of it is lost. */
export const watchFollows = (book: Book<Following>): Watched =>
  watch(book, {
    noun: "follow",
    stop: "follow stop",
    words: ({ state, dueAt }) => stateWords(state, dueAt, () => "nothing was new"),
    isLost: () => false,
    day: dueDay,
    next: (plan, now) => (plan.when === "at once" ? undefined : nextSlot(plan, now).dueAt),
  });
