import type { Bot } from "../../src/bot/bot.ts";
import type { Caller } from "../../src/bot/command.ts";
import type { InvocationMemory } from "../../src/bot/invocation-text.ts";
import type { Once } from "../../src/store/store.ts";

/** What answering takes. */
export interface Desk {
  readonly bot: Bot;
  readonly memory: InvocationMemory;
  readonly once: Once;
}

/** Somebody in Slack, by the id of the person. */
export const callerOf = (user: string): Caller => ({ platform: "slack", user });
