import type { Deed } from "./audit.ts";
import type { SubscriptionRecord } from "../store.ts";

/** An address that somebody who reads it has confirmed, for one person who asked for it. */
export interface MailboxRecord {
  /** Says nothing of the address, so that it may stand in a log. */
  readonly id: string;
  /** One text for the person. */
  readonly owner: string;
  readonly address: string;
  /** Where its digests go, as one text. A mailbox is forgotten with the last digest of its place. */
  readonly place: string;
  /** What the links in its mails name it by; a secret of whoever reads them. */
  readonly leave: string;
  /** What its owner wants back. */
  readonly body: string;
}

/** Somebody's wish for digests at an address, until whoever reads it confirms that. */
export interface MailRequestRecord {
  /** What its link is known by. One of its kind. */
  readonly token: string;
  readonly owner: string;
  readonly address: string;
  /** One text for all spellings of an address that lead into one inbox. */
  readonly inbox: string;
  readonly body: string;
  /** From then on its link is worth nothing, and it is removed. */
  readonly until: Date;
}

/** A request as it is kept. */
export interface KeptMailRequest extends MailRequestRecord {
  readonly madeAt: Date;
  /** When its letter is to be sent; absent once that is done. */
  readonly sendAt?: Date;
}

/** How many requests may be unconfirmed that were made within so many milliseconds. */
export interface MailLimits {
  readonly within: number;
  readonly perInbox: number;
  readonly perOwner: number;
}

/** The addresses that digests go to by e-mail, and those that are still to be confirmed. */
export interface Mailboxes {
  /** Keeps a request, unless there are too many: of its inbox, or of its owner. All of it is one step over all processes. */
  readonly ask: (
    request: MailRequestRecord,
    limits: MailLimits,
  ) => Promise<"kept" | "inbox-full" | "owner-full">;
  /** A request whose time is not over. */
  readonly asked: (token: string) => Promise<KeptMailRequest | undefined>;
  /** Requests whose letter is due by now. */
  readonly unsent: () => Promise<readonly KeptMailRequest[]>;
  /** Gives a request another token, and says when its letter is to be sent, if at all. False where somebody else did. */
  readonly renew: (
    token: string,
    renewed: { readonly token: string; readonly sendAt?: Date },
  ) => Promise<boolean>;
  /**
   * Ends a request and keeps the mailbox, unless its owner has one of this address, and the subscription, all or nothing.
   * `unknown` where the request is not there any more; `other` where the owner's mailbox of this address has another id.
   */
  readonly confirm: (
    token: string,
    mailbox: MailboxRecord,
    made: { readonly subscription: SubscriptionRecord; readonly deed: Deed },
  ) => Promise<"confirmed" | "unknown" | "other">;
  readonly find: (id: string) => Promise<MailboxRecord | undefined>;
  /** By the secret in its links. */
  readonly get: (leave: string) => Promise<MailboxRecord | undefined>;
  readonly ofOwner: (owner: string) => Promise<readonly MailboxRecord[]>;
  /** Counts that a digest was refused for its address; gives how many were in a row. */
  readonly refused: (id: string) => Promise<number>;
  /** Ends the refusals in a row. */
  readonly taken: (id: string) => Promise<void>;
  /** Removes requests whose time is over. */
  readonly forgetOld: () => Promise<void>;
}
