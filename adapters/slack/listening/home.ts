import type { types, webApi } from "@slack/bolt";
import type { Command } from "../../../src/bot/command.ts";
import { overviewOf } from "../../../src/bot/groups.ts";
import { slackMarkup } from "../drawing/markup.ts";
import type { Desk } from "./desk.ts";
import { anybody } from "./desk.ts";
import { makeMessage } from "../drawing/payload.ts";
import { section } from "../drawing/render.ts";

/** The button that opens the search form. */
export const OPEN_FORM = "open_search_form";

const header = (text: string): types.HeaderBlock => ({
  type: "header",
  text: { type: "plain_text", text, emoji: false },
});

const searchButton: types.ActionsBlock = {
  type: "actions",
  elements: [
    {
      type: "button",
      text: { type: "plain_text", text: "Search papers", emoji: false },
      style: "primary",
      action_id: OPEN_FORM,
    },
  ],
};

function usage(commands: readonly Command[]): types.KnownBlock[] {
  const lines = overviewOf(commands).map(
    ({ name, does }) => `• ${slackMarkup.code(`/paper ${name}`)} ${slackMarkup.plain(does)}`,
  );
  return [
    header("How to use it"),
    section(lines.join("\n")),
    section(
      "Write here under Messages, or mention me in a channel I am in: “papers like FastDINOv2?”. " +
        "In the menu of any message, *Find similar papers* looks for papers like the one it mentions.",
    ),
  ];
}

/** Shows somebody the Home tab: search, what is new, and how to use the bot. */
export async function publishHome(
  { bot, memory }: Desk,
  client: webApi.WebClient,
  user: string,
): Promise<void> {
  const newest = await bot.handle({
    command: "search",
    args: { query: "sort:newest" },
    caller: anybody(user),
  });
  const { blocks } = await makeMessage(newest, memory);
  await client.views.publish({
    user_id: user,
    view: {
      type: "home",
      blocks: [
        header("Find research papers"),
        searchButton,
        header("What is new"),
        ...blocks,
        { type: "divider" },
        ...usage(bot.commands),
      ],
    },
  });
}
