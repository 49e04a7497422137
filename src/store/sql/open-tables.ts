import type { Store } from "../store.ts";
import { archiveTable } from "./archive-table.ts";
import { auditTable } from "./audit-table.ts";
import { mailTables } from "./mail-tables.ts";
import { readingTables } from "./reading/tables.ts";
import { arrivalTable, matchTable } from "./schedule/arrival-tables.ts";
import { ballotTables } from "./schedule/ballot-tables.ts";
import { markTable } from "./schedule/mark-table.ts";
import {
  CLUB_TABLES,
  DIGEST_TABLES,
  FOLLOW_TABLES,
  preferenceTable,
  slotTable,
  subscriptionTable,
} from "./schedule/schedule-tables.ts";
import { tasteTable } from "./schedule/taste-table.ts";
import { installationTable } from "./secrets/installation-table.ts";
import { keyTable } from "./secrets/key-table.ts";
import type { Sealing } from "./secrets/sealing.ts";
import { askedTable, forgetSources, sourceTable, turnTable, validatorTable } from "./source-tables.ts";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";
import { buttonTable, onceTable } from "./tables.ts";

/** The tables of what is sent on a schedule besides digests. */
const scheduledTables = (
  tables: Tables,
): Pick<
  Store,
  "follows" | "followSlots" | "arrivals" | "matches" | "marks" | "clubs" | "clubSlots" | "ballots" | "tastes"
> => ({
  follows: subscriptionTable(tables, FOLLOW_TABLES),
  followSlots: slotTable(tables, FOLLOW_TABLES),
  arrivals: arrivalTable(tables),
  matches: matchTable(tables),
  marks: markTable(tables),
  clubs: subscriptionTable(tables, CLUB_TABLES),
  clubSlots: slotTable(tables, CLUB_TABLES),
  ballots: ballotTables(tables),
  tastes: tasteTable(tables),
});

const tablesOf = (tables: Tables, sealing: Sealing): Omit<Store, "together"> => ({
  audit: auditTable(tables),
  buttons: buttonTable(tables),
  installations: installationTable(tables, sealing),
  once: onceTable(tables),
  subscriptions: subscriptionTable(tables, DIGEST_TABLES),
  slots: slotTable(tables, DIGEST_TABLES),
  ...scheduledTables(tables),
  preferences: preferenceTable(tables),
  turns: turnTable(tables),
  validators: validatorTable(tables),
  sources: sourceTable(tables),
  asked: askedTable(tables),
  keys: keyTable(tables),
  archives: archiveTable(tables),
  mail: mailTables(tables),
  ...readingTables(tables),
  forgetSources: () => forgetSources(tables),
  close: () => tables.db.destroy(),
});

/** The store over tables that are up to date, in whichever database they are. */
export const openTables = (tables: Tables, sealing: Sealing): Store => ({
  ...tablesOf(tables, sealing),
  together: (work) => inTransaction(tables.db, (db) => work(tablesOf({ ...tables, db }, sealing))),
});
