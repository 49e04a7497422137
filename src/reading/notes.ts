import { titlePaperId } from "../corpus/identifiers/paper-id.ts";
import type { Paper } from "../corpus/paper.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { NoteRecord } from "../store/kept/reading.ts";
import type { Store } from "../store/store.ts";
import { UserError } from "../user-error.ts";
import type { Reader } from "./reader.ts";

/** Longest note, in characters: some paragraphs, which fit on a card. */
export const MAX_NOTE = 1000;

/** What notes are kept with. */
interface NoteParts {
  readonly store: Pick<Store, "lists" | "saved" | "notes">;
  readonly index: Pick<PaperIndex, "get">;
  readonly now: () => Date;
}

/** Who sees a note: who wrote it, or everybody in the channel. Throws a UserError where there is no channel. */
function noteOwner({ person, place }: Reader, shared: boolean): string {
  if (!shared) return person;
  if (place !== undefined) return place;
  throw new UserError("There is no channel here to share a note with. Without share:yes it is kept for you.");
}

/** The ids under which something may be kept of a paper: its own, and those that its titles gave it before. */
async function idsOf(
  { index }: NoteParts,
  { id, title, otherTitles = [] }: Paper,
): Promise<readonly string[]> {
  const before = [title, ...otherTitles].map(titlePaperId).filter((one) => one !== id);
  const found = await Promise.all(before.map(async (one) => [one, (await index.get(one))?.id] as const));
  return [id, ...found.flatMap(([one, now]) => (now === id ? [one] : []))];
}

/** Keeps a note in the place of the one before; an older one under another id of the paper is the same note. */
export async function writeNote(
  parts: NoteParts,
  reader: Reader,
  paper: Paper,
  { text, shared }: { readonly text: string; readonly shared: boolean },
): Promise<void> {
  const [id = paper.id, ...before] = await idsOf(parts, paper);
  const owner = noteOwner(reader, shared);
  for (const one of before) await parts.store.saved.renamePaper(one, id);
  const { person } = reader;
  await parts.store.notes.put({ owner, paper: id, person, title: paper.title, text, writtenAt: parts.now() });
}

/** The notes about a paper that somebody may read: the own ones, and those of the channel; the oldest first. */
export async function notesAbout(
  parts: NoteParts,
  { person, place }: Reader,
  paper: Paper,
): Promise<readonly NoteRecord[]> {
  const owners = [person, ...(place === undefined ? [] : [place])];
  return parts.store.notes.ofPapers(owners, await idsOf(parts, paper));
}

/** What a channel knows of a paper beside what the paper says. */
export interface Standing {
  /** People who saved it into a list of the channel, and who read it. */
  readonly savers: number;
  readonly readers: number;
  readonly notes: readonly NoteRecord[];
}

/** What the lists of a channel and its notes say of a paper; nothing of anybody's own. */
export async function standingOf(parts: NoteParts, place: string, paper: Paper): Promise<Standing> {
  const { store } = parts;
  const ids = await idsOf(parts, paper);
  const lists = (await store.lists.ownedBy([place])).map(({ id }) => id);
  const rows = await store.saved.ofPapers(lists, ids);
  const people = (those: typeof rows): number => new Set(those.map(({ person }) => person)).size;
  return {
    savers: people(rows.filter(({ savedAt }) => savedAt !== undefined)),
    readers: people(rows.filter(({ mark }) => mark === "read")),
    notes: await store.notes.ofPapers([place], ids),
  };
}
