import { writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseIngest } from "../../adapters/cli/orders/ingest-order.ts";
import { takeIn } from "../../adapters/cli/intake/ingest.ts";
import { readSettings } from "../../adapters/cli/settings/settings.ts";
import { openLibrary } from "../../src/library/library.ts";
import { parsePeriod } from "../../src/sources/huggingface/periods.ts";
import { createLive, thisMachine } from "../../src/sources/live.ts";
import type { Selection } from "../../src/sources/selection.ts";
import { readSelections } from "../../src/sources/selection.ts";
import { startArxiv } from "../fakes/sources/arxiv.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startHuggingFace } from "../fakes/sources/hugging-face.ts";
import type { FakePaper } from "../fakes/sources/world.ts";
import { createWorld } from "../fakes/sources/world.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const world = createWorld();
const today = new Date().toISOString().slice(0, 10);

/** Both services at the end of the fortnight, and the program over an empty library. */
async function setUp(now = "2026-03-14T12:00:00Z", papers: readonly FakePaper[] = world) {
  const clock = createTestClock(now);
  const [hub, arxiv] = [await startHuggingFace({ clock, papers }), await startArxiv({ clock, papers })];
  const state = await temporaryFolder();
  const env = {
    PAPERBOY_PAGES: await temporaryFolder(),
    PAPERBOY_STATE: state,
    PAPERBOY_HUGGINGFACE_URL: hub.url,
    PAPERBOY_ARXIV_API_URL: arxiv.url,
    PAPERBOY_ARXIV_FEED_URL: arxiv.url,
    PAPERBOY_CONTACT: "mailto:me@example.org",
  };
  /** Without what the log says of the index, which is built in every new folder. */
  const pipe = async (input: string, ...args: string[]) => {
    const { code, stdout, stderr } = await runProgram(args, env, input);
    return { code, stdout, stderr: stderr.replace(/^\S+ info Built the index .*\n/m, "") };
  };
  const run = (...args: string[]) => pipe("", ...args);
  const asked = () => hub.requests.map(({ query }) => query.toString());
  const violations = () => [...hub.violations, ...arxiv.violations];
  return { hub, arxiv, state, run, pipe, asked, violations };
}

const listedIn = (first: string, last: string) =>
  world.filter(({ listed }) => listed !== undefined && listed >= first && listed <= last).length;
const found = world.filter(
  ({ title, announced }) => title.startsWith("Speech") && announced <= "2026-03-14",
).length;
const report = (added: number) =>
  `${added} new ${added === 1 ? "paper" : "papers"}, 0 known better now, 0 already known.\n`;

describe("paperboy ingest with a selection of Hugging Face", () => {
  it.each([
    ["huggingface:2026-03-06", listedIn("2026-03-06", "2026-03-06"), ["date=2026-03-06&limit=100&p=0"]],
    ["huggingface:2026-W11", listedIn("2026-03-09", "2026-03-14"), ["week=2026-W11&limit=100&p=0"]],
    [
      "huggingface:2026-03",
      listedIn("2026-03-01", "2026-03-14"),
      ["month=2026-03&limit=100&p=0", "month=2026-03&limit=100&p=1"],
    ],
    ["huggingface:search:speech tokenizers", found, ["q=speech+tokenizers&limit=120"]],
    ["huggingface:2026-03-07", 0, ["date=2026-03-07&limit=100&p=0"]],
  ])("takes in all of %s", async (selection, added, requests) => {
    const { run, asked, violations } = await setUp();
    expect(await run("ingest", selection)).toEqual({ code: 0, stdout: report(added), stderr: "" });
    expect({ asked: asked(), violations: violations() }).toEqual({ asked: requests, violations: [] });
  });

  it("says of a day that has no list yet that it is not open, and takes in the others", async () => {
    const { run, violations } = await setUp();
    const tomorrow = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
    const ran = await run("ingest", `huggingface:${tomorrow}`, "huggingface:2026-03-06");
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^6 new papers.*; 1 could not be read\.\n$/);
    expect(ran.stderr).toBe(
      `Hugging Face Papers, ${tomorrow}: expected a list of papers, found that the list of this day is not open yet\n`,
    );
    expect(violations()).toEqual([]);
  });

  it("reads a list whole that was read day by day before, and leaves that reading as it was", async () => {
    const papers = world.slice(0, 3).map((paper): FakePaper => ({ ...paper, listed: today }));
    const { hub, run, state } = await setUp(`${today}T12:00:00Z`, papers);
    await run("ingest", "huggingface", "--since", today);
    const records = async () => {
      const store = await openTestStore(path.join(state, "paperboy.sqlite"));
      return store.sources.find("huggingface");
    };
    const before = await records();
    const { stdout } = await run("ingest", `huggingface:${today}`, "--json");
    const [{ added, improved, unchanged }] = JSON.parse(stdout) as [Record<string, number>];
    expect([added, (improved ?? 0) + (unchanged ?? 0)]).toEqual([0, 3]);
    expect(hub.requests.at(-1)?.headers).not.toHaveProperty("if-none-match");
    expect(before).toMatchObject({ failures: 0 });
    expect(await records()).toEqual(before);
  });

  it("says beforehand what would change, and changes nothing", async () => {
    const { run } = await setUp();
    const counts = { added: 6, improved: 0, unchanged: 0, problems: [] };
    const dry = await run("ingest", "huggingface:2026-03-06", "--dry-run", "--json");
    expect(JSON.parse(dry.stdout)).toEqual([expect.objectContaining(counts)]);
    const real = await run("ingest", "huggingface:2026-03-06", "--json");
    expect(JSON.parse(real.stdout)).toEqual([expect.objectContaining(counts)]);
  });
});

describe("paperboy ingest with papers of arXiv", () => {
  const [model = expect.fail()] = world;
  const old: FakePaper = {
    ...model,
    id: "cs/0112017",
    title: "An Old One",
    submitted: "2001-12-10T08:00:00Z",
  };

  it("asks once for all ids, however they are written, and tells those that arXiv does not know", async () => {
    const { arxiv, run, violations } = await setUp(undefined, [old, ...world]);
    const { code, stdout, stderr } = await run(
      "ingest",
      "arxiv:2603.00001",
      "arXiv:2603.00002v3",
      "arxiv:cs.AI/0112017",
      "https://arxiv.org/abs/2603.00003v1",
      "https://huggingface.co/papers/2603.00004",
      "arxiv:2603.99999",
      "arxiv:2603.00001v1",
    );
    expect([code, stdout]).toEqual([
      1,
      "5 new papers, 0 known better now, 0 already known; 1 could not be read.\n",
    ]);
    expect(stderr).toBe("arXiv: expected the paper 2603.99999, found no paper with this id\n");
    expect(arxiv.requests.map(({ query }) => query.get("id_list"))).toEqual([
      "2603.00001,2603.00002,cs/0112017,2603.00003,2603.00004,2603.99999",
    ]);
    expect((await run("show", "arxiv:cs/0112017")).stdout).toContain("An Old One");
    expect(violations()).toEqual([]);
  });

  it("asks for the papers of a list too, one id or link a line, and tells lines that name none", async () => {
    const { arxiv, run, state, violations } = await setUp(undefined, [old, ...world]);
    const file = path.join(state, "ids.txt");
    const lines = [
      "# mine",
      "2603.00001",
      "- https://arxiv.org/abs/cs/0112017v1  # old",
      "",
      "a title",
      "arXiv:2603.00002",
    ];
    await writeFile(file, lines.join("\r\n"));
    const { code, stdout, stderr } = await run("ingest", file);
    expect([code, stdout]).toEqual([
      1,
      "3 new papers, 0 known better now, 0 already known; 1 could not be read.\n",
    ]);
    expect(stderr).toBe(
      "ids.txt:5: expected an id of arXiv, a DOI, or a link with one of them, found “a title”\n",
    );
    expect(arxiv.requests.map(({ query }) => query.get("id_list"))).toEqual([
      "2603.00001,cs/0112017,2603.00002",
    ]);
    expect(violations()).toEqual([]);
  });

  it("asks for the papers of lists in folders, packed ones too", async () => {
    const { arxiv, run, violations } = await setUp();
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "mine.txt"), "2603.00001\n");
    await writeFile(path.join(folder, "yours.txt.gz"), gzipSync("https://arxiv.org/abs/2603.00002\n"));
    await writeFile(path.join(folder, "own.jsonl"), '{"title": "A Paper of My Own"}\n');
    expect((await run("ingest", folder)).stdout).toMatch(/^own\.jsonl: 1 paper \(1 new\)\n3 new papers/);
    expect(arxiv.requests.map(({ query }) => query.get("id_list"))).toEqual(["2603.00001,2603.00002"]);
    expect(violations()).toEqual([]);
  });

  it("asks for the papers of a list that is piped in, and reads what else is", async () => {
    const { arxiv, pipe, violations } = await setUp();
    expect((await pipe("2603.00001\n", "ingest", "-")).stdout).toMatch(/^1 new paper,/);
    expect((await pipe('{"title": "Piped"}\n', "ingest", "-")).stdout).toContain("1 new paper,");
    expect(arxiv.requests.map(({ query }) => query.get("id_list"))).toEqual(["2603.00001"]);
    expect(violations()).toEqual([]);
  });

  it("tells an id that is unknown also where it is the only one", async () => {
    const { run } = await setUp();
    expect(await run("ingest", "arxiv:2603.99999")).toEqual({
      code: 1,
      stdout: "0 new papers, 0 known better now, 0 already known; 1 could not be read.\n",
      stderr: "arXiv: expected the paper 2603.99999, found no paper with this id\n",
    });
  });

  it("goes together with files, lists and sources, of which --since means the last alone", async () => {
    const { run, state, asked, violations } = await setUp();
    const file = path.join(state, "mine.jsonl");
    await writeFile(file, '{"title": "A Paper of My Own"}\n');
    const places = [file, "arxiv:2603.00001", "huggingface:2026-03-06", "huggingface"];
    const ran = await run("ingest", ...places, "--since", today);
    expect(ran).toEqual({ code: 0, stdout: `mine.jsonl: 1 paper (1 new)\n${report(8)}`, stderr: "" });
    expect(asked()).toEqual(["date=2026-03-06&limit=100&p=0", `date=${today}&limit=100&p=0`]);
    expect(violations()).toEqual([]);
  });
});

describe("a selection that is ended", () => {
  it("keeps what was read until then", async () => {
    const clock = createTestClock("2026-03-14T12:00:00Z");
    const hub = await startHuggingFace({ clock });
    const { log } = collectingLog();
    const library = await openLibrary(
      { pages: await temporaryFolder(), state: await temporaryFolder() },
      log,
    );
    const store = await openTestStore();
    const settings = { version: "0.1.0", contact: "mailto:me@example.org", huggingFaceUrl: hub.url };
    const live = createLive(settings, { ...thisMachine, clock }, store);
    const days = ["2026-03-05", "2026-03-06"].flatMap((day): Selection[] => {
      const period = parsePeriod(day);
      return period === undefined ? [] : [{ kind: "list", period }];
    });
    const stop = new AbortController();
    const selected = (async function* () {
      for await (const item of readSelections(live, days, stop.signal)) {
        yield item;
        if (item.kind === "list") stop.abort(new Error("stopped"));
      }
    })();
    const taken = await takeIn(
      { files: [], sources: [], selected, dryRun: false },
      { library, records: () => Promise.resolve(store.sources), now: clock.now, log },
      { signal: stop.signal },
    );
    expect(taken).toMatchObject({
      added: listedIn("2026-03-05", "2026-03-05"),
      stopped: true,
      problems: [],
    });
    expect(await library.index.size()).toBe(taken.added);
  });
});

describe("the names of selections", () => {
  it.each([
    ["arxiv:foo", /“arxiv:foo” is neither categories of arXiv, such as .* nor the id of a paper, such as/],
    ["arxiv:", /neither categories/],
    ["arxiv:cs.CL+2602.23229", /Several ids are several words/],
    ["arxiv:2602.123", /nor the id of a paper, such as arxiv:2602\.23229 or arxiv:cs\/0112017/],
    ["huggingface:2026-3-6", /is no list of Hugging Face\. There are .*huggingface:2026-W10 for a week/],
    ["huggingface:2026-W60", /huggingface:2026-03-06 for a day/],
    ["huggingface:diffusion", /"huggingface:search:curriculum learning" for a search/],
    ["huggingface:search: ", /is no list of Hugging Face/],
    [`huggingface:search:${"x".repeat(251)}`, /has 251 characters; it can have 250/],
    ["ftp://example.org/papers.jsonl", /is no link to a paper on arXiv/],
    ["https://example.org/paper.pdf", /is no link to a paper on arXiv, such as https:\/\/arxiv\.org\/abs\//],
  ])("cannot be %s", (name, said) => {
    expect(() => parseIngest([name])).toThrow(said);
  });

  it("stand beside files and sources in one order", () => {
    const words = ["a.jsonl", "huggingface:2026-02", "huggingface", "arXiv:cs.CL", "arxiv:math.GT/0309136v2"];
    expect(parseIngest([...words])).toMatchObject({
      files: ["a.jsonl"],
      sources: [{ key: "huggingface" }, { key: "arxiv:cs.CL" }],
      selections: [
        { kind: "list", period: { kind: "month", month: "2026-02" } },
        { kind: "paper", id: "math/0309136" },
      ],
    });
  });

  it("are known in capitals too", () => {
    const words = ["HuggingFace", "HuggingFace:2026-w10", "HUGGINGFACE:Search:LoRA"];
    expect(parseIngest([...words])).toMatchObject({
      files: [],
      sources: [{ key: "huggingface" }],
      selections: [
        { kind: "list", period: { kind: "week", week: "2026-W10" } },
        { kind: "search", words: "LoRA" },
      ],
    });
  });

  it.each([[["huggingface:2026-02"]], [["arxiv:2602.23229", "a.jsonl"]]])(
    "%o are refused a --since, which has no meaning for them",
    (words) => {
      expect(() => parseIngest([...words, "--since", "2026-02-01"])).toThrow(
        /--since is for sources that are read day by day: huggingface, or arxiv: with categories/,
      );
    },
  );

  it.each([
    "huggingface:2026-03-06",
    "huggingface:search:diffusion",
    "arxiv:2602.23229",
    "https://arxiv.org/abs/2602.23229",
  ])("have no place among the sources that are read by themselves: %s", (name) => {
    expect(() => readSettings({ PAPERBOY_SOURCES: `huggingface,${name}` })).toThrow(
      `PAPERBOY_SOURCES names “${name}”, which is read once and not day by day; it can name huggingface, arxiv: with categories and feed: with an address`,
    );
  });
});
