import { describe, expect, test } from "vitest";
import { messageBlocks } from "./blocks/blocks.ts";
import { problemsOf } from "./blocks/shape.ts";
import type { Json } from "./json.ts";

const long = (length: number): string => "x".repeat(length);
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const plain = (text: string): Json => ({ type: "plain_text", text });
const mrkdwn = (text: string): Json => ({ type: "mrkdwn", text });
const section = (more: Json = {}): Json => ({ type: "section", text: mrkdwn("t"), ...more });
const button = (more: Json = {}): Json => ({ type: "button", text: plain("Go"), action_id: "go", ...more });
const actions = (...elements: Json[]): Json => ({ type: "actions", elements });
const option = (more: Json = {}): Json => ({ text: plain("o"), value: "v", ...more });
const select = (more: Json = {}): Json => ({
  type: "static_select",
  action_id: "s",
  options: [option()],
  ...more,
});
const picture = (more: Json = {}): Json => ({
  type: "image",
  image_url: "https://a.example/b.png",
  alt_text: "a",
  ...more,
});
const input = (more: Json = {}, element: Json = {}): Json => ({
  type: "input",
  label: plain("L"),
  element: { type: "plain_text_input", action_id: "i", ...element },
  ...more,
});
const cell = (text: string): Json => ({ type: "raw_text", text });
const confirm = (more: Json = {}): Json => ({ text: plain("t"), ...more });

const good: [string, Json[]][] = [
  ["a section at its limit", [section({ text: mrkdwn(long(3000)) })]],
  ["a section of ten fields", [{ type: "section", fields: times(10, () => mrkdwn(long(2000))) }]],
  ["50 blocks", times(50, () => ({ type: "divider" }))],
  ["25 buttons", [actions(...times(25, (at) => button({ action_id: `b${at}` })))]],
  ["the same action id in two blocks", [actions(button()), actions(button())]],
  [
    "buttons without action ids",
    [actions(button({ action_id: undefined }), { type: "button", text: plain("b") })],
  ],
  ["an input", [input()]],
  ["a table", [{ type: "table", rows: [[cell("a"), cell("b")]] }]],
  ["a picture", [picture({ title: plain("t") }), { type: "context", elements: [picture(), mrkdwn("c")] }]],
  ["a confirmation", [actions(button({ confirm: confirm({ title: plain("t"), deny: plain("no") }) }))]],
  ["a rich text", [richText({ type: "text", text: "t", style: { bold: true } })]],
  ["an overflow menu", [actions({ type: "overflow", action_id: "o", options: [option(), option()] })]],
];

function richText(...spans: Json[]): Json {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: spans }] };
}

/** What is refused, where the problem lies and the words that name the rule. */
const bad: [string, Json[], string, string][] = [
  ["51 blocks", times(51, () => ({ type: "divider" })), "/blocks", "no more than 50"],
  ["an unknown block", [{ type: "sectoin" }], "/blocks/0", "unsupported type: sectoin"],
  ["a block without type", [{}], "/blocks/0", "unsupported type"],
  ["a misspelt property", [section({ acessory: button() })], "/blocks/0", "additional property: acessory"],
  ["a section without text", [{ type: "section" }], "/blocks/0", "text or fields"],
  ["a section over 3000", [section({ text: mrkdwn(long(3001)) })], "/blocks/0/text/text", "3001"],
  ["an empty text", [section({ text: mrkdwn("") })], "/blocks/0/text/text", "more than 0"],
  ["a blank text", [section({ text: mrkdwn(" ") })], "/blocks/0/text/text", "more than 0"],
  [
    "a text of unknown type",
    [section({ text: { type: "markdown", text: "t" } })],
    "/blocks/0/text",
    "unsupported",
  ],
  ["a text that is no object", [section({ text: "t" })], "/blocks/0/text", "must be an object"],
  [
    "a misspelt text property",
    [section({ text: { ...mrkdwn("t"), emoji: true } })],
    "/blocks/0/text",
    "emoji",
  ],
  ["11 fields", [section({ fields: times(11, () => mrkdwn("f")) })], "/blocks/0/fields", "no more than 10"],
  ["no fields", [section({ fields: [] })], "/blocks/0/fields", "no fewer than 1"],
  ["a field over 2000", [section({ fields: [mrkdwn(long(2001))] })], "/blocks/0/fields/0/text", "2001"],
  [
    "a header in mrkdwn",
    [{ type: "header", text: mrkdwn("h") }],
    "/blocks/0/text",
    "unsupported type: mrkdwn",
  ],
  ["a header over 150", [{ type: "header", text: plain(long(151)) }], "/blocks/0/text/text", "151"],
  [
    "11 context elements",
    [{ type: "context", elements: times(11, () => mrkdwn("c")) }],
    "/blocks/0/elements",
    "10",
  ],
  [
    "a button in a context",
    [{ type: "context", elements: [button()] }],
    "/blocks/0/elements/0",
    "unsupported",
  ],
  [
    "26 buttons",
    [actions(...times(26, (at) => button({ action_id: `b${at}` })))],
    "/blocks/0/elements",
    "25",
  ],
  ["no buttons", [actions()], "/blocks/0/elements", "no fewer than 1"],
  ["a button over 75", [actions(button({ text: plain(long(76)) }))], "/blocks/0/elements/0/text/text", "76"],
  ["a button in mrkdwn", [actions(button({ text: mrkdwn("b") }))], "/blocks/0/elements/0/text", "mrkdwn"],
  ["a value over 2000", [actions(button({ value: long(2001) }))], "/blocks/0/elements/0/value", "2001"],
  [
    "an action id over 255",
    [actions(button({ action_id: long(256) }))],
    "/blocks/0/elements/0/action_id",
    "256",
  ],
  [
    "an unknown style",
    [actions(button({ style: "default" }))],
    "/blocks/0/elements/0/style",
    "primary, danger",
  ],
  ["an address over 3000", [actions(button({ url: `https://a.b/${long(3000)}` }))], "/url", "3001"],
  ["an address of javascript", [actions(button({ url: "javascript:alert(1)" }))], "/url", "invalid url"],
  ["an address with a space", [actions(button({ url: "https://a.b/c d" }))], "/url", "invalid url"],
  ["an action id twice", [actions(button(), button())], "/blocks/0/elements", "already exists"],
  ["a block id twice", [section({ block_id: "b" }), section({ block_id: "b" })], "/blocks", "already exists"],
  ["a block id over 255", [section({ block_id: long(256) })], "/blocks/0/block_id", "256"],
  ["101 options", [actions(select({ options: times(101, () => option()) }))], "/options", "no more than 100"],
  [
    "no options",
    [actions(select({ options: undefined }))],
    "/blocks/0/elements/0",
    "options or option_groups",
  ],
  [
    "an option text over 75",
    [actions(select({ options: [option({ text: plain(long(76)) })] }))],
    "/text",
    "76",
  ],
  ["an option in mrkdwn", [actions(select({ options: [option({ text: mrkdwn("o") })] }))], "/text", "mrkdwn"],
  ["an option value over 75", [actions(select({ options: [option({ value: long(76) })] }))], "/value", "76"],
  [
    "an option description over 75",
    [actions(select({ options: [option({ description: plain(long(76)) })] }))],
    "/description/text",
    "76",
  ],
  ["an overflow of one", [actions({ type: "overflow", options: [option()] })], "/options", "no fewer than 2"],
  ["an overflow of six", [actions({ type: "overflow", options: times(6, () => option()) })], "/options", "5"],
  [
    "11 radio buttons",
    [actions({ type: "radio_buttons", options: times(11, () => option()) })],
    "/options",
    "10",
  ],
  ["11 checkboxes", [actions({ type: "checkboxes", options: times(11, () => option()) })], "/options", "10"],
  [
    "a placeholder over 150",
    [actions(select({ placeholder: plain(long(151)) }))],
    "/placeholder/text",
    "151",
  ],
  [
    "a confirm title over 100",
    [actions(button({ confirm: confirm({ title: plain(long(101)) }) }))],
    "/title",
    "101",
  ],
  [
    "a confirm text over 300",
    [actions(button({ confirm: { text: plain(long(301)) } }))],
    "/text/text",
    "301",
  ],
  [
    "a confirm button over 30",
    [actions(button({ confirm: confirm({ deny: plain(long(31)) }) }))],
    "/deny",
    "31",
  ],
  ["a picture without alt_text", [picture({ alt_text: undefined })], "/blocks/0", "alt_text"],
  ["an alt_text over 2000", [picture({ alt_text: long(2001) })], "/blocks/0/alt_text", "2001"],
  ["a picture without address", [picture({ image_url: undefined })], "/blocks/0", "image_url or slack_file"],
  ["a label over 2000", [input({ label: plain(long(2001)) })], "/blocks/0/label/text", "2001"],
  ["a label in mrkdwn", [input({ label: mrkdwn("l") })], "/blocks/0/label", "mrkdwn"],
  ["a max_length over 3000", [input({}, { max_length: 3001 })], "/element/max_length", "3000"],
  ["a button as input", [{ ...input(), element: button() }], "/blocks/0/element", "unsupported type: button"],
  ["a date that is none", [actions({ type: "datepicker", initial_date: "soon" })], "/initial_date", "a date"],
  ["a markdown block over 12000", [{ type: "markdown", text: long(12_001) }], "/blocks/0/text", "12001"],
  [
    "markdown blocks over 12000 together",
    times(2, () => ({ type: "markdown", text: long(6001) })),
    "/blocks",
    "together",
  ],
  ["two tables", times(2, () => ({ type: "table", rows: [[cell("a")]] })), "/blocks", "only one table"],
  ["a table of 101 rows", [{ type: "table", rows: times(101, () => [cell("a")]) }], "/blocks/0/rows", "100"],
  [
    "a table of 21 columns",
    [{ type: "table", rows: [times(21, () => cell("a"))] }],
    "/blocks/0/rows/0",
    "20",
  ],
  [
    "an unknown rich text span",
    [richText({ type: "bold", text: "t" })],
    "/elements/0/elements/0",
    "unsupported",
  ],
];

describe("the blocks of a message", () => {
  test.for(good)("may be %s", ([, blocks]) => {
    const sent: unknown = JSON.parse(JSON.stringify(blocks));
    expect(problemsOf(messageBlocks, sent, "/blocks")).toEqual([]);
  });

  test.for(bad)("may not be %s", ([, blocks, path, rule]) => {
    const sent: unknown = JSON.parse(JSON.stringify(blocks));
    const problems = problemsOf(messageBlocks, sent, "/blocks");
    expect(problems.filter((problem) => problem.includes(path) && problem.includes(rule))).not.toEqual([]);
  });
});
