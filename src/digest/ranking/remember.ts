/** Makes things by their keys, and keeps those that were used last: together they weigh no more than a limit. */
export interface Remembered<T> {
  /** The thing of a key, made where it is not kept; those who ask meanwhile wait for the same. What fails is not kept. */
  readonly get: (key: string, make: () => Promise<T>) => Promise<T>;
}

/** Remembers things up to a weight of all together; one that is heavier alone is not kept. */
export function remember<T>(limit: number, weigh: (thing: T) => number): Remembered<T> {
  const kept = new Map<string, { readonly thing: T; readonly weight: number }>();
  const underWay = new Map<string, Promise<T>>();
  let total = 0;
  const keep = (key: string, thing: T): void => {
    const weight = weigh(thing);
    if (weight > limit) return;
    kept.set(key, { thing, weight });
    total += weight;
    // A map keeps the order in which things were put, so that the first is the one that was used longest ago.
    for (const [oldest, { weight: freed }] of kept) {
      if (total <= limit) break;
      kept.delete(oldest);
      total -= freed;
    }
  };
  const make = async (key: string, work: () => Promise<T>): Promise<T> => {
    try {
      const thing = await work();
      keep(key, thing);
      return thing;
    } finally {
      underWay.delete(key);
    }
  };
  return {
    get(key, work) {
      const found = kept.get(key);
      if (found !== undefined) {
        kept.delete(key);
        kept.set(key, found);
        return Promise.resolve(found.thing);
      }
      const begun = underWay.get(key);
      if (begun !== undefined) return begun;
      const making = make(key, work);
      underWay.set(key, making);
      return making;
    },
  };
}
