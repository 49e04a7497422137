import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { FileItem } from "../files/file-item.ts";
import { openFields } from "./fields/entry-fields.ts";
import { isKnownField } from "./fields/known-fields.ts";
import { readListing } from "./listing.ts";
import type { BibEntry, Damage } from "./entries/bib-entry.ts";
import { isHolder, isKnownType } from "./fields/types.ts";

type Told = Omit<Damage, "line"> & { readonly line?: number };

/** Something to be told; `kept` where no paper is lost by it. */
export function toldItem(file: string, { line, expected, found }: Told, kept: boolean): FileItem {
  const place = line === undefined ? { file } : { file, line };
  const problem: Problem = { ...place, expected, found, ...(kept ? { kept: true } : {}) };
  return { kind: "problem", problem };
}

/** What of a paper could not be read, with its place. */
function problemsOf(damages: readonly Damage[], { key, type }: BibEntry): readonly Damage[] {
  const place = type === "string" ? " in an @string" : type === "" ? "" : ` of the entry “${key}”`;
  return damages.map((one) => ({ ...one, expected: `${one.expected}${place}` }));
}

/** Adds the paper of an entry with what of it was not understood; of an entry that is none, what is lost. */
export function addItems(entry: BibEntry, file: string, items: FileItem[]): void {
  const { type, key, line } = entry;
  const damages = [...entry.damages];
  const isPaper = type !== "string" && type !== "" && !isHolder(type);
  const listing = isPaper ? readListing(openFields(entry, damages), file) : undefined;
  if (listing === undefined) {
    for (const one of problemsOf(damages, entry)) items.push(toldItem(file, one, false));
    const lost = { line, expected: "an entry with a title", found: quoteLine(key) };
    if (isPaper) items.push(toldItem(file, lost, false));
    return;
  }
  if (damages.length === 0) items.push({ kind: "paper", listing, line });
  else {
    const problems = problemsOf(damages, entry).map((one) => ({ file, ...one, kept: true as const }));
    items.push({ kind: "paper", listing, line, problems });
  }
  if (!isKnownType(type)) items.push({ kind: "field", name: `@${type}` });
  for (const name of entry.fields.keys()) if (!isKnownField(name)) items.push({ kind: "field", name });
}
