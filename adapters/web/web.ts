import type { Platform } from "../platform/platform.ts";
import { createHttpServer, hostCheck } from "../http/server.ts";
import type { WebParts } from "./routes.ts";
import { createRoutes } from "./routes.ts";
import type { WebSettings } from "./settings.ts";

/** A server of web pages; nothing is opened before `start`. */
export function createWebServer(
  settings: WebSettings,
  parts: WebParts,
): Pick<Platform, "name" | "start" | "failed" | "stop"> {
  const app = createRoutes(parts, hostCheck(settings));
  return createHttpServer(settings, {
    name: "web",
    what: "The web pages",
    settings: { port: "PAPERBOY_WEB_PORT", host: "PAPERBOY_WEB_HOST" },
    answer: (request) => app.fetch(request),
    opened: (address) => parts.log.info(`Web: pages at ${address}`),
  });
}
