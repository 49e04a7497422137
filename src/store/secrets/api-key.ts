import { createHash, randomBytes } from "node:crypto";

/** By which scanners of code and logs know a key of Paperboy's that was left there. */
const PREFIX = "paperboy_";

/** The bytes of chance in a key: no salt and no slow hash is needed for what nobody can guess. */
const BYTES = 32;

/** What is kept of a key: enough to know it again, and nothing that opens anything. */
export const hashOfKey = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Draws a key for a program that asks by the API. */
export const newApiKey = (): string => PREFIX + randomBytes(BYTES).toString("base64url");
