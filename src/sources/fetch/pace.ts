import { randomUUID } from "node:crypto";
import { CLOCKS_APART_MS } from "../../clocks-apart.ts";
import type { Clock } from "./clock.ts";

/**
 * Who may ask next, by key. One row a key in a database makes it hold for all processes on it; `createMemoryTurns`
 * holds it for one process. Both methods are one atomic step.
 */
export interface Turns {
  /**
   * Takes the turn for `holder` until `until` when it is free at `now`, and answers undefined. Otherwise answers when
   * it may be asked for again; it may become free sooner. As SQL: `update … set holder, free_at = until where key and
   * (free_at <= now or since > ahead)`.
   */
  readonly take: (turn: TurnWanted) => Promise<Date | undefined>;
  /** Ends a turn now: the next one may begin at `freeAt`. Does nothing when the turn has passed to another holder. */
  readonly free: (
    turn: Pick<TurnWanted, "key" | "holder" | "now"> & { readonly freeAt: Date },
  ) => Promise<void>;
}

/** What is asked of `Turns.take`. */
export interface TurnWanted {
  readonly key: string;
  readonly holder: string;
  readonly now: Date;
  /** After this the turn is free again even if its holder is gone. */
  readonly until: Date;
  /** A turn that was taken or ended later than this was so by a clock that was ahead, and counts as free. */
  readonly ahead: Date;
}

/** Turns for one process alone. */
export function createMemoryTurns(): Turns {
  const rows = new Map<string, { holder: string; since: Date; freeAt: Date }>();
  return {
    async take({ key, holder, now, until, ahead }) {
      const row = rows.get(key);
      if (row !== undefined && row.freeAt > now && row.since <= ahead) return row.freeAt;
      rows.set(key, { holder, since: now, freeAt: until });
      return undefined;
    },
    async free({ key, holder, now, freeAt }) {
      if (rows.get(key)?.holder === holder) rows.set(key, { holder, since: now, freeAt });
    },
  };
}

/** One request's turn, while it lasts. */
export interface Turn {
  /** Nobody with this key asks again before so many milliseconds from the end of this turn. */
  readonly holdOff: (ms: number) => void;
}

/** What came of waiting for a turn: the work's result, or that the host is not to be asked for longer than one waits. */
type TurnResult<T> =
  { readonly kind: "done"; readonly value: T } | { readonly kind: "held"; readonly until: Date };

/** Lets requests go one after the other, as their hosts ask. */
export interface Pace {
  /** Runs the work, a whole request with its answer, when the turn of the address's host has come. */
  readonly inTurn: <T>(
    url: string,
    signal: AbortSignal,
    work: (turn: Turn) => Promise<T>,
  ) => Promise<TurnResult<T>>;
}

/** How the addresses that share a key are paced. */
export interface PaceRule {
  /** Hosts with the same key wait for each other. */
  readonly key: string;
  /** Milliseconds from the end of an answer to the next question. */
  readonly gapMs: number;
}

/** Settings of `createPace`. */
export interface PaceSettings {
  /** By origin, `https://export.arxiv.org`. An origin without a rule is its own key, without a gap. */
  readonly rules: Readonly<Record<string, PaceRule>>;
  /** How long a turn may last before others count it as lost, more than a request's time limit. Default 60,000 ms. */
  readonly leaseMs?: number;
  /** The longest one waits for a turn that is held off: by default 330,000 ms, more than Hugging Face's five minutes. */
  readonly patienceMs?: number;
}

/** “At most one request every three seconds, one connection at a time”, for all of arXiv: info.arxiv.org/help/api/tou. */
export const ARXIV_GAP_MS = 3000;

/** 300 in five minutes, of the 500 that Hugging Face allows without a token: hub-docs `rate-limits.md`. */
export const HUGGING_FACE_GAP_MS = 1000;

/**
 * Of lists Crossref allows one a second without a contact and three with one, of single works more
 * (crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication); its answers say what holds, which
 * is kept where it is slower.
 */
export const CROSSREF_GAP_MS = 1000;

/**
 * Ten a second, as OpenAlex's documentation said until 2025; today it allows a hundred and counts what a day costs
 * (developers.openalex.org/api-reference/authentication).
 */
export const OPENALEX_GAP_MS = 110;

/**
 * A thousand in five minutes with an address to write to; without one five hundred (support.datacite.org/docs/rate-limit).
 */
export const DATACITE_GAP_MS = 310;
export const DATACITE_UNKNOWN_GAP_MS = 620;

/** Journals say nothing of how often their feeds may be asked; an hourly reading with a second in between bothers nobody. */
export const FEED_GAP_MS = 1000;

/** “1 request per second, cumulative across all endpoints” with a key: semanticscholar.org/product/api. */
export const SEMANTIC_SCHOLAR_GAP_MS = 1050;

/** A hundred in five minutes, of the pool that all share who ask without a key: semanticscholar.org/product/api. */
export const SEMANTIC_SCHOLAR_SHARED_GAP_MS = 3000;

/** A host that asks for a longer pause than a week, or for one without end, is asked again after a week. */
const MAX_HOLD_MS = 7 * 24 * 60 * 60 * 1000;

/** How often a turn that another process holds is asked for. */
const POLL_MS = 1000;

/** Paces requests by rules; `turns` says for how many processes they hold. */
export function createPace(settings: PaceSettings, parts: { turns: Turns; clock: Clock }): Pace {
  const { leaseMs = 60_000, patienceMs = 330_000 } = settings;
  const { turns, clock } = parts;
  const holder = randomUUID();
  // Within the process the requests of a key stand in line, so that they go in order and only one of them polls.
  const lines = new Map<string, Promise<unknown>>();

  const waitFor = async (key: string, signal: AbortSignal): Promise<Date | undefined> => {
    for (;;) {
      signal.throwIfAborted();
      const now = clock.now();
      const after = (ms: number): Date => new Date(now.getTime() + ms);
      const freeAt = await turns.take({
        key,
        holder,
        now,
        until: after(leaseMs),
        ahead: after(CLOCKS_APART_MS),
      });
      if (freeAt === undefined) return undefined;
      const waitMs = freeAt.getTime() - now.getTime();
      if (waitMs > patienceMs) return freeAt;
      await clock.sleep(Math.min(waitMs, POLL_MS), signal);
    }
  };

  return {
    async inTurn(url, signal, work) {
      const { origin } = new URL(url);
      const { key, gapMs } = settings.rules[origin] ?? { key: origin, gapMs: 0 };
      const before = lines.get(key) ?? Promise.resolve();
      const mine = before.then(async () => {
        const until = await waitFor(key, signal);
        if (until !== undefined) return { kind: "held", until } as const;
        let holdMs = gapMs;
        try {
          const value = await work({
            holdOff: (ms) => (holdMs = Math.max(holdMs, Math.min(ms, MAX_HOLD_MS))),
          });
          return { kind: "done", value } as const;
        } finally {
          const now = clock.now();
          await turns.free({ key, holder, now, freeAt: new Date(now.getTime() + holdMs) });
        }
      });
      lines.set(
        key,
        mine.catch(() => undefined),
      );
      return mine;
    },
  };
}
