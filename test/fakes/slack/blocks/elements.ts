import { LIMITS } from "../limits.ts";
import { confirm, image, option, plain } from "./objects.ts";
import { SELECTS } from "./selects.ts";
import { address, integer, list, matching, oneOf, record, text, truth, typed, type Check } from "./shape.ts";

const actionId = { action_id: text(LIMITS.id) };
const focus = { focus_on_load: truth };
const placeholder = { placeholder: plain(LIMITS.placeholder) };
const dispatch = {
  dispatch_action_config: record({
    may: { trigger_actions_on: list(oneOf("on_enter_pressed", "on_character_entered"), 2) },
  }),
};
const labelled = { accessibility_label: text(LIMITS.accessibilityLabel) };
const DATE = matching(/^\d{4}-\d\d-\d\d$/, "a date like 2006-01-02");
const TIME = matching(/^([01]\d|2[0-3]):[0-5]\d$/, "a time like 15:04");

const button = record({
  needs: { text: plain(LIMITS.buttonText) },
  may: {
    ...actionId,
    ...labelled,
    confirm,
    value: text(LIMITS.buttonValue),
    url: address(LIMITS.buttonUrl),
    style: oneOf("primary", "danger"),
  },
});

const overflow = record({
  needs: { options: list(option("overflow"), LIMITS.overflowMax, LIMITS.overflowMin) },
  may: { ...actionId, confirm },
});

const radio = record({
  needs: { options: list(option("any"), LIMITS.choices) },
  may: { ...actionId, ...focus, confirm, initial_option: option("any") },
});

const checkboxes = record({
  needs: { options: list(option("any"), LIMITS.choices) },
  may: { ...actionId, ...focus, confirm, initial_options: list(option("any"), LIMITS.choices) },
});

const pickers = {
  datepicker: record({ may: { ...actionId, ...focus, ...placeholder, confirm, initial_date: DATE } }),
  timepicker: record({
    may: { ...actionId, ...focus, ...placeholder, confirm, initial_time: TIME, timezone: text(LIMITS.id) },
  }),
  datetimepicker: record({
    may: { ...actionId, ...focus, confirm, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  }),
};

const plainTextInput = record({
  may: {
    ...actionId,
    ...focus,
    ...placeholder,
    ...dispatch,
    initial_value: text(LIMITS.inputMaxLength, 0),
    multiline: truth,
    min_length: integer(0, LIMITS.inputMaxLength),
    max_length: integer(1, LIMITS.inputMaxLength),
  },
});

const typedInput = (more: Readonly<Record<string, Check>> = {}): Check =>
  record({ may: { ...actionId, ...focus, ...placeholder, ...dispatch, initial_value: text(3000), ...more } });

const numberInput = record({
  needs: { is_decimal_allowed: truth },
  may: {
    ...actionId,
    ...focus,
    ...placeholder,
    ...dispatch,
    initial_value: text(100),
    min_value: text(100),
    max_value: text(100),
  },
});

const pressed = (needsValue: boolean): Check =>
  record({
    needs: { text: plain(LIMITS.buttonText), ...(needsValue ? { value: text(LIMITS.buttonValue) } : {}) },
    may: { ...labelled },
  });

const INPUTS = {
  plain_text_input: plainTextInput,
  email_text_input: typedInput(),
  url_text_input: typedInput(),
  number_input: numberInput,
  file_input: record({
    may: { ...actionId, filetypes: list(text(20)), max_files: integer(1, LIMITS.files) },
  }),
  rich_text_input: record({ needs: actionId, may: { ...focus, ...placeholder, ...dispatch } }),
};

const CHOICES = { radio_buttons: radio, checkboxes, ...pickers, ...SELECTS };

/** What an actions block may hold: block-kit/blocks/actions-block. */
export const actionElement = typed({ button, overflow, ...CHOICES });

/** What may stand beside a section: block-kit/blocks/section-block. */
export const accessory = typed({ button, overflow, image: image(), ...CHOICES });

/** What an input block may ask with: block-kit/blocks/input-block. */
export const inputElement = typed({ ...INPUTS, ...CHOICES });

/** What a context_actions block may hold. */
export const contextAction = typed({
  feedback_buttons: record({
    needs: { positive_button: pressed(true), negative_button: pressed(true) },
    may: actionId,
  }),
  icon_button: record({
    needs: { icon: text(LIMITS.id), text: plain(LIMITS.buttonText) },
    may: {
      ...actionId,
      ...labelled,
      confirm,
      value: text(LIMITS.buttonValue),
      visible_to_user_ids: list(text(LIMITS.id)),
    },
  }),
});

/** A button alone: the actions of a card. */
export const onlyButton = typed({ button });
