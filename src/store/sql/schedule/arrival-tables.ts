import type { Kysely } from "kysely";
import { inPieces } from "../pieces.ts";
import type { Arrivals, Matches } from "../../kept/arrivals.ts";
import type { Schema } from "../schema.ts";
import type { Tables } from "../tables.ts";
import { inTransaction } from "../transaction.ts";

/** Rows in one statement: SQLite takes 32,766 values (sqlite.org/limits.html), and a row has up to four. */
const TOGETHER = 500;

/** The key among the preferences of how far arrivals were matched. */
const MATCHED = "follow-matched";

/** Which papers have arrived, in which order. */
export function arrivalTable({ db, now }: Tables): Arrivals {
  return {
    async unknown(papers) {
      const known = new Set<string>();
      for await (const piece of inPieces(papers, TOGETHER)) {
        const rows = await db.selectFrom("arrival").select("paper").where("paper", "in", piece).execute();
        for (const { paper } of rows) known.add(paper);
      }
      return papers.filter((paper) => !known.has(paper));
    },
    async note(arrivals) {
      const at = now().toISOString();
      for await (const piece of inPieces(arrivals, TOGETHER))
        await db
          .insertInto("arrival")
          .values(piece.map(({ paper, again }) => ({ paper, at, again: again ? 1 : 0 })))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
    },
    async after(number, limit) {
      return db
        .selectFrom("arrival")
        .select(["number", "paper"])
        .where("number", ">", number)
        .where("again", "=", 0)
        .orderBy("number")
        .limit(limit)
        .execute();
    },
    async last() {
      const row = await db
        .selectFrom("arrival")
        .select("number")
        .orderBy("number", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.number ?? 0;
    },
  };
}

async function matchedTo(db: Kysely<Schema>): Promise<number> {
  const row = await db.selectFrom("preference").select("value").where("key", "=", MATCHED).executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** Which arrivals match which follows, until they are told. */
export function matchTable({ db }: Tables): Matches {
  return {
    last: () => matchedTo(db),
    async note(matches, upTo) {
      await inTransaction(db, async (within) => {
        const value = String(upTo);
        await within
          .insertInto("preference")
          .values({ key: MATCHED, value })
          .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
          .execute();
        for (let from = 0; from < matches.length; from += TOGETHER)
          await within
            .insertInto("follow_match")
            .values(matches.slice(from, from + TOGETHER).map((match) => ({ ...match, told: 0 })))
            .onConflict((conflict) => conflict.doNothing())
            .execute();
      });
    },
    waiting: (follow) =>
      db
        .selectFrom("follow_match")
        .select(["paper", "number"])
        .where("follow", "=", follow)
        .where("told", "=", 0)
        .orderBy("number")
        .execute(),
    async awaited() {
      const rows = await db
        .selectFrom("follow_match")
        .select("follow")
        .distinct()
        .where("told", "=", 0)
        .execute();
      return rows.map(({ follow }) => follow);
    },
    async told(follow, papers) {
      if (papers.length === 0) return;
      await db
        .updateTable("follow_match")
        .set({ told: 1 })
        .where("follow", "=", follow)
        .where("paper", "in", [...papers])
        .execute();
    },
  };
}
