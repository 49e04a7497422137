import { webApi } from "@slack/bolt";
import type { Count } from "../../../src/figures.ts";
import { uncounted } from "../../../src/figures.ts";
import type { Log } from "../../../src/log.ts";
import { createCheckedFetch } from "./checked-fetch.ts";
import { createBoltLogger } from "../loggable.ts";
import type { SlackSettings } from "../settings.ts";

/** Calls that fail are tried again three times within some seconds; a 429 waits as long as Slack says. */
const RETRIES = { retries: 3, factor: 2, minTimeout: 300, maxTimeout: 3000, randomize: true };

/** How long one call may take, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * What every client of Slack's Web API is made with. The retry policy is always given, because Bolt's own in Socket Mode
 * goes on for hours in silence.
 */
export function clientOptions(
  { apiUrl }: SlackSettings,
  { log, count = uncounted }: { readonly log: Log; readonly count?: Count },
): webApi.WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    retryConfig: RETRIES,
    timeout: TIMEOUT,
    fetch: createCheckedFetch(apiUrl, { count, log }),
    logger: createBoltLogger(log),
  };
}

/** The client of a workspace for what must not wait behind its other calls. */
export type Apart = (client: webApi.WebClient, team: string | undefined) => webApi.WebClient;

/**
 * Makes clients with a queue of their own: with @slack/web-api 8.2.0 one 429, of whatever method, holds back all calls of
 * the client for as long as Slack says, while a window has to be opened within 3 seconds of the press
 * (https://docs.slack.dev/interactivity/handling-user-interaction). `findings/slack-limit-holds-all-methods.sh` shows it.
 */
export const createApart =
  (options: webApi.WebClientOptions): Apart =>
  ({ token }, team) =>
    new webApi.WebClient(token, { ...options, ...(team === undefined ? {} : { teamId: team }) });
