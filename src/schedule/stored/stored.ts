import type { SlotRecord, SubscriptionRecord } from "../../store/store.ts";
import type { Kind } from "../goods.ts";
import type { RowState } from "../ledger.ts";
import type { Place } from "../place.ts";
import { placeKey } from "../place.ts";
import { isZone } from "../slots/zones.ts";
import type { Subscription } from "../subscription.ts";
import type { Facts } from "./shapes.ts";
import {
  check,
  factsOf,
  isCount,
  isOneOf,
  isOptional,
  isText,
  isTime,
  orProblem,
  readBody,
} from "./shapes.ts";

/** What is known of the parts of a kind that are stored. */
export interface Shapes {
  /** Throws Unreadable where a plan asks for what cannot be; its schedule is looked at already. */
  readonly checkPlan: (plan: Facts, createdAt: Date) => void;
  readonly isContent: (content: unknown) => boolean;
  /** Whether it is a reason why there was nothing to send. */
  readonly isNothing: (reason: unknown) => boolean;
}

function isDays(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((day, i) => isCount(7, 1)(day) && (i === 0 || day > value[i - 1]));
}

function checkSchedule(plan: Facts): void {
  const { hour, minute } = factsOf(plan["time"], "time");
  check(isCount(23)(hour) && isCount(59)(minute), "time", plan["time"]);
  const { zone } = plan;
  check(typeof zone === "string" && isZone(zone), "time zone", zone);
  check(isDays(plan["days"]), "list of days", plan["days"]);
}

const isHeldReason = isOneOf("place-missing", "not-allowed");

function checkPlace(value: unknown, key: string): void {
  const place = factsOf(value, "channel");
  const fine = isText(place["platform"]) && isText(place["channel"]) && isOptional(isText, place["server"]);
  check(fine && placeKey(value as Place) === key, "channel", value);
}

/** Reads a subscription. Gives the problem, in words after “its”, where it is none. */
export function readSubscription<Plan extends Kind["plan"]>(
  { id, place, body }: SubscriptionRecord,
  { checkPlan }: Pick<Shapes, "checkPlan">,
): Subscription<Plan> | string {
  return orProblem(() => {
    const one = factsOf(readBody(body), "content");
    check(one["id"] === id, "id", one["id"]);
    checkPlace(one["place"], place);
    check(isText(one["createdBy"]), "maker", one["createdBy"]);
    for (const name of ["createdAt", "scheduledSince"]) check(isTime(one[name]), name, one[name]);
    const state = factsOf(one["state"], "state");
    const held = state["kind"] === "held" && isHeldReason(state["reason"]) && isTime(state["since"]);
    check(held || isOneOf("active", "paused")(state["kind"]), "state", state);
    const plan = factsOf(one["plan"], "plan");
    checkSchedule(plan);
    checkPlan(plan, one["createdAt"] as Date);
    return one as unknown as Subscription<Plan>;
  });
}

/** What is kept of a row besides its key and times. */
export interface RowBody<K extends Kind> {
  readonly state: RowState<K["nothing"]>;
  readonly content?: K["content"];
  readonly message?: string;
}

const isSkipReason = isOneOf(
  "paused",
  "missed",
  "held",
  "before-plan",
  "unconfirmed",
  "refused",
  "unreadable",
  "nothing",
);
function isReason(value: unknown, { isNothing }: Pick<Shapes, "isNothing">): boolean {
  const reason = factsOf(value, "reason");
  if (reason["kind"] === "held") return isHeldReason(reason["reason"]);
  if (reason["kind"] === "nothing") return isNothing(reason["reason"]);
  return isSkipReason(reason["kind"]);
}

function isState(state: Facts, shapes: Shapes): boolean {
  switch (state["kind"]) {
    case "planned":
      return isOptional(isTime, state["notBefore"]);
    case "claimed":
      return isTime(state["until"]);
    case "sent":
    case "confirmed":
      return isTime(state["at"]);
    case "held":
      return isHeldReason(state["reason"]) && isTime(state["notBefore"]);
    case "skipped":
      return isReason(state["reason"], shapes);
    default:
      return false;
  }
}

/** Reads what a row keeps. Gives the problem, in words after “its”, where it cannot be read. */
export function readRowBody<K extends Kind>(
  { body, dueAt, writtenAt }: SlotRecord,
  shapes: Shapes,
): RowBody<K> | string {
  return orProblem(() => {
    const one = factsOf(readBody(body), "content");
    check(isTime(dueAt) && isTime(writtenAt), "time", String(dueAt));
    check(isState(factsOf(one["state"], "state"), shapes), "state", one["state"]);
    check(isOptional(shapes.isContent, one["content"]), "content", one["content"]);
    check(isOptional(isText, one["message"]), "message", one["message"]);
    return one as unknown as RowBody<K>;
  });
}
