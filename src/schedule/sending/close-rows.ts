import type { Book } from "../book.ts";
import type { Kind } from "../goods.ts";

/** Closes what is open of a subscription that was ended; what may have arrived counts as had. */
export async function closeRows<K extends Kind>(book: Book<K>, id: string): Promise<void> {
  const mine = (await book.openRows()).filter(({ subscription }) => subscription === id);
  for (const row of mine.filter(({ state }) => state.kind !== "skipped")) {
    const reason = { kind: row.state.kind === "claimed" ? "unconfirmed" : "paused" } as const;
    const { state } = row;
    const closed =
      state.kind === "sent"
        ? ({ ...state, kind: "confirmed" } as const)
        : ({ kind: "skipped", reason } as const);
    await book.write({ ...row, state: closed });
  }
}
