import type { MailboxRecord } from "../store/kept/mail.ts";
import type { Place } from "../schedule/place.ts";

/** The platform of digests that come by e-mail, as places name it. */
export const MAIL = "mail";

/** A person, as far as a platform tells. */
export interface Person {
  readonly platform: string;
  /** By the platform's own id. */
  readonly user: string;
  /** The workspace within which that id means this person; absent where ids are the whole platform's. */
  readonly workspace?: string;
}

/** An address that somebody who reads it has confirmed. */
export interface Mailbox {
  /** Says nothing of the address. */
  readonly id: string;
  readonly address: string;
  /** Who asked for it. */
  readonly person: Person;
  /** Where that person asked; absent at a command line. */
  readonly origin?: Place;
  /** A secret of whoever reads its mails. */
  readonly leave: string;
}

/** Where the digests of a mailbox go. */
export const mailPlace = (id: string): Place => ({ platform: MAIL, channel: id, direct: true });

/** One text for one person. */
export const ownerOf = ({ platform, user, workspace = "" }: Person): string =>
  JSON.stringify([platform, workspace, user]);

/** Who asked for something, and where: what a mailbox keeps of its owner. */
export type Asker = Pick<Mailbox, "person" | "origin">;

/** A mailbox as it is kept, read. */
export function readMailbox({ id, address, leave, body }: MailboxRecord): Mailbox {
  return { id, address, leave, ...(JSON.parse(body) as Asker) };
}
