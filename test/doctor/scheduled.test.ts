import path from "node:path";
import { describe, expect, it } from "vitest";
import { createClubBook } from "../../src/club/clubs.ts";
import { createFollowBook } from "../../src/follow/watched.ts";
import type { Place } from "../../src/schedule/place.ts";
import { placeKey } from "../../src/schedule/place.ts";
import type { LocalDate } from "../../src/schedule/slots/local-date.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { startServed } from "../admin/serve.ts";
import { openDiscord } from "../discord/app.ts";
import { shownText } from "../fakes/discord/index.ts";
import { doctor, folder, inDiscord, ofDiscord } from "./kit.ts";

const SCHEDULE = { time: { hour: 9, minute: 0 }, zone: "UTC", days: [4] as const };
const now = (): Date => new Date();

/** A state with follows and clubs: what a place has, how it stands, and what became of it last. */
async function stateOf(general: Place, mute: Place, direct: Place): Promise<string> {
  const state = await folder();
  const store = await openSqliteStore(path.join(state, "paperboy.sqlite"), now);
  const [follows, clubs] = [createFollowBook(store, now), createClubBook(store, now)];
  const made = { createdBy: "1", createdAt: now(), scheduledSince: now() };
  const since = new Date("2026-11-20T09:00:00Z");
  const held = { kind: "held", reason: "not-allowed", since } as const;
  const wish = { kind: "search", words: "secret wombats" } as const;
  const weekly = { ...SCHEDULE, when: "weekly", wish, since: 0 } as const;
  await follows.put({
    ...made,
    id: "f1",
    place: general,
    plan: { ...weekly, when: "at once" },
    state: { kind: "active" },
  });
  await follows.put({ ...made, id: "f2", place: mute, plan: weekly, state: held });
  await follows.put({ ...made, id: "f3", place: direct, plan: weekly, state: held });
  await store.follows.put({ id: "f4", place: placeKey(general), body: "{}" });
  await clubs.put({
    ...made,
    id: "c1",
    place: general,
    plan: { ...SCHEDULE, lead: 2 },
    state: { kind: "active" },
  });
  const row = { place: placeKey(general), dueAt: since, writtenAt: since, version: 0 };
  const date = "2026-11-20r" as LocalDate;
  const missed = { kind: "skipped", reason: { kind: "missed" } } as const;
  await clubs.write({ ...row, subscription: "c1", date, state: missed });
  await follows.write({
    ...row,
    subscription: "f1",
    date: "n000000000007" as LocalDate,
    state: { kind: "confirmed", at: since },
  });
  await store.matches.note([{ follow: "f1", number: 8, paper: "p" }], 8);
  await store.mail.ask(
    {
      token: "t",
      owner: "o",
      address: "a@example.org",
      inbox: "a@example.org",
      body: "",
      until: new Date(Date.now() + 1e6),
    },
    { within: 1000, perInbox: 1, perOwner: 1 },
  );
  await store.mail.renew("t", { token: "u", sendAt: new Date(0) });
  await store.close();
  return state;
}

describe("follows and journal clubs", () => {
  it(
    "are told by the doctor, by status and in the figures as digests are: last and next slots, refusals, permissions, what waits",
    { timeout: 60_000 },
    async () => {
      const discord = await openDiscord();
      const [mute, ana] = [
        discord.channel("mute"),
        discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] }),
      ];
      discord.setBotPermissions(mute, ["ViewChannel", "ReadMessageHistory"]);
      const direct = { platform: "discord", channel: "43", direct: true } as const;
      const state = await stateOf(inDiscord(discord, discord.general), inDiscord(discord, mute), direct);
      const env = { ...ofDiscord(discord), PAPERBOY_STATE: state };

      const bot = await startServed(ofDiscord(discord), state);
      await bot.says("to add it to a server open");
      const { message } = await ana.command("paper status").outcome();
      const said = ((message && shownText(message)) ?? "").replaceAll("\\", "");
      expect(said).toContain("#mute in Home: Send Messages is missing");
      expect(said).toContain(
        "The follow f1: the last, of 2026-11-20, was sent; the next comes when something is new.",
      );
      expect(said).toContain("The follow f2 is held since 2026-11-20 09:00 UTC: a permission was missing.");
      expect(said).toMatch(
        /The journal club c1: the last, of 2026-11-20, was skipped: missed.*the next is due at 20/,
      );
      for (const hidden of ["f3", "wombats"]) expect(said).not.toContain(hidden);
      const text = await (await bot.get("/metrics")).text();
      for (const line of [
        'paperboy_due_held{kind="follow"} 2',
        'paperboy_due_subscriptions{kind="follow"} 4',
        'paperboy_due_subscriptions{kind="club"} 1',
        "paperboy_follows_waiting 1",
        "paperboy_letters_waiting 1",
      ])
        expect(text).toContain(`${line}\n`);
      expect(await bot.stop()).toBe(0);

      const { ok, warnings, failures, text: all } = await doctor(env);
      expect(failures).toEqual(
        expect.arrayContaining([
          "Channels: Discord: #mute in Home: Send Messages is missing; no digest can be posted.",
          "Follows: The follow f2 is held since 2026-11-20 09:00 UTC: a permission was missing.",
          expect.stringMatching(/^Follows: The follow f4 cannot be read: its .*\. Nothing is sent for it\.$/),
        ]),
      );
      expect(warnings).toEqual(
        expect.arrayContaining([
          "Follows: The follow f3 is held since 2026-11-20 09:00 UTC: the person takes no direct messages of the bot.",
          expect.stringMatching(
            /^Journal clubs: The journal club c1: the last, of 2026-11-20, was skipped: missed/,
          ),
          "Waiting: 1 letter that asks to confirm an address waits to be sent.",
        ]),
      );
      expect(ok).toEqual(
        expect.arrayContaining([
          "Follows: The follow f1: the last, of 2026-11-20, was sent; the next comes when something is new.",
          "Waiting: For 1 follow papers wait for the next message.",
          "Digests: No channel has a digest.",
        ]),
      );
      expect(all).not.toContain("wombats");
    },
  );
});
