import { describe, expect, test } from "vitest";
import { problemsOf } from "./blocks/shape.ts";
import { homeView, modalView } from "./blocks/views.ts";
import type { Json } from "./json.ts";

const long = (length: number): string => "x".repeat(length);
const dividers = (length: number): Json[] => Array.from({ length }, () => ({ type: "divider" }));
const plain = (text: string): Json => ({ type: "plain_text", text });
const mrkdwn = (text: string): Json => ({ type: "mrkdwn", text });
const section = (): Json => ({ type: "section", text: mrkdwn("t") });
const input = (): Json => ({
  type: "input",
  label: plain("L"),
  element: { type: "plain_text_input", action_id: "i" },
});
const cell = (text: string): Json => ({ type: "raw_text", text });
const modal = (more: Json = {}): Json => ({ type: "modal", title: plain("T"), blocks: [section()], ...more });

const badModals: [string, Json, string][] = [
  ["without title", modal({ title: undefined }), "missing required field: title"],
  ["with a title over 24", modal({ title: plain(long(25)) }), "[json-pointer:/view/title/text]"],
  ["with a title in mrkdwn", modal({ title: mrkdwn("T") }), "unsupported type: mrkdwn"],
  ["with a submit over 24", modal({ submit: plain(long(25)) }), "[json-pointer:/view/submit/text]"],
  ["with a close over 24", modal({ close: plain(long(25)) }), "[json-pointer:/view/close/text]"],
  ["with inputs but no submit", modal({ blocks: [input()] }), "submit"],
  ["with private_metadata over 3000", modal({ private_metadata: long(3001) }), "private_metadata"],
  ["with a callback_id over 255", modal({ callback_id: long(256) }), "callback_id"],
  ["with 101 blocks", modal({ blocks: dividers(101) }), "no more than 100"],
  ["with a table", modal({ blocks: [{ type: "table", rows: [[cell("a")]] }] }), "unsupported type: table"],
  ["with a misspelt property", modal({ callbackId: "c" }), "additional property: callbackId"],
  ["of the type home", { type: "home", blocks: [] }, "unsupported type: home"],
];

describe("a view", () => {
  test("may have 100 blocks and an input with submit", () => {
    const blocks = [input(), ...dividers(99)];
    expect(problemsOf(modalView, modal({ blocks, submit: plain("Go") }))).toEqual([]);
    expect(problemsOf(homeView, { type: "home", blocks: [section()] })).toEqual([]);
  });

  test.for(badModals)("may not be a modal %s", ([, view, rule]) => {
    const sent: unknown = JSON.parse(JSON.stringify(view));
    expect(problemsOf(modalView, sent, "/view").join("\n")).toContain(rule);
  });

  test("may not be a Home tab with a title", () => {
    const view = { type: "home", title: plain("T"), blocks: [] };
    expect(problemsOf(homeView, view).join("\n")).toContain("additional property: title");
  });
});
