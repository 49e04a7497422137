import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Row } from "../../src/digest/book.ts";
import { createBook } from "../../src/digest/book.ts";
import type { LocalDate } from "../../src/schedule/slots/local-date.ts";
import { planOf } from "../digest/papers.ts";
import { openDiscord } from "../discord/app.ts";
import { openSlack } from "../slack/app.ts";
import { runProgram } from "../support/run-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";

const HOUR = 3_600_000;

/** A digest for each of some places, due an hour ago, in a new state folder. */
async function withDue(
  places: readonly { platform: string; server: string; channel: string }[],
  delivery: "thread" | "channel",
): Promise<string> {
  const state = await temporaryFolder();
  const store = await openTestStore(path.join(state, "paperboy.sqlite"));
  const due = new Date(Date.now() - HOUR);
  const createdAt = new Date(Date.now() - 3 * HOUR);
  for (const place of places)
    await createBook(store, () => new Date()).put({
      id: place.platform,
      place,
      createdBy: "1",
      createdAt,
      scheduledSince: createdAt,
      plan: planOf({
        zone: "UTC",
        time: { hour: due.getUTCHours(), minute: due.getUTCMinutes() },
        runnersUp: 2,
        delivery,
      }),
      state: { kind: "active" },
    });
  await store.close();
  return state;
}

/** The only row of a digest in a state folder. */
async function rowOf(state: string, id: string): Promise<Row | undefined> {
  const store = await openTestStore(path.join(state, "paperboy.sqlite"));
  const [row] = await createBook(store, () => new Date()).latest(id, 9);
  await store.close();
  return row;
}

/** Two platforms with a digest in each, and the settings that reach one of them or both. */
async function platforms(delivery: "thread" | "channel") {
  const [discord, slack] = [await openDiscord(), await openSlack()];
  const channel = discord.channel("papers");
  const places = [
    { platform: "discord", server: discord.home.id, channel: channel.id },
    { platform: "slack", server: slack.team.id, channel: slack.general.id },
  ];
  const settings: Record<string, Record<string, string>> = {
    discord: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
    slack: { SLACK_APP_TOKEN: slack.appToken, SLACK_BOT_TOKEN: slack.botToken, SLACK_API_URL: slack.apiUrl },
  };
  return {
    state: await withDue(places, delivery),
    posted: () => ({
      discord: discord.messages(channel).length,
      slack: slack.messages(slack.general).length,
    }),
    send: (state: string, ...names: readonly string[]) =>
      runProgram(["digest", "--now"], {
        PAPERBOY_STATE: state,
        ...Object.assign({}, ...names.map((name) => settings[name])),
      }),
  };
}

const papersOf = (row: Row | undefined): readonly string[] =>
  row?.content?.kind === "chosen" ? [row.content.paper, ...row.content.runnersUp].map(({ id }) => id) : [];

describe("a restore on another machine", () => {
  it.each([
    ["discord", "slack", "channel"],
    ["slack", "discord", "channel"],
    ["discord", "slack", "thread"],
    ["slack", "discord", "thread"],
  ] as const)(
    "repeats no digest that was sent to %s after the backup, misses none for %s, and knows the papers (%s)",
    async (before, after, delivery) => {
      const { state, posted, send } = await platforms(delivery);
      const backup = path.join(await temporaryFolder(), "backup.tar.gz");
      const other = path.join(await temporaryFolder(), "state");
      expect(await runProgram(["backup", backup], { PAPERBOY_STATE: state })).toMatchObject({ code: 0 });
      expect(await send(state, before)).toMatchObject({ code: 0 });
      const sent = posted();
      expect(sent).toMatchObject({ [after]: 0 });
      expect(sent[before]).toBeGreaterThan(0);
      expect(await runProgram(["restore", backup], { PAPERBOY_STATE: other })).toMatchObject({ code: 0 });
      for (let time = 0; time < 2; time++)
        expect(await send(other, "discord", "slack")).toMatchObject({ code: 0 });
      expect(posted()[before]).toBe(sent[before]);
      expect(posted()[after]).toBeGreaterThan(0);
      const [there, here] = [await rowOf(state, before), await rowOf(other, before)];
      expect(papersOf(there)).toHaveLength(3);
      expect(papersOf(here)).toEqual(papersOf(there));
      expect(here?.message).toBe(there?.message);
    },
    90_000,
  );

  it("looks only for what was due before its first look, and for days that are past too", async () => {
    const { state, posted, send } = await platforms("channel");
    const backup = path.join(await temporaryFolder(), "copy");
    await runProgram(["backup", backup], { PAPERBOY_STATE: state });
    await send(state, "slack");
    const other = path.join(await temporaryFolder(), "state");
    await runProgram(["restore", backup], { PAPERBOY_STATE: other });
    // As if the digest had been due two days ago: too late to be sent, and sent by the other machine all the same.
    const store = await openTestStore(path.join(other, "paperboy.sqlite"));
    const book = createBook(store, () => new Date());
    const one = await book.find("slack");
    if (one === undefined) throw new Error("the subscription is in the backup");
    const days = {
      createdAt: new Date(Date.now() - 50 * HOUR),
      scheduledSince: new Date(Date.now() - 50 * HOUR),
    };
    await book.put({ ...one, ...days });
    await store.close();
    await send(other, "slack");
    expect(posted()).toEqual({ discord: 0, slack: 1 });
    const day = (back: number) =>
      new Date(Date.now() - HOUR - back * 24 * HOUR).toISOString().slice(0, 10) as LocalDate;
    const again = await openTestStore(path.join(other, "paperboy.sqlite"));
    const rows = await createBook(again, () => new Date()).latest("slack", 9);
    await again.close();
    expect(rows.map(({ date, state: { kind } }) => [date, kind])).toEqual([
      [day(0), "confirmed"],
      [day(1), "skipped"],
      [day(2), "skipped"],
    ]);
  });
});
