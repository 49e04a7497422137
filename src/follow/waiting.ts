import type { PaperId } from "../corpus/paper.ts";
import type { Book } from "../schedule/book.ts";
import type { Row } from "../schedule/row.ts";
import type { Arrival } from "../store/kept/arrivals.ts";
import type { Store } from "../store/store.ts";
import type { Follow, Following } from "./follow.ts";

/** Whether the papers of a row were told, or may have been, and will not come again. */
const isSettled = ({ state }: Row<Following>): boolean =>
  state.kind === "sent" ||
  state.kind === "confirmed" ||
  (state.kind === "skipped" && state.reason.kind === "unconfirmed");

/** Whether they are being told, which may yet be refused. */
const isUnderWay = ({ state }: Row<Following>): boolean => state.kind === "claimed";

const papersOf = ({ content }: Row<Following>): readonly PaperId[] =>
  content?.kind === "papers" ? content.papers : [];

/**
 * What waits to be told by a follow, in the order of arrival. The ledger alone says what was told: a match that it has is
 * marked as told here, however it came that nobody did.
 */
export async function waitingFor(
  { book, matches }: { readonly book: Book<Following>; readonly matches: Store["matches"] },
  { id, place }: Pick<Follow, "id" | "place">,
): Promise<readonly Arrival[]> {
  const waiting = await matches.waiting(id);
  if (waiting.length === 0) return [];
  const rows = (await book.rowsIn(place)).filter(({ subscription }) => subscription === id);
  const told = new Set<string>(rows.filter(isSettled).flatMap(papersOf));
  const underWay = new Set<string>(rows.filter(isUnderWay).flatMap(papersOf));
  await matches.told(
    id,
    waiting.filter(({ paper }) => told.has(paper)).map(({ paper }) => paper),
  );
  return waiting.filter(({ paper }) => !told.has(paper) && !underWay.has(paper));
}
