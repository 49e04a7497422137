import type { Kysely } from "kysely";
import { seal } from "../../secrets/seal.ts";
import type { Installations } from "../../store.ts";
import { noteIn, withDeed } from "../audit-table.ts";
import type { Schema } from "../schema.ts";
import type { Sealing } from "./sealing.ts";
import { nameKey, openText, rekey, sealingOf, sealsOf } from "./sealing.ts";
import type { Tables } from "../tables.ts";
import { inTransaction } from "../transaction.ts";

/** Work within a change, with the means to seal a text of a row. */
type Change<T> = (db: Kysely<Schema>, sealed: (id: string, text: string) => string) => Promise<T>;

/** Makes a change with the key that seals now; again where it was renewed between. */
async function withKey<T>(sealing: Sealing, change: Change<T>): Promise<T> {
  const { salt, key_id } = await sealingOf(sealing.db);
  const [key] = await sealing.ring.keysToSeal(salt);
  if (key === undefined) throw new Error("There is no key to seal with");
  const done = await inTransaction(sealing.db, async (db) => {
    if (!(await nameKey(db, key, key_id))) return undefined;
    return { result: await change(db, (id, text) => seal(key, id, text)) };
  });
  return done === undefined ? withKey(sealing, change) : done.result;
}

export function installationTable(tables: Tables, sealing: Sealing): Installations {
  const { db, now } = tables;
  const read = async (from: Kysely<Schema>, id: string): Promise<string | undefined> => {
    const row = await from
      .selectFrom("installation")
      .select(["id", "text"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { salt } = await sealingOf(from);
    return openText(sealing, salt, row);
  };
  const write = async (to: Kysely<Schema>, id: string, text: string): Promise<void> => {
    const saved_at = now().toISOString();
    await to
      .insertInto("installation")
      .values({ id, text, saved_at })
      .onConflict((conflict) => conflict.column("id").doUpdateSet({ text, saved_at }))
      .execute();
  };
  return {
    save: (id, text, deed) =>
      withKey(sealing, async (change, sealed) => {
        await write(change, id, sealed(id, text));
        if (deed !== undefined) await noteIn(change, now(), deed);
      }),
    replace: (id, before, text) =>
      withKey(sealing, async (change, sealed) => {
        if ((await read(change, id)) !== before) return false;
        await write(change, id, sealed(id, text));
        return true;
      }),
    find: (id) => read(db, id),
    async remove(id, deed) {
      await withDeed(tables, deed, async (change) => {
        const gone = await change.deleteFrom("installation").where("id", "=", id).returning("id").execute();
        return gone.length > 0;
      });
    },
    seals: () => sealsOf(sealing),
    rekey: () => rekey(sealing),
  };
}
