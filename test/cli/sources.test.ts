import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { takeIn } from "../../adapters/cli/intake/ingest.ts";
import { readSettings } from "../../adapters/cli/settings/settings.ts";
import { readSourceNames } from "../../adapters/cli/sources/source-names.ts";
import { refreshOnce } from "../../adapters/cli/intake/refreshing.ts";
import { createSources } from "../../adapters/cli/sources/sources.ts";
import { openLibrary } from "../../src/library/library.ts";
import { parseDay } from "../../src/sources/days.ts";
import { createMemoryValidators } from "../../src/sources/fetch/validators.ts";
import { thisMachine } from "../../src/sources/live.ts";
import { openDiscord } from "../discord/app.ts";
import { startArxiv } from "../fakes/sources/arxiv.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startHuggingFace } from "../fakes/sources/hugging-face.ts";
import type { FakePaper } from "../fakes/sources/world.ts";
import { createWorld } from "../fakes/sources/world.ts";
import { createTroubles } from "../../src/troubles.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { runProgram } from "../support/run-program.ts";
import { savedBytes } from "../support/saved-bytes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const world = createWorld();
const HOUR = 60 * 60 * 1000;

/** Two fakes and any number of processes with one state folder and one database. */
async function setUp(instant: string, sources = "huggingface,arxiv:cs.CL") {
  const clock = createTestClock(instant);
  const [hub, arxiv] = [await startHuggingFace({ clock }), await startArxiv({ clock })];
  const [pages, state] = [await temporaryFolder(), await temporaryFolder()];
  const { log, lines } = collectingLog();
  const process = async (forgetful = false) => {
    const store = await openTestStore(path.join(state, "paperboy.sqlite"), clock.now);
    const library = await openLibrary({ pages, state }, log);
    const named = createSources(readSourceNames("PAPERBOY_SOURCES", sources), {
      settings: {
        version: "0.1.0",
        contact: "mailto:me@example.org",
        huggingFaceUrl: hub.url,
        arxivApiUrl: arxiv.url,
        arxivFeedUrl: arxiv.url,
      },
      machine: { ...thisMachine, deadline: () => new AbortController().signal, clock, random: () => 0.5 },
      memory: forgetful ? { turns: store.turns, validators: createMemoryValidators() } : store,
    });
    const { once: claims, sources: records } = store;
    return {
      state,
      store,
      library,
      parts: {
        library,
        records,
        once: claims,
        sources: named,
        now: clock.now,
        log,
        troubles: createTroubles(),
      },
    };
  };
  return { clock, hub, arxiv, lines, process };
}

type Library = Awaited<ReturnType<typeof openLibrary>>;

async function idsOf({ index }: Library): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of index.papers()) ids.push(id);
  return ids.toSorted();
}

/** What can be known at a moment, some hours after the lists of the day came. */
const knowable = (day: string) =>
  world
    .filter(
      ({ listed, categories, announced }) =>
        (listed ?? "9") <= day || (categories.some((one) => one === "cs.CL") && announced <= day),
    )
    .map(({ id }) => `arxiv:${id}`)
    .toSorted();

const signal = new AbortController().signal;

describe("a fortnight with sources", () => {
  it("keeps two processes on one database current, politely, whatever fails now and then", async () => {
    const { clock, hub, arxiv, lines, process } = await setUp("2026-03-02T00:50:00Z");
    const [one, other] = [await process(), await process()];
    const faults: Record<number, () => void> = {
      9: () => hub.failNext({ kind: "status", status: 503 }, 24),
      21: () => arxiv.failNext({ kind: "html" }),
      30: () => arxiv.failNext({ kind: "drop" }, 2),
      40: () => hub.failNext({ kind: "cut" }),
      52: () => arxiv.emptyPages(1),
    };
    const start = clock.now().getTime();
    let before: string[] = [];
    for (let step = 0; step < 112; step++) {
      const due = new Date(start + step * 3 * HOUR);
      if (clock.now() < due) clock.set(due.toISOString());
      faults[step]?.();
      await Promise.all([one, other].map(({ parts }) => refreshOnce(parts, { signal })));
      await Promise.all([one, other].map(({ library }) => library.take([])));
      const now = await idsOf(one.library);
      expect(now).toEqual(await idsOf(other.library));
      expect(now).toEqual(expect.arrayContaining(before));
      before = now;
      const day = due.toISOString().slice(0, 10);
      const expected = due.getUTCHours() === 21 ? knowable(day) : [];
      expect(now).toEqual(expect.arrayContaining(expected));
    }
    expect([...hub.violations, ...arxiv.violations]).toEqual([]);
    expect(lines.filter((line) => /huggingface could|huggingface can/.test(line))).toEqual([
      expect.stringMatching(/^error huggingface could not be read 3 times in a row; .*503/),
      "info huggingface can be read again, after 3 failures",
    ]);
    expect(lines.filter((line) => line.startsWith("warn"))).toEqual([]);
    const again = await process();
    expect(await idsOf(again.library)).toEqual(before);
    expect(await again.store.sources.find("huggingface")).toMatchObject({
      unread: "2026-03-15",
      failures: 0,
    });
  }, 120_000);
});

describe("taking in from sources", () => {
  const since = parseDay("2026-03-02") ?? expect.fail();

  it("can be ended at any list and goes on there, and twice changes nothing", async () => {
    const { hub, process } = await setUp("2026-03-10T12:00:00Z", "huggingface");
    const { library, parts, store } = await process();
    const run = (stop: AbortController, lists: number) => {
      const intake = { files: [], sources: parts.sources, since, dryRun: false };
      let left = lists;
      const progress = () => {
        if (--left === 0) stop.abort(new Error("stopped"));
      };
      const records = () => Promise.resolve(store.sources);
      return takeIn(intake, { ...parts, library, records }, { signal: stop.signal, progress });
    };
    const first = await run(new AbortController(), 5);
    expect(first).toMatchObject({ stopped: true });
    expect(first.added).toBeGreaterThan(100);
    const asked = hub.requests.length;
    expect(await run(new AbortController(), 100)).toMatchObject({ stopped: false, problems: [] });
    expect(hub.requests[asked]?.query.get("date")).toBe("2026-03-07");
    const known = world.filter(({ listed }) => (listed ?? "9") <= "2026-03-10");
    expect(await library.index.size()).toBe(known.length);
    expect(await run(new AbortController(), 100)).toMatchObject({ added: 0, improved: 0 });
  });

  it("by itself goes on at the next start where the end of the program interrupted it", async () => {
    const { hub, process } = await setUp("2026-03-10T12:00:00Z", "huggingface");
    const ended = AbortSignal.abort(new Error("the program ends"));
    await refreshOnce((await process()).parts, { signal: ended });
    const next = await process();
    await refreshOnce(next.parts, { signal });
    expect(hub.requests.length).toBeGreaterThan(0);
    const { stored, saved } = await savedBytes(next.state);
    expect([stored > 0, saved]).toEqual([true, stored]);
    const asked = hub.requests.length;
    await refreshOnce((await process()).parts, { signal });
    expect(hub.requests).toHaveLength(asked);
  });

  it("says beforehand what would change, and changes nothing", async () => {
    const { process } = await setUp("2026-03-10T12:00:00Z");
    const { library, parts, store } = await process();
    const { sources } = (await process(true)).parts;
    const intake = { files: [], sources: parts.sources, since, dryRun: true };
    const records = () => Promise.resolve(store.sources);
    const dry = await takeIn({ ...intake, sources }, { ...parts, library, records }, { signal });
    expect(await library.index.size()).toBe(0);
    expect(await store.sources.find("huggingface")).toBeUndefined();
    const real = await takeIn({ ...intake, dryRun: false }, { ...parts, library, records }, { signal });
    expect(await library.index.size()).toBe(real.added);
    expect(dry.added).toBe(real.added);
  });
});

describe("the program with sources", () => {
  const today = new Date().toISOString().slice(0, 10);
  const run = (args: readonly string[], env: Record<string, string>) =>
    runProgram(args, env, "about\nexit\n");
  /** Hugging Face with three papers of today, and the settings by which a program asks it. */
  const startListing = async () => {
    const papers = world.slice(0, 3).map((paper): FakePaper => ({ ...paper, listed: today }));
    const hub = await startHuggingFace({ clock: createTestClock(`${today}T12:00:00Z`), papers });
    const env = {
      PAPERBOY_STATE: await temporaryFolder(),
      PAPERBOY_HUGGINGFACE_URL: hub.url,
      PAPERBOY_CONTACT: "mailto:me@example.org",
    };
    return { hub, env };
  };

  it("asks a service when it is told to, and otherwise none", async () => {
    const { hub, env } = await startListing();
    const offline = await run([], env);
    expect([offline.code, hub.requests.length]).toEqual([0, 0]);
    expect(offline.stdout).not.toContain("huggingface");
    const order = ["ingest", "huggingface", "--since", today];
    expect(await run([...order, "--dry-run"], env)).toMatchObject({
      code: 0,
      stdout: "Nothing was changed. It would be: 3 new papers, 0 known better now, 0 already known.\n",
    });
    expect(await run(order, env)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^3 new papers/),
      stderr: "",
    });
    const { stored, saved } = await savedBytes(env.PAPERBOY_STATE);
    expect([stored > 0, saved]).toEqual([true, stored]);
    expect((await run(["about"], { ...env, PAPERBOY_SOURCES: "huggingface" })).stdout).toMatch(
      /huggingface: last read \d{4}-\d\d-\d\d \d\d:\d\d UTC/,
    );
    expect(hub.violations).toEqual([]);
  });

  it("reads what is new before digests that are sent by hand", async () => {
    const { hub, env } = await startListing();
    const discord = await openDiscord();
    const platform = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const sent = await run(["digest", "--now"], { ...env, ...platform, PAPERBOY_SOURCES: "huggingface" });
    expect(sent).toMatchObject({ code: 0, stderr: expect.stringContaining("Took in 3 new papers") });
    expect(sent.stderr.indexOf("Took in")).toBeLessThan(sent.stderr.indexOf("Discord: ready"));
    expect([...hub.violations, ...discord.violations]).toEqual([]);
  });

  it("reads again what it had read when the stored papers are gone", async () => {
    const { hub, env } = await startListing();
    for (let time = 0; time < 2; time++) {
      const ran = await runProgram(["ingest", "huggingface"], env);
      expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^3 new papers/) });
      await rm(path.join(env.PAPERBOY_STATE, "papers.jsonl"));
    }
    expect(hub.violations).toEqual([]);
  });

  it.each([
    [
      { PAPERBOY_SOURCES: "huggingface,arxv" },
      /PAPERBOY_SOURCES names “arxv”; it can name huggingface, arxiv: .*such as PAPERBOY_SOURCES=/,
    ],
    [
      { PAPERBOY_HUGGINGFACE_URL: "https://mirror.example.org/hf" },
      /PAPERBOY_HUGGINGFACE_URL is “https:\/\/mirror\.example\.org\/hf”; .* without a path/,
    ],
    [{ PAPERBOY_SOURCES: "arxiv:" }, /arXiv categories look like cs\.AI/],
    [
      { PAPERBOY_ARXIV_API_URL: "export.arxiv.org" },
      /PAPERBOY_ARXIV_API_URL is “export\.arxiv\.org”; it must be a web address without a path, such as/,
    ],
  ])("refuses %o and says what is allowed", (env, said) => {
    expect(() => readSettings(env)).toThrow(said);
  });

  it("reads one arXiv source of several categories", () => {
    expect(readSourceNames("X", " huggingface, arxiv:cs.CL+cs.LG,huggingface")).toEqual([
      { kind: "huggingface", key: "huggingface" },
      { kind: "arxiv", key: "arxiv:cs.CL+cs.LG", categories: ["cs.CL", "cs.LG"] },
    ]);
  });
});
