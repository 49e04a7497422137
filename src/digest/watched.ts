import { nextSlot } from "../schedule/slots/slots.ts";
import type { Watched } from "../schedule/watched.ts";
import { isLostRow, watch } from "../schedule/watched.ts";
import type { Book } from "./book.ts";
import { rowWords } from "./words.ts";

/** Digests, for whoever looks how they go. */
export const watchDigests = (book: Book): Watched =>
  watch(book, {
    noun: "digest",
    stop: "digest stop",
    words: rowWords,
    isLost: isLostRow,
    day: ({ date }) => date,
    next: (plan, now) => nextSlot(plan, now).dueAt,
  });
