import { describe, expect, it } from "vitest";
import { openDiscord } from "../discord/app.ts";
import { createTestClock } from "../fakes/sources/clock.ts";
import { startSimulated } from "../support/simulated-program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const START = "2026-03-02T08:00:00.000Z";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const after = (ms: number, start = START): string => new Date(Date.parse(start) + ms).toISOString();

async function startServing() {
  const clock = createTestClock(START);
  const discord = await openDiscord({ now: () => clock.now().getTime() });
  const program = startSimulated(clock, {
    PAPERBOY_STATE: await temporaryFolder(),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  });
  await program.said("to add it to a server open");
  return { clock, discord, program };
}

describe("a clock that jumps", () => {
  it.each([
    [30 * DAY, "30 days"],
    [3652 * DAY, "3652 days"],
    [90 * MINUTE, "90 minutes"],
  ])("ahead by %i ms for a minute is told once, and once more when it is right again", async (jump, span) => {
    const { program } = await startServing();
    await program.advanceTo(after(10 * MINUTE));
    await program.setClock(after(10 * MINUTE + jump));
    await program.advanceTo(after(12 * MINUTE + jump));
    await program.setClock(after(12 * MINUTE));
    await program.advanceTo(after(30 * MINUTE));
    expect(await program.stop()).toBe(0);
    const told = program.log().flatMap((line) => /The clock of this machine .*?[:.]/.exec(line)?.[0] ?? []);
    expect(told).toEqual([
      `The clock of this machine went ahead by ${span}:`,
      `The clock of this machine went back by ${span}.`,
    ]);
  });
});
