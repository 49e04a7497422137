import type { PartialDate } from "../corpus/partial-date.ts";
import { formatDate, parsePartialDate } from "../corpus/partial-date.ts";
import type { RowState, SkipReason } from "./ledger.ts";
import { isLate } from "./slots/decide-slot.ts";
import type { LocalDate } from "./slots/local-date.ts";
import type { HeldReason } from "./subscription.ts";

/** A number with its noun: `1 comment`, `no comments`, `5 comments`. */
export function countWords(count: number, noun: string): string {
  return `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A number with its noun and a verb that agrees: `1 paper matches`, `3 papers match`; the verb takes an s for one. */
export function countVerb(count: number, noun: string, verb: string): string {
  return `${countWords(count, noun)} ${verb}${count === 1 ? (/(?:ch|ss)$/.test(verb) ? "es" : "s") : ""}`;
}

/** A day in words: `3 March 2026`. */
export function dayWords(date: LocalDate | PartialDate): string {
  const known = parsePartialDate(date);
  return known === undefined ? date : formatDate(known);
}

/** What keeps a message back, in words. */
export function heldWords(reason: HeldReason): string {
  switch (reason) {
    case "place-missing":
      return "the channel was not there";
    case "not-allowed":
      return "a permission was missing";
  }
}

/** Why something that was due was skipped. `nothing` says why there was nothing. */
export function skipWords<Nothing>(
  reason: SkipReason<Nothing>,
  nothing: (reason: Nothing) => string,
): string {
  switch (reason.kind) {
    case "paused":
      return "paused";
    case "missed":
      return "missed: Paperboy was not running";
    case "held":
      return `held: ${heldWords(reason.reason)}`;
    case "before-plan":
      return "its time lay before the subscription or its last change";
    case "unconfirmed":
      return "sending it broke off; not sent again, since it may have arrived";
    case "refused":
      return "it was refused for good";
    case "unreadable":
      return "what is kept of it cannot be read; not sent again, since it may have arrived";
    case "nothing":
      return nothing(reason.reason);
  }
}

/** What became of something that was due, in words. `nothing` says why there was nothing. */
export function stateWords<Nothing>(
  state: RowState<Nothing>,
  dueAt: Date,
  nothing: (reason: Nothing) => string,
): string {
  switch (state.kind) {
    case "planned":
      return "due; the platform asked to wait";
    case "claimed":
      return "being sent";
    case "sent":
    case "confirmed":
      return isLate(dueAt, state.at) ? `late, at ${state.at.toISOString().slice(11, 16)} UTC` : "sent";
    case "skipped":
      return `skipped: ${skipWords(state.reason, nothing)}`;
    case "held":
      return `held: ${heldWords(state.reason)}`;
  }
}
