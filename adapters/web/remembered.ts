import type { MiddlewareHandler } from "hono";
import QuickLRU from "quick-lru";
import { invocationOf } from "./addresses.ts";

/** How many pages are kept, of at most 100 kB each, and for how many milliseconds: so late is a page at most. */
const KEPT = { maxSize: 500, maxAge: 300_000 } as const;

/** What says the same for a while. An archive must be gone as soon as it is no longer public, and chance has no memory. */
const SHARED = new Set(["search", "similar", "show", "cite", "map", "trend"]);

/** Gives a page that was just made to whoever asks for the same, so that a link that many follow costs one search. */
export function rememberPages(): MiddlewareHandler {
  const pages = new QuickLRU<string, string>(KEPT);
  return async (context, next) => {
    const { method, url } = context.req;
    if (method !== "GET" || !SHARED.has(invocationOf(new URL(url))?.command ?? "")) return next();
    const known = pages.get(url);
    if (known !== undefined) return context.html(known);
    await next();
    const isPage = context.res.headers.get("content-type")?.startsWith("text/html") === true;
    if (isPage && context.res.status === 200) pages.set(url, await context.res.clone().text());
    return undefined;
  };
}
