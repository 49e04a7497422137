import { setTimeout as sleep } from "node:timers/promises";
import type { webApi } from "@slack/bolt";
import { SocketModeReceiver } from "@slack/bolt";
import type { Log } from "../../../src/log.ts";
import { createBoltLogger } from "../loggable.ts";
import { slackAt } from "./checked-fetch.ts";
import type { Whereabouts } from "../../platform/impostor.ts";
import { impostor, plainAddress } from "../../platform/impostor.ts";
import { persist, waitAtMost } from "../../platform/patience.ts";
import type { Patience } from "../settings.ts";
import { fatalSocketError } from "./start-errors.ts";

/** A connection in Socket Mode that is opened again whenever it ends. */
export interface Socket {
  readonly receiver: SocketModeReceiver;
  /** Resolves when the connection is open, or was closed meanwhile. Rejects with a UserError. */
  readonly open: () => Promise<void>;
  /** Whether a connection is open. */
  readonly stands: () => boolean;
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

/** Whether a frame is one of Slack's: an object that says its type (docs.slack.dev/apis/events-api/using-socket-mode). */
function isFrame(data: unknown): boolean {
  try {
    const frame: unknown = JSON.parse(String(data));
    return typeof frame === "object" && frame !== null && typeof Reflect.get(frame, "type") === "string";
  } catch {
    return false;
  }
}

/** Keeps frames that are not Slack's from its client, which ends the process over some of them. */
function refuseStrangeFrames(client: SocketModeReceiver["client"], strange: () => void): void {
  const listeners = client.listeners("ws_message");
  client.removeAllListeners("ws_message");
  client.on("ws_message", (data: unknown, isBinary: boolean) => {
    if (isBinary) return;
    if (isFrame(data)) for (const listener of listeners) listener.call(client, data, isBinary);
    else strange();
  });
}

/** Watches what goes wrong with a connection while it is opened; tells the fault since it was last asked. */
function watchFaults(
  client: SocketModeReceiver["client"],
  platform: Whereabouts,
  opening: () => boolean,
): () => Error | undefined {
  let fault: Error | undefined;
  let { address } = platform;
  client.on("authenticated", ({ url = address }: webApi.AppsConnectionsOpenResponse) => (address = url));
  client.on("error", ({ message }: Error) => {
    const reason = message === "" ? "" : `: ${message}`;
    fault = new Error(`the connection to ${plainAddress(address)} could not be opened or broke${reason}`);
  });
  refuseStrangeFrames(client, () => {
    if (!opening()) return;
    fault = impostor({ ...platform, address }, "what its WebSocket says is no JSON of Slack's");
    void client.disconnect();
  });
  return () => {
    const last = fault;
    fault = undefined;
    return last;
  };
}

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
  const platform = slackAt(clientOptions.slackApiUrl);
  let opening = false;
  // What fails while it is opened is told by the tries.
  const logger = createBoltLogger(log, () => opening);
  const options: webApi.WebClientOptions = { ...clientOptions, logger, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger,
    installerOptions: { clientOptions: options },
  });
  const { client } = receiver;
  const lastFault = watchFaults(client, platform, () => opening);
  const attempt = async (): Promise<void> => {
    const late = sleep(patience.connect, "late" as const, { ref: false });
    const opened = client.start().catch((error: unknown) => {
      throw fatalSocketError(error) ?? error ?? lastFault() ?? new Error("the connection was closed");
    });
    if ((await Promise.race([opened, late])) !== "late") return;
    opened.catch(() => undefined);
    await waitAtMost(client.disconnect(), CLOSING);
    throw new Error(`no greeting within ${patience.connect / 1000} s`);
  };
  const open = async (): Promise<void> => {
    opening = true;
    try {
      await persist(attempt, { platform, log, wait: patience.retry, ended: ended.signal });
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
    stands: () => !opening,
    async close() {
      ended.abort();
      await waitAtMost(client.disconnect(), CLOSING);
    },
  };
}
