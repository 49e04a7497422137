import type { Log } from "../../src/log.ts";
import type { HostCheck, Listening } from "../http/server.ts";
import { createHttpServer, hostCheck, isLoopback } from "../http/server.ts";
import type { Platform } from "../platform/platform.ts";
import type { Need } from "./readiness.ts";
import { readinessOf } from "./readiness.ts";
import type { Figures, Readings } from "./registry.ts";

/** What the operator's pages are made from. */
export interface AdminParts {
  readonly figures: Figures;
  readonly readings: Readings;
  readonly needs: readonly Need[];
  readonly log: Pick<Log, "info">;
}

const json = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });

/** What is there, for who asks for something else. */
const PAGES = ["/livez", "/readyz", "/metrics"];

/**
 * Answers whoever watches over the program. `/livez`: it runs. `/readyz`: it does its work, or 503 with what keeps it from
 * that. `/metrics`: the figures.
 */
function createAdmin(
  { figures, readings, needs }: Omit<AdminParts, "log">,
  isOwnHost: HostCheck,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isOwnHost(request.headers.get("host") ?? ""))
      return json({ error: "this address is not served here; PAPERBOY_ADMIN_HOST names it" }, 421);
    if (request.method !== "GET" && request.method !== "HEAD")
      return json({ error: `${request.method} is not taken; GET is` }, 405);
    switch (new URL(request.url).pathname) {
      case "/livez":
        return json({ live: true }, 200);
      case "/readyz": {
        const readiness = await readinessOf(needs);
        return json(readiness, readiness.ready ? 200 : 503);
      }
      case "/metrics": {
        const headers = { "content-type": figures.contentType, "cache-control": "no-store" };
        return new Response(await figures.text(readings), { headers });
      }
      default:
        return json({ error: `nothing is here; there are ${PAGES.join(", ")}` }, 404);
    }
  };
}

/** A server of health and figures; nothing is opened before `start`. */
export function createAdminServer(
  listening: Listening,
  parts: AdminParts,
): Pick<Platform, "name" | "start" | "failed" | "stop"> {
  return createHttpServer(listening, {
    name: "admin",
    what: "Health and figures",
    settings: { port: "PAPERBOY_ADMIN_PORT", host: "PAPERBOY_ADMIN_HOST" },
    // Elsewhere than on this machine alone, whoever watches names it as its network does: a container's name, a number.
    answer: createAdmin(parts, isLoopback(listening.host) ? hostCheck(listening) : () => true),
    opened: (address) => parts.log.info(`Admin: health and figures at ${address}`),
  });
}
