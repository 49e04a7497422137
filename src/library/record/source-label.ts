import type { Hash } from "node:crypto";
import { isObject } from "../../corpus/merging/fields.ts";

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
}

/** The label of an index that knows everything that went into the hash, as text. */
export function createSourceLabel({
  bytes,
  hash,
  problems,
}: Omit<SourceLabel, "sha256"> & { readonly hash: Hash }): string {
  const label: SourceLabel = { bytes, sha256: hash.copy().digest("hex"), problems: problems.slice(0, TOLD) };
  return JSON.stringify(label);
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

/** Reads a label; undefined where it is none. */
export function parseSourceLabel(text: string): SourceLabel | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const { bytes, sha256, problems } = value as { bytes?: unknown; sha256?: unknown; problems?: unknown };
    const sound = typeof bytes === "number" && typeof sha256 === "string" && isTexts(problems);
    return sound ? { bytes, sha256, problems } : undefined;
  } catch {
    return undefined;
  }
}
