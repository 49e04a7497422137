import path from "node:path";
import { expect } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import type { Place } from "../../src/schedule/place.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { planOf } from "../digest/papers.ts";
import type { FakeDiscord } from "../fakes/discord/index.ts";
import type { FakeSlack } from "../fakes/slack/index.ts";
import type { nobody } from "../support/run-program.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

interface Found {
  readonly area: string;
  readonly level: "ok" | "warning" | "failure";
  readonly what: string;
  readonly todo?: string;
}

/** What the doctor finds, and what the program ended with. */
export async function doctor(env: Readonly<Record<string, string>>, user: typeof nobody = {}) {
  const { code, stdout, stderr } = await runProgram(["doctor", "--json"], env, "", user);
  expect(stderr).toBe("");
  const all = JSON.parse(stdout) as Found[];
  const words = (level: Found["level"]): string[] =>
    all.filter((one) => one.level === level).map(({ area, what }) => `${area}: ${what}`);
  return { code, text: stdout, all, ok: words("ok"), warnings: words("warning"), failures: words("failure") };
}

export const folder = async (): Promise<string> => path.join(await temporaryFolder(), "state");

/** A state with digests in these places, of which none was due yet. */
export async function stateWith(...places: Place[]): Promise<string> {
  const state = await folder();
  const now = (): Date => new Date();
  const store = await openSqliteStore(path.join(state, "paperboy.sqlite"), now);
  const book = createBook(store, now);
  for (const [i, place] of places.entries())
    await book.put({
      id: `d${i}`,
      place,
      createdBy: "1",
      createdAt: now(),
      scheduledSince: now(),
      plan: planOf({ zone: "UTC" }),
      state: { kind: "active" },
    });
  await store.close();
  return state;
}

export const ofDiscord = ({ token, apiUrl }: FakeDiscord) => ({
  DISCORD_TOKEN: token,
  DISCORD_API_URL: apiUrl,
});
export const ofSlack = ({ appToken, botToken, apiUrl }: FakeSlack) => ({
  SLACK_APP_TOKEN: appToken,
  SLACK_BOT_TOKEN: botToken,
  SLACK_API_URL: apiUrl,
});

export const inDiscord = (discord: FakeDiscord, channel: { readonly id: string }): Place => ({
  platform: "discord",
  server: discord.home.id,
  channel: channel.id,
});
