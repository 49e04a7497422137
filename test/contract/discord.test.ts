import type { Message } from "../fakes/discord/world.ts";
import { shownText } from "../fakes/discord/index.ts";
import { startApp } from "../discord/app.ts";
import { components, need } from "../discord/shown.ts";
import type { Conversation, Seen } from "./platform.ts";
import { platformContract } from "./platform.ts";

function seen(message: Message | undefined): Seen {
  const text = shownText(need(message));
  return {
    words: text
      .replace(/\[((?:[^\]\\]|\\.)*)\]\((?:https?:[^)]*)\)/g, "$1")
      .replace(/\\/g, "")
      .replace(/[*_`\u200B]/g, ""),
    links: Array.from(text.matchAll(/\]\((https?:[^)]*)\)/g), ([, url = ""]) => url),
    buttons: components(message).flatMap((one) =>
      one["type"] === 2 && typeof one["label"] === "string" ? [one["label"]] : [],
    ),
  };
}

async function open(): Promise<Conversation> {
  const { discord } = await startApp();
  const ana = discord.user("ana");
  return {
    command: async (command, args) => seen((await ana.command(`paper ${command}`, args).outcome()).message),
    async mention(text) {
      const before = discord.messages(discord.general).length;
      ana.say(discord.general, `<@${discord.bot.id}> ${text}`);
      for (;;) {
        const answer = discord.messages(discord.general)[before + 1];
        if (answer !== undefined) return seen(answer);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async shortcut(text) {
      const message = discord.user("bob").say(discord.general, text);
      return seen((await ana.messageCommand("Find similar papers", message).outcome()).message);
    },
  };
}

platformContract("Discord", open);
