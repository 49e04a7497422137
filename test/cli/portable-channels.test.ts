import path from "node:path";
import { expect, it } from "vitest";
import { createClubBook } from "../../src/club/clubs.ts";
import type { PaperId } from "../../src/corpus/paper.ts";
import { createBook } from "../../src/digest/book.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";
import { createFollowBook } from "../../src/follow/watched.ts";
import { personKey } from "../../src/reading/reader.ts";
import { placeKey } from "../../src/schedule/place.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const DISCORD = { platform: "discord", server: "100000000000000001", channel: "200000000000000002" } as const;
const NAME = "discord:100000000000000001/200000000000000002";
const createdAt = new Date("2026-01-01T00:00:00Z");
const now = new Date("2026-03-09T06:00:00Z");

it("brings follows, shared lists and the journal club of a channel, all or nothing, and leaves what is people's", async () => {
  const state = path.join(await temporaryFolder(), "state");
  const made = { createdBy: "300000000000000003", createdAt, scheduledSince: createdAt };
  const rhythm = { time: { hour: 8, minute: 30 }, zone: "Europe/Berlin", days: [1] as const };
  const store = await openTestStore(path.join(state, "paperboy.sqlite"));
  await createBook(store, () => now).put({
    ...made,
    id: "aaaa1111",
    place: DISCORD,
    plan: DEFAULT_PLAN,
    state: { kind: "active" },
  });
  await store.preferences.set(`zone:discord:${DISCORD.server}`, "Europe/Berlin");
  const follows = createFollowBook(store, () => now);
  const search = { kind: "search", words: "diffusion, -survey" } as const;
  const like = { kind: "like", paper: "title:gone" as PaperId, title: "A paper: gone" } as const;
  const weekly = { ...rhythm, when: "weekly", wish: search, since: 7 } as const;
  const active = { kind: "active" } as const;
  await follows.put({ ...made, id: "f1", place: DISCORD, plan: weekly, state: { kind: "paused" } });
  await follows.put({
    ...made,
    id: "f2",
    place: DISCORD,
    plan: { ...weekly, when: "at once", wish: like },
    state: active,
  });
  const direct = { platform: "discord", channel: "400000000000000004", direct: true } as const;
  await follows.put({
    ...made,
    id: "f3",
    place: direct,
    plan: { ...weekly, wish: { kind: "author", name: "Secret" } },
    state: active,
  });
  await createClubBook(store, () => now).put({
    ...made,
    id: "c1",
    place: DISCORD,
    plan: { ...rhythm, lead: 3 },
    state: active,
  });
  const person = personKey({ platform: "discord", user: made.createdBy });
  const list = { createdBy: person, createdAt };
  await store.lists.create({
    ...list,
    id: "l1",
    owner: placeKey(DISCORD),
    name: "Reading group",
    key: "reading group",
  });
  await store.lists.create({ ...list, id: "l2", owner: person, name: "Private", key: "private" });
  const saved = (listed: string, paper: string, title: string, at: number) => ({
    list: listed,
    paper,
    person,
    title,
    savedAt: new Date(at),
    mark: "read" as const,
    markedAt: now,
  });
  await store.saved.put([
    saved("l1", "title:b", "B: “quoted” # 1", 2),
    saved("l1", "title:a", "A", 1),
    saved("l2", "title:s", "Secret", 1),
  ]);
  await store.notes.put({
    owner: placeKey(DISCORD),
    paper: "title:a",
    person,
    title: "A",
    text: "Secret note",
    writtenAt: now,
  });
  await store.close();

  const run = (args: readonly string[], input = "") => runProgram(args, { PAPERBOY_STATE: state }, input);
  const exported = await run(["settings", "export"]);
  expect(exported.stderr).toBe("Left out: 1 follow of people alone, who make them themselves elsewhere.\n");
  expect(exported.stdout).not.toMatch(/Secret|Private|300000000000000003|mark/);
  const toSlack = ["settings", "import", "-", "--to", "slack:T1ABC/C1ABC"];
  const steps = (text: string) => text.split("\n").filter((line) => line.startsWith("- "));
  const dry = await run([...toSlack, "--dry-run"], exported.stdout);
  expect(steps(dry.stdout).slice(2)).toEqual([
    "- new follow: papers about “diffusion, -survey”, weekly: on Mondays at 08:30 Europe/Berlin; paused",
    "- new follow: papers like “A paper: gone”, at once",
    "- new list “Reading group”: 2 papers",
    "- new journal club: on Mondays at 08:30 Europe/Berlin; chosen 3 days before",
  ]);
  // Of what cannot be brought whole nothing is brought.
  const broken = exported.stdout.replace('        title: "A paper: gone"\n', "");
  const refused = await run(toSlack, broken);
  expect([refused.code, steps(refused.stdout)[3]]).toEqual([
    1,
    expect.stringMatching(/^- refused line \d+: no paper here has the id “title:gone”; give its title/),
  ]);
  expect(refused.stdout).toMatch(/Nothing was changed here\.\n$/);
  expect(JSON.parse((await run(["audit", "--json"])).stdout)).toEqual([]);

  const done = await run(toSlack, exported.stdout);
  expect([done.code, steps(done.stdout).slice(1)]).toEqual([
    0,
    [expect.stringMatching(/^- new/), ...steps(dry.stdout).slice(2)],
  ]);
  const again = await run(toSlack, exported.stdout);
  expect(steps(again.stdout).map((line) => line.slice(0, 7))).toEqual(
    Array.from({ length: 6 }, () => "- same "),
  );
  const there = await run(["settings", "export", "--place", "slack:T1ABC/C1ABC"]);
  const settings = (text: string) => text.slice(text.indexOf("digests:")).replace(/id: \w{8}\n/, "");
  expect(settings(there.stdout)).toBe(settings((await run(["settings", "export", "--place", NAME])).stdout));

  const edited = exported.stdout
    .replace("when: weekly", "when: daily")
    .replace("lead: 3", "lead: 1")
    .replace("          - id: title:b", "          - { id: title:c, title: C }\n          - id: title:b");
  const changed = await run(toSlack, edited);
  expect(steps(changed.stdout).filter((line) => line.startsWith("- changed"))).toEqual([
    "- changed follow: papers about “diffusion, -survey”, weekly: on Mondays at 08:30 Europe/Berlin; paused → papers about “diffusion, -survey”, daily: on Mondays at 08:30 Europe/Berlin; paused",
    "- changed list “Reading group”: 1 paper added",
    "- changed journal club: on Mondays at 08:30 Europe/Berlin; chosen 3 days before → on Mondays at 08:30 Europe/Berlin; chosen 1 day before",
  ]);
  const told = JSON.parse((await run(["audit", "--json", "--limit", "100"])).stdout) as {
    by: string;
    action: string;
    channel?: string;
  }[];
  expect(new Set(told.map(({ by, action, channel }) => `${by}, ${action}, ${channel ?? ""}`))).toEqual(
    new Set(["local operator, settings import, C1ABC", "local operator, zone, C1ABC"]),
  );
  // A file of before, with digests alone, still is one; what it does not have is kept.
  const old = `paperboy-settings: 1\nplaces:\n  - place: ${NAME}\n    digests: [{ time: 07:00, zone: UTC }]\n`;
  const before = await run(toSlack, old);
  expect([before.code, steps(before.stdout)[0]?.slice(0, 6)]).toEqual([0, "- new "]);
  expect(steps(before.stdout).filter((line) => line.startsWith("- kept"))).toHaveLength(5);
}, 120_000);
