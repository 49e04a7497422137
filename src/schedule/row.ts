import type { SlotRecord } from "../store/store.ts";
import type { Kind } from "./goods.ts";
import type { LedgerRow } from "./ledger.ts";
import type { LocalDate } from "./slots/local-date.ts";
import type { RowBody, Shapes } from "./stored/stored.ts";
import { readRowBody } from "./stored/stored.ts";

/** A row of the ledger with all that is kept of it. */
export interface Row<K extends Kind = Kind> extends LedgerRow<K["nothing"]> {
  readonly subscription: string;
  readonly place: string;
  /** How often it was written; 0 for one that is not yet in the ledger. */
  readonly version: number;
  /** What was chosen, from the first claim on. */
  readonly content?: K["content"];
  /** What is wrong with what was kept, where it cannot be read. */
  readonly problem?: string;
  /** The message that the platform took, in the platform's own words. */
  readonly message?: string;
}

/** A row that cannot be read counts as sent: nobody can tell, and nothing comes twice. */
const UNREADABLE: RowBody<never> = { state: { kind: "skipped", reason: { kind: "unreadable" } } };

/** Reads a row; one that cannot be read says what is wrong with it. */
export function readRow<K extends Kind>(record: SlotRecord, shapes: Shapes): Row<K> {
  const { subscription, date, place, dueAt, writtenAt, version } = record;
  const kept = readRowBody<K>(record, shapes);
  if (typeof kept !== "string")
    return { subscription, date: date as LocalDate, place, dueAt, writtenAt, version, ...kept };
  const at = new Date(date);
  const isDue = !Number.isNaN(dueAt.getTime());
  return {
    subscription,
    date: date as LocalDate,
    place,
    version,
    dueAt: isDue ? dueAt : at,
    writtenAt: isDue ? dueAt : at,
    problem: kept,
    ...UNREADABLE,
  };
}

/** Whether the tick has to look at a row again. A sent one is looked at until all that belongs to it is there. */
function isOpen({ state }: Row): boolean {
  return state.kind !== "skipped" && state.kind !== "confirmed";
}

/** A row as it is stored. */
export function writeRow(row: Row): SlotRecord {
  const { subscription, date, place, dueAt, writtenAt, version, state, content, message } = row;
  const body = JSON.stringify({ state, content, message });
  return { subscription, date, place, dueAt, writtenAt, version, open: isOpen(row), body };
}
