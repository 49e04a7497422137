import { createBook } from "../../src/digest/book.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { idOf, need } from "../discord/shown.ts";
import { shownText } from "../fakes/discord/index.ts";
import type { Arrival, DueDigest } from "./accounts/digest-account.ts";
import type { Stage } from "./stage.ts";

/** The minutes of a day, in UTC, at which digests are due: each channel has one of them. */
export const TIMES = ["03:00", "09:00", "15:00", "21:00"] as const;

const DAY_MS = 86_400_000;

/** A channel with a digest. */
export interface Subscribed {
  /** `discord` or `slack`, and the channel's id. */
  readonly channel: string;
  readonly time: string;
  /** What was said there so far. */
  readonly messages: () => readonly Said[];
}

/** A message of the channel. */
interface Said {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

/** Sets digests up in so many channels of each platform, as people do. */
export async function subscribe(stage: Stage, channels: number): Promise<readonly Subscribed[]> {
  const subscribed: Subscribed[] = [];
  for (let i = 0; i < channels; i++) {
    const time = TIMES[i % TIMES.length] ?? TIMES[0];
    subscribed.push(await subscribeOnDiscord(stage, `papers-${i}`, time));
    subscribed.push(await subscribeOnSlack(stage, `papers-${i}`, time));
  }
  return subscribed;
}

async function subscribeOnDiscord({ discord }: Stage, name: string, time: string): Promise<Subscribed> {
  const boss = discord.user("boss", { permissions: ["ManageChannels", "UseApplicationCommands"] });
  const channel = discord.channel(name);
  const values = { zone: "UTC", time, days: "daily" };
  const offered = need((await boss.command("paper digest start", values, { channel }).outcome()).message);
  await boss.click(offered, idOf(offered, "Start this digest")).outcome();
  const messages = (): Said[] =>
    discord.messages(channel).map((one) => ({ at: one.sentAt, text: shownText(one) }));
  return { channel: `discord ${channel.id}`, time, messages };
}

async function subscribeOnSlack({ slack }: Stage, name: string, time: string): Promise<Subscribed> {
  const user = slack.person("boss", { isAdmin: true });
  const channel = slack.channel(name);
  const text = `/paper digest start zone:UTC time:${time} days:daily`;
  const [offered] = await (await slack.command({ user, channel, text })).replied();
  if (offered === undefined) throw new Error("Nothing was offered");
  await slack.press(offered, { user, button: "Start this digest" });
  const isSetUp = (): true | undefined =>
    JSON.stringify(offered.blocks).includes("is set up") ? true : undefined;
  await slack.until(isSetUp, "the digest");
  const messages = (): Said[] =>
    slack
      .messages(channel)
      .map(({ ts, blocks }) => ({ at: Number(ts) * 1000, text: JSON.stringify(blocks) }));
  return { channel: `slack ${channel.id}`, time, messages };
}

/** The digests that are due after one instant and up to another. */
export function dueBetween(subscribed: readonly Subscribed[], from: number, until: number): DueDigest[] {
  const days: string[] = [];
  for (let day = from - (from % DAY_MS); day <= until; day += DAY_MS)
    days.push(new Date(day).toISOString().slice(0, 10));
  return subscribed
    .flatMap(({ channel, time }) =>
      days.map((date) => ({ channel, date, dueAt: Date.parse(`${date}T${time}Z`) })),
    )
    .filter(({ dueAt }) => dueAt > from && dueAt <= until);
}

/** The date in the words of a digest, `Paper of the day · 24 November 2025`; undefined where it is none. */
function dateOf(text: string): string | undefined {
  const words = /Paper of the day · (\d+ \w+ \d{4})/.exec(text)?.[1];
  return words === undefined ? undefined : new Date(`${words} UTC`).toISOString().slice(0, 10);
}

/** What came into the channels. */
export function arrivalsOf(subscribed: readonly Subscribed[]): Arrival[] {
  return subscribed.flatMap(({ channel, messages }) =>
    messages().flatMap(({ at, text }) => {
      const date = dateOf(text);
      return date === undefined ? [] : [{ channel, date, at }];
    }),
  );
}

/** What the ledger says of digests that were skipped, by channel and date. */
export async function skippedIn(database: string, now: () => Date): Promise<Map<string, string>> {
  const store = await openSqliteStore(database, now);
  try {
    const book = createBook(store, now);
    const reasons = new Map<string, string>();
    for (const { id, place } of await book.subscriptions())
      for (const { date, state } of await book.latest(id, 1000))
        if (state.kind === "skipped")
          reasons.set(`${place.platform} ${place.channel} ${date}`, state.reason.kind);
    return reasons;
  } finally {
    await store.close();
  }
}
