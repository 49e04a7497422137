import type { types, ViewOutput } from "@slack/bolt";
import type { Command } from "../../../src/bot/command.ts";
import { plainText } from "../../platform/plain-text.ts";
import { LIMITS } from "../drawing/limits.ts";

/** The callback id of the form, and the action id of each field; a field's block id is the name of its option. */
export const SEARCH_FORM = "search_form";
const FIELD = "value";

const words = (text: string, length: number): types.PlainTextElement => ({
  type: "plain_text",
  text: plainText(text, length),
  emoji: false,
});

function fieldElement({ form }: Command["options"][string]): types.InputBlock["element"] {
  switch (form.kind) {
    case "text":
      return {
        type: "plain_text_input",
        action_id: FIELD,
        max_length: Math.min(form.maxLength, LIMITS.inputLength),
      };
    case "integer":
      return {
        type: "number_input",
        action_id: FIELD,
        is_decimal_allowed: false,
        min_value: String(form.min),
        max_value: String(form.max),
      };
    case "choice":
      return {
        type: "static_select",
        action_id: FIELD,
        placeholder: words("Choose", LIMITS.placeholder),
        options: form.choices.map((choice) => ({ text: words(choice, LIMITS.optionText), value: choice })),
      };
  }
}

/** A command as a form: a field for each option that people give. */
export function makeForm({ name, description, options }: Command): types.ModalView {
  return {
    type: "modal",
    callback_id: SEARCH_FORM,
    title: words(`${name[0]?.toUpperCase() ?? ""}${name.slice(1)} papers`, LIMITS.viewTitle),
    submit: words("Search", LIMITS.viewTitle),
    close: words("Cancel", LIMITS.viewTitle),
    blocks: [
      { type: "section", text: words(description, LIMITS.sectionText) },
      ...Object.entries(options)
        .filter(([, option]) => !option.internal)
        .map(([field, option]): types.InputBlock => ({
          type: "input",
          block_id: field,
          label: words(`${field[0]?.toUpperCase() ?? ""}${field.slice(1)}`, LIMITS.inputLabel),
          hint: words(option.description, LIMITS.inputLabel),
          optional: !option.required,
          element: fieldElement(option),
        })),
    ],
  };
}

/** What somebody filled in, by the names of the options; fields left empty are absent. */
export function readForm(view: Pick<ViewOutput, "state">): Record<string, string> {
  const filled = Object.entries(view.state.values).flatMap(([field, values]) => {
    const value = values[FIELD]?.value ?? values[FIELD]?.selected_option?.value ?? "";
    return value === "" ? [] : [[field, value] as const];
  });
  return Object.fromEntries(filled);
}
