import { describe, expect, it } from "vitest";
import type { Listing } from "../../src/corpus/paper.ts";
import { createHuggingFace } from "../../src/sources/huggingface/source.ts";
import { createArxiv } from "../../src/sources/arxiv/source.ts";
import { readAll } from "../../src/sources/read-all.ts";
import type { Source, SourceItem } from "../../src/sources/source.ts";
import { startArxiv } from "../fakes/sources/arxiv.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startHuggingFace } from "../fakes/sources/hugging-face.ts";
import { collect, createKit, never } from "./kit.ts";

const paper = (name: string, title: string): SourceItem => ({
  kind: "paper",
  listing: { title, listedOn: name } satisfies Listing,
  from: { source: name, list: name, readAt: "2026-03-06T12:00:00.000Z" },
});
const sourceOf = (name: string, read: (signal: AbortSignal) => AsyncGenerator<SourceItem>): Source => ({
  name,
  read: ({ signal }) => read(signal),
});
const good = sourceOf("good", async function* () {
  yield paper("good", "one");
  yield paper("good", "two");
});

describe("reading all sources", () => {
  it("goes on with the others when one throws, and tells it", async () => {
    const bad = sourceOf("bad", async function* () {
      yield paper("bad", "before");
      throw new Error("out of order");
    });
    const { papers, problems } = await collect(readAll([bad, good], { signal: never() }));
    expect(papers.map(({ listing }) => listing.title).toSorted()).toEqual(["before", "one", "two"]);
    expect(problems).toEqual(["expected a source that can be read to its end, found out of order"]);
  });

  it("goes on with the others when one throws before it begins", async () => {
    const bad: Source = {
      name: "bad",
      read: () => {
        throw new Error("no settings");
      },
    };
    const { papers, problems } = await collect(readAll([bad, good], { signal: never() }));
    expect({ papers: papers.length, problems: problems.length }).toEqual({ papers: 2, problems: 1 });
  });

  it("does not wait for a slow one before it gives what the others have", async () => {
    const order: string[] = [];
    let release = (): void => undefined;
    const slow = sourceOf("slow", async function* () {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      yield paper("slow", "late");
    });
    for await (const item of readAll([slow, good], { signal: never() })) {
      if (item.kind === "paper") order.push(item.listing.title);
      if (order.length === 2) release();
    }
    expect(order).toEqual(["one", "two", "late"]);
  });

  it("ends with the signal, and closes what is open", async () => {
    const stop = new AbortController();
    let closed = false;
    const endless = sourceOf("endless", async function* (signal) {
      try {
        for (;;) {
          signal.throwIfAborted();
          yield paper("endless", "again");
        }
      } finally {
        closed = true;
      }
    });
    const read = async () => {
      for await (const item of readAll([endless], { signal: stop.signal })) {
        if (item.kind === "paper") stop.abort(new Error("shutting down"));
      }
    };
    await expect(read()).rejects.toThrow("shutting down");
    expect(closed).toBe(true);
  });

  it("closes its sources when the reader leaves early", async () => {
    let closed = false;
    const endless = sourceOf("endless", async function* () {
      try {
        for (;;) yield paper("endless", "again");
      } finally {
        closed = true;
      }
    });
    const items = readAll([endless, good], { signal: never() });
    await items.next();
    await items.return(undefined);
    expect(closed).toBe(true);
  });

  it("reads arXiv while Hugging Face is down", async () => {
    const clock = createTestClock("2026-03-06T12:00:00Z");
    const [hub, arxiv] = [await startHuggingFace({ clock }), await startArxiv({ clock })];
    const fetcher = createKit({ clock, huggingFace: hub.url, arxiv: arxiv.url });
    hub.failNext({ kind: "drop" }, 100);
    const sources = [
      createHuggingFace({ baseUrl: hub.url }, { fetcher, clock }),
      createArxiv({ categories: ["cs.CL"], apiUrl: arxiv.url, feedUrl: arxiv.url }, { fetcher, clock }),
    ];
    const { papers, problems, lists } = await collect(readAll(sources, { signal: never() }));
    expect(lists).toEqual(["cs.CL read"]);
    expect(papers.length).toBeGreaterThan(0);
    expect(problems).toHaveLength(2);
    expect(arxiv.violations).toEqual([]);
  });
});
