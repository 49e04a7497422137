import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arxivPaperId, parseArxivId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import type { ReadingList } from "../../src/reading/lists.ts";
import type { Reader } from "../../src/reading/reader.ts";
import { personKey } from "../../src/reading/reader.ts";
import type { Reading } from "../../src/reading/reading.ts";
import { createReading } from "../../src/reading/reading.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { Store } from "../../src/store/store.ts";
import { paper } from "../digest/papers.ts";
import { openTestStore } from "../support/test-store.ts";

const PAPERS: readonly Paper[] = ["wombats", "koalas", "numbats"].map((name) => paper(`On ${name}`));
const HERE = JSON.stringify(["discord", "lab", "papers"]);

const readerNamed = (user: string): Reader => ({
  person: personKey({ platform: "discord", user }),
  place: HERE,
  acts: { platform: "discord", server: "lab", channel: "papers", by: user },
});
const ANA = readerNamed("1");
const BEN = readerNamed("2");

/** Reading lists in which the channel has one, with a clock that a test turns. */
async function openLists() {
  const clock = { now: new Date("2026-03-06T12:00:00Z") };
  const now = (): Date => clock.now;
  const store: Store = await openTestStore(undefined, now);
  const index = createEmbeddedIndex();
  await index.add(PAPERS);
  let ids = 0;
  const reading = createReading({ store, index, now, newId: () => `r${++ids}` });
  const shared = await reading.create(ANA, "Group", "shared");
  const wait = (seconds: number): void => {
    clock.now = new Date(clock.now.getTime() + seconds * 1000);
  };
  return { reading, store, index, shared, wait };
}

/** All that somebody sees of two lists. */
const seen = async (reading: Reading, shared: ReadingList): Promise<unknown> =>
  Promise.all(
    [ANA, BEN].flatMap(async (reader) => [
      await reading.lists(reader),
      ...(await Promise.all(
        [await reading.find(reader, undefined), shared].map((list) => reading.entries(reader, list)),
      )),
    ]),
  );

type Step = { reader: Reader; paper: Paper; shared: boolean; what: "save" | "read" | "move" | "drop" };
const step: fc.Arbitrary<Step> = fc.record({
  reader: fc.constantFrom(ANA, BEN),
  paper: fc.constantFrom(...PAPERS),
  shared: fc.boolean(),
  what: fc.constantFrom("save", "save", "read", "move", "drop"),
});

/** Does a step where it can be done; the removal where it was one. */
async function take(reading: Reading, group: ReadingList, { reader, what, ...one }: Step) {
  const own = await reading.find(reader, undefined);
  const [list, other] = one.shared ? [group, own] : [own, group];
  const entry = (await reading.entries(reader, list)).find(({ id }) => id === one.paper.id);
  if (what === "save") await reading.save(reader, list, [one.paper]);
  else if (entry === undefined) return undefined;
  else if (what === "read") await reading.mark(reader, list, entry, "read");
  else if (entry.own?.saved !== true) return undefined;
  else if (what === "move") await reading.move(reader, list, entry, other);
  else return reading.drop(reader, list, entry, "own");
  return undefined;
}

describe("reading lists", () => {
  it("hold a paper once, whatever is saved, marked, moved and dropped, and count each person once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const { reading, shared, wait } = await openLists();
        for (const one of steps) {
          wait(1);
          await take(reading, shared, one);
        }
        for (const reader of [ANA, BEN])
          for (const list of [await reading.find(reader, undefined), shared]) {
            const entries = await reading.entries(reader, list);
            expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
            for (const { savers, readers } of entries) {
              expect(new Set(savers).size).toBe(savers.length);
              expect(readers).toBeLessThanOrEqual(2);
              expect(list.kind === "shared" || savers.join() === reader.person).toBe(true);
            }
          }
      }),
      { numRuns: 25 },
    );
  });

  it("give back on undo exactly what was removed, for a minute and to who removed it alone", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 10 }),
        fc.nat(120),
        fc.boolean(),
        async (steps, seconds, wholeList) => {
          const { reading, shared, wait } = await openLists();
          for (const one of steps)
            await take(reading, shared, { ...one, what: one.what === "drop" ? "save" : one.what });
          await reading.save(ANA, shared, [...PAPERS]);
          const [entry] = await reading.entries(ANA, shared);
          if (entry === undefined) throw new Error("nothing there");
          const before = await seen(reading, shared);
          const removal = wholeList
            ? await reading.removeList(ANA, shared)
            : await reading.drop(ANA, shared, entry, "own");
          expect(await seen(reading, shared)).not.toEqual(before);
          wait(seconds);
          await expect(reading.undo(BEN, removal.id)).rejects.toThrow("cannot be brought back");
          const asked = seconds % 2 === 0 ? removal.id : undefined;
          const undone = reading.undo(ANA, asked).then(
            () => seen(reading, shared),
            (error: unknown) => /more than a minute ago/.exec(String(error))?.[0],
          );
          expect(await undone).toEqual(seconds <= 60 ? before : "more than a minute ago");
          await expect(reading.undo(ANA, undefined)).rejects.toThrow("nothing to bring back");
        },
      ),
      { numRuns: 15 },
    );
  });

  it("follow a paper that was known by its title to its identifier, with marks, and have it once", async () => {
    const { reading, index, shared, store, wait } = await openLists();
    const [old] = PAPERS;
    const arxiv = parseArxivId("2603.00001");
    if (old === undefined || arxiv === undefined) throw new Error("no paper");
    const own = await reading.find(ANA, undefined);
    await reading.save(ANA, own, [old]);
    await reading.save(BEN, shared, [old]);
    const [entry] = await reading.entries(ANA, own);
    if (entry === undefined) throw new Error("nothing there");
    await reading.mark(ANA, own, entry, "reading");
    const now = { ...old, id: arxivPaperId(arxiv) };
    await index.remove([old.id]);
    await index.add([now]);
    wait(1);
    await reading.save(ANA, shared, [now]);
    expect(await reading.save(ANA, own, [now])).toMatchObject({ added: [], there: [{ id: now.id }] });
    expect(await reading.entries(ANA, own)).toMatchObject([{ id: now.id, own: { mark: "reading" } }]);
    expect(await reading.entries(ANA, shared)).toMatchObject([
      { id: now.id, savers: [BEN.person, ANA.person] },
    ]);
    expect(await store.saved.ofPapers([own.id, shared.id], [old.id])).toEqual([]);
  });

  it("keep the title of a paper that was removed, which can be taken off still", async () => {
    const { reading, index } = await openLists();
    const [one] = PAPERS;
    if (one === undefined) throw new Error("no paper");
    const own = await reading.find(ANA, undefined);
    await reading.save(ANA, own, [one]);
    await index.remove([one.id]);
    const [entry] = await reading.entries(ANA, own);
    expect(entry).toMatchObject({ id: one.id, title: "On wombats" });
    expect(entry).not.toHaveProperty("paper");
    if (entry !== undefined) await reading.drop(ANA, own, entry, "everybody’s");
    expect(await reading.entries(ANA, own)).toEqual([]);
  });

  it("refuse more papers than a list holds, and more lists than anybody finds again", async () => {
    const { reading } = await openLists();
    const many = Array.from({ length: 1001 }, (_none, i) => paper(`Paper number ${i} on wombats`));
    const own = await reading.find(ANA, undefined);
    await expect(reading.save(ANA, own, many)).rejects.toThrow(
      "A list holds 1000 papers, and your reading list would have 1001.",
    );
    expect(await reading.entries(ANA, own)).toEqual([]);
    for (let i = 0; i < 25; i++) await reading.create(BEN, `list ${i}`, "own");
    await expect(reading.create(BEN, "one more", "own")).rejects.toThrow(
      "25 lists already, which is the most",
    );
  });
});
