/** Something that a test waited for did not come; the message tells what had. */
export class WaitedInVain extends Error {
  constructor(what: string, milliseconds: number, arrived: string) {
    super(`Waited ${milliseconds} ms in vain for ${what}. ${arrived}`);
    this.name = "WaitedInVain";
  }
}

/** Tells those who wait that something changed. */
export interface Watch {
  changed(): void;
  /** Resolves with the first result that is not undefined; looks again after every change. */
  until<T>(look: () => T | undefined, wait: Wait): Promise<T>;
}

/** What a wait is for, how long it may take, and what to tell when it was in vain. */
export interface Wait {
  readonly what: string;
  readonly patienceMs: number;
  readonly arrived?: () => string;
}

/** A watch without anyone waiting. */
export function createWatch(): Watch {
  const watchers = new Set<() => void>();
  return {
    changed: () => {
      for (const look of watchers) look();
    },
    until: (look, { what, patienceMs, arrived = () => "" }) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void): void => {
          clearTimeout(timer);
          watchers.delete(check);
          settle();
        };
        const check = (): void => {
          try {
            const found = look();
            if (found !== undefined) finish(() => resolve(found));
          } catch (error) {
            finish(() => reject(error));
          }
        };
        const vain = (): void => finish(() => reject(new WaitedInVain(what, patienceMs, arrived())));
        const timer = setTimeout(vain, patienceMs);
        watchers.add(check);
        check();
      }),
  };
}
