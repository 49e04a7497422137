/**
 * What an error of a connection means (postgresql.org/docs/15/errcodes-appendix.html): `again` – the same work may go well
 * a moment later over the same connection; `lost` – the connection is of no more use, or leads to a server that may not be
 * written; `no` – it is the work's own.
 */
export type Trouble = "again" | "lost" | "no";

/** 40001 and 40P01: others were in between; 53300: all connections are taken; 55P03: a lock was waited for too long. */
const AGAIN = new Set(["40001", "40P01", "55P03"]);
/**
 * 57P01 to 57P03: the server stops or starts; 25006: it may only be read, as one that was overtaken by its replica; 53300: it
 * takes no more connections. 57014 and 25P03 are our own limits of time.
 */
const LOST = new Set(["57P01", "57P02", "57P03", "57P05", "25006", "53300", "57014", "25P03"]);
/** What Node and the driver say of a connection that cannot be made or broke; they have no code of five characters. */
const BROKEN =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|Connection terminated|connection error|not queryable|read timeout|timeout exceeded|Client was closed|after calling end on the pool|server may only be read/i;

/** The code of an error as PostgreSQL or Node gives it. */
const codeOf = (error: Error): string => ("code" in error ? String(error.code) : "");

/** The errors within an error that stands for several, such as for all addresses of a name. */
const within = (error: Error): readonly unknown[] =>
  error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];

export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Error)) return "no";
  const code = codeOf(error);
  if (AGAIN.has(code)) return "again";
  if (LOST.has(code) || code.startsWith("08")) return "lost";
  // A code of five characters is the server's: it understood, and refused.
  if (!/^[0-9A-Z]{5}$/.test(code) && BROKEN.test(`${code} ${error.message}`)) return "lost";
  const inner = within(error).map(troubleOf);
  return inner.find((one) => one !== "no") ?? "no";
}

/** What the server or the connection said, in few words without an address. */
export const saidBy = (error: unknown): string => {
  if (!(error instanceof Error)) return "no answer";
  if (error.message !== "") return error.message;
  const [first] = within(error);
  return first === undefined ? codeOf(error) || "no answer" : saidBy(first);
};
