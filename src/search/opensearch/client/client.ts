import type { Client } from "@opensearch-project/opensearch";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../../user-error.ts";
import { ANSWER_TIME, searchRests } from "../../resting.ts";

/** Where OpenSearch is, and how its indices are made. */
export interface SearchEngine {
  /** `https://host:9200`, or `http://` on loopback; without a name and password. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** What the names of all its indices begin with. */
  readonly prefix: string;
  readonly shards: number;
  /** Copies of each shard on other nodes. */
  readonly replicas: number;
  /** A question that takes longer is given up, in milliseconds; default 1500. */
  readonly patience?: number;
}

/** One request, with a body of JSON or of lines of JSON. */
interface Request {
  readonly method: "GET" | "POST" | "PUT" | "DELETE" | "HEAD";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: object;
  readonly lines?: readonly object[];
}

/** Asks OpenSearch. */
export interface Engine {
  readonly settings: SearchEngine;
  /** What is asked while somebody waits: away after `patience`. Rejects with the `UserError` of `searchRests` then. */
  readonly ask: <T>(request: Request) => Promise<T>;
  /** The same, undefined where there is none (404). */
  readonly find: <T>(request: Request) => Promise<T | undefined>;
  /** What changes something: tried again while the engine is busy or away, for half a minute in all. */
  readonly change: <T>(request: Request) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** How long one change may take, in milliseconds, and how long is waited before it is tried again. */
const CHANGE_TIME = 60_000;
const PAUSES = [200, 500, 1000, 2000, 4000, 8000, 16_000] as const;

/** Busy: too many requests, too much in memory, no primary shard at the moment. */
const BUSY = new Set([413, 429, 502, 503, 504]);

/** The status that OpenSearch answered with; undefined where it did not answer. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}

/** What OpenSearch said of an error, without what was sent to it: headers hold the password. */
function whyOf(error: unknown): Error {
  const status = statusOf(error);
  const said = error instanceof Error ? `${error.name}: ${error.message}` : "no answer";
  return new Error(`${status === undefined ? "" : `${status} `}${said}`.slice(0, 500));
}

/** What an error means to whoever asked. */
function meant(error: unknown, { url }: SearchEngine): Error {
  const status = statusOf(error);
  if (status === 401 || status === 403)
    return new UserError(
      `OpenSearch at ${url} refuses the name or password it was given (${status}). Set PAPERBOY_SEARCH_USER and PAPERBOY_SEARCH_PASSWORD to those of a user that may manage indices beginning with PAPERBOY_SEARCH_PREFIX.`,
    );
  if (status === undefined || BUSY.has(status)) return searchRests(whyOf(error));
  return whyOf(error);
}

/** Joins the client only when it is needed: whoever does not use the engine never loads it. */
async function openClient({ url, user, password }: SearchEngine): Promise<Client> {
  const { Client: Opened } = await import("@opensearch-project/opensearch");
  return new Opened({
    node: url,
    maxRetries: 0,
    ...(user === undefined ? {} : { auth: { username: user, password: password ?? "" } }),
  });
}

/** Asks the engine of these settings; nothing is sent before the first question. */
export function createEngine(settings: SearchEngine): Engine {
  let opening: Promise<Client> | undefined;
  const send = async <T>(request: Request, requestTimeout: number): Promise<T> => {
    const client = await (opening ??= openClient(settings));
    const { method, path, query = {}, body, lines } = request;
    const content = lines === undefined ? (body === undefined ? {} : { body }) : { bulkBody: [...lines] };
    const answer = await client.transport.request(
      { method, path, querystring: query, ...content },
      { requestTimeout, maxRetries: 0 },
    );
    return answer.body as T;
  };
  const { patience = ANSWER_TIME } = settings;
  const ask = async <T>(request: Request): Promise<T> => {
    try {
      return await send<T>(request, patience);
    } catch (error) {
      throw meant(error, settings);
    }
  };
  return {
    settings,
    ask,
    async find(request) {
      try {
        return await send(request, patience);
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw meant(error, settings);
      }
    },
    async change(request) {
      for (const pause of [...PAUSES, undefined]) {
        try {
          return await send(request, CHANGE_TIME);
        } catch (error) {
          const status = statusOf(error);
          if (pause === undefined || status === 413 || (status !== undefined && !BUSY.has(status)))
            throw status === 413 ? error : meant(error, settings);
        }
        await sleep(pause);
      }
      throw searchRests(undefined);
    },
    async close() {
      await (await opening?.catch(() => undefined))?.close();
    },
  };
}
