/**
 * Whether what is saved of an index was found damaged by whoever read it. From then on no answer of that index counts, not
 * even one that was under way and passed the error over.
 */
export interface Damage {
  readonly isFound: () => boolean;
  /** Notes it; gives the error to throw. */
  readonly note: (what: string) => Error;
}

/** Nothing was found yet. */
export function createDamage(): Damage {
  let found = false;
  return {
    isFound: () => found,
    note(what) {
      found = true;
      return new Error(what);
    },
  };
}
