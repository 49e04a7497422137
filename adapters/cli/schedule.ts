/** Milliseconds of a minute and of an hour. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** When work begins: whenever the clock passes a multiple of `every` milliseconds since 1970, and `after` more. */
export interface Rhythm {
  readonly every: number;
  readonly after?: number;
}

/**
 * Does work in a rhythm of the clock on the wall; work that is still under way is not begun again. The function it gives
 * ends it, after the work under way. It looks at the clock at least once a minute and remembers nothing but the last mark
 * it saw, so that a clock that is set costs one run, however far it went. (node-cron 4.6.0 works out every minute of ten
 * years gone by, rests until the day it had seen after a clock went ahead and back, and on the nights that the clock of the
 * host goes back: findings/node-cron-clock-change.sh.)
 */
export function startRhythm({ every, after = 0 }: Rhythm, work: () => Promise<unknown>): () => Promise<void> {
  const markAt = (ms: number): number => Math.floor((ms - after) / every);
  let timer: NodeJS.Timeout | undefined;
  let seen = markAt(Date.now());
  let underWay: Promise<unknown> | undefined;
  const arm = (): void => {
    const now = Date.now();
    const next = (markAt(now) + 1) * every + after;
    timer = setTimeout(look, Math.min(next - now, MINUTE_MS));
  };
  const look = (): void => {
    const mark = markAt(Date.now());
    if (mark !== seen && underWay === undefined) {
      underWay = work().finally(() => (underWay = undefined));
    }
    seen = mark;
    arm();
  };
  arm();
  return async () => {
    clearTimeout(timer);
    await underWay;
  };
}
