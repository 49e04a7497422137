import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { lately } from "../../../src/clocks-apart.ts";
import type { Log } from "../../../src/log.ts";
import type { Turns } from "../../../src/store/store.ts";
import { createTroubles } from "../../../src/troubles.ts";
import { loggable } from "../loggable.ts";
import type { Kept, KeptTokens } from "./kept-tokens.ts";
import type { Renew } from "./renew.ts";
import { isRefused } from "./renew.ts";

/** One process renews a token at a time; what it began ends within this, in milliseconds: the time that one call may take, and some. */
const TURN = 20_000;
/** Between two looks whether another process is through. */
const LOOK = 100;
/** What could not be renewed is not tried again for so long, in milliseconds. */
const PAUSE = 60_000;

/** What tokens are renewed with. */
export interface RenewalParts {
  readonly kept: KeptTokens;
  readonly turns: Turns;
  readonly renew: Renew;
  readonly log: Log;
  readonly now: () => Date;
}

/** The renewing of tokens, each by one of all who ask. */
export interface Renewal {
  /** Renews what stands there, unless it failed a moment ago; resolves when it is over, however it went. */
  readonly renew: (id: string, kept: Kept) => Promise<void>;
  /** Whether Slack does not take the refresh token that stands there. */
  readonly isOver: (id: string, kept: Kept) => boolean;
}

/** The installation with a new pair of tokens, as it is kept. */
function renewed({ installation }: Kept, fresh: Awaited<ReturnType<Renew>>, now: Date): string {
  const expiresAt = Math.floor(now.getTime() / 1000) + fresh.expiresIn;
  const { token, refreshToken } = fresh;
  return JSON.stringify({ ...installation, bot: { ...installation.bot, token, refreshToken, expiresAt } });
}

/** Does work in the turn of one process; false where another one had it all the time, or `isDone` meanwhile. */
async function inTurn(
  { turns, now }: RenewalParts,
  key: string,
  isDone: () => Promise<boolean>,
  work: () => Promise<void>,
): Promise<boolean> {
  const holder = randomUUID();
  const end = Date.now() + TURN;
  for (;;) {
    const at = now();
    const until = new Date(at.getTime() + TURN);
    if ((await turns.take({ key, holder, now: at, until, ahead: lately(at) })) === undefined) break;
    if (Date.now() > end || (await isDone())) return false;
    await sleep(LOOK);
  }
  try {
    if (!(await isDone())) await work();
    return true;
  } finally {
    await turns.free({ key, holder, now: now(), freeAt: now() });
  }
}

/** Asks Slack for a new pair of tokens and keeps it, before anybody uses it. */
async function ask({ kept: keeping, renew, now }: RenewalParts, id: string, kept: Kept): Promise<void> {
  const fresh = await renew(kept.installation.bot?.refreshToken ?? "");
  await keeping.replace(id, kept, renewed(kept, fresh, now()));
}

/** A refresh token works once: events and processes take turns, and only the first of them asks. */
export function createRenewal(parts: RenewalParts): Renewal {
  const { kept: keeping, log, now } = parts;
  const troubles = createTroubles();
  const underWay = new Map<string, Promise<void>>();
  /** Until when what failed is not tried again. */
  const paused = new Map<string, number>();
  /** What Slack refused, as it stood then. */
  const over = new Map<string, string>();

  const attempt = async (id: string, kept: Kept): Promise<void> => {
    try {
      await ask(parts, id, kept);
      troubles.ends(id, () => log.info(`Slack: the token of ${id} is renewed again`));
    } catch (error) {
      paused.set(id, now().getTime() + PAUSE);
      if (isRefused(error)) over.set(id, kept.text);
      const what = isRefused(error)
        ? "Slack does not take its refresh token. Once its token has expired nobody there is answered until Paperboy is installed there again"
        : "it is tried again each minute";
      troubles.begins(id, () =>
        log.error(`Slack: the token of ${id} could not be renewed: ${what}`, { error: loggable(error) }),
      );
    }
  };

  const begin = async (id: string, kept: Kept): Promise<void> => {
    const isDone = async (): Promise<boolean> => (await keeping.read(id))?.text !== kept.text;
    // Where turns cannot be taken, since the database cannot be written, no token is used up; the database tells that itself.
    await inTurn(parts, `slack token ${id}`, isDone, () => attempt(id, kept)).catch(
      () => void paused.set(id, now().getTime() + PAUSE),
    );
    underWay.delete(id);
  };

  return {
    renew(id, kept) {
      if ((paused.get(id) ?? 0) > now().getTime() || over.get(id) === kept.text) return Promise.resolve();
      const doing = underWay.get(id) ?? begin(id, kept);
      underWay.set(id, doing);
      return doing;
    },
    isOver: (id, { text }) => over.get(id) === text,
  };
}
