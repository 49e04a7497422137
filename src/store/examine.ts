import { access } from "node:fs/promises";
import Database from "libsql";
import { requireFile } from "../files/file-kind.ts";
import { UserError } from "../user-error.ts";
import { migrations } from "./sql/migrations.ts";
import { TABLES } from "./sql/schema.ts";
import { storageFaultOf } from "./storage-error.ts";

/** How a database looks from outside. */
export type Examined =
  | { readonly kind: "missing" }
  /** `changes` is how many changes of its tables it has, `known` how many this version knows. */
  | { readonly kind: "sound"; readonly changes: number; readonly known: number }
  /** A newer version has changed it. */
  | { readonly kind: "newer"; readonly change: string }
  | { readonly kind: "damaged"; readonly found: string }
  /** Another program writes it and does not end. */
  | { readonly kind: "locked" }
  /** It lies on a server that gives no answer, or lets nobody in. */
  | { readonly kind: "unreachable"; readonly found: string }
  /** Its file cannot be read. */
  | { readonly kind: "unreadable"; readonly found: string };

/** How long another program may write before it counts as locked, in milliseconds. */
const BUSY_TIMEOUT = 3000;

/** What is wrong with the pages and indexes (sqlite.org/pragma.html#pragma_integrity_check); undefined where nothing is. */
function faultIn(database: Database.Database): string | undefined {
  const [row] = database.prepare("pragma integrity_check(1)").all() as { integrity_check: string }[];
  const found = row?.integrity_check ?? "ok";
  return found === "ok" ? undefined : found.replace(/\s*\n\s*/g, " ");
}

function look(database: Database.Database, known: readonly string[]): Examined {
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  const fault = faultIn(database);
  if (fault !== undefined) return { kind: "damaged", found: fault };
  const names = (query: string): string[] =>
    (database.prepare(query).all() as { name: string }[]).map(({ name }) => name);
  const tables = new Set(names("select name from sqlite_master where type = 'table'"));
  const changes = tables.has("kysely_migration") ? names("select name from kysely_migration") : [];
  const strange = changes.find((name) => !known.includes(name));
  if (strange !== undefined) return { kind: "newer", change: strange };
  const missing = changes.length < known.length ? [] : TABLES.filter((name) => !tables.has(name));
  if (missing.length > 0) return { kind: "damaged", found: `it lacks ${missing.join(", ")}` };
  return { kind: "sound", changes: changes.length, known: known.length };
}

function judge(error: unknown): Examined {
  const found = error instanceof Error ? error.message : String(error);
  if (/SQLITE_BUSY|locked/i.test(found)) return { kind: "locked" };
  return { kind: storageFaultOf(error) === "damaged" ? "damaged" : "unreadable", found };
}

/** Looks at a whole database, also while others write it, and changes nothing. */
export async function examineDatabase(file: string): Promise<Examined> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return { kind: "missing" };
  try {
    await requireFile(file);
    const known = Object.keys(await migrations.getMigrations());
    const database = new Database(file, { readonly: true });
    try {
      return look(database, known);
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof UserError ? { kind: "unreadable", found: error.message } : judge(error);
  }
}
