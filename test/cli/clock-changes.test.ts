import { describe, expect, it } from "vitest";
import { openDiscord } from "../discord/app.ts";
import { idOf, need } from "../discord/shown.ts";
import { shownText } from "../fakes/discord/index.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startSimulated } from "../support/simulated-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const HOUR = 3_600_000;

/** The zone of the host, and when its clocks change in 2026: forward and back. */
const CHANGES = [
  ["America/New_York", "2026-03-08T07:00:00.000Z"],
  ["America/New_York", "2026-11-01T06:00:00.000Z"],
  ["Europe/Rome", "2026-03-29T01:00:00.000Z"],
  ["Europe/Rome", "2026-10-25T01:00:00.000Z"],
  ["Australia/Lord_Howe", "2026-10-03T15:30:00.000Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00:00.000Z"],
  ["Pacific/Chatham", "2026-09-26T14:00:00.000Z"],
  ["Pacific/Chatham", "2026-04-04T14:00:00.000Z"],
  ["America/St_Johns", "2026-03-08T05:30:00.000Z"],
  ["America/St_Johns", "2026-11-01T04:30:00.000Z"],
] as const;

/** When digests are due, from the change on: before it, within the hour that comes twice, and after it. */
const OFFSETS = [-45, 10, 45, 100].map((minutes) => minutes * 60_000);

describe("a host whose clocks change", () => {
  // node-cron 4.6.0 leaves out every run of an hour or two when the clock of the host goes back.
  it.each(CHANGES)("in %s at %s sends every digest at its minute", async (zone, instant) => {
    const change = Date.parse(instant);
    const clock = createTestClock(new Date(change - 2 * HOUR).toISOString());
    const discord = await openDiscord({ now: () => clock.now().getTime() });
    const program = startSimulated(clock, {
      TZ: zone,
      PAPERBOY_STATE: await temporaryFolder(),
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    });
    await program.said("to add it to a server open");
    const ana = discord.user("ana", { permissions: ["ManageChannels", "UseApplicationCommands"] });
    const due = OFFSETS.map((offset) => new Date(change + offset).toISOString());
    for (const at of due) {
      const values = { zone: "UTC", time: at.slice(11, 16), days: "daily", runners: 0 };
      const offered = need((await ana.command("paper digest start", values).outcome()).message);
      await ana.click(offered, idOf(offered, "Start this digest")).outcome();
    }
    await program.advanceTo(new Date(change + 3 * HOUR).toISOString());
    expect(await program.stop()).toBe(0);
    const sent = discord
      .messages(discord.general)
      .filter((message) => shownText(message).includes("Paper of the day ·"))
      .map(({ sentAt }) => new Date(sentAt).toISOString().slice(0, 16));
    expect(sent).toEqual(due.map((at) => at.slice(0, 16)));
  });
});
