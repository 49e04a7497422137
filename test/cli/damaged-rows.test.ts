import path from "node:path";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { planOf } from "../digest/papers.ts";
import { openDiscord } from "../discord/app.ts";
import { need } from "../discord/shown.ts";
import type { FakeDiscord } from "../fakes/discord/index.ts";
import { shownText } from "../fakes/discord/index.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { runProgram } from "../support/run-program.ts";
import { startSimulated } from "../support/simulated-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const NOW = "2026-03-02T08:00:00.000Z";

type Body = Record<string, unknown> & { plan: Record<string, unknown> };

/** What is done to the body of each of these subscriptions, and what is said of it. */
const DAMAGE: Readonly<Record<string, readonly [(body: Body) => unknown, string]>> = {
  d1: [() => "{not JSON", "text is no JSON"],
  d2: [
    (body) => ({ ...body, plan: { ...body.plan, zone: "Mars/Olympus" } }),
    'time zone is “"Mars/Olympus"”',
  ],
  d3: [
    (body) => ({ ...body, plan: { ...body.plan, time: { hour: 25, minute: 0 } } }),
    'time is “{"hour":25,"minute":0}”',
  ],
  d4: [(body) => ({ ...body, plan: { ...body.plan, days: [] } }), "list of days is “[]”"],
  d5: [(body) => ({ ...body, createdAt: "yesterday" }), "createdAt is “null”"],
  d6: [() => null, "content is “null”"],
  d7: [() => [], "content is “[]”"],
  d8: [(body) => ({ ...body, state: "active" }), 'state is “"active"”'],
  d9: [(body) => ({ ...body, plan: { ...body.plan, topics: 7 } }), "topics is “7”"],
};

/** A state with two digests that are well, one before and one after many that are not. */
async function makeState(discord: FakeDiscord, due = new Date("2026-03-02T08:30:00Z")): Promise<string> {
  const createdAt = new Date(due.getTime() - 20 * 3_600_000);
  const state = await temporaryFolder();
  const file = path.join(state, "paperboy.sqlite");
  const store = await openSqliteStore(file, () => new Date(NOW));
  const book = createBook(store, () => new Date(NOW));
  for (const id of ["a", ...Object.keys(DAMAGE), "z"])
    await book.put({
      id,
      place: { platform: "discord", server: discord.home.id, channel: discord.general.id },
      createdBy: "1",
      createdAt,
      scheduledSince: createdAt,
      plan: planOf({
        zone: "UTC",
        time: { hour: due.getUTCHours(), minute: due.getUTCMinutes() },
        runnersUp: 0,
      }),
      state: { kind: "active" },
    });
  await store.close();
  const database = new Database(file);
  for (const [id, [damage]] of Object.entries(DAMAGE)) {
    const row = database.prepare("select body from subscription where id = ?").get(id) as { body: string };
    const damaged = damage(JSON.parse(row.body) as Body);
    const body = typeof damaged === "string" ? damaged : JSON.stringify(damaged);
    database.prepare("update subscription set body = ? where id = ?").run(body, id);
  }
  database.close();
  return state;
}

const wordsOf = (id: string, problem: string): string =>
  `The digest ${id} cannot be read: its ${problem}. Nothing is sent for it. “digest stop ${id}” in its channel ends it, or put a backup of the database in place.`;
const SAID = Object.entries(DAMAGE).map(([id, [, problem]]) => wordsOf(id, problem));

describe("digests that cannot be read", () => {
  it("are told by their ids in a dry run, and all others are shown", async () => {
    const state = await makeState(await openDiscord());
    const { code, stdout, stderr } = await runProgram(["digest", "--now", "--dry-run"], {
      PAPERBOY_STATE: state,
    });
    expect(stderr.split("\n").filter((line) => line.startsWith("The digest"))).toEqual(SAID);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect([...stdout.matchAll(/: digest (\w+),/g)].map(([, id]) => id)).toEqual(["a", "z"]);
    expect(code).toBe(1);
  });

  it("are told when digests are sent by hand, and all others are sent", async () => {
    const discord = await openDiscord();
    const due = new Date(Date.now() - 3_600_000);
    const state = await makeState(discord, due);
    const { code, stderr } = await runProgram(["digest", "--now"], {
      PAPERBOY_STATE: state,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });
    expect(SAID.filter((line) => !stderr.includes(line))).toEqual([]);
    expect(discord.messages(discord.general)).toHaveLength(2);
    expect(code).toBe(1);
  });

  it("are told once by a program that serves, in lists too, and end by their ids", async () => {
    const clock = createTestClock(NOW);
    const discord = await openDiscord({ now: () => clock.now().getTime() });
    const program = startSimulated(clock, {
      PAPERBOY_STATE: await makeState(discord),
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });
    await program.said("to add it to a server open");
    await program.advanceTo("2026-03-02T08:40:00.000Z");
    const sent = discord
      .messages(discord.general)
      .filter((one) => shownText(one).includes("Paper of the day ·"));
    expect(sent).toHaveLength(2);
    const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
    const ask = async (command: string, values: Record<string, string> = {}): Promise<string> =>
      shownText(need((await ana.command(command, values).outcome()).message)).replaceAll("\\", "");
    const list = await ask("paper digest list");
    expect(list).toContain("This channel has 11 digests.");
    expect(list).toContain(wordsOf("d4", "list of days is “[]”"));
    expect(await ask("paper digest stop", { digest: "d4" })).toContain(
      "d4, which could not be read, is ended",
    );
    expect(await ask("paper digest list")).not.toContain("d4");
    await program.advanceTo("2026-03-02T08:50:00.000Z");
    expect(await program.stop()).toBe(0);
    const told = program.log().filter((line) => /cannot be read|can be read/.test(line));
    expect(told.map((line) => line.replace(/^\S+ /, "").replace(/ \{ place.*/, ""))).toEqual([
      ...SAID.map((line) => `error ${line}`),
      "info The digest d4 can be read again, or has ended",
    ]);
  });
});
