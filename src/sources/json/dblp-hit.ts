import type { Fields } from "../../corpus/merging/fields.ts";
import { isObject, textOf, textsOf } from "../../corpus/merging/fields.ts";
import type { NameParts } from "../../corpus/names/person-name.ts";
import { guessNameParts } from "../../corpus/names/person-name.ts";
import type { WorkType } from "../../corpus/publication.ts";
import type { Citation } from "../citation/citation.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import { pageRange } from "../record-fields.ts";

/** DBLP's types in CSL's terms (dblp.org/faq, “What do the different publication types mean?”). */
const TYPES: Readonly<Record<string, WorkType>> = {
  "Journal Articles": "article-journal",
  "Conference and Workshop Papers": "paper-conference",
  "Parts in Books or Collections": "chapter",
  "Books and Theses": "book",
  "Data and Artifacts": "dataset",
  "Informal and Other Publications": "article",
  "Informal Publications": "article",
  "Reference Works": "chapter",
};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const texts = (value: unknown): string[] => textsOf(list(value));

/** DBLP tells namesakes apart by a number behind the name: `Wei Wang 0001`. */
function readNames(value: unknown): NameParts[] {
  const given = isObject(value) ? list(value["author"]) : [];
  return given.flatMap((one) => {
    const name = textOf(isObject(one) ? one["text"] : one)?.replace(/ \d{4}$/, "");
    return name === undefined ? [] : [guessNameParts(name)];
  });
}

/** Whether an object is a hit of DBLP's search for publications. */
export const isDblpHit = (value: Fields): boolean => isObject(value["info"]) && "title" in value["info"];

/** The reference of a hit; DBLP ends titles with a full stop. */
export function readDblpHit({ info }: Fields): Citation {
  const fields = isObject(info) ? info : {};
  const type = TYPES[textOf(fields["type"]) ?? ""];
  return {
    ...(type === undefined ? {} : { type }),
    title: textOf(fields["title"])?.replace(/(?<!\.)\.$/, ""),
    date: readLooseDate(textOf(fields["year"]) ?? ""),
    authors: readNames(fields["authors"]),
    containerTitle: texts(fields["venue"])[0],
    volume: textOf(fields["volume"]),
    issue: textOf(fields["number"]),
    page: pageRange(textOf(fields["pages"])),
    publisher: textOf(fields["publisher"]),
    dois: texts(fields["doi"]),
    urls: texts(fields["ee"]),
    arxiv: texts(fields["volume"]).map((volume) => volume.replace(/^abs\//, "arXiv:")),
  };
}
