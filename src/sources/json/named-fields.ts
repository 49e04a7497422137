import type { Fields } from "../../corpus/merging/fields.ts";
import { isObject } from "../../corpus/merging/fields.ts";
import type { FieldMeaning } from "../citation/field-names.ts";
import { FIELD_NAMES, plainName } from "../citation/field-names.ts";

/** What papers in JSON have besides a reference: this program's own record, Semantic Scholar's papers and arXiv's snapshot. */
const OWN_NAMES = {
  id: "id",
  organisation: "organisation organization",
  upvotes: "upvotes",
  status: "status",
  withdrawn: "withdrawn",
  retracted: "retracted",
  superseded: "superseded",
  hiddenAuthors: "hiddenauthors",
  listedOn: "listedon",
  authorsParsed: "authorsparsed",
  versions: "versions",
  arxivClass: "arxivclass primarycategory categories category",
  license: "license licence",
  code: "code coderepository githubrepo github",
  journalRef: "journalref",
  ids: "externalids ids",
} as const;

/** What a field of a paper in JSON can mean. */
type JsonMeaning = FieldMeaning | keyof typeof OWN_NAMES;

/** Known, and of no use here. */
const PASSED = new Set(
  (
    "readat sourcekind submitter updatedate reportno paperid corpusid s2fieldsofstudy fieldsofstudy tldr citationcount " +
    "referencecount influentialcitationcount isopenaccess citationstyles"
  ).split(" "),
);

const MEANINGS: ReadonlyMap<string, { readonly meaning: JsonMeaning; readonly rank: number }> = new Map(
  (Object.entries({ ...FIELD_NAMES, ...OWN_NAMES }) as [JsonMeaning, string][]).flatMap(([meaning, names]) =>
    names.split(" ").map((name, rank) => [name, { meaning, rank }] as const),
  ),
);

/** A value with the name that it has in the file. */
export interface NamedValue {
  readonly name: string;
  readonly value: unknown;
}

/** The fields of an object by what they mean. */
export interface NamedFields {
  /** The values of a meaning, best first; those that say nothing are left out. */
  readonly all: (meaning: JsonMeaning) => readonly NamedValue[];
  readonly first: (meaning: JsonMeaning) => unknown;
  /** Names that have no meaning here. */
  readonly unknown: readonly string[];
}

const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** Names stand in millions of objects, and are few. */
const plainNames = new Map<string, string>();
function plainOf(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  const plain = plainName(name);
  if (plainNames.size < 1000) plainNames.set(name, plain);
  return plain;
}

/** Finds what the names of an object mean, in whatever spelling: `arXiv_ID`, `arxiv-id` and `arxivId` are one. */
export function nameFields(fields: Fields): NamedFields {
  const byMeaning = new Map<JsonMeaning, (NamedValue & { readonly rank: number })[]>();
  const unknown: string[] = [];
  const take = (name: string, value: unknown): boolean => {
    const known = MEANINGS.get(plainOf(name));
    if (known === undefined) return false;
    const { meaning } = known;
    // The name that this program gives it wins over all that mean the same.
    const rank = name === meaning ? -1 : known.rank;
    const before = byMeaning.get(meaning);
    if (before === undefined) byMeaning.set(meaning, [{ name, value, rank }]);
    else if (before.every((one) => one.rank <= rank)) before.push({ name, value, rank });
    else
      before.splice(
        before.findIndex((one) => one.rank > rank),
        0,
        { name, value, rank },
      );
    return true;
  };
  for (const [name, value] of Object.entries(fields))
    if (!saysNothing(value) && !take(name, value) && !PASSED.has(plainOf(name))) unknown.push(name);
  // Identifiers by their kinds, as Semantic Scholar and OpenAlex have them.
  for (const { value } of byMeaning.get("ids") ?? [])
    if (isObject(value))
      for (const [name, one] of Object.entries(value))
        if (/^(?:arxiv|doi)/i.test(name) && !saysNothing(one)) take(name, one);
  const all = (meaning: JsonMeaning): readonly NamedValue[] => byMeaning.get(meaning) ?? [];
  return { all, first: (meaning) => all(meaning)[0]?.value, unknown };
}

/** The texts of values, of which some are lists, or objects with an address; a number is told as one, for it has lost the zeros at its end. */
export function identifierTexts(
  values: readonly NamedValue[],
): { readonly name: string; readonly text: string }[] {
  return values.flatMap(({ name, value }) =>
    (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => {
      const said = isObject(one) ? (one["url"] ?? one["href"] ?? one["id"]) : one;
      if (typeof said === "number") return [{ name, text: `${said} (a number)` }];
      return typeof said === "string" && said.trim() !== "" ? [{ name, text: said.trim() }] : [];
    }),
  );
}
