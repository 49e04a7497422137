import { HandleEmptyInListsPlugin, Kysely, replaceWithNoncontingentExpression } from "kysely";
import path from "node:path";
import { UserError } from "../user-error.ts";
import { createPostgresDialect } from "./postgres/dialect.ts";
import { openHosts } from "./postgres/hosts.ts";
import type { PostgresAddress } from "./postgres/address.ts";
import { preparePostgres } from "./postgres/prepare.ts";
import type { Patience } from "./postgres/retrying.ts";
import { createRetrying } from "./postgres/retrying.ts";
import { saidBy, troubleOf } from "./postgres/trouble.ts";
import { KEY_FILE } from "./secrets/key-file.ts";
import { createKeyRing } from "./secrets/key-ring.ts";
import { openTables } from "./sql/open-tables.ts";
import type { Schema } from "./sql/schema.ts";
import { sealLeft } from "./sql/secrets/sealing.ts";
import type { StoreKeys } from "./sqlite.ts";
import { StorageError } from "./storage-error.ts";
import type { Store } from "./store.ts";
import { throughEach } from "./through.ts";

/** How long is waited at a start for a server that is starting, too: whatever started both starts the program again. */
const OPENING: Patience = { most: 3000, pause: 100, longest: 500 };

/** How a database on PostgreSQL is opened. */
export interface PostgresParts extends StoreKeys {
  /** The state folder, whose key file seals tokens where no passphrase does. */
  readonly state: string;
  /** How long is tried again; for tests. */
  readonly patience?: Patience;
}

/** PostgreSQL's codes where it lets nobody in or has no such database (errcodes-appendix.html), and what to do. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/^28/, "Look at the user and the password in PAPERBOY_DATABASE_URL, and at pg_hba.conf of the server"],
  [/^3D000$/, "Make the database: create database NAME encoding 'UTF8' template template0"],
  [/^42501$/, "Let its user make tables: alter database NAME owner to USER"],
];

function refusal(error: unknown, shown: string): unknown {
  if (error instanceof UserError && !(error instanceof StorageError)) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const cure = REFUSALS.find(([codes]) => codes.test(code))?.[1];
  if (cure !== undefined)
    return new UserError(`The database ${shown} cannot be used: ${saidBy(error)}. ${cure}.`);
  const cause = error instanceof StorageError ? error.cause : error;
  if (troubleOf(cause) === "no" && !(error instanceof StorageError)) return error;
  return new UserError(
    `The database ${shown} cannot be reached: ${saidBy(cause)}. See that it runs and that PAPERBOY_DATABASE_URL names it, and start Paperboy again; nothing was changed.`,
  );
}

/** Prepares a database that may only just be starting. */
async function openPrepared(address: PostgresAddress, patience: Patience | undefined) {
  const hosts = openHosts(address);
  const db = new Kysely<Schema>({
    dialect: createPostgresDialect(hosts),
    // “in ()”, which SQLite takes.
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
  try {
    await createRetrying(patience ?? OPENING)("open", () => preparePostgres(db, hosts, address.shown));
    return db;
  } catch (error) {
    await db.destroy();
    throw refusal(error, address.shown);
  }
}

/**
 * Opens the store in a PostgreSQL database that is there, and makes its tables or brings them up to date. Any number of
 * programs on any number of machines may have it open. Lost connections and a server that gives way to its replica are
 * waited out within bounds, then a method fails with a StorageError. Throws a UserError where the database cannot be used.
 */
export async function openPostgresStore(
  address: PostgresAddress,
  now: () => Date,
  { state, seal = true, keyFile, patience, ...passphrases }: PostgresParts,
): Promise<Store> {
  const db = await openPrepared(address, patience);
  const file = keyFile ?? path.join(state, KEY_FILE);
  const sealing = {
    db,
    file,
    ring: createKeyRing({ file, ...passphrases }),
    hasPassphrase: passphrases.passphrase !== undefined,
    // What rows held before is removed by the server's own vacuum, and is in its logs and backups as long as they are kept.
    scrub: () => Promise.resolve(true),
  };
  const tables = { db, now };
  if (seal) await sealLeft(sealing);
  return throughEach(openTables(tables, sealing), createRetrying(patience));
}
