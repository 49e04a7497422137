import type { Kysely } from "kysely";
import { UserError } from "../../../user-error.ts";
import { endKeyFile, renewKeyFile } from "../../secrets/key-file.ts";
import type { KeyRing } from "../../secrets/key-ring.ts";
import type { SealingKey } from "../../secrets/seal.ts";
import { keyIdOf, seal, unseal } from "../../secrets/seal.ts";
import type { Seals } from "../../store.ts";
import type { Schema } from "../schema.ts";
import { inTransaction } from "../transaction.ts";

/** A database, and the keys of its installations. */
export interface Sealing {
  readonly db: Kysely<Schema>;
  readonly ring: KeyRing;
  /** The key file; absent for a database in memory. */
  readonly file?: string;
  /** A passphrase takes the place of the key file. */
  readonly hasPassphrase: boolean;
  /** Wipes what rows held before from where the database lies; false where that cannot be now. */
  readonly scrub: () => Promise<boolean>;
}

/** What the database says of its keys. */
export const sealingOf = (db: Kysely<Schema>) =>
  db.selectFrom("sealing").select(["salt", "key_id", "scrubbed"]).executeTakeFirstOrThrow();

/**
 * Names the key that is sealed with from now on, where it is still `before` that was sealed with: whoever holds a key that
 * was renewed meanwhile reads the file again. It is the first statement of a change, so that SQLite waits for its lock.
 */
export async function nameKey(
  db: Kysely<Schema>,
  key: SealingKey,
  before: string | null,
  scrubbed?: 0,
): Promise<boolean> {
  const named = await db
    .updateTable("sealing")
    .set({ key_id: key.id, ...(scrubbed === undefined ? {} : { scrubbed }) })
    .where("key_id", "is not distinct from", before)
    .returning("one")
    .executeTakeFirst();
  return named !== undefined;
}

interface Opened {
  readonly id: string;
  readonly kept: string;
  /** In clear; undefined where no key opens it. */
  readonly text: string | undefined;
}

/** The text of a row in clear; undefined where no key opens it. */
export async function openText(
  { ring }: Sealing,
  salt: string,
  { id, text }: { readonly id: string; readonly text: string },
): Promise<string | undefined> {
  const keyId = keyIdOf(text);
  if (keyId === undefined) return text;
  const key = await ring.keyWith(keyId, salt);
  return key && unseal(key, id, text);
}

async function openAll(sealing: Sealing, salt: string): Promise<readonly Opened[]> {
  const rows = await sealing.db.selectFrom("installation").select(["id", "text"]).orderBy("id").execute();
  return Promise.all(
    rows.map(async (row) => ({ id: row.id, kept: row.text, text: await openText(sealing, salt, row) })),
  );
}

/** Seals with the first of some keys all that can be opened and is sealed otherwise; again where others seal meanwhile. */
async function sealAll(sealing: Sealing, keysOf: KeyRing["keys"]): Promise<void> {
  const { db } = sealing;
  const { salt, key_id, scrubbed } = await sealingOf(db);
  const all = await openAll(sealing, salt);
  // Without anything to seal no key file is made: the one that is lost may be put back.
  const [key] = all.some(({ text }) => text !== undefined) ? await keysOf(salt) : [];
  if (key === undefined) return;
  const left = all.filter(({ kept, text }) => text !== undefined && keyIdOf(kept) !== key.id);
  if (left.length > 0) {
    await inTransaction(db, async (change) => {
      if (!(await nameKey(change, key, key_id, 0))) return;
      for (const { id, kept, text = "" } of left)
        await change
          .updateTable("installation")
          .set({ text: seal(key, id, text) })
          .where("id", "=", id)
          .where("text", "=", kept)
          .execute();
    });
    // What somebody else sealed meanwhile is looked at, too.
    return sealAll(sealing, keysOf);
  }
  if (scrubbed === 0 && (await sealing.scrub()))
    await db.updateTable("sealing").set({ scrubbed: 1 }).execute();
}

/**
 * Seals what earlier versions left in clear and what an earlier key sealed. Keys that cannot be read are no reason not to
 * start: `sealsOf` tells of them.
 */
export async function sealLeft(sealing: Sealing): Promise<void> {
  const some = await sealing.db.selectFrom("installation").select("id").limit(1).executeTakeFirst();
  if (some === undefined) return;
  try {
    await sealAll(sealing, sealing.ring.keysToSeal);
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof Error && "syscall" in error)) throw error;
  }
}

/** How installations are sealed now. */
export async function sealsOf(sealing: Sealing): Promise<Seals> {
  const { salt } = await sealingOf(sealing.db);
  const all = await openAll(sealing, salt);
  const trouble = await sealing.ring.keys(salt).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return {
    readable: all.filter(({ text }) => text !== undefined).map(({ id }) => id),
    lost: all.filter(({ text }) => text === undefined).map(({ id }) => id),
    clear: all.filter(({ kept }) => keyIdOf(kept) === undefined).length,
    ...(trouble === undefined ? {} : { trouble }),
  };
}

/** Seals all with a new key, or with the passphrase, and forgets the keys before. */
export async function rekey(sealing: Sealing): Promise<Seals> {
  const { ring, file, hasPassphrase } = sealing;
  const work = async (): Promise<Seals> => {
    await sealAll(sealing, ring.keys);
    return sealsOf(sealing);
  };
  if (file === undefined) return work();
  return hasPassphrase ? endKeyFile(file, work) : renewKeyFile(file, work);
}
