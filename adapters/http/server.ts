import { once } from "node:events";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { UserError } from "../../src/user-error.ts";
import type { Platform } from "../platform/platform.ts";
import { createFailure } from "../platform/platform.ts";

declare global {
  /** A name of the browser's types that @hono/node-server 1.19 uses and Node's types do not have. */
  type RequestInfo = string | URL | Request;
}

/** How long answers under way may take when the server ends, in milliseconds. */
const LEAVING = 2000;

/** Names of this machine itself, with any port. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/** Whether an address to listen at is reached from this machine alone. */
export const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|::1)$/i.test(host);

/** Where something is served. */
export interface Listening {
  /** The address to listen at; 127.0.0.1 unless set. */
  readonly host: string;
  /** From 0 to 65535; 0 takes any that is free. */
  readonly port: number;
}

/** What is served, and in what words. */
export interface HttpService {
  /** The name by which the log knows it. */
  readonly name: string;
  /** What cannot be served where it fails, such as “The web pages”. */
  readonly what: string;
  /** The settings that say where, to name them where that does not go. */
  readonly settings: { readonly port: string; readonly host: string };
  readonly answer: (request: Request) => Response | Promise<Response>;
  /** Told where it is served, such as `http://127.0.0.1:8080/`. */
  readonly opened: (address: string) => void;
}

/** Whether a request names one of these hosts: another may be a name that leads a browser here from a foreign page. */
export type HostCheck = (host: string) => boolean;

/**
 * The hosts that requests may name: the public address and this machine's own. A page of somebody else's could lead a browser
 * here under another name and read the answers (DNS rebinding).
 */
export function hostCheck({ host, url }: { readonly host: string; readonly url?: string }): HostCheck {
  const named = new Set([
    ...(url === undefined ? [] : [new URL(url).host.toLowerCase()]),
    host.toLowerCase(),
  ]);
  return (asked) =>
    LOOPBACK.test(asked) ||
    named.has(asked.toLowerCase()) ||
    named.has(asked.toLowerCase().replace(/:\d+$/, ""));
}

function listen(server: Server, { host, port }: Listening, { what, settings }: HttpService): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) =>
      reject(
        new UserError(
          `${what} cannot be served at ${host}:${port}: ${code ?? message}. Set ${settings.port} and ${settings.host} to a port that is free and an address of this machine.`,
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
}

/** A server of one service; nothing is opened before `start`. */
export function createHttpServer(
  listening: Listening,
  service: HttpService,
): Pick<Platform, "name" | "start" | "failed" | "stop"> {
  const { failed, fail } = createFailure();
  const server = createAdaptorServer({ fetch: service.answer }) as Server;
  return {
    name: service.name,
    failed,
    async start() {
      await listen(server, listening, service);
      server.on("error", fail);
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : listening.port;
      const shown = listening.host.includes(":") ? `[${listening.host}]` : listening.host;
      service.opened(`http://${shown}:${port}/`);
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
