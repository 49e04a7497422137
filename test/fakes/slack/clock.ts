/** Time as the fake sees it: the real one plus what tests skipped. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  advance(milliseconds: number): void;
}

/** A clock that runs with the real one and can be put forward. */
export function createClock(): Clock {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    advance: (milliseconds) => {
      skipped += milliseconds;
    },
  };
}
