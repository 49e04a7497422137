import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client } from "pg";
import { onTestFinished } from "vitest";
import { openPostgresStore } from "../../src/store/postgres.ts";
import { parsePostgresAddress } from "../../src/store/postgres/address.ts";
import type { Patience } from "../../src/store/postgres/retrying.ts";
import { TABLES } from "../../src/store/sql/schema.ts";
import type { Store } from "../../src/store/store.ts";
import { lazily } from "../../src/lazily.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The server that `test/engines/postgres.sh start` printed the address of; undefined where there is none. */
export const POSTGRES = process.env["PAPERBOY_TEST_POSTGRES"];

/** What stands behind a title where there is no server. */
export const NEEDS_POSTGRES =
  POSTGRES === undefined ? " (not tried here: PAPERBOY_TEST_POSTGRES names no PostgreSQL)" : "";

const SCRIPT = fileURLToPath(new URL("../engines/postgres.sh", import.meta.url));

/** Does something with a server of its own: `start FOLDER`, `stop FOLDER immediate`. Gives what the script printed. */
export async function controlPostgres(...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("bash", [SCRIPT, ...words]);
  return stdout.trim();
}

/** Asks a server something over a connection of its own. */
export async function askPostgres(
  url: string,
  ...statements: readonly string[]
): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  // A server that is stopped ends the connection.
  client.on("error", () => undefined);
  await client.connect();
  try {
    let rows: readonly unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

const named = (name: string, server = POSTGRES ?? ""): string => server.replace(/\/[^/]*$/, `/${name}`);

const newName = (): string => `t${randomBytes(6).toString("hex")}`;

/** A database whose tables are made; copies of it take less time than making them. */
const template = lazily(async () => {
  const name = newName();
  await askPostgres(POSTGRES ?? "", `create database ${name}`);
  const store = await openPostgresStore(parsePostgresAddress(named(name)), () => new Date(), {
    state: "/nonexistent",
    seal: false,
  });
  await store.close();
  return name;
});

/** Databases that tests of this file are done with: emptying one takes a tenth of making one. */
const free: string[] = [];

const EMPTY = [
  `truncate ${[...TABLES.filter((table) => table !== "sealing"), "commit_token"].join(", ")} restart identity`,
  "update sealing set key_id = null",
];

/** A database for a test, with empty tables; `empty` has no tables yet. */
export async function newDatabase({ empty = false } = {}): Promise<string> {
  const used = empty ? undefined : free.pop();
  if (used !== undefined) {
    await askPostgres(named(used), ...EMPTY);
    onTestFinished(() => void free.push(used));
    return named(used);
  }
  const name = newName();
  const from = empty ? "template1" : await template();
  await askPostgres(POSTGRES ?? "", `create database ${name} template ${from}`);
  if (!empty) onTestFinished(() => void free.push(name));
  return named(name);
}

/** Opens a store in a database; it closes with the test. */
export async function openOn(
  url: string,
  now: () => Date = () => new Date(),
  { state, patience }: { readonly state?: string; readonly patience?: Patience } = {},
): Promise<Store> {
  const store = await openPostgresStore(parsePostgresAddress(url), now, {
    state: state ?? (await temporaryFolder()),
    ...(patience === undefined ? {} : { patience }),
  });
  const close = lazily(store.close);
  onTestFinished(close);
  return { ...store, close };
}

/** A server of a test's own, which the test may stop; it ends with the test. */
export interface OwnServer {
  readonly url: string;
  readonly folder: string;
}

/** Starts a server of a test's own, or one that follows another. */
export async function startServer(primary?: OwnServer): Promise<OwnServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "paperboy-postgres-"));
  onTestFinished(async () => {
    await controlPostgres("stop", folder, "immediate").catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  });
  const url = await (primary === undefined
    ? controlPostgres("start", folder)
    : controlPostgres("replica", folder, primary.folder));
  return { url, folder };
}
