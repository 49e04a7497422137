import { LIMITS } from "../limits.ts";
import { confirm, option, optionGroup, plain } from "./objects.ts";
import { complain, integer, list, oneOf, record, text, truth, type Check } from "./shape.ts";

const common = {
  action_id: text(LIMITS.id),
  focus_on_load: truth,
  placeholder: plain(LIMITS.placeholder),
  confirm,
};
const several = { max_selected_items: integer(1, LIMITS.options) };
const ids = list(text(LIMITS.id), LIMITS.options);
const filter = record({
  may: {
    include: list(oneOf("im", "mpim", "private", "public"), 4),
    exclude_external_shared_channels: truth,
    exclude_bot_users: truth,
  },
});
const conversations = { default_to_current_conversation: truth, filter };

function staticSelect(more: Readonly<Record<string, Check>>): Check {
  return record({
    may: {
      ...common,
      ...more,
      options: list(option("plain"), LIMITS.options),
      option_groups: list(optionGroup, LIMITS.optionGroups),
    },
    also: (value, path, problems) => {
      if ((value["options"] === undefined) === (value["option_groups"] === undefined)) {
        complain(problems, path, "needs either options or option_groups");
      }
    },
  });
}

/** The select menus, for one and for several: block-kit/block-elements/select-menu-element. */
export const SELECTS: Readonly<Record<string, Check>> = {
  static_select: staticSelect({ initial_option: option("plain") }),
  multi_static_select: staticSelect({ ...several, initial_options: list(option("plain"), LIMITS.options) }),
  external_select: record({
    may: { ...common, initial_option: option("plain"), min_query_length: integer(0, 3000) },
  }),
  multi_external_select: record({
    may: {
      ...common,
      ...several,
      initial_options: list(option("plain"), LIMITS.options),
      min_query_length: integer(0, 3000),
    },
  }),
  users_select: record({ may: { ...common, initial_user: text(LIMITS.id) } }),
  multi_users_select: record({ may: { ...common, ...several, initial_users: ids } }),
  conversations_select: record({
    may: {
      ...common,
      ...conversations,
      initial_conversation: text(LIMITS.id),
      response_url_enabled: truth,
    },
  }),
  multi_conversations_select: record({
    may: { ...common, ...several, ...conversations, initial_conversations: ids },
  }),
  channels_select: record({
    may: { ...common, initial_channel: text(LIMITS.id), response_url_enabled: truth },
  }),
  multi_channels_select: record({ may: { ...common, ...several, initial_channels: ids } }),
};
