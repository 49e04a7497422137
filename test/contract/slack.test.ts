import { SHORTCUTS } from "../../adapters/slack/declare.ts";
import type { Message } from "../fakes/slack/index.ts";
import { first, shownText, startApp } from "../slack/app.ts";
import type { Conversation, Seen } from "./platform.ts";
import { platformContract } from "./platform.ts";

const decode = (text: string): string =>
  text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

function seen(message: Message): Seen {
  const text = shownText(message);
  const json = JSON.stringify(message.blocks);
  return {
    words: decode(text.replace(/<(https?:[^|>]*)\|([^>]*)>/g, "$2").replace(/[*_`\u200B]/g, "")),
    links: message.links.map(({ url }) => url),
    buttons: Array.from(
      json.matchAll(/"type":"button","text":\{[^}]*"text":"([^"]*)"/g),
      ([, label = ""]) => label,
    ),
  };
}

async function open(): Promise<Conversation> {
  const { slack } = await startApp();
  const { ana, ben, general } = slack;
  return {
    async command(command, args) {
      const options = Object.entries(args).map(([name, value]) =>
        command.startsWith("digest")
          ? `${name}:"${value}"`
          : name === "sort" || name === "after"
            ? `${name}:${value}`
            : value,
      );
      const text = `/paper ${command} ${options.join(" ")}`.trim();
      return seen(first(await (await slack.command({ user: ana, channel: general, text })).replied()));
    },
    mention: async (text) =>
      seen(first(await (await slack.mention({ user: ana, channel: general, text })).replied())),
    async shortcut(text) {
      const message = slack.say({ user: ben, channel: general, text });
      const asked = await slack.messageShortcut({ user: ana, message, callbackId: SHORTCUTS.similar });
      return seen(first(await asked.replied()));
    },
  };
}

platformContract("Slack", open);
