import { quoteLine } from "../../corpus/problem.ts";
import type { SlotRecord, SubscriptionRecord } from "../../store/store.ts";
import { UserError } from "../../user-error.ts";
import { readTopics } from "../../digest/choice/topics.ts";
import type { Content } from "../../digest/edition.ts";
import type { RowState } from "../ledger.ts";
import { isZone } from "../slots/zones.ts";
import { placeKey } from "../subscription.ts";
import type { Place, Subscription } from "../subscription.ts";

/** Fields of what is kept, and of its state, that are times; everything else in a body is text, numbers and truth values. */
const TIMES = ["at", "until", "notBefore", "since", "createdAt", "scheduledSince"];

type Facts = Readonly<Record<string, unknown>>;

/** Something stored that cannot be read: what is wrong, after “its”. */
class Unreadable extends Error {}

/** The same facts with their times as such. */
function withTimes(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const facts = value as Record<string, unknown>;
  for (const name of TIMES) {
    const time = facts[name];
    if (typeof time === "string") facts[name] = new Date(time);
  }
  return facts;
}

/** Reads a body. A function that JSON.parse asks about every value would take five times as long. */
function read(body: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Unreadable("text is no JSON");
  }
  const facts = withTimes(value);
  if (typeof facts === "object" && facts !== null && "state" in facts) withTimes(facts.state);
  return facts;
}

const said = (value: unknown): string => (value === undefined ? "missing" : quoteLine(JSON.stringify(value)));

function check(holds: boolean, name: string, value: unknown): void {
  if (!holds) throw new Unreadable(`${name} is ${said(value)}`);
}

function factsOf(value: unknown, name: string): Facts {
  check(typeof value === "object" && value !== null && !Array.isArray(value), name, value);
  return value as Facts;
}

const isTime = (value: unknown): boolean => value instanceof Date && !Number.isNaN(value.getTime());
const isText = (value: unknown): boolean => typeof value === "string";
const isOptional = (is: (value: unknown) => boolean, value: unknown): boolean =>
  value === undefined || is(value);
const isCount =
  (most: number, least = 0) =>
  (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const isOneOf =
  (...known: readonly string[]) =>
  (value: unknown): boolean =>
    known.includes(value as string);

function isDays(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((day, i) => isCount(7, 1)(day) && (i === 0 || day > value[i - 1]));
}

function checkTopics(topics: unknown, at: Date): void {
  check(isText(topics), "topics", topics);
  try {
    readTopics(topics as string, at);
  } catch (error) {
    if (error instanceof UserError) throw new Unreadable(`topics cannot be read: ${error.message}`);
    throw error;
  }
}

function checkPlan(value: unknown, at: Date): void {
  const plan = factsOf(value, "plan");
  const { hour, minute } = factsOf(plan["time"], "time");
  check(isCount(23)(hour) && isCount(59)(minute), "time", plan["time"]);
  const { zone } = plan;
  check(typeof zone === "string" && isZone(zone), "time zone", zone);
  check(isDays(plan["days"]), "list of days", plan["days"]);
  check(isCount(10)(plan["runnersUp"]), "number of runners-up", plan["runnersUp"]);
  for (const name of ["minimumComments", "minimumVotes"])
    check(isCount(Number.MAX_SAFE_INTEGER)(plan[name]), name, plan[name]);
  check(isOneOf("thread", "channel")(plan["delivery"]), "delivery", plan["delivery"]);
  checkTopics(plan["topics"], at);
}

const isHeldReason = isOneOf("place-missing", "not-allowed");

function checkPlace(value: unknown, key: string): void {
  const place = factsOf(value, "channel");
  const fine = isText(place["platform"]) && isText(place["channel"]) && isOptional(isText, place["server"]);
  check(fine && placeKey(value as Place) === key, "channel", value);
}

/** Reads a subscription. Gives the problem, in words after “its”, where it is none. */
export function readSubscription({ id, place, body }: SubscriptionRecord): Subscription | string {
  return orProblem(() => {
    const one = factsOf(read(body), "content");
    check(one["id"] === id, "id", one["id"]);
    checkPlace(one["place"], place);
    check(isText(one["createdBy"]), "maker", one["createdBy"]);
    for (const name of ["createdAt", "scheduledSince"]) check(isTime(one[name]), name, one[name]);
    const state = factsOf(one["state"], "state");
    const held = state["kind"] === "held" && isHeldReason(state["reason"]) && isTime(state["since"]);
    check(held || isOneOf("active", "paused")(state["kind"]), "state", state);
    checkPlan(one["plan"], one["createdAt"] as Date);
    return one as unknown as Subscription;
  });
}

/** What is kept of a row besides its key and times. */
export interface RowBody {
  readonly state: RowState;
  readonly content?: Content;
  readonly message?: string;
}

const isSkipReason = isOneOf(
  "paused",
  "missed",
  "held",
  "before-plan",
  "unconfirmed",
  "unreadable",
  "nothing",
);
const isNothing = isOneOf("empty-corpus", "no-match", "below-minimum", "all-had");

function isReason(value: unknown): boolean {
  const reason = factsOf(value, "reason");
  if (reason["kind"] === "held") return isHeldReason(reason["reason"]);
  if (reason["kind"] === "nothing") return isNothing(factsOf(reason["reason"], "reason")["kind"]);
  return isSkipReason(reason["kind"]);
}

function isState(state: Facts): boolean {
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
      return isReason(state["reason"]);
    default:
      return false;
  }
}

function isKept(value: unknown): boolean {
  const { id, parts, score } = factsOf(value, "paper");
  const isPart = (part: unknown): boolean => {
    const { kind, value: number } = factsOf(part, "score");
    return isOneOf("recency", "attention", "fit", "novelty")(kind) && typeof number === "number";
  };
  return isText(id) && typeof score === "number" && Array.isArray(parts) && parts.every(isPart);
}

function isContent(value: unknown): boolean {
  const content = factsOf(value, "content");
  if (content["kind"] === "nothing") return isNothing(factsOf(content["reason"], "reason")["kind"]);
  const { runnersUp } = content;
  return isKept(content["paper"]) && Array.isArray(runnersUp) && runnersUp.every(isKept);
}

/** Reads what a row keeps. Gives the problem, in words after “its”, where it cannot be read. */
export function readRowBody({ body, dueAt, writtenAt }: SlotRecord): RowBody | string {
  return orProblem(() => {
    const one = factsOf(read(body), "content");
    check(isTime(dueAt) && isTime(writtenAt), "time", String(dueAt));
    check(isState(factsOf(one["state"], "state")), "state", one["state"]);
    check(isOptional(isContent, one["content"]), "content", one["content"]);
    check(isOptional(isText, one["message"]), "message", one["message"]);
    return one as unknown as RowBody;
  });
}

function orProblem<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}
