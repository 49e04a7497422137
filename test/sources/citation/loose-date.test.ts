import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLooseDate } from "../../../src/sources/citation/loose-date.ts";

describe("a date as references write it", () => {
  it.each([
    ["2020", "2020"],
    ["2020///", "2020"],
    ["2020/05//", "2020-05"],
    ["2020/05/17/", "2020-05-17"],
    ["2020/5/7", "2020-05-07"],
    ["2020-05-17T10:00:00Z", "2020-05-17"],
    ["20200517", "2020-05-17"],
    ["2020 May 17", "2020-05-17"],
    ["17 May 2020", "2020-05-17"],
    ["May 17, 2020", "2020-05-17"],
    ["Sept. 2020", "2020-09"],
    ["2020 May-Jun", "2020-05"],
    ["2020 Jan 3-9", "2020-01"],
    ["2020///Spring", "2020"],
    ["2020 Spring", "2020"],
    ["c2001", "2001"],
    ["2020a", "2020"],
    ["(2019)", "2019"],
    ["1982-83", "1982"],
    ["1982-1983", "1982"],
    ["05/06/2020", "2020"],
    ["2020/02/31", "2020-02"],
    ["2020/13/01", "2020"],
  ])("%s is %s", (text, date) => {
    expect(readLooseDate(text)).toBe(date);
  });

  it.each(["", "in press", "n.d.", "12345678", "2020202"])("“%s” is none", (text) => {
    expect(readLooseDate(text)).toBeUndefined();
  });

  it("never says more than the digits of a year that are there", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const date = readLooseDate(text);
        expect(date === undefined || text.includes(date.slice(0, 4))).toBe(true);
      }),
    );
  });
});
