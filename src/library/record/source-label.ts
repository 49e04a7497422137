import type { Hash } from "node:crypto";
import { isObject } from "../../corpus/merging/fields.ts";
import type { RemovedPaper } from "./stored-line.ts";

/** A label that would have more removed papers than this would be long; the record is read for them. */
const REMOVED = 20;

/** So many problems of the sources are told again at every start. */
const TOLD = 20;

/** What a saved index was made from. */
export interface SourceLabel {
  /** Bytes of the stored papers; more may have been stored since. */
  readonly bytes: number;
  /** SHA-256 over the bundled pages and those bytes. */
  readonly sha256: string;
  /** What of all that could not be read: told at every start until it is mended, at most 20 of them. */
  readonly problems: readonly string[];
  /** By what to know that this is so without reading all of it; absent where that cannot be told. */
  readonly known?: KnownSources;
}

/** What sources were when an index was made from them. */
export interface KnownSources {
  /** SHA-256 over the bundled pages alone. */
  readonly pages: string;
  /** The file of the stored papers as the disk had it: another once anybody has written it (`stampOf`). */
  readonly stored: string;
  /** The newest format that it names, and the papers of which it says that they were removed. */
  readonly format: number;
  readonly removed: readonly RemovedPaper[];
}

/** The label of an index that knows everything that went into the hash, as text. */
export function createSourceLabel({
  bytes,
  hash,
  problems,
  known,
}: Omit<SourceLabel, "sha256" | "known"> & {
  readonly hash: Hash;
  readonly known?: KnownSources | undefined;
}): string {
  const few = known !== undefined && known.removed.length <= REMOVED;
  const label: SourceLabel = {
    bytes,
    sha256: hash.copy().digest("hex"),
    problems: problems.slice(0, TOLD),
    ...(few ? { known } : {}),
  };
  return JSON.stringify(label);
}

function isKnown(value: unknown): value is KnownSources {
  if (!isObject(value)) return false;
  const { pages, stored, format, removed } = value as Record<string, unknown>;
  const isText = typeof pages === "string" && typeof stored === "string";
  return isText && typeof format === "number" && Array.isArray(removed) && removed.every(isObject);
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

/** Reads a label; undefined where it is none. */
export function parseSourceLabel(text: string): SourceLabel | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const { bytes, sha256, problems, known } = value as Record<string, unknown>;
    const sound = typeof bytes === "number" && typeof sha256 === "string" && isTexts(problems);
    return sound ? { bytes, sha256, problems, ...(isKnown(known) ? { known } : {}) } : undefined;
  } catch {
    return undefined;
  }
}
