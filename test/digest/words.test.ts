import { describe, expect, it } from "vitest";
import type { SkipReason } from "../../src/schedule/ledger.ts";
import type { NothingReason } from "../../src/digest/choice/nothing.ts";
import { isWorthSaying } from "../../src/digest/choice/nothing.ts";
import { nothingWords, ordinal } from "../../src/digest/words.ts";
import { skipWords } from "../../src/schedule/words.ts";

describe("the words of the digest", () => {
  it.each<[SkipReason<NothingReason>, string]>([
    [{ kind: "paused" }, "paused"],
    [{ kind: "missed" }, "missed: Paperboy was not running"],
    [{ kind: "held", reason: "not-allowed" }, "held: a permission was missing"],
    [{ kind: "held", reason: "place-missing" }, "held: the channel was not there"],
    [{ kind: "before-plan" }, "its time lay before the subscription or its last change"],
    [{ kind: "unconfirmed" }, "sending it broke off; not sent again, since it may have arrived"],
    [{ kind: "nothing", reason: { kind: "empty-corpus" } }, "There are no papers to choose from yet."],
  ])("say why a digest was skipped: %j", (reason, words) => {
    expect(skipWords(reason, nothingWords)).toBe(words);
  });

  it.each<[NothingReason, string]>([
    [
      { kind: "no-match" },
      "No paper matches the topics of this subscription. Fewer words, or commas between topics, find more.",
    ],
    [
      { kind: "below-minimum", matching: 2 },
      "2 papers match the topics, but none has the comments or votes that are asked for.",
    ],
    [{ kind: "all-had", matching: 1 }, "The only paper that passes the filters has been posted here."],
    [{ kind: "all-had", matching: 9 }, "All 9 papers that pass the filters have been posted here."],
  ])("say why there is no paper: %j", (reason, words) => {
    expect(nothingWords(reason)).toBe(words);
  });

  it("count places as people do", () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal)).toEqual([
      "1st",
      "2nd",
      "3rd",
      "4th",
      "11th",
      "12th",
      "13th",
      "21st",
      "102nd",
      "111th",
    ]);
  });
});

describe("that there is no paper", () => {
  it("is said once, and again only for another reason or after a paper", () => {
    expect(isWorthSaying({ kind: "no-match" }, undefined)).toBe(true);
    expect(isWorthSaying({ kind: "no-match" }, { kind: "no-match" })).toBe(false);
    expect(isWorthSaying({ kind: "all-had", matching: 9 }, { kind: "all-had", matching: 8 })).toBe(false);
    expect(isWorthSaying({ kind: "all-had", matching: 9 }, { kind: "no-match" })).toBe(true);
  });
});
