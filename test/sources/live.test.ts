import { describe, expect, it } from "vitest";
import { createMemoryTurns } from "../../src/sources/fetch/pace.ts";
import { createMemoryValidators } from "../../src/sources/fetch/validators.ts";
import type { LiveSettings } from "../../src/sources/live.ts";
import { createLive, thisMachine } from "../../src/sources/live.ts";
import { readAll } from "../../src/sources/read-all.ts";
import { parseArxivId } from "../../src/corpus/identifiers/paper-id.ts";
import { parseDay } from "../../src/sources/days.ts";
import { startArxiv } from "../fakes/sources/arxiv.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startHuggingFace } from "../fakes/sources/hugging-face.ts";
import { collect, never } from "./kit.ts";

async function setUp(settings: Partial<LiveSettings> = {}) {
  const clock = createTestClock("2026-03-06T12:00:00Z");
  const [hub, api, feeds] = [
    await startHuggingFace({ clock }),
    await startArxiv({ clock }),
    await startArxiv({ clock }),
  ];
  const live = createLive(
    {
      version: "0.1.0",
      contact: "mailto:me@example.org",
      huggingFaceUrl: hub.url,
      arxivApiUrl: api.url,
      arxivFeedUrl: feeds.url,
      ...settings,
    },
    { ...thisMachine, clock },
    { turns: createMemoryTurns(), validators: createMemoryValidators() },
  );
  return { hub, api, feeds, live };
}

describe("the sources on the network", () => {
  it("are read together, arXiv's two hosts at one pace", async () => {
    const { hub, api, feeds, live } = await setUp({ categories: ["cs.CL"] });
    const since = parseDay("2026-03-03");
    const request = { signal: never(), ...(since === undefined ? {} : { since }) };
    const { problems, lists } = await collect(readAll(live.sources, request));
    expect(problems).toEqual([]);
    expect(lists.toSorted()).toEqual([
      "2026-03-03 read",
      "2026-03-03 to 2026-03-06 read",
      "2026-03-04 read",
      "2026-03-05 read",
      "2026-03-06 read",
      "cs.CL read",
    ]);
    const times = [...api.requests, ...feeds.requests].map(({ at }) => at).toSorted((a, b) => a - b);
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(gaps.length).toBeGreaterThan(0);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3000);
    expect([...hub.violations, ...api.violations, ...feeds.violations]).toEqual([]);
  });

  it("leave arXiv alone without categories, save for papers by their ids", async () => {
    const { api, feeds, live } = await setUp();
    expect(live.sources.map(({ name }) => name)).toEqual(["Hugging Face Papers"]);
    expect(await collect(live.arxiv.read({ signal: never() }))).toEqual({
      papers: [],
      problems: [],
      lists: [],
    });
    const id = parseArxivId("2603.00001");
    const { papers } = await collect(live.arxiv.byIds(id === undefined ? [] : [id], never()));
    expect(papers).toHaveLength(1);
    expect([api.requests.length, feeds.requests.length]).toEqual([1, 0]);
  });
});

describe("this machine", () => {
  it("sleeps as long as it is told, and wakes with the reason when that ends", async () => {
    await expect(thisMachine.clock.sleep(0, never())).resolves.toBeUndefined();
    const stop = new AbortController();
    const sleeping = thisMachine.clock.sleep(1_000_000, stop.signal);
    stop.abort(new Error("shutting down"));
    await expect(sleeping).rejects.toThrow("shutting down");
  });
});
