import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openLibrary } from "../../src/library/library.ts";
import { readSettings } from "../../adapters/cli/settings/settings.ts";
import { openDiscord } from "../discord/app.ts";
import { idOf, need } from "../discord/shown.ts";
import { shownText } from "../fakes/discord/index.ts";
import { startArxiv } from "../fakes/sources/arxiv.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startHuggingFace } from "../fakes/sources/hugging-face.ts";
import type { FakePaper } from "../fakes/sources/world.ts";
import { createWorld } from "../fakes/sources/world.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { chosen } from "../support/long-tests.ts";
import { countKinds } from "../support/log-kinds.ts";
import type { SimulatedProgram } from "../support/simulated-program.ts";
import { startSimulated } from "../support/simulated-program.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Papers of the pages that come with the program. */
const BUNDLED = 544;

/** The fortnight's papers; a third of them never come onto Hugging Face's lists. */
const papers = createWorld().map(({ listed, ...paper }, i): FakePaper => {
  return listed === undefined || i % 3 === 0 ? paper : { ...paper, listed };
});

const ALL_DAYS = Array.from({ length: 13 }, (_, i) => `2026-03-${String(i + 3).padStart(2, "0")}`);

/**
 * Tuesday, when the first papers are announced, to the Monday after the next weekend, each with a trouble of its own; in full
 * length to the Sunday then, without trouble.
 */
const DAYS = chosen(ALL_DAYS.slice(0, 7), ALL_DAYS);

/** The days on which papers are announced. */
const WORKING_DAYS = DAYS.filter((day) => ![0, 6].includes(new Date(day).getUTCDay()));

/** What can be known of the sources at the end of a day. */
const knowable = (day: string): FakePaper[] =>
  papers.filter(
    ({ listed, announced, categories: [primary] }) =>
      (listed ?? "9") <= day || (primary === "cs.CL" && announced <= day),
  );

const plainTitle = ({ title }: FakePaper): string => title.replace(/\s+/g, " ");

/** The fakes at one time, and the program between them: with these settings and one state folder. */
async function setUp(instant: string, settings: Record<string, string>) {
  const clock = createTestClock(instant);
  const [hub, arxiv] = [await startHuggingFace({ clock, papers }), await startArxiv({ clock, papers })];
  const discord = await openDiscord({ now: () => clock.now().getTime() });
  const state = await temporaryFolder();
  const start = async (): Promise<SimulatedProgram> => {
    const program = startSimulated(clock, {
      PAPERBOY_STATE: state,
      PAPERBOY_CONTACT: "mailto:me@example.org",
      PAPERBOY_HUGGINGFACE_URL: hub.url,
      PAPERBOY_ARXIV_API_URL: arxiv.url,
      PAPERBOY_ARXIV_FEED_URL: arxiv.url,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      ...settings,
    });
    await program.said("to add it to a server open");
    return program;
  };
  const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  const ask = async (command: string, values: Record<string, string> = {}): Promise<string> =>
    shownText(need((await ana.command(command, values).outcome()).message)).replaceAll("\\", "");
  const startDigest = async (): Promise<void> => {
    const values = { zone: "UTC", time: "9:00", days: "daily" };
    const offered = need((await ana.command("paper digest start", values).outcome()).message);
    await ana.click(offered, idOf(offered, "Start this digest")).outcome();
  };
  const digests = (): string[] =>
    discord
      .messages(discord.general)
      .map((message) => `${new Date(message.sentAt).toISOString()} ${shownText(message)}`)
      .filter((text) => text.includes("Paper of the day ·"));
  const hosts = [hub.url, arxiv.url, discord.apiUrl].map((url) => new URL(url).host).toSorted();
  const program = await start();
  return { clock, hub, arxiv, discord, state, hosts, start, ask, startDigest, digests, program };
}

type Stage = Awaited<ReturnType<typeof setUp>>;

/** Ends the program as an operator does, and starts it again so many minutes later. */
async function restart(stage: Stage, minutes: number): Promise<void> {
  expect(await stage.program.stop()).toBe(0);
  stage.clock.set(new Date(stage.clock.now().getTime() + minutes * 60_000).toISOString());
  stage.program = await stage.start();
}

/** What goes wrong, by the day on whose first minutes it begins. */
const TROUBLE: Readonly<Record<string, (stage: Stage) => void>> = {
  "2026-03-03": ({ hub }) => hub.failNext({ kind: "status", status: 503 }, 24),
  "2026-03-04": ({ arxiv }) => arxiv.failNext({ kind: "drop" }, 2),
  "2026-03-05": ({ hub }) => hub.failNext({ kind: "cut" }),
  "2026-03-06": ({ hub }) => hub.failNext({ kind: "short" }, 2),
  "2026-03-07": ({ discord }) =>
    // As often as discord.js tries; the message is there all the same.
    discord.failNext({ route: "POST /channels/:channel/messages", applied: true, status: 502, times: 4 }),
  "2026-03-08": ({ arxiv }) => arxiv.failNext({ kind: "status", status: 503 }, 2),
  "2026-03-09": ({ arxiv }) => arxiv.emptyPages(1),
};

/** One day, on which somebody looks for one of its papers before it is there and when it is. */
async function liveThrough(stage: Stage, day: string): Promise<void> {
  const before = new Set(knowable(new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)));
  const fresh = knowable(day).findLast((paper) => !before.has(paper));
  const look = async (): Promise<void> => {
    if (fresh === undefined) return;
    const found = await stage.ask("paper search", { query: fresh.id });
    const there = stage.clock.now().toISOString() > `${day}T04`;
    expect(found.includes(plainTitle(fresh))).toBe(there);
  };
  await stage.program.advanceTo(`${day}T00:10:00Z`);
  await look();
  TROUBLE[day]?.(stage);
  if (day === "2026-03-09") {
    // In the midst of reading the sources, and over the time of the digest.
    await stage.program.advanceTo(`${day}T08:50:00Z`);
    await restart(stage, 15);
  }
  await stage.program.advanceTo(`${day}T12:00:00Z`);
  await look();
  await stage.program.advanceTo(`${day}T23:55:00Z`);
  const about = await stage.ask("paper about");
  expect(about).toContain(`**Papers:** ${BUNDLED + knowable(day).length}\n`);
  expect(about).toContain(`**huggingface:** last read ${day} 23:50 UTC\n`);
  expect(about).toContain(`**arxiv:cs.CL:** last read ${day} 23:50 UTC`);
}

/** What every start says. */
const INVITATION = "info Discord: to add it to a server open …";
/** What the first start says. */
const STARTED = {
  "info Discord: ready as paperboy; the commands were registered": 1,
  [INVITATION]: 1,
};

/** One bundled paper is of these days, and on its own day it may well be the paper of the day. */
const BUNDLED_PAPER = { day: "2026-03-09", title: "Training Language Models via Neural Cellular Automata" };

/** Every day had one digest, in its minute, of one paper that was there and had not been before. */
function expectDigests(digests: readonly string[]): void {
  expect(digests.map((text) => text.slice(0, "2026-03-03T09:00".length))).toEqual(
    // On the 9th the program was away for a few minutes.
    DAYS.map((day) => (day === "2026-03-09" ? `${day}T09:06` : `${day}T09:00`)),
  );
  const titles = digests.map((text) => /### \[(.+?)\]/.exec(text)?.[1] ?? "");
  for (const [i, day] of DAYS.entries()) {
    const known = knowable(day).map(({ title }) => title.replace(/\s+/g, " "));
    expect([...known, ...(day === BUNDLED_PAPER.day ? [BUNDLED_PAPER.title] : [])]).toContain(titles[i]);
  }
  expect(new Set(titles).size).toBe(DAYS.length);
}

/** arXiv was asked three seconds apart, for its feed once an hour, and a few times a day for what is older. */
function expectPolite({ arxiv, hub, discord }: Stage): void {
  expect([...hub.violations, ...arxiv.violations, ...discord.violations]).toEqual([]);
  const times = arxiv.requests.map(({ at }) => at);
  for (const [i, at] of times.slice(1).entries()) expect(at - (times[i] ?? 0)).toBeGreaterThanOrEqual(3000);
  // Once more at each start.
  const hours = 24 * (DAYS.length + 1) + 2;
  const queries = arxiv.requests.filter((request) => request.path === "/api/query").length;
  // Beside the faults: a dropped connection and a refusal, twice each, and an empty page.
  expect(arxiv.requests.length - queries).toBeLessThanOrEqual(hours + 4);
  expect(queries).toBeLessThanOrEqual(2 * (DAYS.length + 2) + 5);
  expect(hub.requests.length).toBeLessThanOrEqual(2 * hours + 7 * (DAYS.length + 2) + 27);
}

describe("a fortnight of the program with sources", () => {
  it("keeps it current by its own schedule, and brings a paper of each day", async () => {
    const stage = await setUp("2026-03-02T00:20:00Z", { PAPERBOY_SOURCES: "huggingface,arxiv:cs.CL" });
    const first = stage.program;
    await first.advanceTo("2026-03-02T12:00:00Z");
    await stage.startDigest();
    for (const day of DAYS) await liveThrough(stage, day);
    expect(await stage.program.stop()).toBe(0);
    expectDigests(stage.digests());
    expectPolite(stage);
    const runs = [first, stage.program];
    expect(countKinds(runs.flatMap((run) => run.log()))).toEqual({
      ...STARTED,
      [INVITATION]: 2,
      "info Discord: ready as paperboy; the commands are registered": 1,
      // Once more on the day of the restart.
      "info Took in … new papers; … are known better": WORKING_DAYS.length + 1,
      "error huggingface could not be read … times in a row; it is tried again and again, and this is not repeated": 1,
      "info huggingface can be read again, after … failures": 1,
      "error The digest … of … failed; it is tried again {": 1,
      "info The digest … goes on": 1,
    });
    for (const { connected } of runs) expect([...connected].toSorted()).toEqual(stage.hosts);
    const library = await openLibrary(
      { ...readSettings({}).library, state: stage.state },
      collectingLog().log,
    );
    const wanted = knowable(DAYS.at(-1) ?? "").map(({ id }) => `arxiv:${id}`);
    const ids: string[] = [];
    for await (const { id } of library.index.papers()) ids.push(id);
    expect(ids.filter((id) => id.startsWith("arxiv:")).toSorted()).toEqual(wanted.toSorted());
  }, 600_000);
});

describe("the program without sources", () => {
  it("asks nobody for papers, and says nothing of it", async () => {
    const stage = await setUp("2026-03-02T00:20:00Z", {});
    await stage.startDigest();
    await stage.program.advanceTo("2026-03-03T09:20:00Z");
    const about = await stage.ask("paper about");
    expect(about).toContain(`**Papers:** ${BUNDLED}\n`);
    expect(about).not.toMatch(/huggingface|arxiv:/);
    expect(await stage.program.stop()).toBe(0);
    expect(stage.digests()).toHaveLength(2);
    expect([stage.hub.requests, stage.arxiv.requests]).toEqual([[], []]);
    expect([...stage.program.connected]).toEqual([new URL(stage.discord.apiUrl).host]);
    expect(countKinds(stage.program.log())).toEqual(STARTED);
  }, 180_000);

  it("finds within a minute what another program takes in", async () => {
    const stage = await setUp("2026-03-02T00:20:00Z", {});
    const file = path.join(stage.state, "more.jsonl");
    await writeFile(file, JSON.stringify({ title: "Unheard of wombats", id: "2507.14871" }));
    expect(await stage.ask("paper search", { query: "wombats" })).not.toContain("Unheard");
    expect(await runProgram(["ingest", file], { PAPERBOY_STATE: stage.state })).toMatchObject({ code: 0 });
    await stage.program.advanceTo("2026-03-02T00:21:30Z");
    expect(await stage.ask("paper search", { query: "wombats" })).toContain("Unheard of wombats");
    expect(await stage.program.stop()).toBe(0);
  }, 180_000);
});
