import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountCommands } from "./accounts/command-account.ts";
import { accountDigests, type Arrival, type DueDigest } from "./accounts/digest-account.ts";
import { growthPerHour, slopeOf, type Sample } from "./accounts/growth.ts";
import { planEpisode } from "./faults/plan.ts";
import { BOUNDS, complaintsOf, reportOf, type Seen } from "./report.ts";
import type { Held } from "./sampling.ts";

const DAY_MS = 86_400_000;
const START = Date.parse("2026-03-02T09:00:00Z");

/** Two channels with a digest a day, for so many days. */
const dueOn = (days: number): DueDigest[] =>
  ["discord 1", "slack C1"].flatMap((channel) =>
    Array.from({ length: days }, (_none, i) => {
      const dueAt = START + i * DAY_MS;
      return { channel, date: new Date(dueAt).toISOString().slice(0, 10), dueAt };
    }),
  );

const arrive = ({ channel, date, dueAt }: DueDigest): Arrival => ({ channel, date, at: dueAt + 2000 });

/** Half an hour of samples of a process that holds the same all the time, but for what waits to be collected. */
const held = (more: (seconds: number) => Partial<Held>): Held[] =>
  Array.from({ length: 360 }, (_none, i): Held => {
    const at = i * 5;
    const garbage = (i % 9) * 10;
    const steady = { rssMb: 300 + garbage, heapMb: 100 + garbage, handles: 40 + (i % 4) };
    return { at, pid: 1, loopP99Ms: 20, loopMaxMs: 50, ...steady, ...more(at) };
  });

/** A run in which all went well, but for what is given. */
const complaints = (seen: Partial<Seen>): string[] =>
  complaintsOf(
    reportOf({
      asked: { discord: [], slack: [] },
      excuses: { discord: [], slack: [] },
      starvation: { times: [], share: 0 },
      digests: accountDigests(dueOn(14), dueOn(14).map(arrive), new Map()),
      samples: held(() => ({})),
      log: [],
      violations: [],
      ...seen,
    }),
  );

describe("a long run", () => {
  it("has nothing to complain of where all digests came and nothing grew", () => {
    expect(complaints({})).toEqual([]);
  });

  it("finds a digest that was lost, and none where the ledger says that it was not to come", () => {
    const due = dueOn(14);
    const came = due.slice(1).map(arrive);
    const digests = accountDigests(due, came, new Map());
    expect(digests).toMatchObject({ due: 28, sent: 27, lost: ["discord 1 2026-03-02"], repeated: [] });
    expect(complaints({ digests })).toEqual(["1 digests were lost"]);
    const explained = accountDigests(due, came, new Map([["discord 1 2026-03-02", "paused"]]));
    expect(explained).toMatchObject({ lost: [], explained: { paused: 1 } });
    expect(complaints({ digests: explained })).toEqual([]);
    const missed = accountDigests(due, came, new Map([["discord 1 2026-03-02", "missed"]]));
    expect(missed).toMatchObject({ lost: ["discord 1 2026-03-02: missed"], explained: {} });
  });

  it("finds a digest that came twice, and one on a day that had none", () => {
    const [first, ...rest] = dueOn(14).map(arrive);
    if (first === undefined) throw new Error("there are digests");
    const twice = accountDigests(dueOn(14), [first, first, ...rest], new Map());
    expect(twice.repeated).toEqual(["discord 1 2026-03-02"]);
    expect(complaints({ digests: twice })).toEqual(["1 digests came more than once"]);
    const early = { ...first, date: "2026-03-01" };
    expect(accountDigests(dueOn(14), [early, first, ...rest], new Map()).repeated).toEqual([
      "discord 1 2026-03-01",
    ]);
  });

  it("counts every digest that was due as one of sent, lost and explained", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1, 2, "told" as const), { maxLength: 40 }), (fates) => {
        const due = dueOn(20).slice(0, fates.length);
        const came = due.flatMap((one, i) =>
          Array.from({ length: Number(fates[i]) || 0 }, () => arrive(one)),
        );
        const told = due.filter((_one, i) => fates[i] === "told");
        const whyNot = new Map(told.map(({ channel, date }) => [`${channel} ${date}`, "nothing"]));
        const account = accountDigests(due, came, whyNot);
        const explained = account.explained["nothing"] ?? 0;
        expect(account.sent + account.lost.length + explained).toBe(due.length);
        expect(account.lost).toHaveLength(fates.filter((fate) => fate === 0).length);
        expect(account.repeated).toHaveLength(fates.filter((fate) => fate === 2).length);
      }),
    );
  });

  it("finds a broken rule, and counts a late answer with the commands alone", () => {
    const late = ["/paper random: not acknowledged within 3000 ms (timeout)"];
    expect(complaints({ violations: late })).toEqual([]);
    expect(complaints({ violations: [...late, "no User-Agent with a contact"] })).toEqual([
      "1 rules of the platforms or sources were broken",
    ]);
  });

  it("says how late the latest digest was", () => {
    const [first, ...rest] = dueOn(2);
    if (first === undefined) throw new Error("there are digests");
    const late = { ...arrive(first), at: first.dueAt + 300_000 };
    const account = accountDigests([first, ...rest], [late, ...rest.map(arrive)], new Map());
    expect(account).toMatchObject({ sent: 4, late: 1, worstLateSeconds: 300, lost: [] });
  });

  it("finds handles and memory that grow, and takes garbage for none", () => {
    const leaking = held((at) => ({ handles: 40 + Math.floor(at / 60) }));
    expect(complaints({ samples: leaking })).toEqual([
      `handles grows by 60 an hour; ${BOUNDS.handles} are allowed`,
    ]);
    const [found, ...more] = complaints({ samples: held((at) => ({ heapMb: 100 + at / 10 })) });
    expect(found).toMatch(/^heapMb grows by 3\d\d an hour/);
    expect(more).toEqual([]);
  });

  it("says nothing of growth where a run was too short", () => {
    const short = held((at) => ({ handles: 40 + at })).slice(0, 50);
    expect(reportOf({ ...seenNothing, samples: short }).growth.handles).toBeUndefined();
  });

  it("judges the last life of a program alone, since what it held before is gone", () => {
    const lives = held((at) => ({ pid: at < 600 ? 1 : 2, handles: at < 600 ? 10 : 50 }));
    expect(reportOf({ ...seenNothing, samples: lives }).growth.handles).toBe(0);
  });

  it("counts a command without an answer as missed, unless a fault explains it", () => {
    const fine = { began: 0, afterMs: 20, answered: true, ended: 30 };
    const late = { began: 1000, afterMs: undefined, answered: false, ended: 4000, problem: "timeout" };
    const half = { began: 9000, afterMs: 20, answered: false, ended: 14_000, problem: "no answer" };
    const all = [fine, late, half];
    expect(accountCommands(all, { faults: [], starved: [] })).toMatchObject({
      asked: 3,
      answered: 1,
      missed: 2,
      missedInFaults: 0,
    });
    const excused = accountCommands(all, { faults: [{ from: 3500, until: 5000 }], starved: [] });
    expect(excused).toMatchObject({ missed: 1, firstMissed: ["no answer"], missedInFaults: 1 });
    const starved = accountCommands(all, { faults: [], starved: [{ from: 0, until: 20_000 }] });
    expect(starved).toMatchObject({ missed: 1, firstMissed: ["no answer"], missedForWantOfProcessor: 1 });
    expect(complaints({ asked: { discord: all, slack: [] } })).toEqual([
      "2 commands on Discord were not answered in time, and no fault explains it",
    ]);
  });
});

const seenNothing: Seen = {
  asked: { discord: [], slack: [] },
  excuses: { discord: [], slack: [] },
  starvation: { times: [], share: 0 },
  digests: accountDigests([], [], new Map()),
  samples: [],
  log: [],
  violations: [],
};

describe("the slope of samples", () => {
  it("is that of a line, whatever its height", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: -1000, max: 1000 }),
        (slope, height) => {
          const line = Array.from({ length: 30 }, (_none, at): Sample => ({
            at,
            value: height + slope * at,
          }));
          expect(slopeOf(line)).toBeCloseTo(slope, 6);
        },
      ),
    );
  });

  it("is the same an hour, however long was looked", () => {
    const line = Array.from({ length: 200 }, (_none, i): Sample => ({ at: i * 5, value: i * 5 }));
    expect(growthPerHour(line)).toBeCloseTo(3600, 0);
  });
});

describe("the plan of faults", () => {
  it("is the same for the same seed, another for another, and kills nothing that is to live on", () => {
    const plan = (seed: number, mayKill = true): string[] =>
      Array.from({ length: 60 }, (_none, i) =>
        planEpisode(seed, i, mayKill)
          .map(({ fault, share }) => `${fault.kind} ${share}`)
          .join(),
      );
    expect(plan(7)).toEqual(plan(7));
    expect(plan(7)).not.toEqual(plan(8));
    expect(plan(7).join()).toContain("killed");
    expect(plan(7, false).join()).not.toContain("killed");
  });

  it("leaves every fourth episode calm, and kills again and again", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const plans = Array.from({ length: 25 }, (_none, i) => planEpisode(seed, i, true));
        expect(plans.filter((plan) => plan.length === 0).length).toBeGreaterThanOrEqual(6);
        const kills = plans.filter((plan) => plan.some(({ fault }) => fault.kind.startsWith("killed")));
        expect(kills.length).toBeGreaterThanOrEqual(5);
      }),
    );
  });
});
