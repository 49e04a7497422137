import { describe, expect, it } from "vitest";
import type { Decision } from "../../src/schedule/slots/decide-slot.ts";
import { decideSlot, isLate } from "../../src/schedule/slots/decide-slot.ts";
import type { RowState } from "../../src/schedule/ledger.ts";
import { slotOn } from "../../src/schedule/slots/slots.ts";
import type { Subscription } from "../../src/digest/subscription.ts";
import { changePlan, pauseSubscription, resumeSubscription } from "../../src/schedule/subscription.ts";
import { date, planOf, subscriptionOf } from "../digest/papers.ts";

const at = (time: string) => new Date(`2026-03-${time}:00Z`);
const day = date("2026-03-10");

/** The decision about the digest of 10 March, 09:00, of a daily subscription. */
function decide(now: string, state?: RowState, subscription: Subscription = subscriptionOf()): Decision {
  const slot = slotOn(subscription.plan, day);
  if (slot === undefined) throw new Error("no slot");
  return decideSlot({
    slot,
    now: at(now),
    subscription,
    ...(state === undefined
      ? {}
      : { row: { date: day, dueAt: at("10T09:00"), writtenAt: at("10T07:00"), state } }),
  });
}

describe("a slot", () => {
  it("waits until it is due, is sent then, and is marked late when it is sent a quarter of an hour after", () => {
    expect(decide("10T08:59")).toEqual({ kind: "wait", until: at("10T09:00") });
    expect(decide("10T09:00")).toEqual({ kind: "send", late: false, again: false });
    expect(decide("10T09:15")).toEqual({ kind: "send", late: false, again: false });
    expect(decide("10T09:16")).toEqual({ kind: "send", late: true, again: false });
    expect(decide("10T20:59")).toEqual({ kind: "send", late: true, again: false });
  });

  it("that was sent is late by the same measure", () => {
    expect([isLate(at("10T09:00"), at("10T09:15")), isLate(at("10T09:00"), at("10T09:16"))]).toEqual([
      false,
      true,
    ]);
  });

  it("that is 12 hours old is skipped as missed", () => {
    expect(decide("10T21:00")).toEqual({ kind: "skip", reason: { kind: "missed" } });
  });

  it.each<RowState>([
    { kind: "sent", at: at("10T09:00") },
    { kind: "confirmed", at: at("10T09:00") },
    { kind: "skipped", reason: { kind: "paused" } },
  ])("that is $kind is done, at any time", (state) => {
    for (const now of ["10T08:00", "10T09:05", "12T09:00"])
      expect(decide(now, state)).toEqual({ kind: "done" });
  });

  it("that is claimed is left alone until the claim ends, and then sent again after a look", () => {
    const claimed: RowState = { kind: "claimed", until: at("10T09:05") };
    expect(decide("10T09:04", claimed)).toEqual({ kind: "wait", until: at("10T09:05") });
    expect(decide("10T09:05", claimed)).toEqual({ kind: "send", late: false, again: true });
    expect(decide("10T21:00", claimed)).toEqual({ kind: "skip", reason: { kind: "unconfirmed" } });
  });

  it("that is claimed is seen through, though its time was moved meanwhile", () => {
    const moved = changePlan(
      subscriptionOf({ plan: planOf({ time: { hour: 8, minute: 0 } }) }),
      planOf(),
      at("10T09:03"),
    );
    expect(decide("10T09:05", { kind: "claimed", until: at("10T09:05") }, moved)).toEqual({
      kind: "send",
      late: false,
      again: true,
    });
  });

  it("waits when the platform asked for patience", () => {
    const planned: RowState = { kind: "planned", notBefore: at("10T09:10") };
    expect(decide("10T09:01", planned)).toEqual({ kind: "wait", until: at("10T09:10") });
    expect(decide("10T09:10", planned)).toMatchObject({ kind: "send" });
  });

  it("is skipped while paused", () => {
    expect(decide("10T09:00", undefined, pauseSubscription(subscriptionOf()))).toEqual({
      kind: "skip",
      reason: { kind: "paused" },
    });
  });

  it("that was claimed before a pause, by a sender that went silent, may have arrived", () => {
    const claimed: RowState = { kind: "claimed", until: at("10T09:05") };
    expect(decide("10T09:06", claimed, pauseSubscription(subscriptionOf()))).toEqual({
      kind: "skip",
      reason: { kind: "unconfirmed" },
    });
  });

  it("is tried again after a while when the platform refused it, until it is too old", () => {
    const held = subscriptionOf({ state: { kind: "held", reason: "not-allowed", since: at("09T09:00") } });
    const row: RowState = { kind: "held", reason: "not-allowed", notBefore: at("10T09:10") };
    expect(decide("10T09:00", undefined, held)).toMatchObject({ kind: "send" });
    expect(decide("10T09:01", row, held)).toEqual({ kind: "wait", until: at("10T09:10") });
    expect(decide("10T09:10", row, held)).toEqual({ kind: "send", late: false, again: false });
    expect(decide("10T21:00", row, held)).toEqual({
      kind: "skip",
      reason: { kind: "held", reason: "not-allowed" },
    });
  });

  it("of a time before the subscription, before a pause ended or before a change of the time is skipped", () => {
    const skipped = { kind: "skip", reason: { kind: "before-plan" } };
    const late = at("10T10:00");
    expect(decide("10T10:00", undefined, subscriptionOf({ createdAt: late, scheduledSince: late }))).toEqual(
      skipped,
    );
    const sharp = at("10T09:00");
    expect(
      decide("10T09:00", undefined, subscriptionOf({ createdAt: sharp, scheduledSince: sharp })),
    ).toEqual(skipped);
    const paused = pauseSubscription(subscriptionOf());
    expect(decide("10T10:00", undefined, resumeSubscription(paused, late))).toEqual(skipped);
    const moved = changePlan(
      subscriptionOf({ plan: planOf({ time: { hour: 12, minute: 0 } }) }),
      planOf(),
      late,
    );
    expect(decide("10T10:00", undefined, moved)).toEqual(skipped);
  });

  it("that was skipped comes after all when its time is moved to later that day, unless it may have arrived", () => {
    const later = changePlan(subscriptionOf(), planOf({ time: { hour: 12, minute: 0 } }), at("10T10:00"));
    const send = { kind: "send", late: false, again: false };
    expect(decide("10T12:00", { kind: "skipped", reason: { kind: "before-plan" } }, later)).toEqual(send);
    expect(decide("10T12:00", { kind: "skipped", reason: { kind: "paused" } }, later)).toEqual(send);
    expect(decide("10T12:00", { kind: "skipped", reason: { kind: "unconfirmed" } }, later)).toEqual({
      kind: "done",
    });
    expect(decide("10T12:00", { kind: "sent", at: at("10T09:00") }, later)).toEqual({ kind: "done" });
  });

  it("is not touched by a change of anything but the schedule", () => {
    const changed = changePlan(subscriptionOf(), planOf({ topics: "robots", runnersUp: 1 }), at("10T10:00"));
    expect(decide("10T10:00", undefined, changed)).toMatchObject({ kind: "send", late: true });
  });
});
