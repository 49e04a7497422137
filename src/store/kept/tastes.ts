import type { Deed } from "./audit.ts";

/** What channels say about their taste: by the place, as `placeKey` writes it, a text that its owner wants back. */
export interface Tastes {
  readonly find: (place: string) => Promise<string | undefined>;
  /** Puts what `change` makes of the text that is kept, which nobody else changes meanwhile. */
  readonly update: (
    place: string,
    change: (before: string | undefined) => string,
    deed: Deed,
  ) => Promise<void>;
}
