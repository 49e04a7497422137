import { setTimeout as sleep } from "node:timers/promises";
import type { RespondArguments, RespondFn } from "@slack/bolt";
import { RespondError } from "@slack/bolt";

/** How often a response URL is tried, and the first pause between in milliseconds; it doubles. */
const TRIES = 4;
const PAUSE = 500;

/** Whether trying again may help: Slack had no time or a fault, or was not reached. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof RespondError)) return true;
  return error.statusCode === 429 || error.statusCode >= 500;
}

/** A pause that is over when the app ends: there is no later try then. */
const pause = (milliseconds: number, ended: AbortSignal): Promise<unknown> =>
  sleep(milliseconds, undefined, { signal: ended }).catch(() => undefined);

/**
 * Sends to the response URL of a command, shortcut or press; it takes five messages in 30 minutes
 * (docs.slack.dev/interactivity/handling-user-interaction). Tries again where Slack is busy, until
 * the app has `ended`; throws what remains.
 */
export async function send(respond: RespondFn, message: RespondArguments, ended: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await respond(message);
      return;
    } catch (error) {
      if (attempt === TRIES || !mayPass(error)) throw error;
      await pause(PAUSE * 2 ** (attempt - 1), ended);
      if (ended.aborted) throw error;
    }
  }
}
