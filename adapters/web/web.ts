import { once } from "node:events";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { UserError } from "../../src/user-error.ts";
import type { Platform } from "../platform/platform.ts";
import { createFailure } from "../platform/platform.ts";
import type { HostCheck, WebParts } from "./routes.ts";
import { createRoutes } from "./routes.ts";
import type { WebSettings } from "./settings.ts";

declare global {
  /** A name of the browser's types that @hono/node-server 1.19 uses and Node's types do not have. */
  type RequestInfo = string | URL | Request;
}

/** How long answers under way may take when the server ends, in milliseconds. */
const LEAVING = 2000;

/** Names of this machine itself, with any port. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * The hosts that requests may name: the public address and this machine's own. A page of somebody else's could lead a browser
 * here under another name and read the answers (DNS rebinding).
 */
function hostCheck({ url, host }: WebSettings): HostCheck {
  const named = new Set([
    ...(url === undefined ? [] : [new URL(url).host.toLowerCase()]),
    host.toLowerCase(),
  ]);
  return (asked) =>
    LOOPBACK.test(asked) ||
    named.has(asked.toLowerCase()) ||
    named.has(asked.toLowerCase().replace(/:\d+$/, ""));
}

function listen(server: Server, { host, port }: WebSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) =>
      reject(
        new UserError(
          `The web pages cannot be served at ${host}:${port}: ${code ?? message}. Set PAPERBOY_WEB_PORT and PAPERBOY_WEB_HOST to a port that is free and an address of this machine.`,
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
}

/** A server of web pages; nothing is opened before `start`. */
export function createWebServer(
  settings: WebSettings,
  parts: WebParts,
): Pick<Platform, "name" | "start" | "failed" | "stop"> {
  const { failed, fail } = createFailure();
  const app = createRoutes(parts, hostCheck(settings));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  return {
    name: "web",
    failed,
    async start() {
      await listen(server, settings);
      server.on("error", fail);
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : settings.port;
      const shown = settings.host.includes(":") ? `[${settings.host}]` : settings.host;
      parts.log.info(`Web: pages at http://${shown}:${port}/`);
    },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), LEAVING).unref();
      await closed;
    },
  };
}
