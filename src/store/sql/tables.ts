import type { Kysely } from "kysely";
import { CLOCKS_APART_MS } from "../../clocks-apart.ts";
import type { ButtonTexts, Once } from "../store.ts";
import type { Schema } from "./schema.ts";

/** A database and the clock by which its rows are dated. */
export interface Tables {
  readonly db: Kysely<Schema>;
  readonly now: () => Date;
}

/** How long an unused button text is kept, in milliseconds: a year. */
const BUTTON_LIFE = 365 * 24 * 60 * 60 * 1000;

const isoIn = ({ now }: Tables, milliseconds: number): string =>
  new Date(now().getTime() + milliseconds).toISOString();

export function buttonTable(tables: Tables): ButtonTexts {
  const { db } = tables;
  return {
    async keep(key, text) {
      const used_at = isoIn(tables, 0);
      await db.deleteFrom("button").where("used_at", "<", isoIn(tables, -BUTTON_LIFE)).execute();
      await db
        .insertInto("button")
        .values({ key, text, used_at })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ text, used_at }))
        .execute();
    },
    async recall(key) {
      const row = await db
        .updateTable("button")
        .set({ used_at: isoIn(tables, 0) })
        .where("key", "=", key)
        .returning("text")
        .executeTakeFirst();
      return row?.text;
    },
  };
}

export function onceTable(tables: Tables): Once {
  const { db } = tables;
  return {
    async claim(key, milliseconds) {
      const beyond = isoIn(tables, milliseconds + CLOCKS_APART_MS);
      await db.deleteFrom("once").where("until", "<=", isoIn(tables, 0)).execute();
      await db.deleteFrom("once").where("key", "=", key).where("until", ">", beyond).execute();
      const inserted = await db
        .insertInto("once")
        .values({ key, until: isoIn(tables, milliseconds) })
        .onConflict((conflict) => conflict.doNothing())
        .returning("key")
        .executeTakeFirst();
      return inserted !== undefined;
    },
    async release(key) {
      await db.deleteFrom("once").where("key", "=", key).execute();
    },
  };
}
