import { setTimeout as sleep } from "node:timers/promises";
import type { Client, IShardingStrategy, WebSocketOptions } from "discord.js";
import { Events } from "discord.js";
import type { Log } from "../../../src/log.ts";
import type { Whereabouts } from "../../platform/impostor.ts";
import { impostor, plainAddress } from "../../platform/impostor.ts";
import { persist, waitAtMost } from "../../platform/patience.ts";
import { checkFrames } from "./gateway-frames.ts";
import { fatalClose, fatalLoginError } from "./start-errors.ts";

/** How long a login may take, and how long to wait before the second one; in milliseconds. */
export interface LoginPatience {
  readonly login: number;
  readonly retry: number;
}

/** How long a client may take to leave: one that never got ready never finishes. In milliseconds. */
const LEAVING = 1000;

/** A connection to Discord that is made again until it holds. */
export interface Connection {
  /**
   * Logs in. Tries again while Discord cannot be reached; undefined when it was closed meanwhile. Rejects with a
   * UserError where only a person can help.
   */
  readonly open: () => Promise<Client<true> | undefined>;
  readonly close: () => Promise<void>;
}

/** What a client is told by its connection, and tells it. */
export interface Line {
  /** Ends where the client was left. */
  readonly left: AbortSignal;
  /** Told of each frame of the gateway that is not Discord's. */
  readonly strange: () => void;
}

/**
 * Keeps frames that are not Discord's from a client, and one that was left from connecting again. Discord.js does not end one whose gateway could not be opened: it
 * waits half a second then, counts as idle meanwhile, and goes on for ever (@discordjs/ws 1.2, WebSocketShard.destroy).
 */
export function guardGateway(
  manager: Parameters<NonNullable<WebSocketOptions["buildStrategy"]>>[0],
  { left, strange }: Line,
): IShardingStrategy {
  const { options } = manager;
  const retrieve = options.retrieveSessionInfo.bind(options);
  // What every connection asks for first.
  options.retrieveSessionInfo = (id) => (left.aborted ? new Promise(() => undefined) : retrieve(id));
  return checkFrames(manager, strange);
}

/** Something that speaks HTTP and no WebSocket where the gateway should be; undefined for other errors. */
function strangeGateway(error: unknown, platform: Whereabouts, gateway: string | null): Error | undefined {
  const [, status] = /Unexpected server response: (\d+)/.exec(String(error)) ?? [];
  if (status === undefined || Number(status) >= 500) return undefined;
  const address = gateway ?? platform.address;
  return impostor({ ...platform, address }, `HTTP ${status} in the place of its gateway`);
}

/** One login; its own time-out, because discord.js waits for ever for an answer that never comes. `fault` ends it. */
async function logIn(
  client: Client,
  token: string,
  { milliseconds, fault }: { readonly milliseconds: number; readonly fault: Promise<never> },
): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  const refused = new Promise<never>((_resolve, reject) =>
    client.once(Events.ShardDisconnect, ({ code }) =>
      reject(fatalClose(code) ?? new Error(`Discord closed the connection with ${code}`)),
    ),
  );
  const late = sleep(milliseconds, undefined, { ref: false });
  const opened = await Promise.race([client.login(token).then(() => ready), refused, fault, late]);
  if (opened === undefined)
    throw new Error(
      `Discord did not answer the login within ${milliseconds / 1000} s${client.ws.gateway === null ? "" : `, at its gateway ${plainAddress(client.ws.gateway)}`}`,
    );
  return opened;
}

/** What comes of frames that are not Discord's: the login fails; after it they are left out, which is told once. */
function watchFrames(platform: Whereabouts, log: Log, client: () => Client) {
  let hangUp: ((error: Error) => void) | undefined;
  const fault = new Promise<never>((_resolve, reject) => (hangUp = reject));
  // It may come when nobody waits for it.
  fault.catch(() => undefined);
  let told = false;
  const strange = (): void => {
    const address = client().ws.gateway ?? platform.address;
    const error = impostor({ ...platform, address }, "what its gateway says is no frame of Discord's");
    if (!client().isReady()) hangUp?.(error);
    else if (!told) log.warn(`${error.message}. It is left out, and so is what comes later of its kind`);
    told = true;
  };
  return { fault, strange };
}

/** What a connection is made with besides its client and token. */
export interface ConnectionParts {
  readonly log: Log;
  readonly patience: LoginPatience;
  readonly platform: Whereabouts;
}

/** A connection that is not open yet; each try gets a client of its own. */
export function createConnection(
  createClient: (line: Line) => Client,
  token: string,
  { log, patience, platform }: ConnectionParts,
): Connection {
  let leave: (() => Promise<void>) | undefined;
  const closing = new AbortController();
  const attempt = async (): Promise<Client<true>> => {
    const left = new AbortController();
    const { fault, strange } = watchFrames(platform, log, () => client);
    const client = createClient({ left: left.signal, strange });
    leave = () => {
      left.abort();
      return waitAtMost(client.destroy(), LEAVING);
    };
    try {
      return await logIn(client, token, { milliseconds: patience.login, fault });
    } catch (error) {
      await leave?.();
      throw fatalLoginError(error) ?? strangeGateway(error, platform, client.ws.gateway) ?? error;
    }
  };
  return {
    open: () => persist(attempt, { platform, log, wait: patience.retry, ended: closing.signal }),
    async close() {
      closing.abort();
      await leave?.();
    },
  };
}
