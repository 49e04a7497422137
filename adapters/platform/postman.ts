import { createHash } from "node:crypto";
import type { Reply } from "../../src/bot/reply.ts";
import type { Delivery, Found } from "../../src/schedule/courier.ts";
import type { Place } from "../../src/schedule/place.ts";

/** A message to bring to a channel by itself, without anybody having asked just now. */
export interface Posting {
  readonly place: Place;
  /** The digest or follow that it is of, by its id. */
  readonly digest: string;
  /** What it is, for the memory of the channel. */
  readonly as: "digest" | "follow" | "club";
  readonly reply: Reply;
  /** One of its kind: the same one is taken once. */
  readonly key: string;
  /** The message that this one belongs below. */
  readonly below?: string;
  /** Before this it was surely not sent. */
  readonly since: Date;
}

/** The part of a platform that brings messages by itself. What it throws leaves open whether one arrived. */
export interface Postman {
  readonly deliver: (posting: Posting) => Promise<Delivery>;
  /**
   * A message delivered before, by its key; undefined when it surely was not, `unknown` where nobody can ever tell. `elsewhere`
   * where somebody may have sent it whose ledger is not this one.
   */
  readonly find: (
    posting: Omit<Posting, "reply" | "digest" | "as"> &
      Partial<Pick<Posting, "reply" | "as">> & { readonly elsewhere?: true },
  ) => Promise<Found | "unknown" | undefined>;
  /** Tells a person privately. */
  readonly tell: (user: string, text: string, place: Place) => Promise<void>;
  /** Whether the platform is connected, so that messages can be brought. */
  readonly ready: () => boolean;
  /** How many messages may be on their way at once. */
  readonly width: number;
}

/** A key as short text, always the same for it: 22 characters of a hash. */
export function shortKey(key: string): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 22);
}

/**
 * How far a platform's clock may be behind this machine's, in milliseconds: a message that was sent when a digest was due
 * may bear an earlier time. Marks are different each day, so looking further back finds no other message.
 */
export const CLOCKS_APART = 60_000;

/** What the links and buttons of a message say, as its JSON has them: addresses, and the invocations behind buttons. */
export function textsIn(message: unknown): readonly string[] {
  const texts: string[] = [];
  JSON.stringify(message, (_name, value: unknown) => {
    if (typeof value === "string")
      for (const [text] of value.matchAll(/https?:\/\/[^\s<>()|"\]]+|\b[a-z]+(?: [a-z]+)?\?[a-z]+=\S+/g))
        texts.push(text);
    return value;
  });
  return texts;
}
