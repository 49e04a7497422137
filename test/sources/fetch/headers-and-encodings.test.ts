import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { htmlTitle } from "../../../src/sources/fetch/body.ts";
import { decodeText } from "../../../src/sources/fetch/decode.ts";
import { parseRateLimit, parseRetryAfter } from "../../../src/sources/fetch/rate-limit.ts";

const now = new Date("2026-03-06T12:00:00Z");
const bytes = (text: string, encoding: BufferEncoding = "utf8"): Buffer => Buffer.from(text, encoding);

describe("Retry-After", () => {
  it.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["1.5", 1500],
    ["Fri, 06 Mar 2026 12:01:00 GMT", 60_000],
    ["Fri, 06 Mar 2026 11:00:00 GMT", 0],
    ["Mon, 09 Mar 2026 12:00:00 GMT", 3 * 86_400_000],
    ["Friday, 06-Mar-26 12:01:00 GMT", 60_000],
    ["-5", undefined],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ])("%o is %o ms", (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });
});

describe("Retry-After in the oldest form of dates", () => {
  it("is GMT, wherever this machine stands", () => {
    vi.stubEnv("TZ", "America/New_York");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(new Date(2026, 2, 6, 12).toISOString()).toBe("2026-03-06T17:00:00.000Z");
    expect(parseRetryAfter("Fri Mar  6 12:01:00 2026", now)).toBe(60_000);
  });
});

describe("RateLimit", () => {
  it.each([
    ['"api";r=0;t=142', { left: 0, resetMs: 142_000 }],
    ['"pages";r=99;t=3', { left: 99, resetMs: 3000 }],
    ['"api"; r=7; t=12', { left: 7, resetMs: 12_000 }],
    ['"api";r=;t=1', undefined],
    ["", undefined],
    [null, undefined],
  ])("%o is %o", (value, expected) => {
    expect(parseRateLimit(value)).toEqual(expected);
  });
});

describe("an encoding", () => {
  const umlaut = "Müller";

  it.each([
    ["UTF-8 without a word", bytes(umlaut), ""],
    ["UTF-8 with a byte-order mark", bytes(`\uFEFF${umlaut}`), "application/json"],
    ["that the header declares", bytes(umlaut, "latin1"), "text/xml; charset=ISO-8859-1"],
    ["UTF-16 by its byte-order mark", bytes(`\uFEFF${umlaut}`, "utf16le"), "text/html; charset=utf-8"],
  ])("is %s", (_name, encoded, contentType) => {
    expect(decodeText(encoded, contentType)).toEqual({ kind: "text", text: umlaut });
  });

  it("is the one that XML or HTML declare of themselves", () => {
    for (const declaration of [
      '<?xml version="1.0" encoding="iso-8859-1"?>',
      '<html><meta charset="latin1">',
    ]) {
      const text = `${declaration}${umlaut}`;
      expect(decodeText(bytes(text, "latin1"))).toEqual({ kind: "text", text });
    }
  });

  it("is not UTF-16 because a text that is not says so of itself", () => {
    const text = `<?xml version="1.0" encoding="UTF-16"?>${umlaut}`;
    expect(decodeText(bytes(text))).toEqual({ kind: "text", text });
  });

  it("that does not fit is told, never repaired", () => {
    expect(decodeText(bytes(umlaut, "latin1"))).toEqual({
      kind: "undecodable",
      found: "bytes that are not UTF-8",
    });
    expect(decodeText(bytes(umlaut), "text/xml; charset=klingon")).toEqual({
      kind: "undecodable",
      found: "the unknown encoding “klingon”",
    });
  });

  it("is UTF-8 where the bytes are, though a proxy declares a Western one", () => {
    for (const type of ["text/xml; charset=ISO-8859-1", "application/json; charset=us-ascii"]) {
      expect(decodeText(bytes(umlaut), type)).toEqual({ kind: "text", text: umlaut });
    }
    const declared = `<?xml version="1.0" encoding="windows-1252"?>${umlaut}`;
    expect(decodeText(bytes(declared))).toEqual({ kind: "text", text: declared });
    // UTF-16 is valid UTF-8 too, with zeros.
    const wide = decodeText(bytes(umlaut, "utf16le"), "text/xml; charset=utf-16le");
    expect(wide).toEqual({ kind: "text", text: umlaut });
  });

  it("never makes the reader throw", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (some, type) => {
        expect(["text", "undecodable"]).toContain(decodeText(some, `text/xml; charset=${type}`).kind);
      }),
    );
  });
});

describe("an HTML page", () => {
  it.each([
    ["<!DOCTYPE html><html><head><title>502 Bad Gateway</title>", "502 Bad Gateway"],
    ["\n <!-- saved -->\n<html lang=en><title> Sign in </title>", "Sign in"],
    ['<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html><title>Busy</title>', "Busy"],
    [`${"<!---->".repeat(400)}<x>`, undefined],
    ["<html>", ""],
    ['<?xml version="1.0"?><feed><title>x</title></feed>', undefined],
    ['{"html": "<html>"}', undefined],
    ["", undefined],
  ])("%s is known by its beginning", (text, title) => {
    expect(htmlTitle(text)).toBe(title);
  });
});
