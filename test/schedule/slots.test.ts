import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Weekday } from "../../src/schedule/slots/local-date.ts";
import { addDays, DAY_MS, WEEKDAYS, weekdayOf } from "../../src/schedule/slots/local-date.ts";
import type { Schedule, Slot } from "../../src/schedule/slots/slots.ts";
import { localDateOf, nextSlot, slotOn, slotsBetween } from "../../src/schedule/slots/slots.ts";
import { date } from "../digest/papers.ts";

const ZONES = Intl.supportedValuesOf("timeZone");
const HOUR = 3_600_000;

/** What a clock on the wall shows, by another way than the one under test: the runtime's own formatting. */
const clocks = new Map<string, Intl.DateTimeFormat>();
function clock(zone: string, at: Date): string {
  const known = clocks.get(zone);
  const format =
    known ?? new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  if (known === undefined) clocks.set(zone, format);
  return format.format(at);
}
const wall = (zone: string, { dueAt }: Slot): string => clock(zone, dueAt);

const daily = (zone: string, hour: number, minute = 0): Schedule => ({
  zone,
  time: { hour, minute },
  days: WEEKDAYS,
});

/** A time on the clocks of a zone, for each zone at which something may go wrong: instants just before a change. */
function changes(zone: string): number[] {
  const offset = (at: number) => Date.parse(`${clock(zone, new Date(at)).replace(" ", "T")}Z`) - at;
  const found: number[] = [];
  for (let at = Date.UTC(2010, 0, 1); at < Date.UTC(2035, 0, 1); at += 20 * DAY_MS) {
    let [low, high] = [at, at + 20 * DAY_MS];
    if (offset(low) === offset(high)) continue;
    while (high - low > HOUR) {
      const middle = low + Math.floor((high - low) / 2 / HOUR) * HOUR;
      if (offset(middle) === offset(low)) low = middle;
      else high = middle;
    }
    found.push(low);
  }
  // A zone without changes is looked at on an ordinary day.
  return found.length === 0 ? [Date.UTC(2026, 5, 1)] : found;
}

const twoDigits = (n: number): string => String(n).padStart(2, "0");

/** What is wrong with the slots of a daily plan in the four days before and after an instant. */
function faultsAround({ zone, time: { hour, minute } }: Schedule, at: number): string[] {
  const slots = slotsBetween(daily(zone, hour, minute), new Date(at - 4 * DAY_MS), new Date(at + 4 * DAY_MS));
  const asked = `${twoDigits(hour)}:${twoDigits(minute)}`;
  const faults: string[] = [];
  const hold = (fine: boolean, rule: string): void => {
    if (!fine) faults.push(`${zone} at ${asked} around ${new Date(at).toISOString()}: ${rule}`);
  };
  hold(slots.length >= 7, "a slot a day");
  const moved = slots.filter((slot) => wall(zone, slot) !== `${slot.date} ${asked}`);
  hold(moved.length <= 1, "one slot at most is moved");
  for (const { date: day, dueAt } of moved) {
    hold(
      clock(zone, new Date(dueAt.getTime() - 1)) < `${day} ${asked}`,
      "a moment before, the time was to come",
    );
    hold(clock(zone, dueAt) > `${day} ${asked}`, "the clocks jumped over the time");
  }
  slots.slice(1).forEach(({ date: day, dueAt }, i) => {
    const before = slots[i];
    if (before === undefined) return;
    const leftOut = /^Pacific\/(Apia|Fakaofo)$/.test(zone) && day === "2011-12-31" ? 1 : 0;
    hold(day === addDays(before.date, 1 + leftOut), "no date is left out");
    hold(dueAt > before.dueAt, "slots are in order");
  });
  for (const { date: day, dueAt } of slots) {
    const earlier = [30, 60, 120].map((minutes) => clock(zone, new Date(dueAt.getTime() - minutes * 60_000)));
    hold(!earlier.includes(`${day} ${asked}`), "of a time that comes twice the first counts");
  }
  return faults;
}

describe("a slot", () => {
  it.each([
    ["Europe/Berlin", "2026-03-28", "2026-03-28T01:30:00.000Z"],
    // 02:30 does not exist: the clocks go from 02:00 to 03:00.
    ["Europe/Berlin", "2026-03-29", "2026-03-29T01:00:00.000Z"],
    ["America/New_York", "2026-03-08", "2026-03-08T07:00:00.000Z"],
    // 02:30 comes twice, and the first time counts.
    ["Europe/Berlin", "2026-10-25", "2026-10-25T00:30:00.000Z"],
    // The clocks jump by half an hour, from 02:00 to 02:30.
    ["Australia/Lord_Howe", "2026-10-04", "2026-10-03T15:30:00.000Z"],
  ])("of 02:30 in %s on %s is due at %s", (zone, day, due) => {
    expect(slotOn(daily(zone, 2, 30), date(day))?.dueAt.toISOString()).toBe(due);
  });

  it("keeps its date where the clocks jump over midnight, and is due when the next day begins", () => {
    const slot = slotOn(daily("America/Godthab", 23, 30), date("2025-03-29"));
    expect(slot).toEqual({ date: "2025-03-29", dueAt: new Date("2025-03-30T01:00:00Z") });
  });

  it("is due on its date, and once, where the clocks go back over midnight", () => {
    // From 00:01 on 7 November to 23:01 on the 6th: midnight comes twice, and the 6th goes on after it.
    const midnight = daily("America/St_Johns", 0);
    const [from, to] = [new Date("2010-11-07T02:00:00Z"), new Date("2010-11-07T02:45:00Z")];
    expect(slotsBetween(midnight, from, to)).toEqual([
      { date: "2010-11-07", dueAt: new Date("2010-11-07T02:30:00Z") },
    ]);
    expect(slotsBetween(midnight, to, new Date("2010-11-08T03:00:00Z"))).toEqual([]);
    expect(nextSlot(midnight, to).date).toBe("2010-11-08");
  });

  it("does not exist on a day that a zone left out", () => {
    const apia = daily("Pacific/Apia", 9);
    expect(slotOn(apia, date("2011-12-30"))).toBeUndefined();
    const around = slotsBetween(apia, new Date("2011-12-28T00:00:00Z"), new Date("2011-12-31T12:00:00Z"));
    expect(around.map((slot) => slot.date)).toEqual(["2011-12-28", "2011-12-29", "2011-12-31"]);
  });

  it("does not exist on a weekday that is not chosen", () => {
    expect(slotOn({ ...daily("UTC", 9), days: [1] }, date("2026-03-10"))).toBeUndefined();
    expect(slotOn({ ...daily("UTC", 9), days: [2] }, date("2026-03-10"))).toBeDefined();
  });

  it("is the next one strictly after an instant", () => {
    const monday = { ...daily("UTC", 9), days: [1] as const };
    expect(nextSlot(monday, new Date("2026-03-09T09:00:00Z")).date).toBe("2026-03-16");
    expect(nextSlot(monday, new Date("2026-03-09T08:59:59Z")).date).toBe("2026-03-09");
  });
});

describe("the slots of a plan", () => {
  const time = fc.record({ hour: fc.nat(23), minute: fc.constantFrom(0, 1, 15, 30, 45, 59) });
  const days = fc.subarray([...WEEKDAYS], { minLength: 1 }).map((some): readonly Weekday[] => some);

  it("around the clock changes of every zone are one for each local date, in order, at the time asked for or, where the clocks jump over it, right after", () => {
    const faults = ZONES.flatMap((zone) =>
      fc.sample(fc.constantFrom(...changes(zone)), 3).flatMap((at) => {
        // Times near the change are worth more than any other.
        const [hour = 0, minute = 0] = clock(zone, new Date(at + HOUR / 4))
          .slice(11)
          .split(":")
          .map(Number);
        const times = [{ hour, minute }, { hour: (hour + 1) % 24, minute: 30 }, ...fc.sample(time, 1)];
        return times.flatMap((when) => faultsAround({ zone, time: when, days: WEEKDAYS }, at));
      }),
    );
    expect(faults).toEqual([]);
  });

  it("are the same whether they are asked for one by one, from one to the next, or by date", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        time,
        days,
        fc.date({ min: new Date("2012-01-01"), max: new Date("2034-01-01"), noInvalidDate: true }),
        (zone, when, chosen, from) => {
          const plan = { zone, time: when, days: chosen };
          const to = new Date(from.getTime() + 15 * 24 * HOUR);
          const slots = slotsBetween(plan, from, to);
          const walked: Slot[] = [];
          for (let slot = nextSlot(plan, from); slot.dueAt <= to; slot = nextSlot(plan, slot.dueAt))
            walked.push(slot);
          expect(walked).toEqual(slots);
          expect(slots.map((slot) => slotOn(plan, slot.date))).toEqual(slots);
          expect(slots.every((slot) => chosen.includes(weekdayOf(slot.date)))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("between two instants are those between the first and a middle and those after it: none is lost or doubled", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          "Europe/Berlin",
          "America/New_York",
          "Pacific/Apia",
          "America/Godthab",
          "Asia/Kolkata",
        ),
        time,
        fc.tuple(fc.nat(400), fc.nat(400), fc.nat(400)),
        (zone, when, hours) => {
          const [a, b, c] = hours
            .toSorted((x, y) => x - y)
            .map((h) => new Date(Date.UTC(2025, 2, 20) + h * HOUR));
          if (a === undefined || b === undefined || c === undefined) return;
          const plan = { zone, time: when, days: WEEKDAYS };
          expect([...slotsBetween(plan, a, b), ...slotsBetween(plan, b, c)]).toEqual(
            slotsBetween(plan, a, c),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("the local date of a zone", () => {
  it("is what its clocks show", () => {
    expect(localDateOf("Asia/Tokyo", new Date("2026-03-09T20:00:00Z"))).toBe("2026-03-10");
    expect(localDateOf("America/Los_Angeles", new Date("2026-03-09T02:00:00Z"))).toBe("2026-03-08");
  });
});
