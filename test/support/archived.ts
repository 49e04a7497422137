import type { Caller } from "../../src/bot/command.ts";
import { createPlatform } from "../digest/stage.ts";
import type { TestBot } from "./seed-bot.ts";

/** Somebody who manages a channel. */
export const manager: Caller = {
  platform: "test",
  user: "someone",
  place: { platform: "test", server: "lab", channel: "papers" },
  authority: () => Promise.resolve({ kind: "may" }),
};

const DAY = 24 * 60 * 60 * 1000;

/** A channel gets digests, each weekday from a Monday on for so many days. */
export async function sendDigests(
  { bot, digests, clock }: TestBot,
  { from, days, options = {} }: { from: string; days: number; options?: Readonly<Record<string, string>> },
): Promise<void> {
  clock.now = new Date(`${from}T00:00:00Z`);
  await bot.handle({
    command: "digest start",
    args: { zone: "UTC", time: "9:00", confirm: "yes", ...options },
    caller: manager,
  });
  const { courier } = createPlatform();
  for (let day = 0; day < days; day++) {
    clock.now = new Date(Date.parse(`${from}T09:00:10Z`) + day * DAY);
    await (await digests()).tick(new Map([["test", courier]]));
  }
}

/** Publishes what that channel got; gives the id of its archive. */
export async function publishArchive({ bot }: TestBot, name = "Vision & papers"): Promise<string> {
  const { summary } = await bot.handle({ command: "digest publish", args: { name }, caller: manager });
  return /\/archive\/(\w+)/.exec(summary)?.[1] ?? summary;
}
