import type { Ask, Fetched } from "./ask.ts";
import { failedAsk, reasonOf } from "./ask.ts";
import { readBody } from "./body.ts";
import type { Clock } from "./clock.ts";
import type { Manners } from "./manners.ts";
import { addressWith, withoutSecrets } from "./manners.ts";
import type { Turn } from "./pace.ts";
import { parseAllowance, parseRateLimit, parseReset, parseRetryAfter } from "./rate-limit.ts";
import type { Validator, Validators } from "./validators.ts";

/** What one request works with. */
export interface RequestKit {
  readonly fetch: typeof fetch;
  readonly deadline: (ms: number) => AbortSignal;
  readonly clock: Clock;
  readonly validators: Validators;
  readonly userAgent: string;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** By origin. */
  readonly manners: Readonly<Record<string, Manners>>;
}

/** What came of one request. */
export type Attempt =
  | Fetched
  | { readonly kind: "redirect"; readonly to: string }
  /** May pass; `told` when the host said itself how long to wait, which its turn takes care of. */
  | { readonly kind: "again"; readonly found: string; readonly told: boolean };

/** Enough of a refusal to quote it. */
const MAX_REFUSAL_BYTES = 64 * 1024;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

function validatorOf(response: Response): Validator | undefined {
  const etag = response.headers.get("etag");
  const lastModified = response.headers.get("last-modified");
  if (etag === null && lastModified === null) return undefined;
  return { ...(etag === null ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) };
}

const ACCEPTED: Readonly<Record<Ask["expected"], string>> = {
  json: "application/json",
  xml: "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml, text/xml",
};

async function headersFor(kit: RequestKit, ask: Ask): Promise<Record<string, string>> {
  const known = ask.conditional === true ? await kit.validators.get(ask.url) : undefined;
  return {
    "user-agent": kit.userAgent,
    accept: ACCEPTED[ask.expected],
    ...(known?.etag === undefined ? {} : { "if-none-match": known.etag }),
    ...(known?.lastModified === undefined ? {} : { "if-modified-since": known.lastModified }),
    ...(ask.body === undefined ? {} : { "content-type": "application/json" }),
  };
}

async function takeText(kit: RequestKit, ask: Ask, response: Response): Promise<Attempt> {
  const readAt = kit.clock.now();
  const body = await readBody(response, ask.expected, kit.maxBytes);
  switch (body.kind) {
    case "damaged":
      return { kind: "again", found: body.found, told: false };
    case "unfit": {
      const wanted = `${ask.expected.toUpperCase()} of at most ${kit.maxBytes} bytes, rightly encoded`;
      return failedAsk(ask.url, wanted, body.found);
    }
    case "whole": {
      const validator = validatorOf(response);
      const remember = async (): Promise<void> => {
        if (ask.conditional !== true || validator === undefined) return;
        // Not to remember costs the next reader a download and nothing else.
        await kit.validators.put(ask.url, validator).catch(() => undefined);
      };
      return { kind: "text", text: body.text, readAt, remember };
    }
  }
}

/** Where a redirect leads; undefined when the answer is none. */
function redirectOf(response: Response, url: string): string | undefined {
  const location = response.headers.get("location");
  if (response.status < 300 || response.status >= 400 || location === null) return undefined;
  return URL.canParse(location, url) ? new URL(location, url).href : undefined;
}

async function judge(
  kit: RequestKit,
  ask: Ask,
  answer: { response: Response; url: string; turn: Turn },
): Promise<Attempt> {
  const { response, url, turn } = answer;
  const { status, headers } = response;
  const limit = parseRateLimit(headers.get("ratelimit"));
  if (limit?.left === 0) turn.holdOff(limit.resetMs);
  const gapMs = parseAllowance(headers.get("x-rate-limit-limit"), headers.get("x-rate-limit-interval"));
  if (gapMs !== undefined) turn.holdOff(gapMs);
  if (status === 200) return takeText(kit, ask, response);
  const to = redirectOf(response, url);
  if (status === 304 || to !== undefined || PASSING.has(status)) await response.body?.cancel();
  if (status === 304) return { kind: "unchanged" };
  if (to !== undefined) return { kind: "redirect", to };
  if (PASSING.has(status)) {
    const now = kit.clock.now();
    const askedMs =
      parseRetryAfter(headers.get("retry-after"), now) ??
      (status === 429 ? parseReset(headers.get("x-ratelimit-reset"), now) : undefined);
    if (askedMs !== undefined) turn.holdOff(askedMs);
    return { kind: "again", found: `status ${status}`, told: askedMs !== undefined || limit?.left === 0 };
  }
  const body = await readBody(response, "xml", MAX_REFUSAL_BYTES);
  return { kind: "refused", status, text: body.kind === "whole" ? body.text : body.found };
}

/** What is told of a host without the keys that it was given. */
function discreet(attempt: Attempt, manners: Manners): Attempt {
  switch (attempt.kind) {
    case "again":
      return { ...attempt, found: withoutSecrets(attempt.found, manners) };
    case "refused":
      return { ...attempt, text: withoutSecrets(attempt.text, manners) };
    case "failed": {
      const { problem } = attempt;
      return { ...attempt, problem: { ...problem, found: withoutSecrets(problem.found, manners) } };
    }
    case "text":
    case "unchanged":
    case "redirect":
      return attempt;
  }
}

/** One request with its whole answer; `url` is the one asked for or where a redirect led. Rejects with the signal's reason. */
export async function requestOnce(kit: RequestKit, ask: Ask, url: string, turn: Turn): Promise<Attempt> {
  const deadline = kit.deadline(kit.timeoutMs);
  const manners = kit.manners[new URL(url).origin] ?? {};
  try {
    const response = await kit.fetch(addressWith(url, manners), {
      redirect: "manual",
      signal: AbortSignal.any([ask.signal, deadline]),
      headers: { ...(await headersFor(kit, ask)), ...manners.headers },
      ...(ask.body === undefined ? {} : { method: "POST", body: ask.body }),
    });
    return discreet(await judge(kit, ask, { response, url, turn }), manners);
  } catch (error) {
    ask.signal.throwIfAborted();
    const found = deadline.aborted ? `no whole answer within ${kit.timeoutMs / 1000} s` : reasonOf(error);
    return discreet({ kind: "again", found, told: false }, manners);
  }
}
