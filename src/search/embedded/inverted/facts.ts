import type { Paper } from "../../../corpus/paper.ts";
import type { PartialDate } from "../../../corpus/partial-date.ts";
import { firstDay, lastDay } from "../../../corpus/partial-date.ts";

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
  readonly fallen: ReadonlySet<number>;
}

/** A day as a number whose order is that of the days. */
export const dayNumber = (day: PartialDate): number => Number(firstDay(day).replaceAll("-", ""));

/** Comments first, and of papers with as many comments the votes. */
const discussion = ({ comments, upvotes }: Paper): number =>
  comments === undefined && upvotes === undefined ? -Infinity : (comments ?? 0) + (upvotes?.count ?? 0) / 1e6;

/** Numbers by document in an array that grows. */
interface Column {
  readonly get: (document: number) => number | undefined;
  readonly set: (document: number, value: number) => void;
}

function createColumn(make: (length: number) => Uint32Array | Float64Array): Column {
  let values = make(0);
  return {
    get: (document) => values[document],
    set(document, value) {
      if (document >= values.length) {
        const before = values;
        values = make(Math.ceil((document + 1) * 1.25) + 16);
        values.set(before);
      }
      values[document] = value;
    },
  };
}

/** Facts of no papers. */
export function createFacts(): Facts {
  const first = createColumn((length) => new Uint32Array(length));
  const last = createColumn((length) => new Uint32Array(length));
  const discussed = createColumn((length) => new Float64Array(length));
  const fallen = new Set<number>();
  return {
    put(document, paper) {
      const { date, status } = paper;
      first.set(document, date === undefined ? 0 : dayNumber(date));
      last.set(document, date === undefined ? 0 : dayNumber(lastDay(date)));
      discussed.set(document, discussion(paper));
      if (status === undefined) fallen.delete(document);
      else fallen.add(document);
    },
    clear(document) {
      first.set(document, 0);
      last.set(document, 0);
      discussed.set(document, -Infinity);
      fallen.delete(document);
    },
    firstDay: (document) => first.get(document) ?? 0,
    lastDay: (document) => last.get(document) ?? 0,
    discussed: (document) => discussed.get(document) ?? -Infinity,
    fallen,
  };
}
