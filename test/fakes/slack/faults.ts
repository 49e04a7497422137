import { METHODS } from "./method-table.ts";

/** A failure ordered by a test for the next calls of a method. With only `delayMs` it is mere slowness. */
export interface Fault {
  /** HTTP status: 429, 500, 503… */
  readonly status?: number;
  /** The code in the body; with status 429 `ratelimited` unless given. */
  readonly error?: string;
  /** Seconds, for 429 (default 1). */
  readonly retryAfter?: number;
  /** How many calls it strikes (default 1). */
  readonly times?: number;
  /** Break the connection instead of answering. */
  readonly drop?: boolean;
  readonly delayMs?: number;
  /** Do what was asked before failing, as when only the answer is lost (default false). */
  readonly applied?: boolean;
}

/** An HTTP answer in full. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The failures that are ordered and not yet used up. */
export interface Faults {
  /** Throws for a name that is no method; `response_url` stands for all of those. */
  failNext(method: string, fault: Fault): void;
  take(method: string): Fault | undefined;
  clear(): void;
}

/** A list of ordered failures, used up in order. */
export function createFaults(): Faults {
  let ordered: { method: string; fault: Fault; left: number }[] = [];
  return {
    failNext: (method, fault) => {
      if (!Object.hasOwn(METHODS, method) && method !== "response_url") {
        throw new Error(`The fake knows no method ${method}`);
      }
      ordered.push({ method, fault, left: fault.times ?? 1 });
    },
    take: (method) => {
      const found = ordered.find((one) => one.method === method);
      if (found === undefined) return undefined;
      found.left--;
      ordered = ordered.filter(({ left }) => left > 0);
      return found.fault;
    },
    clear: () => {
      ordered = [];
    },
  };
}

/** Whether a fault fails rather than only waits. */
export function fails(fault: Fault): boolean {
  return fault.status !== undefined || fault.error !== undefined || fault.drop === true;
}

/** What a failure answers: JSON where there is a code to tell, else a page of Slack's edge. */
export function faultAnswer({ status = 200, error, retryAfter = 1 }: Fault): RawAnswer {
  const code = error ?? (status === 429 ? "ratelimited" : undefined);
  const headers: Record<string, string> = status === 429 ? { "retry-after": String(retryAfter) } : {};
  if (code === undefined) {
    const body = `<html><body>Server Error (${status})</body></html>`;
    return { status, headers: { ...headers, "content-type": "text/html" }, body };
  }
  const body = JSON.stringify({ ok: false, error: code });
  return { status, headers: { ...headers, "content-type": "application/json; charset=utf-8" }, body };
}
