/** Why there is no paper to choose. */
export type NothingReason =
  | { readonly kind: "empty-corpus" }
  /** No paper matches the topics, of those that stand and are not dated in the future. */
  | { readonly kind: "no-match" }
  /** Papers match, but none has the comments or votes asked for. */
  | { readonly kind: "below-minimum"; readonly matching: number }
  /** All that match have been posted in the channel. */
  | { readonly kind: "all-had"; readonly matching: number };

/**
 * Whether a channel should be told that there is no paper: once, not every day. `last` is the reason of the digest
 * before, or undefined when that brought a paper or the plan has changed since.
 */
export function isWorthSaying(reason: NothingReason, last: NothingReason | undefined): boolean {
  return reason.kind !== last?.kind;
}
