import type { Book as ScheduleBook } from "../schedule/book.ts";
import { createBook as createScheduleBook } from "../schedule/book.ts";
import type { Place } from "../schedule/place.ts";
import type { Row as ScheduleRow } from "../schedule/row.ts";
import type { Store } from "../store/store.ts";
import type { Had } from "./choice/had.ts";
import type { Digest } from "./edition.ts";
import { DIGEST_SHAPES } from "./stored.ts";

/** A row of the ledger of digests. */
export type Row = ScheduleRow<Digest>;

/** What a row says that its channel has had: a digest that may have arrived counts as had. */
function hadOf({ state, content, date }: Row): Had[] {
  const arrived =
    state.kind === "claimed" ||
    state.kind === "sent" ||
    state.kind === "confirmed" ||
    (state.kind === "skipped" && state.reason.kind === "unconfirmed");
  if (!arrived || content?.kind !== "chosen") return [];
  const { paper, runnersUp } = content;
  return [
    { paper: paper.id, date, role: "paper-of-the-day", parts: paper.parts },
    ...runnersUp.map(({ id, parts }): Had => ({ paper: id, date, role: "runner-up", parts })),
  ];
}

/** The digests and their ledger. */
export interface Book extends ScheduleBook<Digest> {
  /** What a channel has had, through whichever of its subscriptions. */
  readonly had: (place: Place) => Promise<readonly Had[]>;
}

/** The book of digests that a store holds; its rows are dated by a clock. */
export function createBook(store: Pick<Store, "subscriptions" | "slots">, now: () => Date): Book {
  const book = createScheduleBook<Digest>(store, DIGEST_SHAPES, now);
  return { ...book, had: async (place) => (await book.rowsIn(place)).flatMap(hadOf) };
}
