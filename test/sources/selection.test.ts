import { describe, expect, it } from "vitest";
import { parseArxivId } from "../../src/corpus/identifiers/paper-id.ts";
import { createMemoryTurns } from "../../src/sources/fetch/pace.ts";
import { createMemoryValidators } from "../../src/sources/fetch/validators.ts";
import { parsePeriod } from "../../src/sources/huggingface/periods.ts";
import { createLive, thisMachine } from "../../src/sources/live.ts";
import type { Selection } from "../../src/sources/selection.ts";
import { readSelections } from "../../src/sources/selection.ts";
import { startArxiv } from "../fakes/sources/arxiv.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startHuggingFace } from "../fakes/sources/hugging-face.ts";
import { collect, never } from "./kit.ts";

async function setUp() {
  const clock = createTestClock("2026-03-06T12:00:00Z");
  const [hub, arxiv] = [await startHuggingFace({ clock }), await startArxiv({ clock })];
  const live = createLive(
    {
      version: "0.1.0",
      contact: "mailto:me@example.org",
      huggingFaceUrl: hub.url,
      arxivApiUrl: arxiv.url,
      arxivFeedUrl: arxiv.url,
    },
    { ...thisMachine, deadline: never, clock, random: () => 0.5 },
    { turns: createMemoryTurns(), validators: createMemoryValidators() },
  );
  const read = (...selections: Selection[]) => collect(readSelections(live, selections, never()));
  return { hub, arxiv, live, read };
}

const list = (text: string): Selection => ({
  kind: "list",
  period: parsePeriod(text) ?? expect.fail(`${text} is no period`),
});
const paper = (text: string): Selection => ({
  kind: "paper",
  id: parseArxivId(text) ?? expect.fail(`${text} is no id`),
});

describe("reading selections", () => {
  it("asks arXiv once for all its papers, wherever they stand among the others", async () => {
    const { hub, arxiv, read } = await setUp();
    const { papers, problems } = await read(
      paper("2603.00003"),
      list("2026-03-04"),
      paper("2603.00001"),
      { kind: "search", words: "curriculum" },
      paper("2603.00003"),
    );
    expect(problems).toEqual([]);
    const ofSource = (source: string) => papers.filter(({ from }) => from.source === source);
    expect(ofSource("arXiv").map(({ listing }) => listing.arxivId)).toEqual(["2603.00001", "2603.00003"]);
    expect(new Set(ofSource("Hugging Face Papers").map(({ from }) => from.list))).toEqual(
      new Set(["2026-03-04", "“curriculum”"]),
    );
    expect(arxiv.requests.map(({ query }) => query.get("id_list"))).toEqual(["2603.00003,2603.00001"]);
    expect(hub.requests.map(({ path }) => path)).toEqual(["/api/daily_papers", "/api/papers/search"]);
    expect([...hub.violations, ...arxiv.violations]).toEqual([]);
  });

  it("asks no service of which nothing was selected", async () => {
    const { hub, arxiv, read } = await setUp();
    await read(list("2026-03-04"));
    expect(arxiv.requests).toEqual([]);
    await read(paper("2603.00001"));
    expect(hub.requests).toHaveLength(1);
  });

  it("tells a list that cannot be read, and reads the others", async () => {
    const { hub, read } = await setUp();
    hub.failNext({ kind: "drop" }, 4);
    const { papers, problems, lists } = await read(
      list("2026-03-03"),
      list("2026-03-04"),
      paper("2603.00001"),
    );
    expect(problems).toHaveLength(1);
    expect(lists).toEqual(["2026-03-04 read"]);
    expect(new Set(papers.map(({ from }) => from.list))).toEqual(new Set(["2026-03-04", "ids"]));
  });

  it("tells a day that has no list yet, but not one whose list is empty", async () => {
    const { read } = await setUp();
    expect(await read(list("2026-03-07"), list("2026-03-01"))).toEqual({
      papers: [],
      problems: ["expected a list of papers, found that the list of this day is not open yet"],
      lists: ["2026-03-01 empty"],
    });
  });

  it("ends with the reason of the signal", async () => {
    const { live } = await setUp();
    const stop = new AbortController();
    const reading = readSelections(live, [list("2026-03-03"), list("2026-03-04")], stop.signal);
    const seen: string[] = [];
    const readOn = async () => {
      for await (const item of reading) {
        if (item.kind !== "list") continue;
        seen.push(item.list);
        stop.abort(new Error("stopped"));
      }
    };
    await expect(readOn()).rejects.toThrow("stopped");
    expect(seen).toEqual(["2026-03-03"]);
  });
});
