import { describe, expect, it } from "vitest";
import type { Pace, Turns } from "../../../src/sources/fetch/pace.ts";
import { createMemoryTurns, createPace } from "../../../src/sources/fetch/pace.ts";
import { startArxiv } from "../../fakes/sources/arxiv.ts";
import type { TestClock } from "../../fakes/sources/clock.ts";
import { createTestClock } from "../../fakes/sources/clock.ts";
import { createKit, never } from "../kit.ts";

const NOON = "2026-03-06T12:00:00Z";
const rules = {
  "https://export.arxiv.org": { key: "arxiv", gapMs: 3000 },
  "https://rss.arxiv.org": { key: "arxiv", gapMs: 3000 },
};
const paceOn = (clock: TestClock, turns: Turns = createMemoryTurns()): Pace =>
  createPace({ rules }, { turns, clock });

describe("arXiv", () => {
  it("gets one request at a time, three seconds apart, for all its hosts together", async () => {
    const clock = createTestClock(NOON);
    const pace = paceOn(clock);
    const log: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      log.push(`${name} begins at ${(clock.now().getTime() - Date.parse(NOON)) / 1000}`);
      await clock.sleep(500, never());
      log.push(`${name} ends`);
    };
    await Promise.all([
      pace.inTurn("https://export.arxiv.org/api/query?a", never(), work("first")),
      pace.inTurn("https://rss.arxiv.org/rss/cs.AI", never(), work("second")),
      pace.inTurn("https://export.arxiv.org/api/query?b", never(), work("third")),
    ]);
    expect(log).toEqual([
      "first begins at 0",
      "first ends",
      "second begins at 3.5",
      "second ends",
      "third begins at 7",
      "third ends",
    ]);
  });

  it("gets them so from several processes that share their turns", async () => {
    const clock = createTestClock(NOON);
    const fake = await startArxiv({ clock });
    const turns = createMemoryTurns();
    const processes = [1, 2, 3].map(() => createKit({ clock, arxiv: fake.url, turns }));
    const asks = processes.flatMap((fetcher) =>
      ["2603.00001", "2603.00002", "2603.00003"].map((id) =>
        fetcher({ url: `${fake.url}/api/query?id_list=${id}`, expected: "xml", signal: never() }),
      ),
    );
    const kinds = (await Promise.all(asks)).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["text"]));
    expect(fake.requests).toHaveLength(9);
    expect(fake.violations).toEqual([]);
  });

  it("would notice if it were otherwise", async () => {
    const clock = createTestClock(NOON);
    const fake = await startArxiv({ clock });
    const ask = () => fetch(`${fake.url}/api/query?id_list=2603.00001`);
    await Promise.all([ask(), ask()]);
    await ask();
    expect(fake.violations).toContain("only 0 ms after the last request");
    expect(fake.violations).toContain("no User-Agent with a contact");
  });
});

describe("a turn", () => {
  it("of a process that is gone becomes free after its lease", async () => {
    const clock = createTestClock(NOON);
    const turns = createMemoryTurns();
    const lost = {
      key: "arxiv",
      holder: "gone",
      now: clock.now(),
      until: new Date(Date.parse(NOON) + 60_000),
      ahead: new Date(Date.parse(NOON) + 60_000),
    };
    expect(await turns.take(lost)).toBeUndefined();
    const done = await paceOn(clock, turns).inTurn("https://rss.arxiv.org/", never(), async () =>
      clock.now(),
    );
    expect(done).toEqual({ kind: "done", value: new Date(Date.parse(NOON) + 60_000) });
  });

  it("ends when its work fails, and the next one comes", async () => {
    const clock = createTestClock(NOON);
    const pace = paceOn(clock);
    const url = "https://rss.arxiv.org/";
    const failing = pace.inTurn(url, never(), () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await pace.inTurn(url, never(), async () => "yes")).toEqual({ kind: "done", value: "yes" });
    expect(clock.now()).toEqual(new Date(Date.parse(NOON) + 3000));
  });

  it("is not waited for by one who gave up, and costs the others nothing", async () => {
    const clock = createTestClock(NOON);
    const pace = paceOn(clock);
    const url = "https://rss.arxiv.org/";
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    await expect(pace.inTurn(url, stop.signal, async () => 1)).rejects.toThrow("enough");
    expect(await pace.inTurn(url, never(), async () => 2)).toEqual({ kind: "done", value: 2 });
    expect(clock.slept).toEqual([]);
  });

  it("is not lost for years to a clock that was ahead", async () => {
    const clock = createTestClock("2036-03-06T12:00:00Z");
    const turns = createMemoryTurns();
    const url = "https://rss.arxiv.org/";
    await paceOn(clock, turns).inTurn(url, never(), async () => 1);
    clock.set(NOON);
    const done = await paceOn(clock, turns).inTurn(url, never(), async () => 2);
    expect(done).toEqual({ kind: "done", value: 2 });
  });

  it("comes at once at a host without a rule, one request after the other", async () => {
    const clock = createTestClock(NOON);
    const pace = paceOn(clock);
    let open = 0;
    const work = async (): Promise<number> => {
      open++;
      await clock.sleep(10, never());
      return open--;
    };
    const done = await Promise.all([1, 2].map(() => pace.inTurn("https://example.org/", never(), work)));
    expect(done).toEqual([
      { kind: "done", value: 1 },
      { kind: "done", value: 1 },
    ]);
  });
});
