/** How a mail server took a message. */
export type Posted =
  | { readonly kind: "sent" }
  /** Surely not taken; it may be tried again. */
  | { readonly kind: "later"; readonly said: string }
  /**
   * Refused for good. `about` says whether it is the address that is refused, or the message, the sender or whatever else that
   * is not the reader's.
   */
  | { readonly kind: "refused"; readonly about: "address" | "other"; readonly said: string }
  /** It was handed over and no answer came: whether it was taken cannot be known. */
  | { readonly kind: "unknown"; readonly said: string };

/** What writes to an address that is not confirmed yet. Never rejects. What is `said` names no address. */
export interface Letters {
  /** Asks whoever reads the address whether digests may come, with a link to say so. */
  readonly askToConfirm: (address: string, link: string) => Promise<Posted>;
}
