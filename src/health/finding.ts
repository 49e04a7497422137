/** How a look at one thing turned out. */
export type Level = "ok" | "warning" | "failure";

/** What was found of one thing, in a sentence, and what to do about it. Tokens never stand in either. */
export interface Finding {
  readonly level: Level;
  readonly what: string;
  /** What to do, in a sentence; absent where there is nothing to do. */
  readonly todo?: string;
}

export const fine = (what: string): Finding => ({ level: "ok", what });
export const warning = (what: string, todo: string): Finding => ({ level: "warning", what, todo });
export const failure = (what: string, todo: string): Finding => ({ level: "failure", what, todo });

const UNITS = [
  [24 * 3_600_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
] as const;

/** A length of time of so many milliseconds, whichever its sign, in the largest unit of which it has two: `90 minutes`. */
export function spanWords(ms: number): string {
  const length = Math.abs(ms);
  if (length < 60_000) return "less than a minute";
  const [unit, name] = UNITS.find(([size]) => length >= 2 * size) ?? [60_000, "minute"];
  const count = Math.round(length / unit);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

/** A moment as people read it: `2026-11-30 09:00 UTC`. */
export const momentWords = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
