import { PassThrough } from "node:stream";
import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import { chat } from "../../adapters/terminal/chat.ts";
import { startApp as startDiscord } from "../discord/app.ts";
import { need } from "../discord/shown.ts";
import { recordsOf } from "../fakes/discord/json.ts";
import { first, startApp as startSlack } from "../slack/app.ts";
import { createSeedBot } from "../support/seed-bot.ts";
import type { Theme } from "./draw-message.ts";
import { drawMessage } from "./draw-message.ts";
import { drawTerminal } from "./draw-terminal.ts";
import { readDiscord } from "./read-discord.ts";
import { readSlack } from "./read-slack.ts";

const QUERY = "curriculum learning";
const COLUMNS = 80;

const DISCORD: Theme = {
  title: `A phone with Discord: /paper search ${QUERY}, and the answer of Paperboy`,
  typed: `ana used /paper search ${QUERY}`,
  badge: "Only you can see this",
  avatar: "#4f8cc9",
  text: "#2b2d31",
  muted: "#5c6068",
  link: "#0b62c4",
  headingSize: 17,
  card: { fill: "#f7f8f9", stroke: "#e1e3e7", bar: "#4f8cc9" },
  button: { fill: "#e3e5e8", stroke: "#e3e5e8", text: "#2b2d31" },
  primary: { fill: "#5865f2", stroke: "#5865f2", text: "#ffffff" },
};

const SLACK: Theme = {
  title: `A phone with Slack: /paper search ${QUERY}, and the answer of Paperboy`,
  typed: `/paper search ${QUERY}`,
  badge: "Only visible to you",
  avatar: "#611f69",
  text: "#1d1c1d",
  muted: "#616061",
  link: "#1264a3",
  headingSize: 15,
  button: { fill: "#ffffff", stroke: "#bbbdbf", text: "#1d1c1d" },
  primary: { fill: "#007a5a", stroke: "#007a5a", text: "#ffffff" },
};

/** A picture as it is kept; `npm run pictures` draws it anew. */
const picture = (name: string): string => `../../docs/pictures/${name}.svg`;

const largest = 150_000;

describe("the pictures of README show what the program sends (npm run pictures)", () => {
  it("to Discord", async () => {
    const { discord } = await startDiscord();
    const { message } = await discord.user("ana").command("paper search", { query: QUERY }).outcome();
    const drawn = drawMessage(readDiscord(need(message).components), DISCORD);
    await expect(drawn).toMatchFileSnapshot(picture("discord"));
    expect(drawn.length).toBeLessThan(largest);
  });

  it("to Slack", async () => {
    const { slack } = await startSlack();
    const asked = await slack.command({
      user: slack.ana,
      channel: slack.general,
      text: `/paper search ${QUERY}`,
    });
    const drawn = drawMessage(readSlack(recordsOf(first(await asked.replied()).blocks)), SLACK);
    await expect(drawn).toMatchFileSnapshot(picture("slack"));
    expect(drawn.length).toBeLessThan(largest);
  });

  it("to a terminal", async () => {
    const { bot } = await createSeedBot();
    const [input, output] = [new PassThrough(), new PassThrough()];
    const printed: Buffer[] = [];
    output.on("data", (chunk: Buffer) => printed.push(chunk));
    input.end(`search ${QUERY}`);
    const look = () => ({ colors: createColors(true), width: COLUMNS });
    await chat(bot, "", { input, output, interactive: false, look });
    const said = Buffer.concat(printed).toString().trim();
    const title = `A terminal with Paperboy: search ${QUERY}, and the answer`;
    const drawn = drawTerminal(`› search ${QUERY}\n\n${said}`, COLUMNS, title);
    await expect(drawn).toMatchFileSnapshot(picture("terminal"));
    expect(drawn.length).toBeLessThan(largest);
  });
});
