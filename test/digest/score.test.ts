import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Paper } from "../../src/corpus/paper.ts";
import type { Candidate } from "../../src/digest/ranking/candidate.ts";
import { LATE_LIMIT_MS, PUNCTUAL_MS } from "../../src/schedule/slots/decide-slot.ts";
import { REMEMBERED } from "../../src/digest/choice/had.ts";
import {
  FULL_ATTENTION,
  HALF_LIFE_DAYS,
  NEW_DAYS,
  scorePaper,
  WEIGHTS,
} from "../../src/digest/ranking/score.ts";
import { date, paper } from "./papers.ts";

const today = date("2026-03-10");
const score = (one: Paper, more: Partial<Candidate> = {}, remembered = 0) =>
  scorePaper({ paper: one, ...more }, { today, remembered }).score;

describe("the score", () => {
  it("is as the design states it", async () => {
    const texts = ["../../src/digest/DESIGN.md", "../../src/schedule/DESIGN.md"].map((file) =>
      readFile(new URL(file, import.meta.url), "utf8"),
    );
    const text = (await Promise.all(texts)).join("\n");
    const { recency, attention, fit, novelty } = WEIGHTS;
    const stated = [
      `${recency} · recency + ${attention} · attention + ${fit} · fit + ${novelty} · novelty`,
      `2^(-days / ${HALF_LIFE_DAYS})`,
      `ln(1 + votes + comments) / ln(${FULL_ATTENTION + 1})`,
      `Papers of the last ${NEW_DAYS} days`,
      `the last ${REMEMBERED} papers of the day here`,
      `after ${PUNCTUAL_MS / 60_000} minutes`,
      `is ${LATE_LIMIT_MS / 3_600_000} hours old`,
    ];
    expect(stated.filter((words) => !text.includes(words))).toEqual([]);
  });

  it("is that of the examples in the design", () => {
    expect(score(paper("A", { day: "2026-03-10" })) - score(paper("B", { day: "2026-03-09" }))).toBeCloseTo(
      0.12,
      2,
    );
    const unread = score(paper("Unread", { day: "2026-03-10" }));
    expect(score(paper("Loved", { day: "2026-03-07", votes: 100 }))).toBeGreaterThan(unread);
    expect(score(paper("Loved long ago", { day: "2026-02-26", votes: 100 }))).toBeLessThan(unread);
  });

  it("leaves out what does not apply: recency in the archive, fit without topics, novelty where nothing was posted", () => {
    expect(score(paper("Archive", { votes: 100 }))).toBe(1);
    expect(score(paper("Archive", { votes: 100 }), { fit: { topic: "robots", value: 0.5 } })).toBe(0.8);
    expect(score(paper("Archive"), {}, 1)).toBe(0.25);
    const near = { nearest: { paper: paper("Before"), similarity: 0.4 } };
    expect(score(paper("Archive"), near, 1)).toBe(0.15);
  });

  it("takes a date without a day for its first day", () => {
    expect(score(paper("March", { day: "2026-03" }))).toBe(score(paper("First", { day: "2026-03-01" })));
  });
});
