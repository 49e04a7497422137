import type { Citation, Citations } from "../../citation/citations.ts";
import { joinEntries } from "../../citation/citations.ts";
import type { Format } from "../../citation/formats.ts";
import { FILE_ENDINGS, FORMAT_NAMES } from "../../citation/formats.ts";
import { isOthers } from "../../citation/csl-item.ts";
import { isByIdentifier } from "../../corpus/origin.ts";
import type { Block, Card, Document } from "../reply.ts";
import { codeBlock, plain, prose } from "../reply.ts";

/** Characters of a block of code: with its escapes it fits into one text of every platform. */
const BLOCK_LENGTH = 2500;

/** What an entry lacks, to be added by hand; where its date is from; and that the paper no longer stands. */
function notesOf({ paper, item }: Citation, format: Format): string[] {
  const unknown = [
    ...(item.author === undefined ? ["the authors"] : []),
    ...(item.issued === undefined ? ["the year"] : []),
  ];
  const inNote = format === "text" || format === "markdown" ? "at its end" : "in its note";
  return [
    ...(paper.status === undefined
      ? []
      : [`This paper was ${paper.status.kind}; the entry says so ${inNote}.`]),
    ...(unknown.length === 0 ? [] : [`Not stated here, please add: ${unknown.join(" and ")}.`]),
    ...(isByIdentifier(paper, "date")
      ? ["No date is stated; it has the month that its arXiv number says."]
      : []),
    ...(format === "ris" && item.author?.some(isOthers) === true
      ? ["There are more authors than are named, which RIS has no way to say."]
      : []),
  ];
}

/** What is to be said of entries, outside of them. Of several each says which it is of. */
function allNotes({ entries, notes }: Citations, format: Format): readonly string[] {
  const own = entries.flatMap((citation) =>
    notesOf(citation, format).map((note) => (entries.length === 1 ? note : `${citation.item.id}: ${note}`)),
  );
  return [...own, ...notes];
}

/** Entries in groups that fit into a block each. */
function packed(entries: readonly string[], format: Format): readonly string[] {
  const groups: string[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last !== undefined && joinEntries([...last, entry], format).length <= BLOCK_LENGTH) last.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group) => joinEntries(group, format));
}

/** The entries of papers: a text to save, and blocks to copy with what is to be said of them below. */
export function citationCards(
  cited: Citations,
  format: Format,
  more: readonly string[],
): { readonly document: Document; readonly cards: readonly Card[] } {
  const { entries } = cited;
  const texts = entries.map(({ entry }) => entry);
  const [only] = entries.length === 1 ? entries : [];
  const notes = [...allNotes(cited, format), ...more];
  const told: Block[] = notes.map((note) => prose(plain(note)));
  const name = `${only?.item.id ?? "papers"}.${FILE_ENDINGS[format]}`;
  const heading = only?.paper.title ?? `${entries.length} papers`;
  const [first = "", ...others] = packed(texts, format);
  const details: Card["buttons"] =
    only === undefined
      ? []
      : [
          {
            kind: "run",
            label: "Details",
            key: "d",
            run: { command: "show", args: { paper: only.paper.id } },
          },
        ];
  const cards: Card[] = [
    { heading: [plain(heading)], blocks: [codeBlock(first)], buttons: [] },
    ...others.map((text) => ({ blocks: [codeBlock(text)], buttons: [] })),
  ];
  const last: Card = { blocks: told, buttons: details };
  const title = FORMAT_NAMES[format];
  return { document: { title, name, text: joinEntries(texts, format), notes }, cards: [...cards, last] };
}
