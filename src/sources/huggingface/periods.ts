import type { IsoDay } from "../days.ts";
import { parseDay } from "../days.ts";

/** What one list of Hugging Face spans. */
export type Period =
  | { readonly kind: "day"; readonly day: IsoDay }
  /** ISO week, `2026-W09`. */
  | { readonly kind: "week"; readonly week: string }
  /** `2026-02`. */
  | { readonly kind: "month"; readonly month: string };

/** Reads `2026-02-27`, `2026-W09` or `2026-02`; undefined for other text. */
export function parsePeriod(text: string): Period | undefined {
  const day = parseDay(text);
  if (day !== undefined) return { kind: "day", day };
  if (/^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/.test(text)) return { kind: "week", week: text };
  return /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text) ? { kind: "month", month: text } : undefined;
}

/** The period as the API's parameter: name and value. */
export function periodParameter(period: Period): readonly [name: string, value: string] {
  switch (period.kind) {
    case "day":
      return ["date", period.day];
    case "week":
      return ["week", period.week];
    case "month":
      return ["month", period.month];
  }
}
