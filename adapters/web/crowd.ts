import type { Context, MiddlewareHandler } from "hono";

/**
 * Requests that are worked on at once. One thread answers them and the chats, and looks for news of the chats' connections
 * only between two rounds of all work under way: with twenty pages in a round, an answer in Discord took seconds.
 */
const AT_ONCE = 2;

/** Requests that wait for these, each for some 6 ms of the processor: a tenth of a second for the last one. */
const WAITING = 20;

const WORDS = "More is asked at the moment than can be answered. Ask again in a second.";

/** What is told to one too many; to programs as a problem of RFC 9457. */
function refuse(context: Context): Response {
  const isApi = new URL(context.req.url).pathname.startsWith("/api/");
  const problem = { type: "about:blank", title: "Service Unavailable", status: 503, detail: WORDS };
  return context.body(isApi ? JSON.stringify(problem) : `${WORDS}\n`, 503, {
    "content-type": isApi ? "application/problem+json" : "text/plain; charset=utf-8",
    "retry-after": "1",
  });
}

/** Answers a few at once, lets some wait, and refuses the others, so that nobody waits for long, in chats least of all. */
export function limitCrowd(): MiddlewareHandler {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (context, next) => {
    if (running < AT_ONCE) running += 1;
    else if (waiting.length < WAITING) await new Promise<void>((resolve) => waiting.push(resolve));
    else return refuse(context);
    try {
      await next();
    } finally {
      const following = waiting.shift();
      if (following === undefined) running -= 1;
      else following();
    }
    return undefined;
  };
}
