import type { webApi } from "@slack/bolt";
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
