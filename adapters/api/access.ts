import { hashOfKey } from "../../src/store/secrets/api-key.ts";
import type { ApiKeys } from "../../src/store/store.ts";
import { Refusal } from "./problems.ts";
import type { ApiSettings } from "./settings.ts";

/** How long an allowance lasts, in seconds. */
const WINDOW = 60;

/** What is left to whoever asks, as headers (draft-ietf-httpapi-ratelimit-headers-10). */
export type Allowance = Readonly<Record<"RateLimit-Policy" | "RateLimit", string>>;

/**
 * Counts the requests of each name in a minute, in this process alone: to count over all processes would write to the disk
 * for every request. Throws a Refusal where one is too many.
 */
export function createAllowances(limit: number, now: () => Date): (name: string) => Allowance {
  const windows = new Map<string, { readonly since: number; used: number }>();
  return (name) => {
    const at = now().getTime();
    const before = windows.get(name);
    // A clock that is set back begins anew, too.
    const runs = before !== undefined && at >= before.since && at < before.since + WINDOW * 1000;
    const window = runs ? before : { since: at, used: 0 };
    windows.set(name, window);
    const rest = Math.max(1, Math.ceil((window.since + WINDOW * 1000 - at) / 1000));
    window.used += 1;
    const left = Math.max(0, limit - window.used);
    const headers = {
      "RateLimit-Policy": `"minute";q=${limit};w=${WINDOW}`,
      RateLimit: `"minute";r=${left};t=${rest}`,
    };
    if (window.used <= limit) return headers;
    throw new Refusal({
      status: 429,
      detail: `${limit} requests a minute are answered; ask again in ${rest} seconds.`,
      headers: { ...headers, "Retry-After": String(rest) },
    });
  };
}

/** Who asks, where nobody is to be told apart from others. */
const ANYBODY = "";

/** Whether there is an API for anybody at all. */
export async function isServed(
  { access }: Pick<ApiSettings, "access">,
  keys: Pick<ApiKeys, "list">,
): Promise<boolean> {
  if (access === "keys") return (await keys.list()).length > 0;
  return access === "open";
}

/** The name of the key that a request is made with; of one without a key, where that is enough, an empty one. */
export async function whoAsks(
  authorization: string | undefined,
  { access }: Pick<ApiSettings, "access">,
  keys: Pick<ApiKeys, "named">,
): Promise<string> {
  if (authorization === undefined && access === "open") return ANYBODY;
  const key = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  const name = key === undefined ? undefined : await keys.named(hashOfKey(key));
  if (name !== undefined) return name;
  const detail =
    authorization === undefined
      ? "A key is needed: send it as “Authorization: Bearer KEY”. The operator makes one with: paperboy key create NAME"
      : "This key opens nothing: it was ended, or is not written as “Authorization: Bearer KEY”. The operator makes another with: paperboy key create NAME";
  const challenge =
    authorization === undefined
      ? 'Bearer realm="Paperboy"'
      : 'Bearer realm="Paperboy", error="invalid_token"';
  throw new Refusal({ status: 401, detail, headers: { "WWW-Authenticate": challenge } });
}
