/** A failure ordered by a test for the next matching requests. Without `status` and `drop` it is mere slowness. */
export interface Fault {
  /** `POST /channels/:channel/messages`, a template without method, or nothing for every request. */
  readonly route?: string;
  readonly status?: number;
  /** Sent as JSON, or as HTML where it is text. Default: what Discord sends with the status. */
  readonly body?: unknown;
  /** How many requests it strikes (default 1). */
  readonly times?: number;
  /** For 429, in seconds (default 1). */
  readonly retryAfterSeconds?: number;
  /** For 429: one bucket (`user`, the default; `shared`) or everything (`global`). */
  readonly scope?: "user" | "shared" | "global";
  /** Milliseconds before anything happens (default 0). */
  readonly delayMs?: number;
  /** Break the connection instead of answering. */
  readonly drop?: boolean;
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
  failNext(fault: Fault): void;
  /** The failure that strikes this request, if any; it counts as used. */
  take(method: string, template: string): Fault | undefined;
  clear(): void;
}

/** A list of ordered failures, used up in order. */
export function createFaults(): Faults {
  let ordered: { fault: Fault; left: number }[] = [];
  return {
    failNext: (fault) => void ordered.push({ fault, left: fault.times ?? 1 }),
    take: (method, template) => {
      const found = ordered.find(({ fault: { route } }) => {
        return route === undefined || route === template || route === `${method} ${template}`;
      });
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

/** What a failure answers: headers and body as Discord's for 429, a page of HTML from its proxy for 5xx. */
export function faultAnswer(fault: Fault, status: number): RawAnswer {
  const headers = status === 429 ? rateLimitHeaders(fault) : {};
  const body = fault.body ?? defaultBody(fault, status);
  if (typeof body === "string") return { status, headers: { ...headers, "content-type": "text/html" }, body };
  return { status, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** topics/rate-limits#header-format: a global limit has no bucket. */
function rateLimitHeaders(fault: Fault): Record<string, string> {
  const { retryAfterSeconds: wait = 1, scope = "user" } = fault;
  const always = { "retry-after": String(wait), "x-ratelimit-scope": scope, via: "1.1 google" };
  if (scope === "global") return { ...always, "x-ratelimit-global": "true" };
  return {
    ...always,
    "x-ratelimit-limit": "5",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": (Date.now() / 1000 + wait).toFixed(3),
    "x-ratelimit-reset-after": String(wait),
    "x-ratelimit-bucket": "abcd1234abcd1234abcd1234abcd1234",
  };
}

function defaultBody(fault: Fault, status: number): unknown {
  if (status === 429) {
    const { retryAfterSeconds = 1, scope } = fault;
    const message =
      scope === "shared" ? "The resource is being rate limited." : "You are being rate limited.";
    return { message, retry_after: retryAfterSeconds, global: scope === "global" };
  }
  if (status >= 500) {
    return `<html><head><title>${status} Server Error</title></head><body><center><h1>${status} Server Error</h1></center></body></html>`;
  }
  return { message: status === 401 ? "401: Unauthorized" : `${status}: Error`, code: 0 };
}
