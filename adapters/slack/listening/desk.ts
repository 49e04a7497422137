import type { Bot } from "../../../src/bot/bot.ts";
import type { Caller } from "../../../src/bot/command.ts";
import type { InvocationMemory } from "../../../src/bot/line/invocation-text.ts";
import type { ChannelMemory } from "../../../src/memory/channel-memory.ts";
import type { Once } from "../../../src/store/store.ts";
import type { Apart } from "../transport/client.ts";

/** What answering takes. */
export interface Desk {
  readonly bot: Bot;
  readonly memory: InvocationMemory;
  readonly once: Once;
  /** What channels remember. Default: nothing. */
  readonly channels?: ChannelMemory;
  /** For windows, which wait for no other call. */
  readonly apart: Apart;
  /** Aborted when the app ends: nothing is tried again then. */
  readonly ended: AbortSignal;
}

/** Somebody whose place does not matter. */
export const anybody = (user: string): Caller => ({ platform: "slack", user });

/** The same in a channel, of which is told what it knows of a paper; nothing can be changed there so. */
export function somebodyIn(user: string, team: string | undefined, channel: string): Caller {
  if (team === undefined || !/^[CG]/.test(channel)) return anybody(user);
  return { ...anybody(user), workspace: team, place: { platform: "slack", server: team, channel } };
}
