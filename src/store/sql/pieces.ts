import { setImmediate as nextTurn } from "node:timers/promises";

/** A list in pieces of at most so many, with room for other work between two of them. */
export async function* inPieces<T>(all: readonly T[], most: number): AsyncGenerator<T[]> {
  for (let from = 0; from < all.length; from += most) {
    if (from > 0) await nextTurn();
    yield all.slice(from, from + most);
  }
}
