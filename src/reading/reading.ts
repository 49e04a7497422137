import type { Paper, PaperId } from "../corpus/paper.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Deed } from "../store/kept/audit.ts";
import type { ListRecord, Mark, NoteRecord, RemovalRecord, SavedRecord } from "../store/kept/reading.ts";
import type { Forgotten } from "../store/kept/people.ts";
import type { Store } from "../store/store.ts";
import { UserError } from "../user-error.ts";
import type { Entry } from "./entries.ts";
import { entriesOf } from "./entries.ts";
import { readListName } from "./list-name.ts";
import type { ReadingList } from "./lists.ts";
import { findList, listWords, MOST_LISTS, MOST_SAVED, ownList, visibleLists } from "./lists.ts";
import type { Standing } from "./notes.ts";
import { notesAbout, standingOf, writeNote } from "./notes.ts";
import { ownData, personRef } from "./own-data.ts";
import type { Reader } from "./reader.ts";
import { remove, undo } from "./removals.ts";

/** What reading lists are kept with. */
export interface ReadingParts {
  readonly store: Pick<Store, "lists" | "saved" | "notes" | "removals" | "people">;
  readonly index: Pick<PaperIndex, "get">;
  readonly now: () => Date;
  /** A text that was never given before. */
  readonly newId: () => string;
  /** What is kept here is gone with the process, so that nothing is taken to be kept. Default no. */
  readonly readOnly?: boolean;
}

/** How saving papers went. */
export interface Saved {
  readonly added: readonly Paper[];
  /** Those that the person had saved there before. */
  readonly there: readonly Paper[];
}

/**
 * Reading lists. Whoever reads sees the own lists and those of the channel, and no others: a list is found among these
 * alone, whatever a button or a person names.
 */
export interface Reading {
  readonly lists: (reader: Reader) => Promise<readonly ReadingList[]>;
  /** The list that a text names; nothing named is the list that everybody has. Throws a UserError where there is none. */
  readonly find: (reader: Reader, named: string | undefined) => Promise<ReadingList>;
  /** The papers of a list, in the order in which they were saved, under the ids that they have by now. */
  readonly entries: (reader: Reader, list: ReadingList) => Promise<readonly Entry[]>;
  /** Saves papers, each once. Throws a UserError where the list cannot hold them. */
  readonly save: (reader: Reader, list: ReadingList, papers: readonly Paper[]) => Promise<Saved>;
  readonly mark: (reader: Reader, list: ReadingList, entry: Entry, mark: Mark) => Promise<void>;
  /** Puts what the person saved into another list. */
  readonly move: (reader: Reader, from: ReadingList, entry: Entry, to: ReadingList) => Promise<void>;
  /** Makes a list of the person's own, or of the channel. Throws a UserError for a name that cannot be had. */
  readonly create: (reader: Reader, name: string, kind: ReadingList["kind"]) => Promise<ReadingList>;
  /** Gives a list another name, and says which. */
  readonly rename: (reader: Reader, list: ReadingList, name: string) => Promise<ReadingList>;
  /** Keeps what a person writes about a paper, for that person alone or for the channel. */
  readonly note: (
    reader: Reader,
    paper: Paper,
    note: { readonly text: string; readonly shared: boolean },
  ) => Promise<void>;
  /** The notes about a paper that a person may read, the oldest first. */
  readonly notes: (reader: Reader, paper: Paper) => Promise<readonly NoteRecord[]>;
  /** The person's own notes about some papers, by the papers' ids. */
  readonly ownNotes: (reader: Reader, papers: readonly PaperId[]) => Promise<ReadonlyMap<string, string>>;
  /** Removes a note of the person; for a minute it can be brought back. */
  readonly dropNote: (reader: Reader, note: NoteRecord) => Promise<RemovalRecord>;
  /** What a channel knows of a paper; undefined where nobody there saved it or wrote about it. */
  readonly standing: (place: string, paper: Paper) => Promise<Standing | undefined>;
  /** Everything that is kept of a person, over all tables. */
  readonly data: (reader: Reader) => Promise<Readonly<Record<string, unknown>>>;
  /** Removes all that is a person's own, for good, and the person's id from what is the channels'. */
  readonly forget: (reader: Reader) => Promise<Forgotten>;
  /** Takes off what the person saved, or what everybody did; for a minute it can be brought back. */
  readonly drop: (
    reader: Reader,
    list: ReadingList,
    entry: Entry,
    whose: "own" | "everybody’s",
  ) => Promise<RemovalRecord>;
  /** Removes a list with all that is in it; for a minute it can be brought back. */
  readonly removeList: (reader: Reader, list: ReadingList) => Promise<RemovalRecord>;
  /** Brings back what the person removed within the last minute, exactly as it was. Throws a UserError later. */
  readonly undo: (reader: Reader, removal: string | undefined) => Promise<RemovalRecord>;
}

const deedOf = (reader: Reader, action: string, subject: string, detail = ""): Deed => ({
  ...reader.acts,
  action,
  subject,
  detail,
});

/** The rows of a list, each under the id that its paper has by now, and those papers that are here. */
async function currentRows(
  { store, index }: ReadingParts,
  list: string,
): Promise<{ rows: readonly SavedRecord[]; papers: ReadonlyMap<string, Paper> }> {
  const rows = await store.saved.inList(list);
  const ids = [...new Set(rows.map(({ paper }) => paper))];
  const found = await Promise.all(ids.map(async (id) => [id, await index.get(id as PaperId)] as const));
  const papers = new Map(found.flatMap(([id, paper]) => (paper === undefined ? [] : [[id, paper] as const])));
  const renamed = [...papers].filter(([id, paper]) => paper.id !== id);
  if (renamed.length === 0) return { rows, papers };
  for (const [id, paper] of renamed) {
    await store.saved.renamePaper(id, paper.id);
    papers.set(paper.id, paper);
  }
  return { rows: await store.saved.inList(list), papers };
}

/** Makes the list that everybody has, where it has not been used yet. */
async function keepOwn({ store, now }: ReadingParts, reader: Reader, list: ReadingList): Promise<void> {
  if (list.id !== ownList(reader).id) return;
  const { person } = reader;
  await store.lists.create({
    id: list.id,
    owner: person,
    name: "",
    key: "",
    createdBy: person,
    createdAt: now(),
  });
}

function requireRoom(list: ReadingList, papers: number): void {
  if (papers > MOST_SAVED)
    throw new UserError(
      `A list holds ${MOST_SAVED} papers, and ${listWords(list)} would have ${papers}. Take some off, or save into another list.`,
    );
}

async function save(parts: ReadingParts, reader: Reader, list: ReadingList, papers: readonly Paper[]) {
  const { rows } = await currentRows(parts, list.id);
  const isIn = ({ id }: Paper, whose?: string): boolean =>
    rows.some(
      ({ paper, person, savedAt }) =>
        paper === id && savedAt !== undefined && (whose === undefined || person === whose),
    );
  const added = papers.filter((paper) => !isIn(paper, reader.person));
  const total = new Set([...rows.map(({ paper }) => paper), ...added.map(({ id }) => id)]).size;
  requireRoom(list, total);
  await keepOwn(parts, reader, list);
  const at = parts.now().getTime();
  await parts.store.saved.put(
    // Those that are saved at once stay in their order.
    added.map(({ id, title }, i) => ({
      list: list.id,
      paper: id,
      person: reader.person,
      title,
      savedAt: new Date(at + i),
    })),
  );
  return { added, there: papers.filter((paper) => !added.includes(paper)) };
}

/** Where a list of a kind belongs. Throws a UserError where nobody shares one. */
function ownerOf({ person, place }: Reader, kind: ReadingList["kind"]): string {
  if (kind === "own") return person;
  if (place !== undefined) return place;
  throw new UserError(
    "There is no channel here to share a list with. In a channel, “list create” makes one.",
  );
}

async function create(parts: ReadingParts, reader: Reader, typed: string, kind: ReadingList["kind"]) {
  const { store, now, newId } = parts;
  const owner = ownerOf(reader, kind);
  const { name, key } = readListName(typed);
  const there = await store.lists.ownedBy([owner]);
  if (there.length >= MOST_LISTS)
    throw new UserError(`There are ${MOST_LISTS} lists already, which is the most. Remove one first.`);
  const record: ListRecord = { id: newId(), owner, name, key, createdBy: reader.person, createdAt: now() };
  const deed = kind === "shared" ? deedOf(reader, "list create", `“${name}”`) : undefined;
  if (!(await store.lists.create(record, deed))) throw taken(name);
  return { id: record.id, name, kind };
}

const taken = (name: string): UserError =>
  new UserError(`There is a list “${name}” already. Choose another name, or save into that one.`);

async function rename({ store }: ReadingParts, reader: Reader, list: ReadingList, typed: string) {
  if (list.name === "")
    throw new UserError("Your reading list has no name to change. Lists made with “list create” do.");
  const name = readListName(typed);
  const deed =
    list.kind === "shared" ? deedOf(reader, "list rename", `“${list.name}”`, `to “${name.name}”`) : undefined;
  if (!(await store.lists.rename(list.id, name, deed))) throw taken(name.name);
  return { ...list, name: name.name };
}

function openLists(parts: ReadingParts): Reading {
  const { store, now } = parts;
  const lists = async (reader: Reader): Promise<readonly ReadingList[]> => {
    const { person, place } = reader;
    const owners = [person, ...(place === undefined ? [] : [place])];
    return visibleLists(reader, await store.lists.ownedBy(owners));
  };
  return {
    lists,
    find: async (reader, named) => findList(await lists(reader), named),
    async entries({ person }, { id }) {
      const { rows, papers } = await currentRows(parts, id);
      return entriesOf(rows, papers, person);
    },
    save: (reader, list, papers) => save(parts, reader, list, papers),
    mark: ({ person }, { id: list }, { id: paper, title }, mark) =>
      store.saved.put([{ list, paper, person, title, mark, markedAt: now() }]),
    async move(reader, { id: list }, { id: paper }, to) {
      const { rows } = await currentRows(parts, to.id);
      requireRoom(to, new Set([...rows.map((row) => row.paper), paper]).size);
      await keepOwn(parts, reader, to);
      await store.saved.move({ list, paper, person: reader.person }, to.id);
    },
    drop(reader, list, { id: paper, title }, whose) {
      const mine = whose === "own" ? { person: reader.person } : {};
      const removed = { kind: "saved", list: list.id, paper, ...mine } as const;
      return remove(parts, reader, { removed, what: `“${title}” from ${listWords(list)}` });
    },
    removeList(reader, list) {
      if (list.name === "")
        throw new UserError("Your reading list stays. “list drop” takes papers off it, one by one.");
      const what = listWords(list);
      const deed = list.kind === "shared" ? { deed: deedOf(reader, "list remove", `“${list.name}”`) } : {};
      return remove(parts, reader, { removed: { kind: "list", id: list.id }, what, ...deed });
    },
    note: (reader, paper, note) => writeNote(parts, reader, paper, note),
    notes: (reader, paper) => notesAbout(parts, reader, paper),
    async ownNotes({ person }, papers) {
      const notes = await store.notes.ofPapers([person], papers);
      return new Map(notes.map(({ paper, text }) => [paper, text]));
    },
    dropNote(reader, { owner, paper, title }) {
      const removed = { kind: "note", owner, paper, person: reader.person } as const;
      return remove(parts, reader, { removed, what: `your note about “${title}”` });
    },
    async standing(place, paper) {
      const standing = await standingOf(parts, place, paper);
      return standing.savers + standing.readers + standing.notes.length === 0 ? undefined : standing;
    },
    data: async ({ person }) => ownData(person, await store.people.rowsOf(personRef(person))),
    forget: ({ person }) => store.people.forget(personRef(person)),
    undo: (reader, removal) => undo(parts, reader, removal),
    create: (reader, name, kind) => create(parts, reader, name, kind),
    rename: (reader, list, name) => rename(parts, reader, list, name),
  };
}

/** Methods that keep something. */
const KEEPING = [
  "save",
  "mark",
  "move",
  "create",
  "rename",
  "drop",
  "removeList",
  "note",
  "dropNote",
  "forget",
  "undo",
] as const;

const refuse = (): Promise<never> =>
  Promise.reject(
    new UserError(
      "Nothing can be kept here: the state folder may only be read. Let the user who runs Paperboy write it.",
    ),
  );

/** The same lists where nothing can be kept. */
const onlyRead = (reading: Reading): Reading => ({
  ...reading,
  ...Object.fromEntries(KEEPING.map((name) => [name, refuse])),
});

/** Opens reading lists over what is kept. */
export function createReading(parts: ReadingParts): Reading {
  const reading = openLists(parts);
  return parts.readOnly === true ? onlyRead(reading) : reading;
}
