import { isName, splitNames } from "../../corpus/names/author-names.ts";
import { partsOfName } from "../record-fields.ts";
import { readCitedName, splitCitedNames } from "../citation/cited-name.ts";
import { countOf, isObject, textOf, textsOf } from "../../corpus/merging/fields.ts";
import type { Authors, NamedAuthors } from "../../corpus/paper.ts";
import type { NameParts } from "../../corpus/names/person-name.ts";
import { guessNameParts, namedInParts, nameOfParts } from "../../corpus/names/person-name.ts";

/** Names in the parts that arXiv's snapshot gives: last, first, suffix, affiliations. */
export function readParsedNames(value: unknown): NamedAuthors | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.flatMap((parts: unknown) => {
    const [family = "", given = "", suffix = ""] = Array.isArray(parts)
      ? parts.map((part: unknown) => (typeof part === "string" ? part : ""))
      : [];
    return nameOfParts(given === "" && suffix === "" ? { literal: family } : { family, given, suffix }) ?? [];
  });
  return namedInParts(names);
}

/** `{name}`, `{display_name}`, `{first, last}` or `{given, family}`. */
function readPerson(value: unknown): readonly NameParts[] {
  if (!isObject(value)) return textOf(value) === undefined ? [] : [guessNameParts(textOf(value) ?? "")];
  const text = (...names: readonly string[]): string =>
    names.flatMap((name) => textOf(value[name]) ?? [])[0] ?? "";
  const family = text("family", "last", "lastname", "last_name", "lastName");
  const given = text("given", "first", "firstname", "first_name", "firstName");
  if (family !== "") {
    const [particle, suffix] = [text("particle"), text("suffix")];
    const parts =
      particle === ""
        ? partsOfName({ family, given, suffix, literal: "" })
        : nameOfParts({ family, given, particle, suffix });
    return [parts ?? []].flat();
  }
  const literal = text("literal");
  if (isName(literal)) return [{ literal }];
  const name =
    text("name", "display_name", "fullname", "full_name", "fullName", "displayName", "text") || given;
  return isName(name) ? [guessNameParts(name)] : [];
}

/** Names in whatever form lists have them: texts, objects, one line; `{names, parts, others}` as this program keeps them. */
export function readNames(value: unknown): NamedAuthors | undefined {
  if (typeof value === "string" && value.includes(";"))
    return namedInParts(splitCitedNames(value).flatMap((name) => readCitedName(name) ?? []));
  if (typeof value === "string") return readNames(splitNames(value));
  if (isObject(value) && Array.isArray(value["names"])) {
    const named = readNames(value["parts"]) ?? readNames(value["names"]);
    return named === undefined || value["others"] !== true ? named : { ...named, others: true };
  }
  if (Array.isArray(value) && value.some(isObject)) return namedInParts(value.flatMap(readPerson));
  const names = textsOf(value);
  return names.length === 0 ? undefined : { kind: "named", names };
}

/** The names of authors, or their number where that is all. */
export function readAuthors(value: unknown): Authors | undefined {
  const count = countOf(isObject(value) && value["kind"] === "counted" ? value["count"] : value);
  return count !== undefined && count > 0 ? { kind: "counted", count } : readNames(value);
}
