import type { PartialDate } from "../corpus/partial-date.ts";
import { formatDate, parsePartialDate } from "../corpus/partial-date.ts";
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
