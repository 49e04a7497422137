import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** A key that seals texts. `id` names it without telling it. */
export interface SealingKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** The first field of a sealed text, which says how it is read. */
const VERSION = "pb1";
/** Of AES-256-GCM (NIST SP 800-38D): a key, a random nonce of 96 bits (section 8.2.2) and a tag of 128 bits, in bytes. */
const CIPHER = "aes-256-gcm";
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 8;

/** What is drawn from one secret for two purposes tells nothing of one another (RFC 5869). */
const drawn = (secret: Buffer, purpose: string, length: number): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "", purpose, length));

/** The key that a secret of `KEY_BYTES` random bytes makes. */
export function sealingKey(secret: Buffer): SealingKey {
  return {
    id: drawn(secret, "paperboy key id", ID_BYTES).toString("hex"),
    bytes: drawn(secret, "paperboy installation", KEY_BYTES),
  };
}

/** What a sealed text belongs to: it can be opened under this row and key, and nowhere else. */
const belongsTo = (keyId: string, row: string): Buffer => Buffer.from(JSON.stringify([VERSION, keyId, row]));

/** A text of a row, sealed: version, key id, nonce, and what only the key opens, with points between. */
export function seal({ id, bytes }: SealingKey, row: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(belongsTo(id, row));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, id, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
}

/** The id of the key that a text was sealed with; undefined for one in clear. */
export function keyIdOf(text: string): string | undefined {
  const [version, id] = text.split(".", 2);
  return version === VERSION ? id : undefined;
}

/** The text that was sealed; undefined where it was sealed with another key, belongs to another row, or is damaged. */
export function unseal(key: SealingKey, row: string, text: string): string | undefined {
  const [version, id = "", nonceText = "", sealedText = "", ...more] = text.split(".");
  const [nonce, sealed] = [Buffer.from(nonceText, "base64url"), Buffer.from(sealedText, "base64url")];
  const isWhole = nonce.length === NONCE_BYTES && sealed.length >= TAG_BYTES && more.length === 0;
  if (version !== VERSION || id !== key.id || !isWhole) return undefined;
  const decipher = createDecipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(belongsTo(id, row));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString(
      "utf8",
    );
  } catch {
    return undefined;
  }
}
