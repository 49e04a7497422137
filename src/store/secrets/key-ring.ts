import { randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { UserError } from "../../user-error.ts";
import { haveKeyFile, readKeyFile } from "./key-file.ts";
import type { SealingKey } from "./seal.ts";
import { KEY_BYTES, sealingKey } from "./seal.ts";

/** Where keys come from. */
export interface KeySettings {
  /** The key file; absent for a database in memory, whose key ends with the process. */
  readonly file?: string;
  /** A passphrase, which takes the file's place. */
  readonly passphrase?: string;
  /** The passphrase before this one, which still opens what it sealed. */
  readonly passphraseBefore?: string;
}

/** Shorter passphrases are guessed, in characters. */
const SHORTEST = 16;

/**
 * A passphrase may be one that a person made up, so that each guess has to cost: scrypt with N = 2^15, r = 8, p = 1 takes 32 MB
 * and some 0.1 s, once a process (RFC 7914; OWASP's cheat sheet on password storage names 2^17 for passwords of people, with
 * shorter ones in mind). HKDF alone would do for 32 random bytes, and for no passphrase.
 */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

const derive = promisify(
  (passphrase: string, salt: Buffer, done: (error: Error | null, key: Buffer) => void) =>
    scrypt(passphrase.normalize("NFKC"), salt, KEY_BYTES, SCRYPT, done),
);

/** Refuses a passphrase that is too short to keep anything secret, with a UserError. */
export function checkPassphrase(name: string, passphrase: string): string {
  const { length } = Array.from(passphrase);
  if (length >= SHORTEST) return passphrase;
  throw new UserError(
    `${name} has ${length} characters, and must have at least ${SHORTEST}: it is what keeps the tokens of workspaces secret. “openssl rand -base64 32” makes a good one. Leave it out for a key in a file of Paperboy's own.`,
  );
}

/** Keys, the one that seals first. */
export interface KeyRing {
  /** The keys as the settings and the file have them now; none where there is neither a passphrase nor a file. */
  readonly keys: (salt: string) => Promise<readonly SealingKey[]>;
  /** The same; a key file is made where a key is lacking. */
  readonly keysToSeal: (salt: string) => Promise<readonly SealingKey[]>;
  /** The key with an id, looked for in the file only where it is not known; undefined where it is nowhere. */
  readonly keyWith: (id: string, salt: string) => Promise<SealingKey | undefined>;
}

export function createKeyRing({ file, passphrase, passphraseBefore }: KeySettings): KeyRing {
  const known = new Map<string, SealingKey>();
  const derived = new Map<string, Promise<Buffer>>();
  /** What the file held when it was last read. */
  let filed: readonly Buffer[] = file === undefined ? [randomBytes(KEY_BYTES)] : [];
  const note = (secrets: readonly Buffer[]): readonly SealingKey[] => {
    const keys = secrets.map(sealingKey);
    for (const key of keys) known.set(key.id, key);
    return keys;
  };
  const fromPassphrase = async (words: string | undefined, salt: string): Promise<Buffer[]> => {
    if (words === undefined) return [];
    const name = `${salt}:${words}`;
    const secret = derived.get(name) ?? derive(words, Buffer.from(salt, "hex"));
    derived.set(name, secret);
    return [await secret];
  };
  const all = async (salt: string): Promise<readonly SealingKey[]> => {
    const [now, before] = await Promise.all([
      fromPassphrase(passphrase, salt),
      fromPassphrase(passphraseBefore, salt),
    ]);
    return note([...now, ...filed, ...before]);
  };
  const keys = async (salt: string): Promise<readonly SealingKey[]> => {
    if (file !== undefined) {
      const there = await readKeyFile(file);
      if (there.length > 0) filed = there;
    }
    return all(salt);
  };
  return {
    keys,
    async keysToSeal(salt) {
      if (file !== undefined && passphrase === undefined) filed = await haveKeyFile(file, filed);
      return keys(salt);
    },
    async keyWith(id, salt) {
      if (!known.has(id)) await keys(salt).catch(() => undefined);
      return known.get(id);
    },
  };
}
