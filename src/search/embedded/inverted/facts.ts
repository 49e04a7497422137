import type { Authors, Organisation, Paper, PaperStatus } from "../../../corpus/paper.ts";
import type { PartialDate } from "../../../corpus/partial-date.ts";
import { firstDay, lastDay } from "../../../corpus/partial-date.ts";
import type { PaperRecord } from "../../paper-index.ts";
import type { Saved, Sections } from "../saved/sections.ts";
import { jsonBytes } from "../saved/sections.ts";
import { createNumbers } from "../terms/numbers.ts";
import { openStringTable } from "../terms/string-table.ts";

/** What many papers have in common; one object for all that have the same. */
export type Belonging = Pick<PaperRecord, "listedOn" | "organisation" | "authors">;

/** What filters and orders ask of papers, by document, in arrays: looking at the papers themselves takes longer. */
export interface Facts {
  readonly put: (document: number, paper: Paper) => void;
  readonly clear: (document: number) => void;
  /** The first and the last day that the date of a paper can mean, as numbers such as 20240131; 0 for an unknown date. */
  readonly firstDay: (document: number) => number;
  readonly lastDay: (document: number) => number;
  /** Comments, and of papers with as many comments the votes; -Infinity where neither is known. */
  readonly discussed: (document: number) => number;
  /** Papers that no longer stand: withdrawn, retracted or superseded. */
  readonly fallen: ReadonlyMap<number, PaperStatus>;
  readonly belonging: (document: number) => Belonging;
  /** The characters of title and abstract. */
  readonly textLength: (document: number) => number;
  /** All of that but the id of the paper. */
  readonly record: (document: number) => Omit<PaperRecord, "id">;
  /** Those of so many documents, to be saved. */
  readonly pack: (slots: number) => Sections;
}

/** A day as a number whose order is that of the days. */
export const dayNumber = (day: PartialDate): number => Number(firstDay(day).replaceAll("-", ""));

/** The date whose first and last day these are. */
function dateOf(first: number, last: number): PartialDate | undefined {
  if (first === 0) return undefined;
  const digits = String(first).padStart(8, "0");
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)];
  if (first === last) return `${year}-${month}-${day}` as PartialDate;
  return (Math.floor(first / 100) === Math.floor(last / 100) ? `${year}-${month}` : year) as PartialDate;
}

/** What many papers have in common, each once, by number. */
function createBelongings(saved: Saved) {
  const texts = openStringTable(saved, "belongings");
  const known: Belonging[] = [];
  return {
    numberOf({ listedOn, organisation, authors }: Paper): number {
      return texts.add(JSON.stringify([listedOn, organisation ?? null, authors?.kind ?? null]));
    },
    get(number: number): Belonging {
      let belonging = known[number];
      if (belonging === undefined) {
        const text = number < texts.size() ? texts.text(number) : "[[],null,null]";
        const [listedOn, organisation, authors] = JSON.parse(text) as [
          readonly string[],
          Organisation | null,
          Authors["kind"] | null,
        ];
        belonging = {
          listedOn,
          ...(organisation === null ? {} : { organisation }),
          ...(authors === null ? {} : { authors }),
        };
        known[number] = belonging;
      }
      return belonging;
    },
    pack: () => texts.pack("belongings"),
  };
}

/** The largest number of 32 bits; a count beyond it is as much. */
const MOST = 2 ** 32 - 1;

/** One more than a count, or 0 where it is not known. */
const oneMore = (count: number | undefined): number => (count === undefined ? 0 : Math.min(count + 1, MOST));

/** The facts that were saved. */
export function openFacts(saved: Saved): Facts {
  const [first, last] = [createNumbers(saved.words("facts.first")), createNumbers(saved.words("facts.last"))];
  const comments = createNumbers(saved.words("facts.comments"));
  const votes = createNumbers(saved.words("facts.votes"));
  const belongs = createNumbers(saved.words("facts.belongs"));
  const lengths = createNumbers(saved.words("facts.lengths"));
  const belongings = createBelongings(saved);
  const fallen = new Map((saved.json("facts.fallen") ?? []) as (readonly [number, PaperStatus])[]);
  const columns = { first, last, comments, votes, belongs, lengths };
  const record: Facts["record"] = (document) => {
    const date = dateOf(first.get(document), last.get(document));
    const [spoken, voted] = [comments.get(document), votes.get(document)];
    const status = fallen.get(document);
    return {
      ...belongings.get(belongs.get(document)),
      ...(date === undefined ? {} : { date }),
      ...(spoken === 0 ? {} : { comments: spoken - 1 }),
      ...(voted === 0 ? {} : { upvotes: { count: voted - 1 } }),
      ...(status === undefined ? {} : { status }),
    };
  };
  return {
    put(document, paper) {
      const { date, status, title, abstract = "" } = paper;
      first.set(document, date === undefined ? 0 : dayNumber(date));
      last.set(document, date === undefined ? 0 : dayNumber(lastDay(date)));
      comments.set(document, oneMore(paper.comments));
      votes.set(document, oneMore(paper.upvotes?.count));
      belongs.set(document, belongings.numberOf(paper));
      lengths.set(document, title.length + abstract.length);
      if (status === undefined) fallen.delete(document);
      else fallen.set(document, status);
    },
    clear(document) {
      for (const column of [first, last, comments, votes, lengths]) column.set(document, 0);
      fallen.delete(document);
    },
    firstDay: first.get,
    lastDay: last.get,
    discussed(document) {
      const [spoken, voted] = [comments.get(document), votes.get(document)];
      return spoken === 0 && voted === 0 ? -Infinity : Math.max(0, spoken - 1) + Math.max(0, voted - 1) / 1e6;
    },
    fallen,
    belonging: (document) => belongings.get(belongs.get(document)),
    textLength: lengths.get,
    record,
    pack: (slots) => [
      ...Object.entries(columns).map(([name, column]) => [`facts.${name}`, column.copy(slots)] as const),
      ["facts.fallen", jsonBytes([...fallen])],
      ...belongings.pack(),
    ],
  };
}
