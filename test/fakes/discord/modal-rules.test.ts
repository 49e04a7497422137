import { describe, expect, test } from "vitest";
import { refusal } from "./connect.ts";
import { setting } from "./interaction-setting.ts";

const input = (more: object = {}) => ({ type: 4, custom_id: "i", style: 1, ...more });
const label = (more: object = {}) => ({ type: 18, label: "L", component: input(), ...more });
const options = (type: number, count: number) => ({
  type,
  custom_id: "o",
  options: Array.from({ length: count }, (_, at) => ({ label: "l", value: `${at}` })),
});
const modal = (more: object = {}) => ({ custom_id: "m", title: "T", components: [label()], ...more });

describe("a modal", () => {
  test.for([
    ["a title over 45", modal({ title: "x".repeat(46) }), "BASE_TYPE_BAD_LENGTH"],
    ["no components", modal({ components: [] }), "BASE_TYPE_BAD_LENGTH"],
    [
      "6 components",
      modal({
        components: [1, 2, 3, 4, 5, 6].map((at) => label({ component: input({ custom_id: `i${at}` }) })),
      }),
      "BASE_TYPE_BAD_LENGTH",
    ],
    ["a label over 45", modal({ components: [label({ label: "x".repeat(46) })] }), "BASE_TYPE_BAD_LENGTH"],
    [
      "a description over 100",
      modal({ components: [label({ description: "x".repeat(101) })] }),
      "BASE_TYPE_MAX_LENGTH",
    ],
    [
      "a button",
      modal({ components: [{ type: 1, components: [{ type: 2, style: 1, label: "b", custom_id: "b" }] }] }),
      "UNION_TYPE_CHOICES",
    ],
    ["the same custom id twice", modal({ components: [label(), label()] }), "COMPONENT_CUSTOM_ID_DUPLICATED"],
    ["a bare text input", modal({ components: [input()] }), "UNION_TYPE_CHOICES"],
    [
      "a label inside the input of a label",
      modal({ components: [label({ component: input({ label: "L" }) })] }),
      "UNKNOWN_PROPERTY",
    ],
    [
      "a placeholder over 100",
      modal({ components: [label({ component: input({ placeholder: "x".repeat(101) }) })] }),
      "BASE_TYPE_MAX_LENGTH",
    ],
    [
      "one radio option",
      modal({
        components: [
          label({ component: { type: 21, custom_id: "r", options: [{ label: "a", value: "a" }] } }),
        ],
      }),
      "BASE_TYPE_BAD_LENGTH",
    ],
    [
      "11 radio options",
      modal({ components: [label({ component: options(21, 11) })] }),
      "BASE_TYPE_BAD_LENGTH",
    ],
    ["11 checkboxes", modal({ components: [label({ component: options(22, 11) })] }), "BASE_TYPE_BAD_LENGTH"],
    [
      "11 files",
      modal({ components: [label({ component: { type: 19, custom_id: "f", max_values: 11 } })] }),
      "NUMBER_TYPE_MAX",
    ],
    [
      "text over 4000",
      modal({ components: [label({ component: input({ max_length: 4001 }) })] }),
      "NUMBER_TYPE_MAX",
    ],
    ["no custom id", { title: "T", components: [label()] }, "BASE_TYPE_REQUIRED"],
  ] as const)("is refused for %s", async ([, body, error]) => {
    const { discord, answer } = await setting({ openApi: false });
    const refused = await refusal(answer(discord.user("ada").command("ask"), 9, body));
    expect(refused.code).toBe(50035);
    expect(refused.errors).toContain(error);
  });

  test("cannot answer a modal, and is sent once", async () => {
    const { discord, answer } = await setting();
    const ada = discord.user("ada");
    const opened = ada.command("ask");
    await answer(opened, 9, modal());
    expect(() => ada.submitModal(opened, {})).toThrow(/required/);
    const sent = ada.submitModal(opened, { i: "text" });
    expect((await refusal(answer(sent, 9, modal()))).errors).toContain("BASE_TYPE_CHOICES");
    expect((await refusal(answer(sent, 7, { content: "c" }))).errors).toContain("BASE_TYPE_CHOICES");
    await answer(sent, 4, { content: "c" });
    expect(() => ada.submitModal(opened, { i: "text" })).toThrow(/already/);
  });
});
