import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { FileItem } from "../files/file-item.ts";
import { openFields } from "./fields/entry-fields.ts";
import { unknownFields } from "./fields/known-fields.ts";
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

/** The paper of an entry with what of it was not understood; of an entry that is none, what is lost. */
export function itemsOf(entry: BibEntry, file: string): FileItem[] {
  const { type, key, line } = entry;
  const damages = [...entry.damages];
  const isPaper = type !== "string" && type !== "" && !isHolder(type);
  const listing = isPaper ? readListing(openFields(entry, damages), file) : undefined;
  const place = type === "string" ? " in an @string" : type === "" ? "" : ` of the entry “${key}”`;
  const told = damages.map((one) => ({ ...one, expected: `${one.expected}${place}` }));
  if (listing === undefined) {
    const lost = { line, expected: "an entry with a title", found: quoteLine(key) };
    return (isPaper ? [...told, lost] : told).map((one) => toldItem(file, one, false));
  }
  const problems = told.map((one) => ({ file, ...one, kept: true as const }));
  const unknown = [...(isKnownType(type) ? [] : [`@${type}`]), ...unknownFields(entry.fields.keys())];
  return [
    { kind: "paper", listing, line, ...(problems.length === 0 ? {} : { problems }) },
    ...unknown.map((name) => ({ kind: "field", name }) as const),
  ];
}
