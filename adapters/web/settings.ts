import type { Listening } from "../http/server.ts";

/** Where the pages are served. */
export interface WebSettings extends Listening {
  /** The public address behind a reverse proxy, without a path; absent where the pages are for this machine alone. */
  readonly url?: string;
}
