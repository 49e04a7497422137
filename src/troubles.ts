/** Troubles that last, such as a row that cannot be read: each is said when it begins and once more when it is over. */
export interface Troubles {
  /** `say` is called unless this trouble is known. */
  readonly begins: (key: string, say: () => void) => void;
  /** `say` is called if this trouble was known; it is then forgotten. */
  readonly ends: (key: string, say: () => void) => void;
  /** Those that have begun and not ended. */
  readonly known: () => readonly string[];
}

/** Troubles of one process, none at first. */
export function createTroubles(): Troubles {
  const known = new Set<string>();
  return {
    begins(key, say) {
      if (known.has(key)) return;
      known.add(key);
      say();
    },
    ends(key, say) {
      if (known.delete(key)) say();
    },
    known: () => [...known],
  };
}
