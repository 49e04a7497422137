import { expect, it } from "vitest";
import { cleanText } from "../../adapters/platform/plain-text.ts";
import { escapeTerminal } from "../../adapters/terminal/escape.ts";
import { readableText } from "../../src/corpus/readable-text.ts";

/** Unicode's property Bidi_Control, in full. */
const TURNING = "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

it.each([
  ["a platform shows", cleanText],
  ["a terminal prints", escapeTerminal],
  ["is read from a source", readableText],
])("no character that turns the direction of reading is in what %s", (_where, clean) => {
  expect(clean(`a${TURNING}b`)).toBe("ab");
});
