import type { LocalDate } from "../../schedule/slots/local-date.ts";
import { DAY_MS, msOfDay } from "../../schedule/slots/local-date.ts";
import type { PaperTable } from "./paper-table.ts";
import { UNDATED } from "./paper-table.ts";
import { NEW_DAYS, recencyAt } from "./score.ts";

/** What a paper is on a day: out because it no longer stands or is dated later, of the archive, or new. */
export type Standing = "out" | "archive" | "new";

/** How the papers of a table stand on a day. */
export interface Day {
  readonly date: LocalDate;
  readonly is: (row: number, standing: Standing) => boolean;
  /** What recency counts; NaN for a paper that is not new. */
  readonly recency: (row: number) => number;
}

const NUMBERS: Readonly<Record<Standing, number>> = { out: 0, archive: 1, new: 2 };

/** Looks at how all papers stand on a day. */
export function standOn(table: PaperTable, date: LocalDate): Day {
  const today = Math.round(msOfDay(date) / DAY_MS);
  const numbers = new Uint8Array(table.papers.length);
  for (let row = 0; row < numbers.length; row++) {
    const day = table.days[row] ?? UNDATED;
    const age = day === UNDATED ? NEW_DAYS : today - day;
    const isOut = table.papers[row]?.status !== undefined || age < 0;
    numbers[row] = NUMBERS[isOut ? "out" : age < NEW_DAYS ? "new" : "archive"];
  }
  const values = Array.from({ length: NEW_DAYS }, (_, age) => recencyAt(age));
  return {
    date,
    is: (row, standing) => numbers[row] === NUMBERS[standing],
    recency: (row) =>
      numbers[row] === NUMBERS.new ? (values[today - (table.days[row] ?? UNDATED)] ?? NaN) : NaN,
  };
}
