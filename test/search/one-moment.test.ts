import { allMatching } from "../../src/search/matches.ts";
import { describe, expect, it } from "vitest";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { noIndexWork } from "../../src/search/embedded/pace.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { SLICE } from "../../src/turns.ts";

const window = { offset: 0, limit: 5 };

/** A paper with a text that takes a while to be read, and that has “of the” at its end. */
const paper = (name: string): Paper => ({
  id: titlePaperId(name),
  title: name,
  abstract: `${"quokka wombat ".repeat(400)} of the`,
  listedOn: ["a"],
  origins: [],
});
const papers = (name: string, count: number): Paper[] =>
  Array.from({ length: count }, (_, i) => paper(`${name} ${i}`));
const phrase = { ...wordsQuery("of the"), phrases: ["of the"] };

describe("an answer that gives way while papers come and go", () => {
  it("is of the moment at which it was asked for, and reads every text once", async () => {
    const work = noIndexWork();
    const index = createEmbeddedIndex(undefined, { work });
    const first = papers("first", 500);
    await index.add(first);
    Object.assign(work, noIndexWork());
    const asked = [index.search(phrase, window), allMatching(index, { ...phrase, text: "" })] as const;
    const changes = [
      index.remove(first.slice(0, 300).map(({ id }) => id)),
      index.add(papers("second", 50)),
    ] as const;
    const [found, all] = await Promise.all(asked);
    expect(found.total).toBe(500);
    expect(all.map(({ id }) => id).toSorted()).toEqual(first.map(({ id }) => id).toSorted());
    expect(work.texts).toBe(1000);
    await Promise.all(changes);
    expect((await index.search(phrase, window)).total).toBe(250);
  });

  it("keeps no change waiting for ever, however many answers are asked for", async () => {
    const index = createEmbeddedIndex();
    await index.add(papers("first", 300));
    const asking = new AbortController();
    const ask = async (): Promise<void> => {
      while (!asking.signal.aborted) await index.search(phrase, window);
    };
    const askers = [ask(), ask(), ask()];
    await index.add([paper("last")]);
    expect(await index.size()).toBe(301);
    asking.abort();
    await Promise.all(askers);
  });

  it("does not wait for a rule that goes over all papers, though changes do", async () => {
    const work = noIndexWork();
    const index = createEmbeddedIndex(undefined, { work });
    await index.add(papers("first", 500));
    const order: string[] = [];
    let read = 0;
    const note = (name: string, done: Promise<unknown>): Promise<unknown> =>
      done.then(() => order.push(name));
    await Promise.all([
      // Long beside the search, of which each hit takes a turn.
      note(
        "rule",
        allMatching(index, {
          ...wordsQuery(""),
          excluded: Array.from({ length: 8 }, (_, i) => `of the${" of".repeat(i)}`),
        }),
      ),
      note(
        "change",
        index.add([paper("last")]).then(() => (read = work.texts)),
      ),
      note("search", index.search(wordsQuery("quokka"), window)),
    ]);
    expect(work.steps).toBeGreaterThan(SLICE);
    expect(order[0]).toBe("search");
    // The change came after the rule had read all it reads.
    expect(read).toBeGreaterThan(0);
    expect(work.texts).toBe(read);
  });
});
