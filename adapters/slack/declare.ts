import type { Command } from "../../src/bot/command.ts";

/** The slash command that holds all others. */
export const SLASH_COMMAND = "/paper";

/** Shortcuts, by their callback ids. */
export const SHORTCUTS = { similar: "find_similar_papers", search: "search_papers" } as const;

/** Whose links become cards; Slack allows five (reference/app-manifest). */
const UNFURL_DOMAINS = ["arxiv.org", "huggingface.co", "hf.co", "alphaxiv.org"];

/** A permission of the app, and what it is needed for. */
export interface Scope {
  readonly name: string;
  readonly why: string;
}

/** Scopes without which the bot does its work but for what they are for: an app that was made before lacks them. */
export const OPTIONAL_SCOPES: readonly string[] = ["reactions:read", "files:write"];

/** Every scope the bot's calls, events and commands need, and no other. */
export const SCOPES: readonly Scope[] = [
  { name: "commands", why: "`/paper` and the two shortcuts" },
  { name: "chat:write", why: "answers to mentions and direct messages, and digests" },
  { name: "app_mentions:read", why: "sees messages that mention the bot, and no others" },
  { name: "im:history", why: "sees what people write to the bot in direct messages" },
  { name: "channels:history", why: "looks whether a digest arrived before sending it again" },
  { name: "groups:history", why: "the same in private channels that the bot was invited to" },
  { name: "channels:read", why: "who created a channel and may set up a digest there" },
  { name: "groups:read", why: "the same in private channels" },
  { name: "users:read", why: "who is an admin and may set up a digest" },
  { name: "links:read", why: "sees links to arXiv, Hugging Face and alphaXiv, and no other text" },
  { name: "links:write", why: "puts a card below such a link" },
  { name: "reactions:read", why: "counts the emoji below its messages; without it they are not counted" },
  {
    name: "files:write",
    why: "exports and your data as files, maps and trends as pictures; else pages and words",
  },
];

/** The events the app listens to. */
export const BOT_EVENTS = [
  "app_home_opened",
  "app_mention",
  "app_uninstalled",
  "link_shared",
  "message.im",
  "reaction_added",
  "reaction_removed",
  "tokens_revoked",
] as const;

/** How long an event is remembered, in milliseconds: a day. Slack tries again within some minutes (events-api). */
export const EVENT_LIFE = 24 * 60 * 60 * 1000;

/** How Slack reaches the app: over a connection the app opens, or at a public address such as `https://paperboy.example.org`. */
export type Transport = { readonly kind: "socket" } | { readonly kind: "http"; readonly address: string };

const DESCRIPTION = "Research papers: search, similar papers, and a paper of the day";
const LONG_DESCRIPTION =
  "Paperboy finds research papers where you talk. Type /paper search followed by what you look for, ask for papers similar " +
  "to one that somebody mentioned, or write to it in a direct message. Answers are private until you share them. It " +
  "works on a corpus of its own and sends what you ask to nobody.";

/** The app as Slack creates it: from the commands and the features in use. */
export function declareApp(commands: readonly Command[], transport: Transport): Record<string, unknown> {
  const url = transport.kind === "http" ? { url: `${transport.address}/slack/events` } : {};
  const requestUrl = transport.kind === "http" ? { request_url: `${transport.address}/slack/events` } : {};
  const redirect =
    transport.kind === "http" ? { redirect_urls: [`${transport.address}/slack/oauth_redirect`] } : {};
  return {
    display_information: {
      name: "Paperboy",
      description: DESCRIPTION,
      long_description: LONG_DESCRIPTION,
      background_color: "#2c4a6e",
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: "Paperboy", always_online: true },
      slash_commands: [
        {
          command: SLASH_COMMAND,
          description: "Find research papers",
          usage_hint: `[${[...new Set(commands.map(({ name }) => name.split(" ")[0]))].join(" | ")}] …`,
          should_escape: true,
          ...url,
        },
      ],
      shortcuts: [
        {
          name: "Find similar papers",
          type: "message",
          callback_id: SHORTCUTS.similar,
          description: "Finds papers similar to the one that this message mentions",
        },
        {
          name: "Search papers",
          type: "global",
          callback_id: SHORTCUTS.search,
          description: "Opens a form for searching papers",
        },
      ],
      unfurl_domains: UNFURL_DOMAINS,
    },
    oauth_config: { ...redirect, scopes: { bot: SCOPES.map(({ name }) => name) } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: [...BOT_EVENTS] },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: transport.kind === "socket",
      token_rotation_enabled: false,
    },
  };
}
