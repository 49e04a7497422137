/** Reads `Retry-After` (RFC 9110): seconds, or a date. Milliseconds from now, never negative; undefined for others. */
export function parseRetryAfter(value: string | null, now: Date): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // Date.parse takes more than dates: `-5` and `1 s` would be years.
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return undefined;
  // All forms of HTTP dates are GMT; the oldest, `Sun Nov  6 08:49:37 1994`, does not say so.
  const at = Date.parse(/\d{4}$/.test(text) ? `${text} GMT` : text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

/** What Hugging Face's `RateLimit` header says: requests that are left, and milliseconds until there are all again. */
export interface RateLimit {
  readonly left: number;
  readonly resetMs: number;
}

/** Reads `"api";r=0;t=142` (hub-docs `rate-limits.md`); undefined for anything else. */
export function parseRateLimit(value: string | null): RateLimit | undefined {
  const left = /;\s*r=(\d{1,9})(?!\d)/.exec(value ?? "")?.[1];
  const seconds = /;\s*t=(\d{1,9})(?!\d)/.exec(value ?? "")?.[1];
  if (left === undefined || seconds === undefined) return undefined;
  return { left: Number(left), resetMs: Number(seconds) * 1000 };
}

/**
 * Reads Crossref's `x-rate-limit-limit: 5` and `x-rate-limit-interval: 1s`, the requests that are allowed in a time
 * (crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication): the milliseconds between two of
 * them, evenly; undefined for anything else.
 */
export function parseAllowance(limit: string | null, interval: string | null): number | undefined {
  const requests = /^\s*(\d{1,6})\s*$/.exec(limit ?? "")?.[1];
  const seconds = /^\s*(\d{1,6})\s*s?\s*$/.exec(interval ?? "")?.[1];
  if (requests === undefined || seconds === undefined || Number(requests) === 0) return undefined;
  return Math.ceil((Number(seconds) * 1000) / Number(requests));
}

/** A number of seconds since 1970 rather than from now. */
const EPOCH = 1_000_000_000;

/**
 * Reads OpenAlex's `x-ratelimit-reset`, the seconds until the day's allowance is there again
 * (developers.openalex.org/api-reference/authentication); a moment in seconds since 1970 too. Milliseconds from now;
 * undefined for anything else.
 */
export function parseReset(value: string | null, now: Date): number | undefined {
  const text = value?.trim() ?? "";
  if (!/^\d{1,12}(?:\.\d+)?$/.test(text)) return undefined;
  const seconds = Number(text);
  return Math.max(0, Math.ceil(seconds * 1000) - (seconds >= EPOCH ? now.getTime() : 0));
}
