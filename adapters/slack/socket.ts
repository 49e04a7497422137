import { setTimeout as sleep } from "node:timers/promises";
import type { webApi } from "@slack/bolt";
import { SocketModeReceiver } from "@slack/bolt";
import type { Log } from "../../src/log.ts";
import { createBoltLogger } from "./loggable.ts";
import { persist, waitAtMost } from "../platform/patience.ts";
import type { Patience } from "./settings.ts";
import { fatalSocketError } from "./start-errors.ts";

/** A connection in Socket Mode that is opened again whenever it ends. */
export interface Socket {
  readonly receiver: SocketModeReceiver;
  /** Resolves when the connection is open, or was closed meanwhile. Rejects with a UserError. */
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface SocketParts {
  readonly log: Log;
  readonly patience: Patience;
  /** Called when a later connection cannot be opened before somebody changes something. */
  readonly fail: (error: Error) => void;
}

/** Waiting for the close of a socket, in milliseconds: Slack's answer to it may be lost. */
const CLOSING = 1000;

/**
 * Slack ends each connection after some hours. The client's own reconnection waits for five seconds then, and where
 * Slack cannot be reached its error ends the process; so that is switched off, and a new connection is opened at once
 * here. Slack delivers again what nobody acknowledged in between.
 */
export function createSocket(
  appToken: string,
  clientOptions: webApi.WebClientOptions,
  { log, patience, fail }: SocketParts,
): Socket {
  const ended = new AbortController();
  let opening = false;
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: createBoltLogger(log),
    installerOptions: { clientOptions: { ...clientOptions, retryConfig: { retries: 0 } } },
  });
  const { client } = receiver;
  const attempt = async (): Promise<void> => {
    const late = sleep(patience.connect, "late" as const, { ref: false });
    const opened = client.start().catch((error: unknown) => {
      throw fatalSocketError(error) ?? error ?? new Error("the connection was closed");
    });
    if ((await Promise.race([opened, late])) !== "late") return;
    opened.catch(() => undefined);
    await waitAtMost(client.disconnect(), CLOSING);
    throw new Error(`no greeting within ${patience.connect / 1000} s`);
  };
  const open = async (): Promise<void> => {
    opening = true;
    try {
      await persist(attempt, { name: "Slack", log, wait: patience.retry, ended: ended.signal });
    } finally {
      opening = false;
    }
  };
  client.on("disconnected", () => {
    if (opening || ended.signal.aborted) return;
    log.info("Slack ended the connection; opening a new one");
    open().catch((error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
  });
  return {
    receiver,
    open,
    async close() {
      ended.abort();
      await waitAtMost(client.disconnect(), CLOSING);
    },
  };
}
