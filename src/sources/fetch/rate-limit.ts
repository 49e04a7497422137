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
