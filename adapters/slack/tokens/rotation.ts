import type { Installation } from "@slack/bolt";
import type { Log } from "../../../src/log.ts";
import type { Installations, Turns } from "../../../src/store/store.ts";
import type { Kept } from "./kept-tokens.ts";
import { createKeptTokens } from "./kept-tokens.ts";
import type { Renew } from "./renew.ts";
import { createRenewal } from "./renewal.ts";

/** Tokens that are kept fresh. */
export interface Tokens {
  /**
   * An installation whose token works, as far as is known; undefined where there is none, and where it has expired and cannot
   * be renewed. Only one that has expired is waited for: others are renewed in the background, for Slack's events have to be
   * acknowledged within three seconds.
   */
  readonly find: (id: string) => Promise<Installation | undefined>;
  /** Slack said that a token has expired, whatever the clock says: it is renewed when it is next asked for. False for one that cannot be. */
  readonly expired: (id: string) => Promise<boolean>;
}

/** What tokens are kept fresh with. */
export interface TokenParts {
  readonly installations: Installations;
  readonly turns: Turns;
  /** Asks Slack for a new pair; absent where the app's id and secret are not known. */
  readonly renew: Renew | undefined;
  readonly log: Log;
  readonly now: () => Date;
}

/** A token is renewed so long before it expires, in milliseconds: two hours, as Bolt and Slack's other libraries do. */
const AHEAD = 2 * 60 * 60_000;

/** When a token expires, in milliseconds since 1970; undefined for one that never does. */
function expiryOf({ installation: { bot } }: Kept): number | undefined {
  return bot?.refreshToken === undefined || bot.expiresAt === undefined ? undefined : bot.expiresAt * 1000;
}

/** Keeps the tokens of installations fresh. */
export function createTokens({ installations, renew, ...parts }: TokenParts): Tokens {
  const kept = createKeptTokens(installations);
  const found = async (id: string): Promise<Installation | undefined> => (await kept.read(id))?.installation;
  if (renew === undefined) return { find: found, expired: () => Promise.resolve(false) };
  const renewal = createRenewal({ ...parts, kept, renew });
  /** Tokens that Slack called expired, by the id of their installation. */
  const dead = new Map<string, string>();
  const lifeOf = (id: string, one: Kept): number =>
    dead.get(id) === one.text ? 0 : (expiryOf(one) ?? Infinity) - parts.now().getTime();
  return {
    async find(id) {
      const one = await kept.read(id);
      if (one === undefined || lifeOf(id, one) > AHEAD) return one?.installation;
      const renewing = renewal.renew(id, one);
      if (lifeOf(id, one) > 0) return one.installation;
      await renewing;
      const after = await kept.read(id);
      // Where Slack cannot be reached the old one makes no difference, and Slack says whether it works.
      return after === undefined || renewal.isOver(id, after) ? undefined : after.installation;
    },
    async expired(id) {
      const one = await kept.read(id);
      if (one === undefined || expiryOf(one) === undefined) return false;
      dead.set(id, one.text);
      return true;
    },
  };
}
