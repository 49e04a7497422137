import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Caller } from "../../src/bot/command.ts";
import { placeKey } from "../../src/schedule/place.ts";
import { TABLES } from "../../src/store/sql/schema.ts";
import { buttonOf } from "../support/reply-parts.ts";
import { replyText } from "../support/seed-bot.ts";
import { act, alone, ANA, BEN, DOINGS, NOBODY, openWorld, rowsOf, SERVER, within } from "./doings.ts";

const withId = (rows: Record<string, string[]>, id: string): string[] =>
  Object.entries(rows).flatMap(([table, texts]) =>
    texts.filter((text) => text.includes(id)).map((text) => `${table}: ${text}`),
  );

describe("forget me", () => {
  it("leaves no row with the person's id in any table, and all rows of others as they were", async () => {
    const doing = fc.record({
      ana: fc.boolean(),
      alone: fc.boolean(),
      channel: fc.constantFrom("c1", "c2"),
      line: fc.constantFrom(...DOINGS),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(doing, { minLength: 8, maxLength: 25 }), async (doings) => {
        const world = await openWorld();
        for (const { ana, alone: direct, channel, line } of doings) {
          const user = ana ? ANA : BEN;
          await act(world, direct ? alone(user) : within(user, channel), line);
        }
        const before = rowsOf(world.file);
        const bens = withId(before, BEN).filter((row) => !row.includes(ANA));
        const asked = await world.bot.handleLine("forget me", within(ANA, "c1"));
        expect(rowsOf(world.file)).toEqual(before);
        await world.bot.handle({ ...buttonOf(asked, "y").run, caller: within(ANA, "c1") });
        const after = rowsOf(world.file);
        expect(withId(after, ANA)).toEqual([]);
        expect(withId(after, BEN).filter((row) => bens.includes(row))).toEqual(bens);
        const data = await world.bot.handleLine("my data", within(ANA, "c1"));
        expect(JSON.parse(data.document?.text ?? "")).toMatchObject({
          lists: [],
          saved: [],
          notes: [],
          reactions: [],
          removedLately: [],
          mail: [],
          digests: [],
          clubVotes: [],
          clubNominations: [],
          caughtUp: [],
          changes: [],
        });
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it("is tried on every table that tells of people: each has a row of the person before it, and none after", async () => {
    const world = await openWorld();
    for (const caller of [within(ANA, "c1"), alone(ANA)]) {
      for (const line of DOINGS) if (!/ stop|undo/.test(line)) await act(world, caller, line);
      // What a list, a note and a paper of it left.
      for (const line of DOINGS.slice(0, 9)) await act(world, caller, line);
    }
    const tables = (rows: Record<string, string[]>): string[] =>
      [...new Set(withId(rows, ANA).map((row) => row.split(":")[0] ?? ""))].toSorted();
    const asked = await world.bot.handleLine("forget me", within(ANA, "c1"));
    const expected = TABLES.filter((table) => !(table in NOBODY)).toSorted();
    expect(tables(rowsOf(world.file))).toEqual(expected);
    await world.bot.handle({ ...buttonOf(asked, "y").run, caller: within(ANA, "c1") });
    expect(tables(rowsOf(world.file))).toEqual([]);
  });

  it("says what went and what stays, and ends what the person was told before", async () => {
    const world = await openWorld();
    const { bot, store } = world;
    for (const line of [
      "list create group",
      "save FastDINOv2 list:group",
      "save FastDINOv2 note:x",
      "digest start confirm",
    ])
      await act(world, within(ANA, "c1"), line);
    await act(world, alone(ANA), "digest start confirm");
    await act(world, within(ANA, "c1"), "follow here");
    await act(world, alone(ANA), "follow me");
    await act(world, within(ANA, "c1"), "search curriculum learning");
    const asked = await bot.handleLine("forget me", within(ANA, "c1"));
    expect(replyText(asked)).toMatch(/stay without your name[^]*Backups made before have it all still/);
    const done = replyText(await bot.handle({ ...buttonOf(asked, "y").run, caller: within(ANA, "c1") }));
    expect(done).toContain("Removed: 2 saved papers, 1 note, 2 digests and follows of yours.");
    expect(done).toContain(
      "2 digests and follows of channels, 1 list that channels share, 4 rows of who changed what",
    );
    expect(done).toContain("A backup that was made before has it still");
    expect((await bot.handleLine("2", within(ANA, "c1"))).summary).toContain("There is no “2” to choose");
    const [left, ...more] = await store.subscriptions.all();
    expect([left?.place, more]).toEqual([
      placeKey({ platform: "discord", server: SERVER, channel: "c1" }),
      [],
    ]);
    const again = await bot.handle({
      command: "forget me",
      args: { confirm: "yes" },
      caller: within(ANA, "c1"),
    });
    expect(again.summary).toBe("Nothing of your own was kept.");
  });

  it("and my data are for the person alone, and all of it is there", async () => {
    const world = await openWorld();
    const { bot } = world;
    for (const line of DOINGS.slice(0, 9)) await act(world, within(ANA, "c1"), line);
    const others = ["digest start confirm", "digest by mail", "catch up", "react"];
    for (const line of [...others, ...DOINGS.filter((one) => /^club (?!stop)/.test(one))])
      await act(world, within(ANA, "c1"), line);
    await act(world, within(BEN, "c1"), "save FastDINOv2");
    const aloud = within(ANA, "c1", { overheard: true });
    for (const line of ["my data", "forget me"])
      expect((await bot.handleLine(line, aloud)).summary).toContain("Everybody would read that here");
    const { document, audience, data } = await bot.handleLine("my data", within(ANA, "c1"));
    expect([document?.name, document?.asFile, audience, data]).toEqual([
      "paperboy-my-data.json",
      true,
      "caller",
      [],
    ]);
    const told = document?.text ?? "";
    expect(told).not.toContain(BEN);
    const parsed = JSON.parse(told) as Record<string, unknown[]>;
    const counts = Object.fromEntries(
      Object.entries(parsed).flatMap(([name, value]) => (Array.isArray(value) ? [[name, value.length]] : [])),
    );
    expect(counts).toEqual({
      lists: 3,
      saved: 3,
      notes: 3,
      removedLately: 0,
      mail: 1,
      digests: 3,
      reactions: 1,
      clubVotes: 1,
      clubNominations: 3,
      caughtUp: 1,
      changes: 5,
    });
    const paged = await bot.handleLine("my data", within(ANA, "c1", { withoutFiles: true }));
    expect(paged.document).toBeUndefined();
    const next = await bot.handle({
      ...buttonOf(paged, "n").run,
      caller: within(ANA, "c1", { withoutFiles: true }),
    });
    expect(replyText(next)).toContain('"changes"');
  });
});

describe("what is kept of a workspace", () => {
  it("goes with it, and with it alone", async () => {
    const world = await openWorld();
    const { bot, store } = world;
    const slack = (team: string): Caller => ({
      platform: "slack",
      user: "U77",
      workspace: team,
      place: { platform: "slack", server: team, channel: `C${team}` },
      authority: () => Promise.resolve({ kind: "may" }),
    });
    for (const team of ["T1", "T11"]) {
      for (const line of DOINGS.slice(0, 10)) await act(world, slack(team), line);
      await act(world, slack(team), "digest start confirm");
      for (const line of DOINGS.filter((one) => /^club (?!stop)|sent|react/.test(one)))
        await act(world, slack(team), line);
      await store.installations.save(`slack:${team}`, "sealed");
    }
    const [club, other] = (await store.clubs.all()).toSorted((a, b) => a.place.length - b.place.length);
    const ballots = async (id = ""): Promise<number> =>
      (await store.ballots.nominations(id)).length + (await store.ballots.votes(id)).length;
    expect([await ballots(club?.id), await ballots(other?.id)]).toEqual([3, 3]);
    await act(world, within(ANA, "c1"), "list create group");
    const before = rowsOf(world.file);
    expect(await store.workspaces.known("slack")).toEqual(["T1", "T11"]);
    expect(await store.workspaces.known("discord")).toEqual([SERVER]);
    await store.workspaces.left({ platform: "slack", server: "T1" });
    expect(await store.workspaces.known("slack")).toEqual(["T11"]);
    expect(await store.workspaces.forget({ platform: "slack", server: "T1" })).toBeGreaterThan(10);
    const after = rowsOf(world.file);
    const left = (rows: Record<string, string[]>): string[] =>
      Object.values(rows)
        .flat()
        .filter((text) => /"T1\\?"|:T1"/.test(text));
    expect(left(before).length).toBeGreaterThan(10);
    expect(left(after)).toEqual([]);
    for (const [table, rows] of Object.entries(after))
      expect([table, rows]).toEqual([
        table,
        (before[table] ?? []).filter((row) => !left({ before: [row] }).length && rows.includes(row)),
      ]);
    expect([await ballots(club?.id), await ballots(other?.id)]).toEqual([0, 3]);
    await bot.handleLine("club stop", slack("T11"));
    expect(await ballots(other?.id)).toBe(0);
    await store.ballots.vote(other?.id ?? "", { person: "U77", paper: "x" });
    expect(await ballots(other?.id)).toBe(0);
    expect((await bot.handleLine("list show", slack("T11"))).summary).toContain("Your reading list");
    expect((await bot.handleLine("list show", slack("T1"))).summary).toContain(
      "Nothing stands in your reading list",
    );
  });
});
