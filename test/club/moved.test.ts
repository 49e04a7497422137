import fc from "fast-check";
import { expect, it } from "vitest";
import type { Club, ClubPlan } from "../../src/club/club.ts";
import type { ClubCourier } from "../../src/club/clubs.ts";
import { createClubs } from "../../src/club/clubs.ts";
import type { Delivery } from "../../src/schedule/courier.ts";
import { slotsBetween } from "../../src/schedule/slots/slots.ts";
import { paper, place } from "../digest/papers.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { openTestStore } from "../support/test-store.ts";

const HOUR = 3_600_000;
const DAYS = 16;
const TITLES = Array.from({ length: 12 }, (_none, i) => `Paper ${String.fromCharCode(65 + i)}`);

/** A club that meets on Thursdays, and is moved now and then. */
interface Move {
  readonly hour: number;
  readonly day: ClubPlan["days"][number];
  readonly at: number;
  readonly lead: number;
}
const anyMove: fc.Arbitrary<Move> = fc.record({
  hour: fc.integer({ min: 1, max: 24 * (DAYS - 4) }),
  day: fc.integer({ min: 1, max: 7 }) as fc.Arbitrary<Move["day"]>,
  at: fc.integer({ min: 0, max: 23 }),
  lead: fc.integer({ min: 0, max: 6 }),
});

interface Told {
  readonly kind: string;
  readonly title: string;
  readonly at: number;
}

/** A meeting that took place; whether nothing had been moved for a day before. */
interface Meeting {
  readonly at: number;
  readonly settled: boolean;
}

/** Lives through the weeks; what was posted, and which meetings took place. */
async function live(moves: readonly Move[]): Promise<{ posted: Told[]; meetings: Meeting[]; club: Club }> {
  const store = await openTestStore();
  let now = Date.parse("2026-03-02T00:30:00Z");
  const log = collectingLog().log;
  const clubs = createClubs({ store, now: () => new Date(now), log, newId: () => "c1" });
  const [posted, keys] = [[] as Told[], new Set<string>()];
  const courier: ClubCourier = {
    width: 1,
    async deliver(_place, { key, edition: { news } }): Promise<Delivery> {
      expect(keys.has(key)).toBe(false);
      keys.add(key);
      if (news.kind !== "nothing") posted.push({ kind: news.kind, title: news.winner.title, at: now });
      return { kind: "sent", message: key };
    },
    find: async (_place, { key }) => (keys.has(key) ? { message: key, texts: [] } : undefined),
    tell: () => Promise.resolve(),
  };
  const usual: ClubPlan = { days: [4], time: { hour: 16, minute: 0 }, zone: "Europe/Berlin", lead: 2 };
  let club = await clubs.start(place, "ana", usual);
  for (const title of TITLES) await clubs.nominate(club, paper(title), "bob");
  const meetings: Meeting[] = [];
  let moved = 0;
  for (let hour = 1; hour < 24 * DAYS; hour++) {
    const before = new Date(now);
    now += HOUR;
    for (const { day, at, lead } of moves.filter((one) => one.hour === hour)) {
      club = await clubs.change(club, { ...usual, days: [day], time: { hour: at, minute: 0 }, lead }, "ana");
      moved = now;
    }
    await clubs.tick(new Map([["discord", courier]]));
    const met = slotsBetween(club.plan, before, new Date(now)).length > 0;
    if (met) meetings.push({ at: now, settled: moved <= now - 24 * HOUR });
  }
  return { posted, meetings, club };
}

it("a club that is moved reminds once of each meeting, each time of another paper, and of the one that was announced", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyMove, { maxLength: 3 }), async (moves) => {
      const { posted, meetings } = await live(moves);
      const reminders = posted.filter(({ kind }) => kind === "reminder");
      // One paper is announced again when its meeting is moved, and no other comes before it was read.
      const announced = [...new Set(posted.map(({ title }) => title))];
      expect(announced).toEqual(TITLES.slice(0, announced.length));
      const firsts = announced.map((title) => posted.find((one) => one.title === title)?.at ?? 0);
      for (const [i, from] of firsts.slice(0, -1).entries())
        expect(meetings.some(({ at }) => at > from && at <= (firsts[i + 1] ?? 0))).toBe(true);
      const spoken = meetings
        .filter(({ settled }) => settled)
        .map(({ at }) =>
          posted.filter((one) => one.at <= at && one.at > at - 2 * HOUR).map(({ title }) => title),
        );
      for (const titles of spoken) expect(new Set(titles).size).toBe(1);
      const read = spoken.flatMap((titles) => [...new Set(titles)]);
      expect(new Set(read).size).toBe(read.length);
      expect(reminders.length).toBeGreaterThanOrEqual(read.length - 1);
    }),
    {
      numRuns: 6,
      // Moved between the choice and the meeting, to a later day.
      examples: [[[{ hour: 50, day: 5, at: 16, lead: 2 }]], [[{ hour: 42, day: 6, at: 9, lead: 0 }]]],
    },
  );
}, 120_000);
