import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection, Hosts } from "./hosts.ts";
import { troubleOf } from "./trouble.ts";

/**
 * A change whose commit was sent and not answered may be made or not. So every transaction puts a token of its own into this
 * table, which is kept with it or not at all. Whoever missed the answer puts the same token there as void: that waits for
 * a transaction that is still under way, and then either goes well – the change was not made, and never can be – or
 * meets the token of the change, which was made.
 */
export const TOKEN_TABLE =
  "create table if not exists commit_token (token uuid primary key, void boolean not null, at timestamptz not null default now())";

/** How long tokens are kept; a lost answer is looked up within seconds. */
const KEPT = "1 hour";
/** Old tokens are removed with one change of so many. */
const REMOVE_EVERY = 500;
/** How long a lost answer is looked up, in milliseconds, with which pauses. */
const LOOKING = { most: 20_000, pause: 100, longest: 2000 };

/** Whether a change was made could not be found out: all is as after a crash at that moment. */
export class UnknownOutcome extends Error {}

/** A transaction was taken back since its connection broke; nothing of it is kept. */
export class NotCommitted extends Error {}

let begun = 0;

/** Begins a transaction with a token of its own, `before` all else within it. */
export async function beginChange(connection: Connection, before: string): Promise<string> {
  const token = randomUUID();
  const clean =
    begun++ % REMOVE_EVERY === 0
      ? `delete from commit_token where at < now() - interval '${KEPT}' and token <> '${token}';`
      : "";
  try {
    await connection.query(
      `begin isolation level read committed; ${before} insert into commit_token (token, void) values ('${token}', false); ${clean}`,
    );
  } catch (error) {
    await connection.query("rollback").catch(() => undefined);
    throw error;
  }
  return token;
}

/** One look; undefined where the database cannot be reached now. */
async function lookUp(hosts: Hosts, token: string): Promise<boolean | undefined> {
  try {
    const connection = await hosts.connect();
    try {
      await connection.query(
        `insert into commit_token (token, void) values ('${token}', true) on conflict do nothing`,
      );
      const { rows } = await connection.query(`select void from commit_token where token = '${token}'`);
      return (rows[0] as { void: boolean } | undefined)?.void === false;
    } finally {
      connection.release();
    }
  } catch (error) {
    if (troubleOf(error) === "no") throw error;
    return undefined;
  }
}

/** Whether the change with a token was made; where it was not it never will be. */
async function wasMade(hosts: Hosts, token: string, cause: unknown): Promise<boolean> {
  const until = performance.now() + LOOKING.most;
  for (let pause = LOOKING.pause; ; pause = Math.min(2 * pause, LOOKING.longest)) {
    const made = await lookUp(hosts, token);
    if (made !== undefined) return made;
    if (performance.now() > until)
      throw new UnknownOutcome("It is not known whether this was kept", { cause });
    await sleep(pause);
  }
}

/** Commits a change. Throws where it is certain that nothing of it is kept, and an UnknownOutcome where that is not known. */
export async function commitChange(hosts: Hosts, connection: Connection, token: string): Promise<void> {
  let answer;
  try {
    answer = await connection.query("commit");
  } catch (error) {
    if (troubleOf(error) !== "lost") throw error;
    if (await wasMade(hosts, token, error)) return;
    throw new NotCommitted("Connection terminated before the change was kept", { cause: error });
  }
  // What the server says where a statement before had failed.
  if (answer.command === "ROLLBACK") throw new Error("The transaction had failed, and was taken back");
}
