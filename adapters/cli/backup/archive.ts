import { createReadStream, createWriteStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { packTar, unpackTar } from "modern-tar/fs";
import { UserError } from "../../../src/user-error.ts";

/** Whether a backup of this name is one file rather than a folder. */
export const isArchive = (place: string): boolean => /\.(?:tar\.gz|tgz)$/i.test(place);

/** Packs files of a folder, in this order, into one that is not there yet. */
export async function pack(folder: string, names: readonly string[], archive: string): Promise<void> {
  const sources = names.map((name) => ({
    type: "file" as const,
    source: path.join(folder, name),
    target: name,
    mode: 0o600,
  }));
  const target = createWriteStream(archive, { flags: "wx", mode: 0o600, flush: true });
  await pipeline(packTar(sources), createGzip(), target);
}

/** Takes the files of these names, and nothing else, out of an archive. Throws a UserError where it cannot be read to its end. */
export async function unpack(archive: string, folder: string, names: ReadonlySet<string>): Promise<void> {
  const target = unpackTar(folder, {
    strict: true,
    fmode: 0o600,
    dmode: 0o700,
    filter: ({ name, type }) => type === "file" && names.has(name),
  });
  try {
    await pipeline(createReadStream(archive), createGunzip(), target);
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${archive} is damaged or no backup: ${why}. Restore another backup; nothing was changed.`,
    );
  }
}
