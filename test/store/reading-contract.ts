import { expect, it } from "vitest";
import type { ListRecord, SavedRecord } from "../../src/store/kept/reading.ts";
import type { OpenStore } from "./open-store.ts";
import { place } from "./open-store.ts";

const AT = new Date("2026-03-06T12:00:00Z");
const later = (minutes: number): Date => new Date(AT.getTime() + minutes * 60_000);

const list = (id: string, owner: string, facts: Partial<ListRecord> = {}): ListRecord => ({
  id,
  owner,
  name: id.toUpperCase(),
  key: id,
  createdBy: "ana",
  createdAt: AT,
  ...facts,
});

const row = (facts: Partial<SavedRecord> = {}): SavedRecord => ({
  list: "a",
  paper: "title:one",
  person: "ana",
  title: "One",
  savedAt: AT,
  ...facts,
});

function keepsLists(open: OpenStore): void {
  it("keeps one list of a name for each owner, and renames none to a name that is taken", async () => {
    const at = await place();
    const [store, other] = [await open(at), await open(at)];
    expect(await store.lists.create(list("a", "ana"))).toBe(true);
    expect(await other.lists.create(list("b", "here", { createdAt: later(1) }))).toBe(true);
    expect(await other.lists.create(list("c", "ana", { key: "a" }))).toBe(false);
    expect(await other.lists.create(list("d", "ana", { createdAt: later(2) }))).toBe(true);
    expect(await store.lists.rename("d", { name: "A", key: "a" })).toBe(false);
    expect(await store.lists.rename("d", { name: "B", key: "b" })).toBe(true);
    expect(await store.lists.rename("d", { name: "b!", key: "b" })).toBe(true);
    expect(await store.lists.rename("nowhere", { name: "x", key: "x" })).toBe(false);
    expect((await other.lists.ownedBy(["ana", "here"])).map(({ id, name }) => id + name)).toEqual([
      "aA",
      "bB",
      "db!",
    ]);
    expect(await other.lists.ownedBy(["ben"])).toEqual([]);
  });
}

function keepsSaved(open: OpenStore): void {
  it("keeps one row for a list, a paper and a person: the first time of saving and the last mark", async () => {
    const { saved } = await open(await place());
    await saved.put([row({ savedAt: later(5) }), row({ person: "ben", savedAt: later(1) })]);
    await saved.put([row({ savedAt: later(9), title: "One!" })]);
    const { savedAt: _none, ...unsaved } = row({ mark: "read", markedAt: later(3) });
    await saved.put([unsaved]);
    await saved.put([{ ...unsaved, mark: "reading", markedAt: later(2) }]);
    expect(await saved.inList("a")).toEqual([
      row({ person: "ben", savedAt: later(1) }),
      row({ savedAt: later(5), mark: "read", markedAt: later(3) }),
    ]);
    expect(await saved.ofPapers(["a"], ["title:one", "title:two"])).toHaveLength(2);
    expect(await saved.ofPapers(["b"], ["title:one"])).toEqual([]);
    expect(await saved.ofPapers([], ["title:one"])).toEqual([]);
  });

  it("moves what one person saved, and puts all of a paper under its new id, each once", async () => {
    const { saved, notes } = await open(await place());
    const two = { paper: "arxiv:1", title: "Two" };
    await saved.put([row(), row({ person: "ben" }), row({ ...two, savedAt: later(1) })]);
    await saved.move({ list: "a", paper: "title:one", person: "ana" }, "b");
    expect(await saved.inList("b")).toEqual([row({ list: "b" })]);
    expect((await saved.inList("a")).map(({ person }) => person)).toEqual(["ben", "ana"]);
    const note = { owner: "ana", person: "ana", title: "One", text: "first", writtenAt: AT };
    await notes.put({ ...note, paper: "title:one" });
    await notes.put({ ...note, paper: "arxiv:1", text: "second", writtenAt: later(1) });
    await saved.renamePaper("title:one", "arxiv:1");
    expect((await saved.inList("a")).map(({ paper, person }) => paper + person)).toEqual([
      "arxiv:1ben",
      "arxiv:1ana",
    ]);
    expect((await saved.inList("b")).map(({ paper }) => paper)).toEqual(["arxiv:1"]);
    expect((await notes.ofPapers(["ana", "here"], ["arxiv:1"])).map(({ text }) => text)).toEqual(["second"]);
  });
}

function takesBack(open: OpenStore): void {
  it("brings back what was removed as it was, until it is forgotten", async () => {
    const at = await place();
    const [{ lists, saved, notes, removals }, other] = [await open(at), await open(at)];
    await lists.create(list("a", "here"));
    const before = [row({ mark: "read", markedAt: later(1) }), row({ person: "ben", savedAt: later(2) })];
    await saved.put(before);
    const note = { owner: "ana", paper: "title:one", person: "ana", title: "One", text: "x", writtenAt: AT };
    await notes.put(note);
    const removal = (id: string, minutes: number) => ({
      id,
      person: "ana",
      what: id,
      removedAt: later(minutes),
    });
    const ofPaper = { kind: "saved", list: "a", paper: "title:one" } as const;
    expect(await removals.remove(removal("r1", 3), { ...ofPaper, person: "ana" })).toBe(1);
    expect(await removals.remove(removal("r2", 4), { ...ofPaper, person: "ana" })).toBe(0);
    expect(await removals.remove(removal("r3", 5), { kind: "list", id: "a" })).toBe(2);
    expect(await removals.remove(removal("r4", 5), { ...note, kind: "note" })).toBe(1);
    expect([await saved.inList("a"), await lists.ownedBy(["here"])]).toEqual([[], []]);
    expect(await notes.ofPapers(["ana"], ["title:one"])).toEqual([]);
    expect((await removals.latest("ana"))?.id).toBe("r4");
    expect(await removals.latest("ben")).toBeUndefined();
    // Saved anew meanwhile: what was removed takes its place.
    await other.saved.put([row({ savedAt: later(6) })]);
    for (const id of ["r3", "r1", "r4"]) expect(await other.removals.undo(id)).toBe(true);
    expect(await saved.inList("a")).toEqual(before);
    expect(await lists.ownedBy(["here"])).toEqual([list("a", "here")]);
    expect(await notes.ofPapers(["ana"], ["title:one"])).toEqual([note]);
    expect(await removals.find("r1")).toBeUndefined();
    await removals.remove(removal("r5", 7), { kind: "list", id: "a" });
    await lists.create(list("b", "here", { key: "a" }));
    expect(await removals.undo("r5")).toBe(false);
    await removals.forgetBefore(later(7));
    expect(await removals.find("r5")).toMatchObject(removal("r5", 7));
    await removals.forgetBefore(later(8));
    expect(await removals.find("r5")).toBeUndefined();
    await removals.undo("r5");
    expect(await saved.inList("a")).toEqual([]);
    expect((await lists.ownedBy(["here"])).map(({ id }) => id)).toEqual(["b"]);
  });
}

/** What every store holds of reading lists. */
export function keepsReading(open: OpenStore): void {
  keepsLists(open);
  keepsSaved(open);
  takesBack(open);
}
