import { randomBytes } from "node:crypto";
import { chmod, readFile, rm } from "node:fs/promises";
import { isMissing, writeAtomically } from "../../files/atomic-file.ts";
import { withFileLock } from "../../files/file-lock.ts";
import { UserError } from "../../user-error.ts";
import { KEY_BYTES } from "./seal.ts";

/** The name of the file beside the database that holds its keys. It belongs in no backup of the database. */
export const KEY_FILE = "paperboy.key";

const HEAD =
  "# The keys of the tokens in Paperboy's database, the newest first. Whoever has both can act for Paperboy in every\n" +
  "# workspace that installed it: keep a copy of this file, apart from the backups of the database.\n";

const newSecret = (): Buffer => randomBytes(KEY_BYTES);

/** The secrets in a key file, the newest first; none where there is no file. Throws a UserError where it holds no keys. */
export async function readKeyFile(file: string): Promise<readonly Buffer[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return [];
    const said = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The key file ${file} cannot be read: ${said}. Let the user who runs Paperboy read it.`,
    );
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const secrets = lines.map((line) => Buffer.from(line.trim(), "base64url"));
  if (secrets.length > 0 && secrets.every(({ length }) => length === KEY_BYTES)) return secrets;
  throw new UserError(
    `The key file ${file} is damaged: a key is ${KEY_BYTES} bytes in base64url, a line each. Put a copy of it in its place, or move it away: then a new key is made, and the workspaces have to install Paperboy again.`,
  );
}

async function writeKeyFile(file: string, secrets: readonly Buffer[]): Promise<void> {
  const lines = secrets.map((secret) => `${secret.toString("base64url")}\n`);
  await writeAtomically(file, async (handle) => {
    await handle.writeFile(`${HEAD}${lines.join("")}`);
  });
  // Where a draft of a program that was killed lay there with other permissions.
  await chmod(file, 0o600);
}

/** The secrets in a key file, which is made where there is none, with those that are `known` of it or else a new one. */
export async function haveKeyFile(file: string, known: readonly Buffer[]): Promise<readonly Buffer[]> {
  const before = await readKeyFile(file);
  if (before.length > 0) return before;
  return withFileLock(file, async () => {
    const there = await readKeyFile(file);
    if (there.length > 0) return there;
    const secrets = known.length > 0 ? known : [newSecret()];
    await writeKeyFile(file, secrets);
    return secrets;
  });
}

/**
 * Puts a new key first, does the work that seals all with it, and then takes the others away. A crash at any moment leaves
 * every key that something is sealed with.
 */
export async function renewKeyFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  return withFileLock(file, async () => {
    const secret = newSecret();
    await writeKeyFile(file, [secret, ...(await readKeyFile(file))]);
    const result = await work();
    await writeKeyFile(file, [secret]);
    return result;
  });
}

/** Removes a key file that nothing is sealed with any more, after the work that sees to that. */
export async function endKeyFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  return withFileLock(file, async () => {
    const result = await work();
    await rm(file, { force: true });
    return result;
  });
}
