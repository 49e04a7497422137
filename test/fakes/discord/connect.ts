import { setTimeout as sleep } from "node:timers/promises";
import {
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  Partials,
  REST,
  type ClientOptions,
} from "discord.js";
import { onTestFinished } from "vitest";
import { createFakeDiscord, type FakeDiscord, type FakeDiscordOptions } from "./index.ts";

/** A fake Discord that closes with the test. */
export async function fakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const discord = await createFakeDiscord(options);
  onTestFinished(() => discord.close());
  return discord;
}

/** discord.js's REST client for a fake, without retries. */
export function restOf(discord: FakeDiscord): REST {
  return new REST({ api: discord.apiUrl, version: "10", retries: 0, offset: 0 }).setToken(discord.token);
}

/** A discord.js client for a fake that is not logged in; destroyed with the test. */
export function clientOf(discord: FakeDiscord, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    allowedMentions: { parse: [], repliedUser: false },
    rest: { api: discord.apiUrl, version: "10", offset: 0, timeout: 2000, retries: 1 },
    // Without it discord.js drops direct messages, whose channels the gateway never announces.
    partials: [Partials.Channel],
    waitGuildTimeout: 1000,
    ...options,
  });
  client.on(Events.Error, () => {});
  // A client that never got READY never finishes being destroyed.
  onTestFinished(() => Promise.race([client.destroy(), sleep(200)]));
  return client;
}

/** A discord.js client that is ready. */
export async function connected(
  discord: FakeDiscord,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = clientOf(discord, options);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}

/** How Discord refused a request: its code, the HTTP status, and the paths and codes of nested errors. */
export interface Refused {
  readonly code: number | string;
  readonly status: number;
  readonly errors: string;
}

/** The refusal a request meets; fails where it is let through. */
export async function refusal(request: Promise<unknown>): Promise<Refused> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    const { code, status, rawError } = error;
    return { code, status, errors: JSON.stringify("errors" in rawError ? rawError.errors : {}) };
  }
  throw new Error("The request was let through.");
}
