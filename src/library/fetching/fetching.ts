import type { Listing } from "../../corpus/paper.ts";
import type { Reference } from "../../corpus/identifiers/reference.ts";

/** Papers that one place, such as a server, may have asked for in an hour, and all places together. */
export const FETCHES = { ofPlace: 10, ofAll: 60 } as const;

/** What came of fetching a paper. */
export type Fetched =
  | { readonly kind: "taken"; readonly service: string; readonly listing: Listing }
  /** The services do not have it, or were found not to have it within a day. */
  | { readonly kind: "unknown"; readonly service: string }
  /** The service failed or took too long; the log says more. */
  | { readonly kind: "failed"; readonly service: string }
  | { readonly kind: "too-many"; readonly of: "place" | "all" };

/** Fetches single papers that somebody in a chat asks for, by their ids alone. */
export interface PaperFetching {
  /** The name of the service that would be asked first; undefined where none that may be asked takes such an id. */
  readonly serviceFor: (reference: Reference) => string | undefined;
  /** Asks for a paper that is not here and takes it in. `place` is what the pace is kept for. */
  readonly fetch: (reference: Reference, place: string) => Promise<Fetched>;
}
