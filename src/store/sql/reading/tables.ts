import type { Store } from "../../store.ts";
import type { Tables } from "../tables.ts";
import { listTable } from "./list-table.ts";
import { noteTable } from "./note-table.ts";
import { postingTable } from "./posting-table.ts";
import { peopleTable } from "./people-table.ts";
import { removalTable } from "./removal-table.ts";
import { savedTable } from "./saved-table.ts";
import { workspaceTable } from "./workspace-table.ts";

/** What is kept for people, and what is kept of them and their workspaces. */
export const readingTables = (
  tables: Tables,
): Pick<Store, "lists" | "saved" | "notes" | "removals" | "postings" | "people" | "workspaces"> => ({
  lists: listTable(tables),
  saved: savedTable(tables),
  notes: noteTable(tables),
  removals: removalTable(tables),
  postings: postingTable(tables),
  people: peopleTable(tables),
  workspaces: workspaceTable(tables),
});
