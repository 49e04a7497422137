import { expect, it } from "vitest";
import type { ClubCourier } from "../../src/club/clubs.ts";
import { createClubs } from "../../src/club/clubs.ts";
import type { Delivery } from "../../src/schedule/courier.ts";
import { place, paper } from "../digest/papers.ts";
import { mortal } from "../digest/stage.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { openTestStore } from "../support/test-store.ts";

const HOUR = 3_600_000;

it("a club chooses and reminds once a meeting over three weeks, with two processes of which one is killed now and then", async () => {
  const store = await openTestStore();
  let now = Date.parse("2026-03-02T00:30:00Z");
  const processOf = (fuse: { lives: number }) =>
    createClubs({
      store: mortal(store, fuse),
      now: () => new Date(now),
      log: collectingLog().log,
      newId: () => "c1",
    });
  const posted: string[] = [];
  const keys = new Set<string>();
  const courier: ClubCourier = {
    width: 1,
    async deliver(_place, { key, edition: { news } }): Promise<Delivery> {
      expect(keys.has(key)).toBe(false);
      keys.add(key);
      posted.push(
        news.kind === "nothing" ? "nothing" : `${news.kind} ${news.winner.title} ${news.winner.votes}`,
      );
      return { kind: "sent", message: key };
    },
    find: async (_place, { key }) => (keys.has(key) ? { message: key, texts: [] } : undefined),
    tell: () => Promise.resolve(),
  };
  const clubs = processOf({ lives: 1e9 });
  const club = await clubs.start(place, "ana", {
    days: [4],
    time: { hour: 16, minute: 0 },
    zone: "Europe/Berlin",
    lead: 2,
  });
  const at = async (hour: number): Promise<void> => {
    if (hour === 30) for (const title of ["First", "Second"]) await clubs.nominate(club, paper(title), "bob");
    if (hour === 31) await clubs.vote(club, paper("Second").id, "ana");
  };
  for (let hour = 0; hour < 24 * 7 * 4; hour++) {
    now += HOUR;
    await at(hour);
    const lives = hour % 5 === 0 ? 3 + (hour % 11) : 1e9;
    const fuse = { lives };
    await Promise.all([
      processOf({ lives: 1e9 }).tick(new Map([["discord", courier]])),
      processOf(fuse).tick(new Map([["discord", mortal(courier, fuse)]])),
    ]);
  }
  expect(posted).toEqual([
    "chosen Second 1",
    "reminder Second 1",
    "chosen First 0",
    "reminder First 0",
    "nothing",
  ]);
  expect((await clubs.history(club)).map(({ title, by }) => `${title} by ${by}`)).toEqual([
    "First by bob",
    "Second by bob",
  ]);
  await store.people.forget({ platform: "discord", user: "bob", key: "bob" });
  expect((await clubs.history(club)).map(({ title, by }) => [title, by])).toEqual([
    ["First", undefined],
    ["Second", undefined],
  ]);
  await clubs.nominate(club, paper("Third"), "ana");
  await store.people.forget({ platform: "discord", user: "ana", key: "ana" });
  expect(await store.ballots.votes(club.id)).toEqual([]);
  expect((await clubs.open(club)).map(({ title, by }) => [title, by])).toEqual([["Third", undefined]]);
}, 60_000);
