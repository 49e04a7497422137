import { titleKey } from "../corpus/identifiers/paper-id.ts";
import type { Paper, PaperId } from "../corpus/paper.ts";
import type { Mark, SavedRecord } from "../store/kept/reading.ts";

/** A paper in a list, whoever saved it. */
export interface Entry {
  readonly id: PaperId;
  readonly title: string;
  /** Absent where the paper was removed from the corpus. */
  readonly paper?: Paper;
  /** When it was first saved. */
  readonly savedAt: Date;
  /** Who saved it, the first one first. */
  readonly savers: readonly string[];
  /** How many have read it. */
  readonly readers: number;
  /** What one person has of it. */
  readonly own?: { readonly saved: boolean; readonly mark: Mark };
}

function entryOf(rows: readonly SavedRecord[], paper: Paper | undefined, person: string): Entry | undefined {
  const saved = rows.flatMap((row) => (row.savedAt === undefined ? [] : [{ ...row, savedAt: row.savedAt }]));
  const [first] = saved.toSorted((a, b) => a.savedAt.getTime() - b.savedAt.getTime());
  if (first === undefined) return undefined;
  const own = rows.find((row) => row.person === person);
  return {
    id: first.paper as PaperId,
    title: paper?.title ?? first.title,
    ...(paper === undefined ? {} : { paper }),
    savedAt: first.savedAt,
    savers: saved.map((row) => row.person),
    readers: rows.filter(({ mark }) => mark === "read").length,
    ...(own === undefined ? {} : { own: { saved: own.savedAt !== undefined, mark: own.mark ?? "unread" } }),
  };
}

/**
 * The papers of a list from its rows, each once, in the order in which they were first saved; those that nobody saves any
 * more are none. `papers` are those that the corpus has.
 */
export function entriesOf(
  rows: readonly SavedRecord[],
  papers: ReadonlyMap<string, Paper>,
  person: string,
): Entry[] {
  const byPaper = new Map<string, SavedRecord[]>();
  for (const row of rows) byPaper.set(row.paper, [...(byPaper.get(row.paper) ?? []), row]);
  const entries = Array.from(byPaper, ([id, own]) => entryOf(own, papers.get(id), person));
  return entries
    .filter((entry) => entry !== undefined)
    .toSorted((a, b) => a.savedAt.getTime() - b.savedAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** The entries that a text names: by id, by the whole title, or by a part of it. */
export function entriesNamed(entries: readonly Entry[], text: string): readonly Entry[] {
  const said = text.trim();
  const key = titleKey(said);
  const exact = entries.filter(({ id, title }) => id === said || titleKey(title) === key);
  return exact.length > 0 ? exact : entries.filter(({ title }) => titleKey(title).includes(key));
}
