import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WEEKDAYS } from "../../src/schedule/slots/local-date.ts";
import {
  formatDays,
  formatSchedule,
  formatTime,
  parseDays,
  parseTime,
} from "../../src/schedule/slots/schedule-options.ts";
import { parseZone } from "../../src/schedule/slots/zone-option.ts";
import { AMBIGUOUS_ZONES, ZONES_OF_PLACES } from "../../src/schedule/slots/zone-names.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";
import { UserError } from "../../src/user-error.ts";

/** What reading a text comes to: a value, or the name of the error. */
function attempt(read: (text: string) => unknown, text: string): string {
  try {
    read(text);
    return "read";
  } catch (error) {
    return error instanceof Error ? error.name : "something else";
  }
}

/** Text of any kind with pieces that a reader knows. */
const anyText = (...known: string[]) =>
  fc
    .array(fc.oneof(fc.string({ unit: "grapheme", maxLength: 4 }), fc.constantFrom(...known)), {
      maxLength: 6,
    })
    .map((pieces) => pieces.join(""));

/** The same letters, some of them capital. */
const anyCase = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) =>
      Array.from(text, (c, i) => (upper[i] === true ? c.toUpperCase() : c.toLowerCase())).join(""),
    );

describe("a time of day", () => {
  it.each([
    ["9", "09:00"],
    ["9:00", "09:00"],
    ["09.30", "09:30"],
    ["9h30", "09:30"],
    ["9h", "09:00"],
    ["9am", "09:00"],
    ["9:30 pm", "21:30"],
    ["9:30 P.M.", "21:30"],
    ["12am", "00:00"],
    ["12 pm", "12:00"],
    ["noon", "12:00"],
    [" Midnight ", "00:00"],
    ["23:59", "23:59"],
  ])("written %s is %s", (text, expected) => {
    expect(formatTime(parseTime(text))).toBe(expected);
  });

  it.each(["25", "9:60", "13pm", "0am", "9:5", "", "nine", "-1", "9:00:00", "constructor"])(
    "is refused as %s, with what is allowed",
    (text) => {
      expect(() => parseTime(text)).toThrow(UserError);
      expect(() => parseTime(text)).toThrow(`“${text}” is not a time of day. Write an hour`);
    },
  );

  it("of 24 o'clock is asked back, since it may mean two days", () => {
    expect(() => parseTime("24:00")).toThrow("Write 0:00 or midnight.");
  });

  it("is read back as it is written, in both kinds of clock", () => {
    fc.assert(
      fc.property(fc.nat(23), fc.nat(59), (hour, minute) => {
        const time = { hour, minute };
        expect(parseTime(formatTime(time))).toEqual(time);
        const half = `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, "0")}${hour < 12 ? "am" : " PM"}`;
        expect(parseTime(half)).toEqual(time);
      }),
    );
  });

  it("is either read or refused with a UserError, whatever the text", () => {
    fc.assert(
      fc.property(anyText("9", ":", "30", "am", "noon", " "), (text) => {
        expect(attempt(parseTime, text)).toMatch(/^(read|UserError)$/);
      }),
    );
  });
});

describe("days", () => {
  it.each([
    ["weekdays", "12345"],
    ["weekends", "67"],
    ["daily", "1234567"],
    ["every day", "1234567"],
    ["weekly", "1"],
    ["mon,thu", "14"],
    ["Monday and Thursday", "14"],
    ["on Mondays & thurs", "14"],
    ["mon-fri", "12345"],
    ["tue – thu", "234"],
    ["Monday to Wednesday", "123"],
    ["fri-mon", "1567"],
    ["weekends, wed", "367"],
    ["sun mon", "17"],
  ])("written %s are %s", (text, expected) => {
    expect(parseDays(text).join("")).toBe(expected);
  });

  it.each([
    ["funday", "“funday” is not a day of the week. Write weekdays, weekends, daily"],
    ["mon,xyz", "“xyz” is not a day of the week."],
    ["m", "“m” is not a day of the week."],
    ["mon-wed-fri", "“mon-wed-fri” is not a day of the week."],
    ["", "No day is named. Write weekdays"],
    ["and", "No day is named."],
  ])("are refused as %s, with what is allowed", (text, message) => {
    expect(() => parseDays(text)).toThrow(UserError);
    expect(() => parseDays(text)).toThrow(message);
  });

  it("are read back as they are written in words, whichever they are", () => {
    fc.assert(
      fc.property(fc.subarray([...WEEKDAYS], { minLength: 1 }), (days) => {
        expect(parseDays(formatDays(days))).toEqual(days);
      }),
    );
  });

  it("are either read or refused with a UserError, whatever the text", () => {
    fc.assert(
      fc.property(anyText("mon", "-", ",", " and ", "weekdays", "daily", "to"), (text) => {
        expect(attempt(parseDays, text)).toMatch(/^(read|UserError)$/);
      }),
    );
  });
});

describe("a time zone", () => {
  it.each([
    ["europe/berlin", "Europe/Berlin"],
    ["America/New York", "America/New_York"],
    ["asia/kolkata", "Asia/Kolkata"],
    ["Europe/Kyiv", "Europe/Kyiv"],
    ["utc", "UTC"],
    ["GMT", "UTC"],
  ])("written %s is %s", (text, expected) => {
    expect(parseZone(text)).toBe(expected);
  });

  it.each([
    [
      "CET",
      "“CET” is ambiguous: it does not say which place's clock changes to follow. Write one of Europe/Berlin,",
    ],
    ["PST", "America/Los_Angeles"],
    ["San Francisco", "“San Francisco” is not a time zone. Did you mean America/Los_Angeles?"],
    ["Berlin", "Did you mean Europe/Berlin?"],
    ["Europe/Berln", "Did you mean Europe/Berlin?"],
    ["Europ/Berlin", "Did you mean Europe/Berlin?"],
    ["+02:00", "“+02:00” is an offset, which does not follow summer time. Write the name of a zone, such as"],
    ["UTC+2", "is an offset"],
    ["xx", "“xx” is not a time zone. Write the name of a zone"],
    ["", "“” is not a time zone."],
    ["constructor", "“constructor” is not a time zone. Write"],
  ])("is refused as %s, with what may be meant", (text, message) => {
    expect(() => parseZone(text)).toThrow(UserError);
    expect(() => parseZone(text)).toThrow(message);
  });

  it("is found under every name the runtime lists, in any case", () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...Intl.supportedValuesOf("timeZone"))
          .chain((zone) => fc.tuple(fc.constant(zone), anyCase(zone))),
        ([zone, typed]) => {
          expect(parseZone(typed)).toBe(zone);
        },
      ),
    );
  });

  it("is only ever suggested when it is one that can be typed", () => {
    for (const zone of [...AMBIGUOUS_ZONES.values(), ...ZONES_OF_PLACES.values()].flat()) {
      expect(parseZone(zone)).toBe(zone);
    }
  });

  it("is either read or refused with a UserError, whatever the text", () => {
    fc.assert(
      fc.property(anyText("Europe", "/", "berlin", "UTC", "+", "_", "new york", "CET"), (text) => {
        expect(attempt(parseZone, text)).toMatch(/^(read|UserError)$/);
      }),
    );
  });
});

describe("a schedule in words", () => {
  it("says days, time and zone", () => {
    expect(formatSchedule({ ...DEFAULT_PLAN, zone: "Europe/Berlin" })).toBe(
      "on weekdays at 09:00 Europe/Berlin",
    );
    expect(formatSchedule({ days: [1, 4, 7], time: { hour: 18, minute: 30 }, zone: "UTC" })).toBe(
      "on Mondays, Thursdays and Sundays at 18:30 UTC",
    );
  });
});
