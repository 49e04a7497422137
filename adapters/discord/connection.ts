import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "discord.js";
import { Events } from "discord.js";
import type { Log } from "../../src/log.ts";
import { persist, waitAtMost } from "../platform/patience.ts";
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

const leave = (client: Client): Promise<void> => waitAtMost(client.destroy(), LEAVING);

/** One login; its own time-out, because discord.js waits for ever for an answer that never comes. */
async function logIn(client: Client, token: string, milliseconds: number): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  const refused = new Promise<never>((_resolve, reject) =>
    client.once(Events.ShardDisconnect, ({ code }) =>
      reject(fatalClose(code) ?? new Error(`Discord closed the connection with ${code}`)),
    ),
  );
  const late = sleep(milliseconds, undefined, { ref: false });
  const opened = await Promise.race([client.login(token).then(() => ready), refused, late]);
  if (opened === undefined)
    throw new Error(`Discord did not answer the login within ${milliseconds / 1000} s`);
  return opened;
}

/** A connection that is not open yet; each try gets a client of its own. */
export function createConnection(
  createClient: () => Client,
  token: string,
  { log, patience }: { readonly log: Log; readonly patience: LoginPatience },
): Connection {
  const state: { client: Client | undefined } = { client: undefined };
  const closing = new AbortController();
  const attempt = async (): Promise<Client<true>> => {
    const client = createClient();
    state.client = client;
    try {
      return await logIn(client, token, patience.login);
    } catch (error) {
      await leave(client);
      throw fatalLoginError(error) ?? error;
    }
  };
  return {
    open: () => persist(attempt, { name: "Discord", log, wait: patience.retry, ended: closing.signal }),
    async close() {
      closing.abort();
      if (state.client !== undefined) await leave(state.client);
    },
  };
}
