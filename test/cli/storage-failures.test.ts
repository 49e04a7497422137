import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { planOf } from "../digest/papers.ts";
import { openDiscord } from "../discord/app.ts";
import { idOf, need } from "../discord/shown.ts";
import type { FakeDiscord } from "../fakes/discord/index.ts";
import { shownText } from "../fakes/discord/index.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import type { SimulatedProgram } from "../support/simulated-program.ts";
import { startSimulated } from "../support/simulated-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const START = "2026-03-02T08:00:00.000Z";
const at = (time: string): string => `2026-03-02T${time}:00.000Z`;

/** How many digests come, a minute apart from 8:30 on, each in a channel of its own. */
const DIGESTS = 6;

async function setUp() {
  const clock = createTestClock(START);
  const discord = await openDiscord({ now: () => clock.now().getTime() });
  const state = path.join(await temporaryFolder(), "state");
  const store = await openSqliteStore(path.join(state, "paperboy.sqlite"), clock.now);
  const book = createBook(store, clock.now);
  const channels = Array.from({ length: DIGESTS }, (_, i) => discord.channel(`papers-${i}`));
  for (const [i, channel] of channels.entries())
    await book.put({
      id: `d${i}`,
      place: { platform: "discord", server: discord.home.id, channel: channel.id },
      createdBy: "1",
      createdAt: new Date("2026-03-02T07:00:00Z"),
      scheduledSince: new Date("2026-03-02T07:00:00Z"),
      plan: planOf({ zone: "UTC", time: { hour: 8, minute: 30 + i }, runnersUp: 1, delivery: "channel" }),
      state: { kind: "active" },
    });
  await store.close();
  const start = async (fileLimit?: number): Promise<SimulatedProgram> => {
    const settings = {
      PAPERBOY_STATE: state,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    };
    const program = startSimulated(clock, settings, fileLimit === undefined ? {} : { fileLimit });
    await program.said("to add it to a server open");
    return program;
  };
  const sent = (): number[] => channels.map((channel) => discord.messages(channel).length);
  return { discord, state, start, sent };
}

const open = (discord: FakeDiscord) =>
  discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });

/** What somebody is shown who looks for papers, lists the digests and sets one up. */
async function askAll(discord: FakeDiscord): Promise<{ search: string; start: string }> {
  const ana = open(discord);
  const search = await ana.command("paper search", { query: "curriculum learning" }).outcome();
  const values = { zone: "UTC", time: "9:00", days: "daily", runners: 0 };
  const offered = (await ana.command("paper digest start", values).outcome()).message;
  const start =
    offered !== undefined && shownText(offered).includes("Nothing is saved yet")
      ? (await ana.click(offered, idOf(offered, "Start this digest")).outcome()).message
      : offered;
  return { search: shownText(need(search.message)), start: shownText(need(start)) };
}

/** The entries of the log from a level on, without their times. */
const entries = ({ log }: SimulatedProgram): string[] =>
  log().flatMap((line) => /^\S+Z ((?:warn|error) .*|info The d.*)$/.exec(line)?.[1] ?? []);
const hasStack = ({ log }: SimulatedProgram): boolean => log().some((line) => /^\s+at /.test(line));

describe("a program whose disk cannot be written", () => {
  // From the first write on, and between a claim and the word that its digest was sent.
  it.each([33, 64])(
    "(%i KB) answers searches, says that nothing is kept, and brings each digest once",
    async (limit) => {
      const { discord, start, sent } = await setUp();
      const full = await start(limit);
      await full.advanceTo(at("08:50"));
      const { search, start: started } = await askAll(discord);
      expect(search).toContain("curriculum");
      expect(started).toMatch(/cannot keep or look up anything of this .*: the disk .* Nothing was kept/);
      await full.advanceTo(at("09:10"));
      expect(await full.stop()).toBe(0);
      expect(sent().filter((count) => count > 1)).toEqual([]);
      expect(sent()).toContain(0);
      expect(entries(full)).toEqual([
        expect.stringMatching(/^warn The index could not be saved in/),
        expect.stringMatching(
          /^error The database .* cannot be .* Until then nothing is kept and no digest sent/,
        ),
      ]);
      expect(hasStack(full)).toBe(false);
      const well = await start();
      await well.advanceTo(at("09:30"));
      expect(await well.stop()).toBe(0);
      expect(sent()).toEqual(sent().map(() => 1));
    },
    60_000,
  );
});

describe("a program whose database is taken away", () => {
  it("says so once, sends and keeps nothing, and goes on when the same file is there again", async () => {
    const { discord, state, start, sent } = await setUp();
    const program = await start();
    await program.advanceTo(at("08:20"));
    await rename(state, `${state}-away`);
    await program.advanceTo(at("08:50"));
    const { search, start: started } = await askAll(discord);
    expect(search).toContain("curriculum");
    expect(started).toContain("its database is gone");
    expect(sent()).toEqual(sent().map(() => 0));
    await rm(state, { recursive: true, force: true });
    await rename(`${state}-away`, state);
    await program.advanceTo(at("09:00"));
    expect(await program.stop()).toBe(0);
    expect(sent()).toEqual(sent().map(() => 1));
    expect(entries(program)).toEqual([
      expect.stringMatching(
        /^error The database .* is gone: .* Put the same file back, or start Paperboy again/,
      ),
      expect.stringMatching(/^info The database .* can be used again/),
    ]);
    expect(hasStack(program)).toBe(false);
  }, 60_000);

  it("uses no other file that is put in its place until it is started again", async () => {
    const { state, start, sent } = await setUp();
    const other = await setUp();
    const program = await start();
    await program.advanceTo(at("08:20"));
    await rename(path.join(other.state, "paperboy.sqlite"), path.join(state, "paperboy.sqlite"));
    await program.advanceTo(at("08:50"));
    expect(await program.stop()).toBe(0);
    expect(sent()).toEqual(sent().map(() => 0));
    expect(entries(program)).toEqual([
      expect.stringMatching(/^error The database .* is another file .* Start Paperboy again to use it/),
    ]);
  }, 60_000);
});
