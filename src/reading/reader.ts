import { createHash } from "node:crypto";
import type { Deed } from "../store/kept/audit.ts";

/** Somebody with a reading list, and where that person is. */
export interface Reader {
  /** As `personKey` writes it. */
  readonly person: string;
  /** The channel whose lists are shared, as `placeKey` writes it; absent where nobody else is. */
  readonly place?: string;
  /** How the audit names who acts, and where. */
  readonly acts: Pick<Deed, "platform" | "server" | "channel" | "by">;
}

/** A person of a platform; `workspace` where ids of people are its own. */
interface Person {
  readonly platform: string;
  readonly workspace?: string;
  readonly user: string;
}

/** One text for one person. It begins as that of a place in the same workspace, and is never that of one. */
export function personKey({ platform, workspace = "", user }: Person): string {
  return JSON.stringify([platform, workspace, "person", user]);
}

/** The id by which the platform knows a person. */
export function userOf(person: string): string {
  const parts: unknown = JSON.parse(person);
  return Array.isArray(parts) ? String(parts[3] ?? "") : "";
}

/** The id of the list that a person has without making one: always the same, and nobody else's. */
export const ownListId = (person: string): string =>
  createHash("sha256").update(person).digest("base64url").slice(0, 16);
