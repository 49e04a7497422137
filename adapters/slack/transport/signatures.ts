/** How far the date of a request may be from this machine's clock, in milliseconds, either way (docs.slack.dev/authentication/verifying-requests-from-slack). */
export const MAX_DIFFERENCE = 5 * 60_000;

/** Signatures remembered at most, some 200 bytes each: 66 requests a second for five minutes. */
const REMEMBERED = 20_000;

/** Whether a request dated so, in seconds since 1970, lies further ahead than Slack's clock can be. */
export function isAhead(timestamp: number, now: number): boolean {
  return timestamp * 1000 > now + MAX_DIFFERENCE;
}

/** Tells whether a signature, of a request dated in seconds since 1970, is met for the first time. */
export type IsFirst = (signature: string, timestamp: number, now: number) => boolean;

/**
 * Remembers signatures for as long as their requests would be taken. Where more come than are remembered, those that
 * came first are forgotten.
 */
export function createSignatures(remembered: number = REMEMBERED): IsFirst {
  const until = new Map<string, number>();
  return (signature, timestamp, now) => {
    if (until.has(signature)) return false;
    for (const [one, end] of until) {
      if (end >= now && until.size < remembered) break;
      until.delete(one);
    }
    // The check of the date counts in whole seconds.
    until.set(signature, timestamp * 1000 + MAX_DIFFERENCE + 1000);
    return true;
  };
}
