/** Copying the whole content takes some turns; changes wait for its end. */
export interface Copies {
  readonly underWay: () => boolean;
  readonly finished: () => Promise<void>;
  /** Makes a copy; it may give other work its turn as it likes. */
  readonly make: <T>(copy: () => Promise<T>) => Promise<T>;
}

/** No copy under way. */
export function createCopies(): Copies {
  const making = new Set<Promise<unknown>>();
  return {
    underWay: () => making.size > 0,
    async finished() {
      while (making.size > 0) await Promise.allSettled(making);
    },
    async make(copy) {
      const copied = copy();
      making.add(copied);
      return copied.finally(() => making.delete(copied));
    },
  };
}
