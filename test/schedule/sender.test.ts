import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideSlot, LATE_LIMIT_MS } from "../../src/schedule/slots/decide-slot.ts";
import type { LedgerRow, RowState } from "../../src/schedule/ledger.ts";
import type { Weekday } from "../../src/schedule/slots/local-date.ts";
import { WEEKDAYS } from "../../src/schedule/slots/local-date.ts";
import { slotsToDecide } from "../../src/schedule/slots/slots-to-decide.ts";
import { changePlan, pauseSubscription, resumeSubscription } from "../../src/schedule/subscription.ts";
import { date, planOf, subscriptionOf } from "../digest/papers.ts";

const HOUR = 3_600_000;

type Step =
  | { readonly kind: "tick"; readonly hours: number; readonly outcome: "sent" | "crash" | "refused" }
  | { readonly kind: "move"; readonly hour: number; readonly zone: string; readonly days: readonly Weekday[] }
  | { readonly kind: "pause" }
  | { readonly kind: "resume" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("tick" as const),
      hours: fc.oneof(fc.constantFrom(0.1, 1, 6), fc.constantFrom(13, 30, 80)),
      outcome: fc.constantFrom("sent" as const, "sent" as const, "crash" as const, "refused" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("move" as const),
      hour: fc.nat(23),
      days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
      zone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles"),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ kind: "pause" }, { kind: "resume" }) },
);

/** A sender that keeps a ledger, may stop at any moment, and is started again whenever the test says. */
function createSender(): {
  readonly run: (step: Step) => void;
  readonly sends: { date: string; age: number; late: boolean; afterPlan: boolean }[];
  readonly ledger: Map<string, LedgerRow>;
} {
  let subscription = subscriptionOf();
  let now = subscription.createdAt.getTime();
  const ledger = new Map<string, LedgerRow>();
  const sends: { date: string; age: number; late: boolean; afterPlan: boolean }[] = [];
  let looked = subscription.createdAt;
  const work = (outcome: "sent" | "crash" | "refused"): void => {
    const look = { since: looked, now: new Date(now) };
    for (const slot of slotsToDecide(subscription, [...ledger.values()], look)) {
      const row = ledger.get(slot.date);
      const decision = decideSlot({
        slot,
        now: new Date(now),
        subscription,
        ...(row === undefined ? {} : { row }),
      });
      const put = (state: RowState): void =>
        void ledger.set(slot.date, { ...slot, writtenAt: new Date(now), state });
      if (decision.kind === "skip") put({ kind: "skipped", reason: decision.reason });
      if (decision.kind !== "send") continue;
      put({ kind: "claimed", until: new Date(now + HOUR / 12) });
      if (outcome === "crash") return;
      if (outcome === "refused") {
        put({ kind: "held", reason: "not-allowed", notBefore: new Date(now + HOUR / 6) });
        subscription = {
          ...subscription,
          state: { kind: "held", reason: "not-allowed", since: new Date(now) },
        };
        continue;
      }
      const age = now - slot.dueAt.getTime();
      sends.push({
        date: slot.date,
        age,
        late: decision.late,
        afterPlan: slot.dueAt > subscription.createdAt,
      });
      put({ kind: "sent", at: new Date(now) });
    }
    looked = new Date(now);
  };
  const run = (one: Step): void => {
    switch (one.kind) {
      case "tick":
        now += one.hours * HOUR;
        return work(one.outcome);
      case "move":
        subscription = changePlan(
          subscription,
          { ...subscription.plan, time: { hour: one.hour, minute: 30 }, zone: one.zone, days: one.days },
          new Date(now),
        );
        return;
      case "pause":
        subscription = pauseSubscription(subscription);
        return;
      case "resume":
        subscription = resumeSubscription(subscription, new Date(now));
    }
  };
  return { run, sends, ledger };
}

describe("a sender that stops, starts, is refused, paused and rescheduled", () => {
  it("sends at most one digest for each local date, none 12 hours old, none of a time before the subscription, and marks the late ones", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { run, sends } = createSender();
        for (const one of steps) run(one);
        const dates = sends.map((send) => send.date);
        expect(dates).toEqual([...new Set(dates)]);
        expect(sends.filter(({ age, afterPlan }) => age >= LATE_LIMIT_MS || !afterPlan)).toEqual([]);
        expect(sends.filter(({ age, late }) => late !== age > HOUR / 4)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  const openRows = (steps: readonly Step[]): LedgerRow[] => {
    const { run, ledger } = createSender();
    for (const one of steps) run(one);
    run({ kind: "tick", hours: 13, outcome: "sent" });
    run({ kind: "tick", hours: 24, outcome: "sent" });
    return [...ledger.values()].filter(({ state }) => state.kind === "claimed" || state.kind === "planned");
  };

  it("leaves no digest open that is past: every claim is settled once a day has gone by", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        expect(openRows(steps)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("settles a claim also when the plan has changed and the program has rested for days since", () => {
    const days = [1] as const;
    expect(
      openRows([
        { kind: "tick", hours: 30, outcome: "crash" },
        { kind: "move", hour: 0, zone: "Asia/Tokyo", days },
        { kind: "tick", hours: 80, outcome: "sent" },
      ]),
    ).toEqual([]);
  });
});

describe("the slots to decide about", () => {
  const now = new Date("2026-03-11T08:00:00Z");
  const since = new Date("2026-03-09T10:00:00Z");
  const row = (day: string, state: RowState): LedgerRow => ({
    date: date(day),
    dueAt: new Date(`${day}T09:00:00Z`),
    writtenAt: new Date(`${day}T09:00:00Z`),
    state,
  });
  const claimed = row("2026-03-08", { kind: "claimed", until: new Date("2026-03-08T09:05:00Z") });

  it("are those due since the last look and those of open rows, in order, each date once", () => {
    const rows = [
      row("2026-03-10", { kind: "planned" }),
      claimed,
      row("2026-03-07", { kind: "sent", at: since }),
    ];
    const slots = slotsToDecide(subscriptionOf(), rows, { since, now });
    expect(slots.map((slot) => slot.date)).toEqual(["2026-03-08", "2026-03-10"]);
  });

  it("have the time of the row where the plan has lost its day, and the time of the plan otherwise", () => {
    const monday = subscriptionOf({ plan: planOf({ days: [1] }) });
    expect(slotsToDecide(monday, [claimed], { since, now })).toEqual([
      { date: "2026-03-08", dueAt: claimed.dueAt },
    ]);
    const noon = subscriptionOf({ plan: planOf({ time: { hour: 12, minute: 0 } }) });
    expect(slotsToDecide(noon, [claimed], { since: now, now })).toEqual([
      { date: "2026-03-08", dueAt: new Date("2026-03-08T12:00:00Z") },
    ]);
  });
});
