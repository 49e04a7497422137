import { createHash } from "node:crypto";
import { open, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "../../../src/files/atomic-file.ts";
import { readPieces } from "../../../src/files/read-pieces.ts";
import { UserError } from "../../../src/user-error.ts";

/** What a backup says of itself, in the file of this name. */
export const MANIFEST_FILE = "manifest.json";

const KIND = "paperboy-backup";

/** Grows where a restore of an earlier version would do something wrong with it. */
export const BACKUP_FORMAT = 1;

/** A file of a backup. */
export interface BackedUpFile {
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** What a backup holds, and of when. */
export interface Manifest {
  readonly format: number;
  /** The version of the program that made it. */
  readonly program: string;
  /** ISO 8601. What was sent later is not in it. */
  readonly madeAt: string;
  /** The format of the papers, and the newest change of the database's tables; absent where there is none. */
  readonly papers?: number;
  readonly database?: string;
  /** Names of the settings with which it was made, without their values. */
  readonly settings: readonly string[];
  readonly files: readonly BackedUpFile[];
}

const PIECE_BYTES = 1024 * 1024;

/** The size of a file and its sum. */
export async function sumUp(folder: string, name: string): Promise<BackedUpFile> {
  const handle = await open(path.join(folder, name));
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of readPieces(handle, { start: 0, end: Infinity }, PIECE_BYTES)) {
      hash.update(piece);
      bytes += piece.length;
    }
    return { name, bytes, sha256: hash.digest("hex") };
  } finally {
    await handle.close();
  }
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify({ kind: KIND, ...manifest }, undefined, 2)}\n`;
  await writeFile(path.join(folder, MANIFEST_FILE), text, { mode: 0o600, flush: true });
}

const isFile = (value: unknown): value is BackedUpFile => {
  const { name, bytes, sha256 } = (value ?? {}) as Partial<Record<keyof BackedUpFile, unknown>>;
  return typeof name === "string" && Number.isSafeInteger(bytes) && typeof sha256 === "string";
};

function parseManifest(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<Manifest> & { readonly kind?: unknown };
    const { kind, format, program, madeAt, files, settings } = value;
    const isWhole =
      kind === KIND &&
      typeof format === "number" &&
      typeof program === "string" &&
      typeof madeAt === "string" &&
      !Number.isNaN(Date.parse(madeAt)) &&
      Array.isArray(settings);
    // A newer one may have other fields.
    if (isWhole && format > BACKUP_FORMAT) return value as Manifest;
    return isWhole && Array.isArray(files) && files.every(isFile) ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What the backup in a folder says of itself; undefined where it says nothing: earlier versions made such ones. Throws a
 * UserError where that is damaged, or of a newer version.
 */
export async function readManifest(folder: string, shown: string): Promise<Manifest | undefined> {
  const text = await readFile(path.join(folder, MANIFEST_FILE), "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const manifest = parseManifest(text);
  if (manifest === undefined)
    throw new UserError(
      `${shown} is damaged: its ${MANIFEST_FILE} is not what “paperboy backup” writes. Restore another backup; nothing was changed.`,
    );
  if (manifest.format > BACKUP_FORMAT)
    throw new UserError(
      `${shown} was made by a newer Paperboy, ${manifest.program} (backups of format ${manifest.format}; this one reads ${BACKUP_FORMAT}). Install that version, and restore then; nothing was changed.`,
    );
  return manifest;
}
