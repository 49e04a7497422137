import type { Book } from "../schedule/book.ts";
import { DAY_MS } from "../schedule/slots/local-date.ts";
import type { Watched } from "../schedule/watched.ts";
import { dueDay, isLostRow, watch } from "../schedule/watched.ts";
import { stateWords } from "../schedule/words.ts";
import type { Clubbing } from "./club.ts";
import { clubSlots } from "./club.ts";

/** A club meets every week, so that one of its messages is due within nine days, whatever the clocks do. */
const AHEAD_MS = 9 * DAY_MS;

/** Journal clubs, for whoever looks how they go. */
export const watchClubs = (book: Book<Clubbing>): Watched =>
  watch(book, {
    noun: "journal club",
    stop: "club stop",
    words: ({ state, dueAt }) => stateWords(state, dueAt, () => "nothing was nominated"),
    isLost: isLostRow,
    day: dueDay,
    next: (plan, now) => clubSlots(plan, now, new Date(now.getTime() + AHEAD_MS))[0]?.dueAt,
  });
