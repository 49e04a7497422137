import { onTestFinished } from "vitest";
import type { Platform } from "../../adapters/platform/platform.ts";
import { SCOPES } from "../../adapters/slack/declare.ts";
import type { Patience, SlackSettings } from "../../adapters/slack/settings.ts";
import { createSlackApp } from "../../adapters/slack/slack.ts";
import type { Bot } from "../../src/bot/bot.ts";
import type { Store } from "../../src/store/store.ts";
import type { FakeSlack, FakeSlackOptions, Message } from "../fakes/slack/index.ts";
import { createFakeSlack } from "../fakes/slack/index.ts";
import { collectingLog } from "../support/collecting-log.ts";
import type { TestBot } from "../support/seed-bot.ts";
import { createSeedBot } from "../support/seed-bot.ts";
import { openTestStore } from "../support/test-store.ts";

/** Tests are in more of a hurry than people. */
const PATIENCE: Patience = { connect: 1500, retry: 50, stop: 1000 };

/** How Slack reaches the app. */
export type TransportKind = "socket" | "http";

export interface AppSettings {
  readonly slack?: FakeSlack;
  readonly transport?: TransportKind;
  readonly store?: Store;
  readonly unfurl?: boolean;
  /** The app's clock (default the machine's). */
  readonly now?: () => Date;
  /** Changes what the app is made with. */
  readonly change?: (settings: SlackSettings) => SlackSettings;
  /** Changes the bot before it is put to work. */
  readonly changeBot?: (bot: Bot) => Bot;
}

/** The app, and what tests look at beside it. */
export interface TestApp extends Pick<
  TestBot,
  "library" | "digests" | "follows" | "clubs" | "memory" | "clock" | "lines" | "errors"
> {
  readonly app: Platform;
  readonly slack: FakeSlack;
  readonly store: Store;
}

/** A fake Slack with the scopes of the manifest, and no other; it closes with the test. */
export async function openSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await createFakeSlack({
    scopes: SCOPES.map(({ name }) => name),
    unfurlDomains: ["arxiv.org", "huggingface.co", "hf.co", "alphaxiv.org"],
    ...options,
  });
  onTestFinished(() => slack.close());
  return slack;
}

function connectionTo(slack: FakeSlack, transport: TransportKind): SlackSettings["connection"] {
  const { botToken, appToken, signingSecret } = slack;
  if (transport === "socket") return { kind: "socket", appToken, botToken };
  return { kind: "http", signingSecret, host: "127.0.0.1", port: 0, identity: { kind: "token", botToken } };
}

/** The app as several workspaces install it. */
export const installable = (slack: FakeSlack): Pick<AppSettings, "change" | "slack" | "transport"> => ({
  slack,
  transport: "http",
  change: (settings) => ({
    ...settings,
    connection: {
      kind: "http",
      signingSecret: slack.signingSecret,
      host: "127.0.0.1",
      port: 0,
      identity: { kind: "oauth", clientId: slack.clientId, clientSecret: slack.clientSecret },
    },
  }),
});

/** A question in #general, and the words of its answer. */
export async function asks(slack: FakeSlack): Promise<string> {
  const asked = await slack.mention({ user: slack.ana, channel: slack.general, text: "about" });
  return first(await asked.replied()).text;
}

/** The app over the bundled pages, not started. */
export async function createApp(settings: AppSettings = {}): Promise<TestApp> {
  const slack = settings.slack ?? (await openSlack());
  const store = settings.store ?? (await openTestStore());
  const { bot, library, digests, follows, clubs, memory, clock } = await createSeedBot(store);
  const { log, lines, errors } = collectingLog();
  const made: SlackSettings = {
    connection: connectionTo(slack, settings.transport ?? "socket"),
    apiUrl: slack.apiUrl,
    unfurl: settings.unfurl ?? true,
  };
  const app = createSlackApp(
    settings.change?.(made) ?? made,
    {
      bot: settings.changeBot?.(bot) ?? bot,
      store,
      channels: await memory(),
      log,
      newReference: () => "ref-1",
      ...(settings.now === undefined ? {} : { now: settings.now }),
    },
    PATIENCE,
  );
  onTestFinished(() => app.stop());
  return { app, slack, store, lines, errors, library, digests, follows, clubs, memory, clock };
}

/** The app, ready; Slack delivers to it. */
export async function startApp(settings: AppSettings = {}): Promise<TestApp & { readonly origin: string }> {
  const created = await createApp(settings);
  await created.app.start();
  const address = /at (http:\S+)\/slack\/events/.exec(created.lines.join("\n"))?.[1] ?? "";
  if (address !== "") created.slack.serveAt(`${address}/slack/events`);
  return { ...created, origin: address };
}

/** The words that a message or view shows. */
export function shownText({ blocks }: { readonly blocks?: unknown }): string {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const { text, ...rest } = value as { text?: unknown };
      if (typeof text === "string") texts.push(text);
      else visit(text);
      Object.values(rest).forEach(visit);
    }
  };
  visit(blocks);
  return texts.join("\n");
}

/** A thing that has to be there. */
export function need<T>(one: T | undefined): T {
  if (one === undefined) throw new Error("There is nothing");
  return one;
}

/** The one message among some that has to be there. */
export const first = (messages: readonly Message[]): Message => need(messages[0]);
