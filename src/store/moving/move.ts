import { createHash } from "node:crypto";
import { UserError } from "../../user-error.ts";
import { TABLES } from "../sql/schema.ts";
import type { Row, Side } from "./side.ts";

/** How many rows a table has, and a sum over them that does not depend on their order. */
interface Sum {
  readonly rows: number;
  readonly sum: string;
}

/** What a move did with a table. */
export interface Moved {
  readonly table: string;
  readonly rows: number;
  /** Whether the target had just these rows already, such as after a move that was interrupted. */
  readonly wasThere: boolean;
}

const SIZE = 2n ** 64n;

/** The one row of a new database, which is no reason to think that somebody uses it. */
const OWN = "sealing";

/** What PostgreSQL keeps of a text: neither a character 0 nor half a character. */
const kept = (value: Row[string] | undefined): Row[string] =>
  typeof value === "string" ? Buffer.from(value.replaceAll("\0", "\u{fffd}")).toString() : (value ?? null);

function hashOf(row: Row): bigint {
  const values = Object.keys(row)
    .toSorted()
    .map((column) => [column, kept(row[column])]);
  return createHash("sha256").update(JSON.stringify(values)).digest().readBigUInt64BE();
}

async function sumOf(side: Side, table: string): Promise<Sum> {
  let [rows, sum] = [0, 0n];
  for await (const some of side.rows(table)) {
    rows += some.length;
    for (const row of some) sum = (sum + hashOf(row)) % SIZE;
  }
  return { rows, sum: sum.toString(16) };
}

const isSame = (one: Sum, other: Sum): boolean => one.rows === other.rows && one.sum === other.sum;

/** Tables of a side that hold something. */
async function filled(side: Side): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of TABLES) {
    if (table === OWN) continue;
    for await (const some of side.rows(table)) {
      if (some.length > 0) found.push(table);
      break;
    }
  }
  return found;
}

/** Throws a UserError where the target holds what did not come by an earlier move from the same source. */
async function refuseFilled(from: Side, to: Side, replace: boolean): Promise<void> {
  const begun = await to.begunFrom();
  if (begun === from.name || replace) return;
  if (begun !== undefined)
    throw new UserError(
      `A move from ${begun} into ${to.name} was begun and did not end. Go on with that, or say --replace to put what ${from.name} has there instead.`,
    );
  const tables = await filled(to);
  if (tables.length > 0)
    throw new UserError(
      `${to.name} is not empty: it has rows in ${tables.join(", ")}. Nothing was changed. Name an empty one, or say --replace to remove what is there.`,
    );
}

/** How a move is made. */
interface Moving {
  /** Whether what the target holds is removed. */
  readonly replace: boolean;
  readonly told: (moved: Moved) => void;
  /** What belongs to the move besides the tables; it may be called again where it was interrupted. */
  readonly also: () => Promise<void>;
}

/**
 * Copies every row of one database into another, whose tables are up to date in both, while no program uses either. May be
 * killed at any moment and done again: tables that are there just as they are in the source are passed over. Each is checked
 * afterwards by its count and its sum. Throws a UserError where the target is not empty, unless it is to be replaced.
 */
export async function moveAll(
  from: Side,
  to: Side,
  { replace, told, also }: Moving,
): Promise<readonly Moved[]> {
  await refuseFilled(from, to, replace);
  await to.begin(from.name);
  const all: Moved[] = [];
  for (const table of TABLES) {
    const there = await sumOf(from, table);
    const wasThere = isSame(there, await sumOf(to, table));
    if (!wasThere) {
      await to.fill(table, from.rows(table));
      const made = await sumOf(to, table);
      if (!isSame(there, made))
        throw new Error(
          `The table ${table} has ${there.rows} rows with the sum ${there.sum}, and ${made.rows} with the sum ${made.sum} where it was moved to`,
        );
    }
    const moved = { table, rows: there.rows, wasThere };
    all.push(moved);
    told(moved);
  }
  await also();
  await to.end();
  return all;
}
