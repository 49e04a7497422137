import { describe, expect, it } from "vitest";
import { parsePeriod } from "../../../src/sources/huggingface/periods.ts";

describe("a period", () => {
  it.each([
    ["2026-02-27", "day"],
    ["2026-W09", "week"],
    ["2026-02", "month"],
    ["2026-W54", undefined],
    ["2026-02-30", undefined],
    ["2026-13", undefined],
    ["2026", undefined],
  ])("%s is a %s", (text, kind) => {
    expect(parsePeriod(text)?.kind).toBe(kind);
  });
});
